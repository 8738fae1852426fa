import type { Answer } from "../../../src/ports/chat.ts";
import type { Field, Form, FormValues } from "../../../src/ports/form.ts";
import { readDraft } from "../shared/drafts.ts";
import { withoutTurns } from "../shared/shown.ts";
import type { Reply } from "./bot-framework.ts";
import { cardsDialog, formDialog } from "./dialog-card.ts";
import { type Dialog, inEnvelope } from "./dialog-envelope.ts";
import { isRecord, messageIn, sentWith } from "./dialog-sent.ts";
import { commandIn } from "./execute.ts";
import { choicesIn } from "./form-choices.ts";
import { drawerOf } from "./form-drafts.ts";
import type { Invoked, Ready } from "./invoke.ts";

/** A button that opens a form: the form of its command, or what the command answers where there is none any more. */
export async function fetched({ value, asking, name }: Invoked, means: Ready): Promise<Reply> {
  const command = commandIn(isRecord(value) ? value.data : null);
  if (command === null) return { status: 400 };
  return inEnvelope("task", await dialogOf(await means.host.onCommand({ ...asking, text: command }), { value, asking, name }, means));
}

/** The settings of the app in a team or a group chat. */
export async function configFetched(invoked: Invoked, means: Ready): Promise<Reply> {
  const found = await means.host.form({ ...invoked.asking, verb: "settings", values: {} });
  return inEnvelope("config", await dialogOf(answerOf(found), invoked, means));
}

/** A command of the compose box or of a message: its id is the verb whose form is opened. What stands in the message is noted. */
export async function composed(invoked: Invoked, means: Ready): Promise<Reply> {
  const { value, asking } = invoked;
  const verb = isRecord(value) ? value.commandId : null;
  if (typeof verb !== "string" || !/^[a-z][a-z-]*$/.test(verb)) return { status: 400 };
  const found = await means.host.form({ ...asking, verb, values: isRecord(value) ? noteFrom(value.messagePayload) : {} });
  return inEnvelope("task", await dialogOf(answerOf(found), invoked, means));
}

/** The form of an answer with what is kept of it, else its cards: in the dialog for the asker alone, in the conversation for everybody. */
export async function dialogOf(answer: Answer, { asking, value, name }: Invoked, means: Ready): Promise<Dialog> {
  if (answer.form !== undefined) return freshDialog(answer.form, { asking, value, name }, means);
  const said = answer.cards[0]?.title ?? "";
  const dialog = answer.audience === "asker" ? cardsDialog(answer.cards) : null;
  if (dialog !== null) return dialog;
  means.later(() => means.show(answer));
  return answer.audience === "place" || said === "" ? null : { say: said };
}

async function freshDialog(given: Form, invoked: Invoked, means: Ready): Promise<Dialog> {
  const form = fitting(given);
  const sent = sentWith(form, invoked.asking.id, messageIn(invoked.value));
  const [choices, draft] = await Promise.all([
    choicesIn(form, invoked, means),
    readDraft(drawerOf(means.host.state, invoked.asking), sent),
  ]);
  if (draft === null) return formDialog(form, { sent, choices });
  return formDialog(form, { sent, choices, values: { ...sent.known, ...draft }, isDraft: true });
}

/** The first half of a character that was cut in two. */
const HALF = /[\ud800-\udbff]$/;

/** A message that is noted may be longer than a note, and would stand in the dialog twice: it is cut, and that is said. */
function fitting(form: Form): Form {
  const fields = form.fields.map((field): Field => {
    const [first = ""] = field.initial ?? [];
    if (field.kind.type !== "text" || first.length <= field.kind.longest) return field;
    return { ...field, initial: [first.slice(0, field.kind.longest).replace(HALF, "")] };
  });
  if (fields.every((field, index) => field === form.fields[index])) return form;
  const said = form.words?.cut ?? "A text was longer than this form holds and was cut at its end.";
  return { ...form, fields, intro: [said, ...(form.intro === undefined ? [] : ["\n", ...form.intro])] };
}

function answerOf(found: Form | Answer): Answer {
  return "fields" in found ? { cards: [], audience: "asker", form: found } : found;
}

/** Both where there are any: the words of the message, and its address. */
function noteFrom(payload: unknown): FormValues {
  if (!isRecord(payload)) return {};
  const { linkToMessage: link, body } = payload;
  const { contentType, content } = isRecord(body) ? body : {};
  const said = typeof content !== "string" ? "" : contentType === "html" ? wordsIn(content) : content;
  const text = withoutTurns(said).trim();
  return { ...(text === "" ? {} : { text: [text] }), ...(typeof link === "string" && link !== "" ? { source: [link] } : {}) };
}

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&" };

/** The words of a message that Teams hands over as HTML. */
function wordsIn(html: string): string {
  const lines = html.replaceAll(/<(br|\/p|\/div|\/li)\b[^<>]*>/gi, "\n").replaceAll(/<[^<>]*>/g, "");
  return lines.replaceAll(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity]!).trim();
}
