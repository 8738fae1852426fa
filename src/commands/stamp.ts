import { createHash } from "node:crypto";
import type { Stamp } from "../ports/ledger.ts";
import type { Context } from "./command.ts";

/**
 * Who records something, when, and by which command: a platform's retry carries the same id and is recorded once. A platform's id may be made of
 * the ids of people, and a ledger is for ever: it holds a digest of it.
 */
export async function stampOf({ clock, store, person, personName, id }: Context, via: Stamp["via"]): Promise<Stamp> {
  return { recordedAt: clock.now(), by: await store.people.idOf(person, personName), commandId: digestOf(id), via };
}

function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}
