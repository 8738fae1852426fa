import type { AdapterState } from "../../../src/ports/chat.ts";
import type { FormValues } from "../../../src/ports/form.ts";
import { digestOfMembers } from "./digest.ts";

/** How long what was entered is kept. */
export const KEPT = 86_400_000;

/** Where what one person entered lies, under the beginning of its keys. */
export interface Drawer {
  readonly state: AdapterState;
  readonly of: string;
}

/** Which form: a command, and what it knew when it was opened. */
export interface Drafted {
  readonly verb: string;
  readonly known: FormValues;
  /** The message of that conversation whose words it was opened with, by the platform's id of it. */
  readonly message?: string;
}

/** What the person entered into that form and what came to nothing; null where nothing is kept. */
export async function readDraft(drawer: Drawer, drafted: Drafted): Promise<FormValues | null> {
  const kept = await drawer.state.get(keyOf(drawer, drafted));
  return typeof kept === "object" && kept !== null ? (kept as FormValues) : null;
}

/**
 * Keeps what was entered: what stood there at first is made anew with the form, since a day or a setting may be another by then. Where another
 * matter was chosen than the form was opened for, it is kept for that one.
 */
export async function keepDraft(drawer: Drawer, drafted: Drafted, values: FormValues): Promise<void> {
  const { known } = drafted;
  const names = [...new Set([...Object.keys(known), ...Object.keys(values)])];
  const entered = names.filter((name) => JSON.stringify(values[name] ?? []) !== JSON.stringify(known[name] ?? []));
  const key = keyOf(drawer, ofMatterIn(values, drafted));
  if (entered.length === 0) await drawer.state.delete(key);
  else await drawer.state.set(key, Object.fromEntries(entered.map((name) => [name, values[name] ?? []])), KEPT);
}

/** Of the matter for which the form was opened, and of the one that was chosen; with `held`, only what lay there then. */
export async function dropDraft(drawer: Drawer, drafted: Drafted, values: FormValues = {}, held?: readonly string[]): Promise<void> {
  for (const key of keysOf(drawer, drafted, values)) {
    if (held !== undefined && !held.includes(digestOf(await drawer.state.get(key)))) continue;
    await drawer.state.delete(key);
    await drawer.state.delete(stoodAt(key));
  }
}

/** A digest of what is kept of the one and the other, to tell it from what is entered since. */
export async function heldIn(drawer: Drawer, drafted: Drafted, values: FormValues): Promise<readonly string[]> {
  return Promise.all(keysOf(drawer, drafted, values).map(async (key) => digestOf(await drawer.state.get(key))));
}

function digestOf(kept: unknown): string {
  return digestOfMembers(Object.entries(kept ?? {}));
}

/** Keeps what stood in a form before what was kept was filled in, where a platform may not carry all of it: by this it begins anew. */
export async function keepStood(drawer: Drawer, drafted: Drafted): Promise<void> {
  await drawer.state.set(stoodAt(keyOf(drawer, drafted)), drafted.known, KEPT);
}

/** What stood there; what the form knows still where nothing is kept. */
export async function readStood(drawer: Drawer, drafted: Drafted): Promise<FormValues> {
  const kept = await drawer.state.get(stoodAt(keyOf(drawer, drafted)));
  return typeof kept === "object" && kept !== null ? (kept as FormValues) : drafted.known;
}

function stoodAt(key: string): string {
  return `${key}/stood`;
}

function keysOf(drawer: Drawer, drafted: Drafted, values: FormValues): readonly string[] {
  return [...new Set([drafted, ofMatterIn(values, drafted)].map((one) => keyOf(drawer, one)))];
}

function ofMatterIn({ ref = [] }: FormValues, drafted: Drafted): Drafted {
  const { known } = drafted;
  return known.ref === undefined || ref.length === 0 ? drafted : { ...drafted, known: { ...known, ref } };
}

/**
 * What was entered of one message is never filled in over the words of another. A form may know a message by its address alone, which is its source;
 * where the platform names the message, that serves, since the address may be missing or not fit into what the form carries.
 */
function keyOf({ of }: Drawer, { verb, message, known: { ref = [], source = [] } }: Drafted): string {
  return [of, verb, ...ref, ...(message === undefined ? source : [`message:${message}`])].join("/");
}
