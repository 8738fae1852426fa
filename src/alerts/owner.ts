import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";

/** A person or a place as an adapter mints them. */
const REFERENCE = /^[a-z][a-z0-9-]*:\S+$/;

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

async function personCalled(people: People, name: string): Promise<PersonRef | null> {
  if (REFERENCE.test(name)) return name as PersonRef;
  const ids = await people.named(name);
  return ids.length === 1 ? people.refOf(ids[0]!) : null;
}
