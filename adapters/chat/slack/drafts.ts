import type { FormValues } from "../../../src/ports/form.ts";
import type { Asker, Room } from "./asker.ts";

/** How long what was entered is kept. */
const KEPT = 86_400_000;

/** Which form: a command, and what it knew when it was opened: of which matter, of which message. */
export interface Drafted {
  readonly verb: string;
  readonly known: FormValues;
}

type Person = Pick<Asker, "team" | "user">;

/** What the person entered into that form and did not submit; null where nothing is kept. */
export async function readDraft({ host }: Room, person: Person, drafted: Drafted): Promise<FormValues | null> {
  const kept = await host.state.get(keyOf(person, drafted));
  return typeof kept === "object" && kept !== null ? (kept as FormValues) : null;
}

/**
 * Keeps what was entered: what stood there at first is made anew with the form, since a day or a setting may be another by then. Where another
 * matter was chosen than the form was opened for, it is kept for that one.
 */
export async function keepDraft({ host }: Room, person: Person, drafted: Drafted, values: FormValues): Promise<void> {
  const { known } = drafted;
  const names = [...new Set([...Object.keys(known), ...Object.keys(values)])];
  const entered = names.filter((name) => JSON.stringify(values[name] ?? []) !== JSON.stringify(known[name] ?? []));
  const key = keyOf(person, ofMatterIn(values, drafted));
  if (entered.length === 0) await host.state.delete(key);
  else await host.state.set(key, Object.fromEntries(entered.map((name) => [name, values[name] ?? []])), KEPT);
}

/** Of the matter for which the form was opened, and of the one that was chosen. */
export async function dropDraft({ host }: Room, person: Person, drafted: Drafted, values: FormValues = {}): Promise<void> {
  for (const key of new Set([drafted, ofMatterIn(values, drafted)].map((one) => keyOf(person, one)))) await host.state.delete(key);
}

function ofMatterIn({ ref = [] }: FormValues, { verb, known }: Drafted): Drafted {
  return known.ref === undefined || ref.length === 0 ? { verb, known } : { verb, known: { ...known, ref } };
}

/** A note that is made of a message has its address as its source. */
function keyOf({ team, user }: Person, { verb, known: { ref = [], source = [] } }: Drafted): string {
  return ["slack/draft", team, user, verb, ...ref, ...source].join("/");
}
