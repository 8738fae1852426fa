import type { ActionArray, CardElementArray, IAdaptiveCard } from "@microsoft/teams.cards";
import type { Card } from "../../../src/ports/card.ts";
import type { Choice, Form, FormProblems, FormValues } from "../../../src/ports/form.ts";
import { plainSpans } from "../shared/plain.ts";
import { showable } from "../shared/shown.ts";
import { adaptiveCard, LIMITS } from "./adaptive-card.ts";
import { paragraphs } from "./card-words.ts";
import type { Dialog } from "./dialog-envelope.ts";
import type { Sent } from "./dialog-sent.ts";
import { inputOf } from "./form-inputs.ts";

/** More fields than that stand in a large dialog. */
const MANY_FIELDS = 4;

export interface Shaping {
  readonly sent: Sent;
  /** What may be chosen, by field, where the client asks for nothing while the reader types. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** What stands in the fields instead of what the form says. */
  readonly values?: FormValues;
  /** Those values were kept from before. */
  readonly isDraft?: boolean;
  /** Shown above the fields, and under each that has one. */
  readonly problems?: FormProblems;
}

/** The form as a dialog, made of Adaptive Card inputs. */
export function formDialog(form: Form, { sent, choices, values, isDraft = false, problems }: Shaping): Dialog {
  const hidden = Object.entries(problems?.fields ?? {}).filter(([name]) => form.fields.every((field) => field.name !== name));
  const above = [...(problems?.other ? [problems.other] : []), ...hidden.map(([, text]) => text)];
  const missing = form.words?.missing;
  const body: CardElementArray = [
    ...above.flatMap(wrong),
    ...(isDraft ? draftIn(form, sent) : []),
    ...paragraphs(showable(form.intro ?? [])),
    ...form.fields.flatMap((field): CardElementArray => {
      const standing = values === undefined ? (field.initial ?? []) : (values[field.name] ?? []);
      const filling = { values: standing, choices: choices.get(field.name) ?? [], ...(missing === undefined ? {} : { missing }) };
      const problem = problems?.fields[field.name];
      return [
        inputOf(field, filling),
        ...(problem === undefined ? [] : wrong(problem).map((line) => ({ ...line, spacing: "Small" as const }))),
        ...paragraphs([field.hint ?? ""], { size: "Small", isSubtle: true }).map((line) => ({ ...line, spacing: "Small" as const })),
      ];
    }),
  ];
  const actions: ActionArray = [
    { type: "Action.Submit", title: form.submit, style: "positive", data: { form: sent } },
    { type: "Action.Submit", title: form.cancel, associatedInputs: "none", data: { close: true } },
  ];
  const fallbackText = [form.title, plainSpans(showable(form.intro ?? [])), ...form.fields.map(({ label }) => label)]
    .filter((line) => line !== "")
    .join("\n");
  const card: IAdaptiveCard = { ...SCHEMA, fallbackText, body, actions };
  return { title: form.title, card, isLarge: form.fields.length > MANY_FIELDS };
}

/** The cards of an answer in one dialog; null where they are more than a dialog can hold. */
export function cardsDialog(cards: readonly Card[]): Dialog {
  const [first] = cards;
  if (first === undefined) return null;
  const shown = cards.map((card) => adaptiveCard(card, { surface: "dialog" }));
  const card: IAdaptiveCard = {
    ...SCHEMA,
    fallbackText: shown.map(({ fallbackText }) => fallbackText).join("\n\n"),
    body: shown.flatMap(({ body }) => body),
  };
  const json = JSON.stringify(card);
  if (Math.max(2 * json.length, Buffer.byteLength(json)) > LIMITS.bytes!) return null;
  return { title: first.title, card, isLarge: true };
}

const SCHEMA = { $schema: "http://adaptivecards.io/schemas/adaptive-card.json", type: "AdaptiveCard", version: "1.5" } as const;

function wrong(text: string): ReturnType<typeof paragraphs> {
  return paragraphs([showable(text)], { color: "Attention", weight: "Bolder" });
}

function draftIn({ words }: Form, sent: Sent): CardElementArray {
  const title = words?.anew ?? "Begin anew";
  return [
    ...paragraphs([words?.draft ?? "What you entered before is filled in."]),
    { type: "ActionSet", actions: [{ type: "Action.Submit", title, associatedInputs: "none", data: { form: sent, anew: true } }] },
  ];
}
