import type { types } from "@slack/bolt";
import type { Card } from "../../../src/ports/card.ts";
import type { Answer } from "../../../src/ports/chat.ts";
import type { FormProblems, FormValues } from "../../../src/ports/form.ts";
import { keepAsked } from "../shared/asked-drafts.ts";
import { dropDraft, keepDraft, readStood } from "../shared/drafts.ts";
import { soon } from "../shared/soon.ts";
import { type Before, begin, DAY, letGo } from "../shared/submitted-once.ts";
import { typedWord } from "../shared/typed-word.ts";
import { sayWords, showCards } from "./answer.ts";
import { type Asker, askingOf, type Body, type Room, type ShownView } from "./asker.ts";
import { type AskerWords, wordsFor } from "./asker-words.ts";
import { withOwnChannels } from "./channels.ts";
import { askedOf, drawerOf } from "./drafts.ts";
import { valuesOf } from "./form-values.ts";
import { publishHome } from "./home.ts";
import { digestOf, initialOf, type Meta } from "./modal-meta.ts";
import { formAgain, freshView, isForm, isProblems, openedFrom } from "./modal-open.ts";
import { cardsInView, FORM_CALLBACK, formView, saidView, sentence } from "./modal-view.ts";

export type Ack = (answer?: object) => Promise<void>;

/** Slack waits three seconds for the acknowledgement; the rest is left for the form to be made again, and for the way. */
const PATIENCE = 2_300;
/** What is noted of a submission that was asked about. */
const ASKED = "asked";
const CLOSE = { response_action: "clear" } as const;

interface Submitted {
  readonly room: Room;
  readonly asker: Asker;
  readonly view: ShownView & { readonly id: string };
  readonly meta: Meta;
  readonly title: string;
  readonly values: FormValues;
}

type Result = Answer | FormProblems;

/** A form was submitted. The same one delivered twice, or pressed twice while Slack was slow, runs once and is acknowledged alike. */
export async function submitted(room: Room, asker: Asker, body: Body, ack: Ack): Promise<void> {
  const { view } = body;
  const { modal } = asker;
  if (view === undefined || modal === undefined || view.callback_id !== FORM_CALLBACK) {
    await ack(CLOSE);
    return sayWords(room, asker, (words) => words.otherForm);
  }
  const key = noteOf(asker, modal);
  const running = room.submissions.get(key);
  if (running !== undefined) return ack(await soon(running, PATIENCE, CLOSE));
  const begun = Promise.withResolvers<object | undefined>();
  room.submissions.set(key, begun.promise);
  const title = (view as { readonly title?: { readonly text?: string } }).title?.text ?? modal.meta.verb;
  const one = { room, asker, view: { ...view, id: modal.id }, meta: modal.meta, title, values: valuesOf(view, asker.team) };
  const acknowledge: Ack = async (answer) => {
    begun.resolve(answer);
    await ack(answer);
  };
  try {
    await work(one, key, acknowledge);
  } catch (error) {
    // What was entered is there when the form is opened again, unless it was recorded and only the answer could not be shown.
    if ((await room.host.state.get(key)) === undefined) await keepDraft(drawerOf(room, asker), one.meta, one.values);
    throw error;
  } finally {
    begun.resolve(CLOSE);
    room.submissions.delete(key);
  }
}

/** A form was closed without being submitted: what differs from how it was opened is kept. */
export async function closed(room: Room, asker: Asker, { view }: Body): Promise<void> {
  if (view?.callback_id !== FORM_CALLBACK) return;
  await keepEntered(room, asker, view);
}

/** Keeps what is entered by now, unless the form was submitted meanwhile. */
export async function keepEntered(room: Room, asker: Asker, view: ShownView): Promise<void> {
  const { modal } = asker;
  if (modal === undefined || room.submissions.has(noteOf(asker, modal))) return;
  const values = valuesOf(view, asker.team);
  const submission = async () => room.host.state.get(noteOf(asker, modal));
  if (digestOf(values) === modal.meta.blank || (await submission()) !== undefined) return;
  await keepDraft(drawerOf(room, asker), modal.meta, values);
  // Submitted while this was written: the draft was dropped before it stood.
  if ((await submission()) === true) await dropDraft(drawerOf(room, asker), modal.meta, values);
}

