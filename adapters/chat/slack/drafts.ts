import type { FormValues } from "../../../src/ports/form.ts";
import type { Asker, Room } from "./asker.ts";

/** How long what was entered is kept. */
const KEPT = 86_400_000;

/** Which form: a command, and the matter where it was opened for one. */
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

export async function keepDraft({ host }: Room, person: Person, drafted: Drafted, values: FormValues): Promise<void> {
  await host.state.set(keyOf(person, drafted), values, KEPT);
}

export async function dropDraft({ host }: Room, person: Person, drafted: Drafted): Promise<void> {
  await host.state.delete(keyOf(person, drafted));
}

function keyOf({ team, user }: Person, { verb, known }: Drafted): string {
  return ["slack/draft", team, user, verb, ...(known.ref ?? [])].join("/");
}
