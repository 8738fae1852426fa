import type { Card } from "../../../src/ports/card.ts";
import type { Form } from "../../../src/ports/form.ts";
import { typedWord } from "../shared/typed-word.ts";
import type { AskerWords } from "./asker-words.ts";
import { initialOf } from "./modal-meta.ts";
import type { Refused } from "./modal-open.ts";

/** That Slack did not open a form, which else would be known by its absence alone, and the button that asks for it once more. */
export function unopenedCard(form: Form, why: Refused, words: AskerWords, text: string): Card {
  const { ref = [], item = [] } = initialOf(form);
  const ofItem = item.length === 1 ? ["--item", ...item.map(typedWord)] : [];
  return {
    title: titleOf(why, words),
    tone: "calm",
    blocks: [
      { kind: "text", text: [withReason(why, words, text)] },
      { kind: "actions", actions: [{ label: form.title, command: ["form", form.verb, ...ref.map(typedWord), ...ofItem].join(" ") }] },
    ],
  };
}

/** The same in one sentence after the other, where there is nothing to press. */
export function unopenedText(why: Refused, words: AskerWords, text: string): string {
  return `${titleOf(why, words)}. ${withReason(why, words, text)}`;
}

function titleOf({ unopened, failure }: Refused, words: AskerWords): string {
  return failure?.retry === "unknown" ? words.perhapsOpened : words.unopened(unopened);
}

function withReason({ unopened, ended, failure }: Refused, words: AskerWords, text: string): string {
  if (unopened === null) return `${words.late} ${text}`;
  if (failure !== undefined) return `${words.notNow(failure)} ${text}`;
  return ended === undefined ? text : `${words.reason(ended)} ${text}`;
}
