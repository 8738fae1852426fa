import type { People } from "../ports/ledger.ts";

/** The names behind opaque ids; an erased one stays an id. */
export async function namesBehind(ids: Iterable<string>, people: People): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, (await people.nameOf(id)) ?? id);
  return names;
}
