import { type Refusal, refuse } from "../law/finding.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import { type Context, type Misunderstanding, misunderstood } from "./command.ts";

/** A place or a person as an adapter mints them: its name, a colon, and what it alone reads. */
export const PLACE = /^[a-z][a-z0-9-]*:\S+$/;

/** Where a line means to go: a place by its id, or the own conversation of a person, mentioned or by the name that the register knows. */
export async function placeMeant(text: string, context: Context): Promise<Place | Refusal | Misunderstanding> {
  // A mention names a person by reference; what is no person's is a place.
  if (PLACE.test(text)) return context.direct(text as PersonRef) ?? (text as Place);
  const name = text.trim().replace(/^@/, "");
  if (name === "" || name.includes(":"))
    return misunderstood("value-invalid", { name: "to", got: `"${text}"`, allowed: ["slack:T1/C2", "@ana"] });
  const ids = await context.store.people.named(name);
  if (ids.length === 0) return refuse("person-unknown", { name });
  const refs: PersonRef[] = [];
  for (const id of ids) {
    const ref = await context.store.people.refOf(id);
    if (ref !== null) refs.push(ref);
  }
  if (refs.length > 1) return refuse("person-ambiguous", { name, candidates: refs });
  return (refs[0] === undefined ? null : context.direct(refs[0])) ?? refuse("person-no-direct", { name });
}
