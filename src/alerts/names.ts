import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { People } from "../ports/ledger.ts";
import { REFERENCE } from "./filter.ts";

/** The names behind opaque ids; an erased one stays an id. */
export async function namesBehind(ids: Iterable<string>, people: People): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, (await people.nameOf(id)) ?? id);
  return names;
}

/** What could be taken for somebody else's name with an id behind it, for an id, or for a name with nothing in it that is not seen. */
const FEIGNED = /\(p\d+\)|^@?p\d+$|\p{Default_Ignorable_Code_Point}/iu;

/** A person's name, with the opaque id behind it where another bears the same; an erased one is an id. */
export async function nameApart(id: string, people: People): Promise<string> {
  const name = await people.nameOf(id);
  if (name === null) return id;
  const isAlone = !FEIGNED.test(name) && (await people.named(name)).length < 2;
  return isAlone ? name : `${name} (${id})`;
}

/** The same of many. */
export async function namesApart(ids: Iterable<string>, people: People): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, await nameApart(id, people));
  return names;
}

/** A person or a place as an adapter mints them: its name, a colon, and what it alone reads. */

/** The names of the people to whom these matters were assigned by their platform's reference; of one who is not known there is none. */
export async function namesOfPeople(matters: readonly Matter[], people: People): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const met = new Set<string>();
  for (const { events } of matters)
    for (const { event } of events) {
      if (event.type !== "assigned" || met.has(event.to) || !REFERENCE.test(event.to)) continue;
      met.add(event.to);
      const name = await people.nameOf(event.to);
      if (name !== null) names.set(event.to, name);
    }
  return names;
}

/** Where a matter stands, with those names. */
export function called(standing: Standing, names: ReadonlyMap<string, string> | undefined): Standing {
  return names === undefined || names.size === 0 ? standing : { ...standing, names };
}
