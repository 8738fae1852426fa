import type { DigestContents } from "../cards/contents.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import { gathered } from "./gathered.ts";
import type { Register } from "./register.ts";

/** So many are read at once; where more are asked about, the restricted ones are fewer. */
const FEW = 500;

/** The restricted matters among those of the keys. */
export async function restrictedAmong(register: Pick<Register, "some" | "each">, keys: readonly string[]): Promise<readonly Matter[]> {
  const isRestricted = (matter: Matter) => visibilityOf(matter) === "restricted";
  if (keys.length <= FEW) return (await register.some(keys)).filter(isRestricted);
  const asked = new Set(keys);
  return gathered(register.each({ visibility: "restricted" }), (some) => some.filter((one) => asked.has(one.key) && isRestricted(one)));
}

/** How many of the matters that the digest names are restricted. */
export async function restrictedNamed(register: Pick<Register, "some" | "each">, digest: DigestContents): Promise<number> {
  const { actNow, cannotCount, upcoming, later, snoozed, corrected } = digest;
  const named = [actNow, cannotCount, upcoming, later, snoozed, corrected].flat().map(({ standing }) => standing.key);
  return (await restrictedAmong(register, [...new Set(named)])).length;
}
