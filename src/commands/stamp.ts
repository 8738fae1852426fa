import type { Stamp } from "../ports/ledger.ts";
import type { Context } from "./command.ts";

/** Who records something, when, and by which command: a platform's retry carries the same id and is recorded once. */
export async function stampOf({ clock, store, person, personName, id }: Context, via: Stamp["via"]): Promise<Stamp> {
  return { recordedAt: clock.now(), by: await store.people.idOf(person, personName), commandId: id, via };
}
