import { visibilityOf } from "../matter/sight.ts";
import type { Context } from "./command.ts";

/** The restricted matters in sight whose reference stands in what is shown: cards, choices, a form. `also` are keys that came into sight meanwhile. */
export async function restrictedIn(shown: unknown, { sight, register }: Context, also: readonly string[] = []): Promise<readonly string[]> {
  const { restricted } = await sight();
  if (restricted !== "all" && restricted.size + also.length === 0) return [];
  const known = restricted === "all" ? await register.all() : await register.some([...new Set([...restricted, ...also])]);
  const those = known.filter((matter) => visibilityOf(matter) === "restricted");
  if (those.length === 0) return [];
  const text = JSON.stringify(shown) ?? "";
  return those.filter(({ facts: { ref } }) => text.includes(JSON.stringify(ref).slice(1, -1))).map(({ key }) => key);
}
