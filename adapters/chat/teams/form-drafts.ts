import { createHash } from "node:crypto";
import type { AdapterState, Answer, ChatHost, PersonRef } from "../../../src/ports/chat.ts";
import type { Asking, FormValues } from "../../../src/ports/form.ts";
import { type Drafted, type Drawer, dropDraft } from "../shared/drafts.ts";

/** As long as what was entered is kept. */
const DAY = 86_400_000;

/** Where what the person entered in that conversation and what came to nothing lies: another one may belong to another desk. */
export function drawerOf(state: AdapterState, { person, place }: Pick<Asking, "person" | "place">): Drawer {
  return { state, of: `draft/${person}/${place}` };
}

/** Of which form's submission a question is. */
interface AskedOf extends Drafted {
  readonly values: FormValues;
  readonly of: string;
}

/** A form that was submitted is asked about: what was entered is kept until a button of the question records it. */
export async function noteAsked(
  { state, of }: Drawer,
  answer: Answer,
  person: PersonRef,
  drafted: Drafted,
  values: FormValues,
): Promise<void> {
  const { verb, known, message } = drafted;
  const names = ({ ref = [], source = [] }: FormValues): FormValues => ({ ref, source });
  const asked = { verb, known: names(known), values: names(values), of };
  await note(state, answer, person, message === undefined ? asked : { ...asked, message });
}

/** Runs the command of a button. Where it is one of such a question and recorded what was asked, what was entered is kept no longer. */
export async function pressedOn(host: Pick<ChatHost, "onCommand" | "state">, asking: Asking, command: string): Promise<Answer> {
  const { state } = host;
  const key = keyOf(asking.person, command);
  const asked = (await state.get(key)) as AskedOf | undefined;
  const answer = await host.onCommand({ ...asking, text: command });
  if (asked === undefined) return answer;
  if (answer.asks === true) await note(state, answer, asking.person, asked);
  else await dropDraft({ state, of: asked.of }, asked, asked.values);
  return answer;
}

async function note(state: AdapterState, { cards }: Answer, person: PersonRef, asked: AskedOf): Promise<void> {
  const actions = cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "actions" ? block.actions : []));
  for (const { command } of actions) await state.set(keyOf(person, command), asked, DAY);
}

function keyOf(person: PersonRef, command: string): string {
  return `asked/${person}/${createHash("sha256").update(command).digest("base64url").slice(0, 22)}`;
}