async function work(one: Submitted, key: string, ack: Ack): Promise<void> {
  const { room, asker, meta, values } = one;
  const running = run(one, key);
  // Asked for now: when the form has to say that it is being worked on, there is no time left.
  const words = wordsFor(room, asker);
  const early = await soon(running, PATIENCE, null);
  if (early === "recorded") return ack(CLOSE);
  if (early === "begun") {
    const said = (await words).submittedBefore(room.command);
    return ack({ response_action: "update", view: saidView(one.title, meta, sentence(said)) });
  }
  if (early === null) {
    await ack({
      response_action: "update",
      view: saidView(one.title, meta, sentence(meta.words?.working ?? (await words).working)),
    });
    return finishLate(one, await running);
  }
  if (isProblems(early)) {
    await keepDraft(drawerOf(room, asker), meta, values);
    return ack(await problemAnswer(one, early));
  }
  const next = early.form === undefined ? null : await freshView(room, asker, early.form, meta.round + 1);
  await ack(next === null ? CLOSE : { response_action: "update", view: next });
  if (next === null) await showCards(room, asker, early.cards, early.audience);
  if (asker.home) await publishHome(room, asker);
}

/**
 * Runs the command, and notes that it ran before anybody is told: what was recorded is not recorded again, by this process or another. Where it is
 * asked whether it is meant, nothing was, and what was entered is kept until a button records it. Where it was refused before it ran, the form can
 * be submitted again.
 */
async function run({ room, asker, meta, values }: Submitted, key: string): Promise<Result | Before> {
  const { state, log } = room.host;
  const before = await begin(state, key);
  if (before !== null) return before;
  const asking = await askingOf(room, asker, Object.values(values).flat());
  const result = await room.host.submit({ ...asking, verb: meta.verb, values, stood: meta.known });
  if (isProblems(result) || (result.asks !== true && result.refused === true)) {
    await letGo(state, key);
    if (!isProblems(result)) await keepDraft(drawerOf(room, asker), meta, values);
    return result;
  }
  if (result.asks === true) {
    await keepAsked(askedOf(room, asker), drawerOf(room, asker), result, meta, values);
    await state.set(key, ASKED, DAY);
    return result;
  }
  try {
    await state.set(key, true, DAY);
    await dropDraft(drawerOf(room, asker), meta, values);
  } catch (err) {
    // It is recorded, and its answer says so; submitted again it is known to have been begun.
    log.error({ err, id: asker.id }, "slack: a form was recorded, and that could not be noted");
  }
  return result;
}

/** Errors at their fields; what is wrong with a field that is not shown, or with none, stands above them all. */
async function problemAnswer(one: Submitted, problems: FormProblems): Promise<object> {
  const shown = inputsOf(one);
  const isPlaced = problems.other === null && Object.keys(problems.fields).every((name) => shown.includes(name));
  if (isPlaced && Object.keys(problems.fields).length > 0) return { response_action: "errors", errors: problems.fields };
  const view = await problemView(one, problems);
  if (view !== null) return { response_action: "update", view };
  const text = [...Object.values(problems.fields), ...(problems.other === null ? [] : [problems.other])].join(" ");
  return { response_action: "errors", errors: { [shown[0] ?? "ref"]: text } };
}

/** The form again, with what was entered and what is wrong; in the same round, so that Slack keeps what stands in the fields. */
async function problemView({ room, asker, meta, values }: Submitted, problems: FormProblems): Promise<types.ModalView | null> {
  const form = await formAgain(room, asker, meta, values);
  if (!isForm(form)) return null;
  return formView(form, { from: openedFrom(asker), round: meta.round, values, known: meta.known, problems });
}

function inputsOf({ view }: Submitted): readonly string[] {
  const inputs = view.blocks?.flatMap(({ type, block_id }) => (type === "input" && block_id !== undefined ? [block_id] : []));
  return inputs ?? Object.keys(view.state?.values ?? {});
}

