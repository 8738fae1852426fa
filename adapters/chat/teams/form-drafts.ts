import type { AdapterState, PersonRef } from "../../../src/ports/chat.ts";
import type { FormValues } from "../../../src/ports/form.ts";

/** How long what was entered is kept. */
const KEPT = 86_400_000;

/** Which form of whom: a command, and the matter where it was opened for one. */
export interface Drafted {
  readonly person: PersonRef;
  readonly verb: string;
  readonly known: FormValues;
}

/** What the person entered into that form and what came to nothing; null where nothing is kept. */
export async function readDraft(state: AdapterState, drafted: Drafted): Promise<FormValues | null> {
  const kept = await state.get(keyOf(drafted));
  return typeof kept === "object" && kept !== null ? (kept as FormValues) : null;
}

export async function keepDraft(state: AdapterState, drafted: Drafted, values: FormValues): Promise<void> {
  await state.set(keyOf(drafted), values, KEPT);
}

export async function dropDraft(state: AdapterState, drafted: Drafted): Promise<void> {
  await state.delete(keyOf(drafted));
}

function keyOf({ person, verb, known }: Drafted): string {
  return ["draft", person, verb, ...(known.ref ?? [])].join("/");
}
