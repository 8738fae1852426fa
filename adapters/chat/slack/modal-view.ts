import type { types } from "@slack/bolt";
import type { Card } from "../../../src/ports/card.ts";
import type { Form, FormProblems, FormValues } from "../../../src/ports/form.ts";
import { inputOf, plain } from "./form-field.ts";
import { blocksOf } from "./message.ts";
import { digestOf, initialOf, type Meta, writeMeta } from "./modal-meta.ts";
import { escapeText } from "./text.ts";

/** docs.slack.dev/reference/views: 100 blocks; a title and the buttons 24 characters. */
export const VIEW_BLOCKS = 100;
const TITLE = 24;

export const FORM_CALLBACK = "form";
export const RESULT_CALLBACK = "result";
/** The button that empties a form of what was kept. */
export const ANEW = "anew";

/** Where a form was opened: what its answer, and what is kept of it, belong to. */
export type OpenedFrom = Pick<Meta, "channel" | "message" | "thread" | "home">;

export interface Shaping {
  readonly from: OpenedFrom;
  readonly round: number;
  /** What stands in the fields instead of what the form says. */
  readonly values?: FormValues;
  /** Those values were kept from before. */
  readonly isDraft?: boolean;
  /** What the form knew when it was opened, where it was made again since with what is entered. */
  readonly known?: FormValues;
  /** Shown above the fields, and under each that has one. */
  readonly problems?: FormProblems;
}

/** The form as a modal; null where it has more fields than a view can hold. */
export function formView(form: Form, { from, round, values, isDraft, known, problems }: Shaping): types.ModalView | null {
  const fields = form.fields.map((field) => ({
    field,
    shown: inputOf(field, round, values === undefined ? field.initial : (values[field.name] ?? [])),
  }));
  const blocks: types.KnownBlock[] = [
    ...longTitle(form.title),
    ...problemBlocks(form, problems),
    ...(isDraft ? draftBlocks(form) : []),
    ...(fields.some(({ shown }) => shown.isCut) ? sentence(form.words?.cut ?? "A text was too long for this form and was cut.") : []),
    ...(form.intro === undefined || form.intro.length === 0
      ? []
      : blocksOf({ title: "", tone: "calm", blocks: [{ kind: "text", text: form.intro }] }, "view")),
    ...fields.flatMap(({ field, shown }) => [shown.block, ...sentence(problems?.fields[field.name])]),
  ];
  if (blocks.length > VIEW_BLOCKS) return null;
  const blank = digestOf(Object.fromEntries(fields.map(({ field, shown }) => [field.name, shown.initial])));
  const meta: Meta = {
    verb: form.verb,
    ...from,
    round,
    known: known ?? initialOf(form),
    blank,
    ...(form.words === undefined ? {} : { words: form.words }),
  };
  return {
    type: "modal",
    callback_id: FORM_CALLBACK,
    title: plain(form.title, TITLE),
    submit: plain(form.submit, TITLE),
    close: plain(form.cancel, TITLE),
    notify_on_close: true,
    private_metadata: writeMeta(meta),
    blocks,
  };
}

/** A view that says something and asks for nothing: what came of a submission, or that it is being worked on. */
export function saidView(title: string, meta: Meta, blocks: readonly types.KnownBlock[]): types.ModalView {
  return {
    type: "modal",
    callback_id: RESULT_CALLBACK,
    title: plain(title, TITLE),
    private_metadata: writeMeta(meta),
    blocks: [...blocks],
  };
}

/** The cards as the blocks of one view; null where they are more than it can hold. */
export function cardsInView(cards: readonly Card[]): readonly types.KnownBlock[] | null {
  const blocks = cards.flatMap((card) => blocksOf(card, "view"));
  return blocks.length > 0 && blocks.length <= VIEW_BLOCKS ? blocks : null;
}

export function sentence(text: string | null | undefined): types.KnownBlock[] {
  return text ? [{ type: "section", text: plain(text, 3_000) }] : [];
}

function longTitle(title: string): types.KnownBlock[] {
  return escapeText(title).length > TITLE ? [{ type: "header", text: plain(title, 150) }] : [];
}

/** What is wrong with no field, or with one that is not shown. */
function problemBlocks(form: Form, problems: FormProblems | undefined): types.KnownBlock[] {
  const hidden = Object.entries(problems?.fields ?? {}).filter(([name]) => form.fields.every((field) => field.name !== name));
  return [...sentence(problems?.other), ...hidden.flatMap(([, text]) => sentence(text))];
}

function draftBlocks({ words }: Form): types.KnownBlock[] {
  const said = sentence(words?.draft ?? "What you entered before is filled in.");
  const anew = plain(words?.anew ?? "Begin anew", 75);
  return [...said, { type: "actions", block_id: ANEW, elements: [{ type: "button", action_id: ANEW, text: anew }] }];
}
