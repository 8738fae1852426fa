import type { Answer, Log } from "../../../src/ports/chat.ts";
import type { FormValues } from "../../../src/ports/form.ts";
import { shortDigest } from "./digest.ts";
import { type Drafted, type Drawer, dropDraft, heldIn, KEPT, keepDraft } from "./drafts.ts";

/** Of which form's submission a question is, in which drawer what was entered lies, and by what that is told from what was entered since. */
interface AskedOf extends Drafted {
  readonly values: FormValues;
  readonly of: string;
  readonly held: readonly string[];
}

/** A form that was submitted is asked about: what was entered is kept until a button of the question records it. `asked` is where the person's questions are noted. */
export async function keepAsked(asked: Drawer, drawer: Drawer, answer: Answer, drafted: Drafted, values: FormValues): Promise<void> {
  await keepDraft(drawer, drafted, values);
  const { verb, known, message } = drafted;
  const names = ({ ref = [], source = [] }: FormValues): FormValues => ({ ref, source });
  const held = await heldIn(drawer, drafted, values);
  const of = { verb, known: names(known), values: names(values), of: drawer.of, held };
  await note(asked, answer, message === undefined ? of : { ...of, message });
}

/**
 * Runs the command of a button. Where it is one of such a question and did what was asked, what was entered is kept no longer; where it was refused
 * there is somewhere to begin again. A store that fails keeps neither the command from running nor its answer from being shown.
 */
export async function pressedOn(asked: Drawer, command: string, log: Log, run: () => Promise<Answer>): Promise<Answer> {
  const { state } = asked;
  const key = keyOf(asked, command);
  const of = isOfQuestion(command) ? await logged(log, async () => (await state.get(key)) as AskedOf | undefined) : undefined;
  const answer = await run();
  if (of === undefined || (answer.refused === true && answer.asks !== true)) return answer;
  await logged(log, async () => {
    if (answer.asks === true) return note(asked, answer, of);
    await dropDraft({ state, of: of.of }, of, of.values, of.held);
    await state.delete(key);
  });
  return answer;
}

/** The buttons of a question say what was read when it was asked; others, such as those of what a first place is told, do not. */
function isOfQuestion(command: string): boolean {
  return / --confirmed \S/.test(command);
}

async function logged<Found>(log: Log, work: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await work();
  } catch (err) {
    log.error({ err }, "what was entered into a form that was asked about could not be looked up or dropped");
    return undefined;
  }
}

async function note(asked: Drawer, { cards }: Answer, of: AskedOf): Promise<void> {
  const actions = cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "actions" ? block.actions : []));
  for (const { command } of actions) if (isOfQuestion(command)) await asked.state.set(keyOf(asked, command), of, KEPT);
}

function keyOf({ of }: Drawer, command: string): string {
  return `${of}/${shortDigest(command)}`;
}