/** The view said that it is being worked on; now it says what came of it, or the conversation does where the view is closed. */
async function finishLate(one: Submitted, result: Result | Before): Promise<void> {
  const { room, asker, meta, values } = one;
  if (typeof result === "string") {
    const words = await wordsFor(room, asker);
    const text = result === "recorded" ? words.recordedBefore : words.submittedBefore(room.command);
    if (await changed(one, saidView(one.title, meta, sentence(text)))) return;
    return sayWords(room, asker, () => text);
  }
  if (isProblems(result)) {
    await keepDraft(drawerOf(room, asker), meta, values);
    const view = await problemView(one, result);
    if (view !== null && (await changed(one, view))) return;
    if (meta.message === undefined) await keepForButton(one);
    return showCards(room, asker, [keptCard(one, result, await wordsFor(room, asker))], "asker");
  }
  const next = result.form === undefined ? null : await freshView(room, asker, result.form, meta.round + 1);
  const said = result.audience === "asker" ? cardsInView(result.cards.map((card) => withOwnChannels(card, asker.team))) : null;
  const view = next ?? (said === null ? null : saidView(one.title, meta, said));
  const isShown = view !== null && (await changed(one, view));
  if (!isShown) await showCards(room, asker, result.cards, result.audience);
  if (view === null) await changed(one, saidView(one.title, meta, sentence(result.cards[0]?.title ?? one.title)));
  if (asker.home) await publishHome(room, asker);
}

async function changed({ room, asker, view }: Submitted, next: types.ModalView): Promise<boolean> {
  try {
    await asker.client.views.update({ view_id: view.id, view: next });
    return true;
  } catch (err) {
    room.host.log.warn({ err, view: view.id }, "slack: a form could not be changed; its answer goes to the conversation");
    return false;
  }
}

/** What was wrong, in words, and that what was entered is kept. */
function keptCard({ room, meta, title, values }: Submitted, { fields, other }: FormProblems, words: AskerWords): Card {
  const texts = [...(other === null ? [] : [other]), ...Object.values(fields)].map((text) => ({ kind: "text" as const, text: [text] }));
  if (meta.message !== undefined) return { title, tone: "calm", blocks: [...texts, { kind: "note", text: [words.keptAtMessage] }] };
  const command = ["form", meta.verb, ...refOf(meta, values).map(typedWord)].join(" ");
  const kept = meta.words?.kept ?? words.kept(`${room.command} ${command}`);
  return {
    title,
    tone: "calm",
    blocks: [...texts, { kind: "note", text: [kept] }, { kind: "actions", actions: [{ label: title, command }] }],
  };
}

/**
 * The button opens the form of the matter alone, and what was entered lies by the source too that the form was opened with: it is moved to where
 * the button leads, with whatever else that line brought.
 */
async function keepForButton({ room, asker, meta, values }: Submitted): Promise<void> {
  const ref = refOf(meta, values);
  const form = await formAgain(room, asker, { ...meta, known: ref.length === 0 ? {} : { ref } });
  if (!isForm(form)) return;
  await dropDraft(drawerOf(room, asker), meta, values);
  await keepDraft(drawerOf(room, asker), { verb: meta.verb, known: initialOf(form) }, values);
}

function refOf({ known: { ref: opened = [] } }: Meta, values: FormValues): readonly string[] {
  return opened.length === 0 ? [] : (values.ref ?? opened);
}

/** Drops what was kept, and shows the form as it was before. */
export async function beginAnew(room: Room, asker: Asker): Promise<void> {
  const { modal } = asker;
  if (modal === undefined) return;
  const drawer = drawerOf(room, asker);
  const known = await readStood(drawer, modal.meta);
  await dropDraft(drawer, modal.meta);
  const form = await formAgain(room, asker, modal.meta, known);
  if (!isForm(form)) return showCards(room, asker, form.cards, form.audience);
  const view = await freshView(room, asker, form, modal.meta.round + 1);
  if (view !== null) await asker.client.views.update({ view_id: modal.id, view });
}

function noteOf({ team }: Asker, { id, meta }: NonNullable<Asker["modal"]>): string {
  return `slack/submitted/${team}/${id}/${meta.round}`;
}
