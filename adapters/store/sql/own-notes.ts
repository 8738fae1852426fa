import { sql } from "kysely";
import type { PersonRef } from "../../../src/ports/chat.ts";
import type { KeptNote, OwnKeys } from "../../../src/ports/own-keys.ts";
import type { Writing } from "./engine.ts";
import { begins, holds } from "./text-within.ts";

/** What the adapters say of their keys; what none of them says is no person's. */
export type AllOwnKeys = readonly OwnKeys[];

/** The desk of everything that was given to no other. */
const HOUSE = "main";

export function adapterOf(ref: string, all: AllOwnKeys): OwnKeys | null {
  return all.find(({ adapter }) => ref.startsWith(`${adapter}:`)) ?? null;
}

/**
 * Takes out what an adapter keeps of a person alone, where it lies in a workspace or a place of this desk: what lies in another's is that desk's
 * to erase. Answers their own conversations there.
 */
export async function forgetNotes(tx: Writing, desk: string, ref: string, keys: OwnKeys): Promise<readonly string[]> {
  const holding = notesIn(tx, keys.adapter);
  const isOurs = belongingIn(tx, desk, keys);
  const own = new Set<string>();
  for (const { key, at, conversation } of await keys.notesOf(ref as PersonRef, holding)) {
    if (!(await isOurs(at))) continue;
    if (conversation !== undefined) own.add(conversation);
    await tx.deleteFrom("keyv").where("key", "=", `${keys.adapter}:${key}`).execute();
  }
  return [...own];
}

/** Whether a note is a draft that lies in a place of another desk. */
export async function isAnothers(tx: Writing, desk: string, key: string, all: AllOwnKeys): Promise<boolean> {
  const keys = adapterOf(key, all);
  const at = keys?.draftAt(key.slice(keys.adapter.length + 1)) ?? null;
  return keys !== null && at !== null && !(await belongingIn(tx, desk, keys)(at));
}

/** Adapters keep what they keep for all desks at one of them: a key is one thing. */
function notesIn(tx: Writing, adapter: string): (text: string) => Promise<readonly KeptNote[]> {
  return async (text) => {
    const rows = await tx
      .selectFrom("keyv")
      .select(["key", "value"])
      .where(begins(sql.ref("key"), `${adapter}:`))
      .where((of) => of.or([holds(sql.ref("key"), text), holds(sql.ref("value"), text)]))
      .execute();
    return rows.map(({ key, value }) => ({
      key: key.slice(adapter.length + 1),
      value: (JSON.parse(value) as { readonly value?: unknown }).value,
    }));
  };
}

/** Whether a workspace or a place is the desk's: by what was given to whom, else as its adapter says. */
function belongingIn(tx: Writing, desk: string, keys: OwnKeys): (at: string) => Promise<boolean> {
  return async (at) => {
    const given = (await lastWordOn(tx, at)) ?? (await lastWordOn(tx, at.split("/")[0]!));
    if (given !== null) return given === desk;
    const { own, isInstalled } = await keys.usualOf(at, notesIn(tx, keys.adapter));
    return desk === own || (desk === HOUSE && !isInstalled);
  };
}

async function lastWordOn(tx: Writing, member: string): Promise<string | null> {
  const of = tx.selectFrom("desk_member").select("desk").where("member", "=", member);
  return (await of.orderBy("number", "desc").limit(1).executeTakeFirst())?.desk ?? null;
}
