import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import { REFERENCE } from "./filter.ts";

/** A person or a place as an adapter mints them. */

/**
 * Whose a matter is, the first who is known: who answers for it, else who works on it, else who registered it. A name is one person's or nobody's.
 */
export async function ownerOf(people: People, matter: Matter, { ownedBy, assignedTo }: Standing): Promise<PersonRef | null> {
  for (const name of [ownedBy, assignedTo]) {
    const person = name === null ? null : await personCalled(people, name);
    if (person !== null) return person;
  }
  return matter.registeredBy === undefined ? null : people.refOf(matter.registeredBy);
}

/** The one person of that reference or name; null where nobody is known by the name, or several are. */
export async function personCalled(people: People, name: string): Promise<PersonRef | null> {
  if (REFERENCE.test(name)) return name as PersonRef;
  const ids = await people.named(name);
  return ids.length === 1 ? people.refOf(ids[0]!) : null;
}

/** Whether a matter is that person's, or was: whoever registered it, and everybody who was ever named as its owner, also by a name that others bear. */
export async function isTheirs(people: People, { registeredBy, events }: Matter, id: string): Promise<boolean> {
  if (registeredBy === id) return true;
  for (const { event } of events) {
    const name = event.type === "assigned" && event.as === "owner" ? event.to : event.type === "corrected" ? event.set?.to : null;
    if (typeof name !== "string") continue;
    const ids = REFERENCE.test(name) ? [await people.known(name as PersonRef)] : await people.named(name);
    if (ids.includes(id)) return true;
  }
  return false;
}
