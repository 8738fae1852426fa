import type { Register } from "../alerts/register.ts";
import { bothSee, type Clearance, type Sights } from "../alerts/sights.ts";
import type { Sight } from "../matter/sight.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import type { Context } from "./command.ts";
import { freshLooks } from "./looks.ts";
import { registerInSight } from "./sighted-register.ts";

/** Who asks, where, and whether the place reads the answer: then it holds what both may see. */
export interface Asker {
  readonly person: PersonRef;
  readonly place: Place;
  readonly heard: boolean;
}

/** What a context knows of its asker, looked up once and when it is first asked for, and the register as they see it. */
export function inSight(
  sights: Sights,
  register: Register,
  asker: Asker,
): Pick<Context, "sights" | "clearance" | "sight" | "register" | "shownBeyond" | "looks"> {
  const { person, place, heard } = asker;
  let cleared: Promise<Clearance> | null = null;
  let seen: Promise<Sight> | null = null;
  const clearance = (): Promise<Clearance> => {
    cleared ??= sights.ofPerson(person);
    return cleared;
  };
  const sight = (): Promise<Sight> => {
    seen ??= heard ? both() : clearance().then((own) => own.sight);
    return seen;
  };
  async function both(): Promise<Sight> {
    return bothSee((await clearance()).sight, await sights.ofPlace(place));
  }
  const looks = freshLooks();
  const { shownBeyond, ...inSight } = registerInSight(register, sight, looks);
  return { sights, clearance, sight, looks, register: inSight, shownBeyond: async () => heard && (await shownBeyond()) };
}
