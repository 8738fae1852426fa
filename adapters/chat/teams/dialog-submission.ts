import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState, Answer } from "../../../src/ports/chat.ts";
import type { Asking, FormProblems, FormValues } from "../../../src/ports/form.ts";
import { keepAsked } from "../shared/asked-drafts.ts";
import { type Drawer, dropDraft, keepDraft } from "../shared/drafts.ts";
import { soon } from "../shared/soon.ts";
import { type Before, begin, DAY, letGo } from "../shared/submitted-once.ts";
import { typedWord } from "../shared/typed-word.ts";
import { wordsIn } from "./asker-words.ts";
import type { Reply } from "./bot-framework.ts";
import { dialogOf } from "./dialog.ts";
import { formDialog } from "./dialog-card.ts";
import { type Dialog, inEnvelope, type Opener } from "./dialog-envelope.ts";
import { isRecord, readSent, type Sent } from "./dialog-sent.ts";
import { commandIn } from "./execute.ts";
import { choicesIn, peopleHere } from "./form-choices.ts";
import { askedOf, drawerOf, pressedOn } from "./form-drafts.ts";
import { offered } from "./form-offer.ts";
import { valuesIn } from "./form-values.ts";
import type { Invoked, Ready } from "./invoke.ts";

interface Submitted {
  readonly invoked: Invoked;
  readonly means: Ready;
  readonly sent: Sent;
  readonly values: FormValues;
}

type Result = Answer | FormProblems;

/** The submissions that are being worked on, by the adapter's own state and their note: the same one delivered twice, or pressed twice, runs once. */
const RUNNING = new WeakMap<AdapterState, Map<string, Promise<Dialog>>>();

/** A button in a dialog was pressed: its form submitted, begun anew or closed, or a command of a card that is shown there. */
export function submittedIn(opener: Opener): (invoked: Invoked, means: Ready) => Promise<Reply> {
  return async (invoked, means) => {
    const data = isRecord(invoked.value) ? invoked.value.data : undefined;
    if (!isRecord(data)) return { status: 400 };
    if (data.close === true) return inEnvelope(opener, null);
    const command = commandIn(data);
    if (command !== null) return inEnvelope(opener, await commanded(command, invoked, means));
    const sent = readSent(data.form);
    if (sent === null) return { status: 400 };
    const one = { invoked, means, sent, values: valuesIn(data) };
    return inEnvelope(opener, data.anew === true ? await begunAnew(one) : await submitted(one));
  };
}

/** What takes longer than Teams waits may be recorded by then: its answer comes, and nobody is told to press again. */
async function commanded(command: string, invoked: Invoked, means: Ready): Promise<Dialog> {
  const asked = pressedOn(means.host, invoked.asking, command);
  return inTime(means, {
    show: async (by) => dialogOf(await asked, invoked, by),
    late: async () => means.show(offered(await asked)),
    say: wordsIn(invoked.asking.language).workingOn,
  });
}

interface Working {
  /** What the dialog shows next; `by` does nothing after the answer before it is known that there was time for it. */
  readonly show: (by: Ready) => Promise<Dialog>;
  /** Instead, in the conversation, where there was none. */
  readonly late: () => Promise<void>;
  readonly say: string;
}

/** All that Teams waits for has the time that one answer has, whatever of it takes long: it was recorded perhaps before, and is shown once. */
async function inTime(means: Ready, { show, late, say }: Working): Promise<Dialog> {
  const after: (() => Promise<void>)[] = [];
  const dialog = await soon(show({ ...means, later: (work) => void after.push(work) }), means.patience, LATE);
  if (dialog !== LATE) for (const work of after) means.later(work);
  else means.later(late);
  return dialog === LATE ? { say } : dialog;
}

const LATE = Symbol("late");

async function submitted(one: Submitted): Promise<Dialog> {
  const { state } = one.means.host;
  const running = RUNNING.get(state) ?? new Map<string, Promise<Dialog>>();
  RUNNING.set(state, running);
  const key = noteOf(one);
  const before = running.get(key);
  if (before !== undefined) return before;
  const working = worked(one, key).finally(() => running.delete(key));
  running.set(key, working);
  return working;
}

function worked(one: Submitted, key: string): Promise<Dialog> {
  const { means, invoked, sent } = one;
  return kept(one, key, async () => {
    const running = run(one, key);
    return inTime(means, {
      show: async (by) => shown({ ...one, means: by }, await running),
      late: () => kept(one, key, async () => finishLate(one, await running)),
      say: sent.words?.later ?? wordsIn(invoked.asking.language).workingOn,
    });
  });
}

/** What was entered is there when the form is opened again after a fault, unless it was recorded and only the answer could not be shown. */
async function kept<Done>(one: Submitted, key: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if ((await one.means.host.state.get(key)) === undefined) await keepDraft(drawerIn(one), one.sent, one.values);
    throw error;
  }
}

/**
 * Runs the command, and notes that it ran before anybody is told: what was recorded is not recorded again, by this process or another. Where it is
 * asked whether it is meant, nothing was: submitted again, it is asked again. Where it was refused before it ran, what was entered is kept, and it
 * can be submitted again.
 */
async function run({ means, invoked, sent, values }: Submitted, key: string): Promise<Result | Before> {
  const { state, log } = means.host;
  const before = await begin(state, key);
  if (before !== null) return before;
  const mentions = await mentionedIn(values, means);
  const asking = mentions.length === 0 ? invoked.asking : { ...invoked.asking, mentions };
  const result = await means.host.submit({ ...asking, verb: sent.verb, values, stood: sent.known });
  if (isProblems(result) || result.asks === true || result.refused === true) await letGo(state, key);
  if (isProblems(result)) return result;
  if (result.asks === true) {
    await keepAsked(askedOf(state, invoked.asking), drawerIn({ means, invoked }), result, sent, values);
    return result;
  }
  if (result.refused === true) {
    await keepDraft(drawerIn({ means, invoked }), sent, values);
    return result;
  }
  try {
    await state.set(key, true, DAY);
    await dropDraft(drawerIn({ means, invoked }), sent, values);
  } catch (err) {
    // It is recorded, and its answer says so; submitted again it is known to have been begun.
    log.error({ adapter: "teams", err }, "a form was recorded, and that could not be noted");
  }
  return result;
}

/** The people who were chosen, by name. */
async function mentionedIn(values: FormValues, means: Ready): Promise<NonNullable<Asking["mentions"]>> {
  const chosen = new Set(Object.values(values).flat());
  const isChosen = [...chosen].some((value) => value.startsWith("teams:"));
  if (!isChosen) return [];
  return (await peopleHere(means)).filter(({ person }) => chosen.has(person)).map(({ person, name }) => ({ person, name }));
}

async function shown(one: Submitted, result: Result | Before): Promise<Dialog> {
  // Its answer was lost on the way or was shown: there is nothing left to fill in.
  if (result === "recorded") return null;
  if (result === "begun") return { say: wordsIn(one.invoked.asking.language).submittedBefore };
  if (!isProblems(result)) return dialogOf(result, one.invoked, one.means);
  await keepDraft(drawerIn(one), one.sent, one.values);
  return problemDialog(one, result);
}

/** The form again, with what was entered and what is wrong. */
async function problemDialog({ invoked, means, sent, values }: Submitted, problems: FormProblems): Promise<Dialog> {
  const form = await means.host.form({ ...invoked.asking, verb: sent.verb, values: { ...sent.known, ...values } });
  if (!("fields" in form)) return dialogOf(form, invoked, means);
  return formDialog(form, { sent, choices: await choicesIn(form, invoked, means), values, problems });
}

/** The dialog has said that it is being worked on, and is not to be changed any more: what came of it is told where the dialog was opened. */
async function finishLate(one: Submitted, result: Result | Before): Promise<void> {
  const { means, invoked } = one;
  if (typeof result === "string") {
    const { recordedBefore, submittedBefore } = wordsIn(invoked.asking.language);
    const title = result === "recorded" ? recordedBefore : submittedBefore;
    return means.show({ cards: [{ title, tone: "calm", blocks: [] }], audience: "asker" });
  }
  if (!isProblems(result)) return means.show(offered(result));
  await keepDraft(drawerIn(one), one.sent, one.values);
  await means.show({ cards: [keptCard(one, result)], audience: "asker" });
}

/** What was wrong, in words, that what was entered is kept, and how to go on with it. */
function keptCard({ sent, values }: Submitted, { fields, other }: FormProblems): Card {
  const { title, verb, known, message, words } = sent;
  const texts = [...(other === null ? [] : [other]), ...Object.values(fields)].map((text) => ({ kind: "text" as const, text: [text] }));
  // What was entered of a message lies by that message, or by its address.
  if (message !== undefined || known.source !== undefined) {
    const kept = words?.keptAtMessage ?? `${KEPT} open the form at that message again to go on with it.`;
    return { title, tone: "calm", blocks: [...texts, { kind: "note", text: [kept] }] };
  }
  const { ref: opened = [] } = known;
  const ref = opened.length === 0 ? [] : (values.ref ?? opened);
  const action = { label: title, command: ["form", verb, ...ref.map(typedWord)].join(" ") };
  const kept = words?.kept ?? `${KEPT} press the button to go on with it.`;
  return { title, tone: "calm", blocks: [...texts, { kind: "note", text: [kept] }, { kind: "actions", actions: [action] }] };
}

const KEPT = "Nothing was recorded. What you entered is kept for a day:";

/** Drops what was kept, and shows the form as it was before. */
async function begunAnew({ invoked, means, sent }: Submitted): Promise<Dialog> {
  await dropDraft(drawerIn({ means, invoked }), sent);
  const form = await means.host.form({ ...invoked.asking, verb: sent.verb, values: sent.known });
  return dialogOf("fields" in form ? { cards: [], audience: "asker", form } : form, invoked, means);
}

function isProblems(result: Answer | FormProblems): result is FormProblems {
  return "fields" in result;
}

function drawerIn({ means, invoked }: Pick<Submitted, "means" | "invoked">): Drawer {
  return drawerOf(means.host.state, invoked.asking);
}

function noteOf({ invoked, sent }: Submitted): string {
  return `submitted/${invoked.asking.person}/${sent.once}`;
}
