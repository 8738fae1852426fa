import type { Card } from "../../../src/ports/card.ts";
import type { Form } from "../../../src/ports/form.ts";
import type { AskerWords } from "./asker-words.ts";
import { initialOf } from "./modal-meta.ts";
import type { Refused } from "./modal-open.ts";

/** That Slack did not open a form, which else would be known by its absence alone, and the button that asks for it once more. */
export function unopenedCard(form: Form, why: Refused, words: AskerWords, text: string): Card {
  const { ref = [], item = [] } = initialOf(form);
  const ofItem = item.length === 1 ? ["--item", ...item] : [];
  return {
    title: words.unopened(why.unopened),
    tone: "calm",
    blocks: [
      { kind: "text", text: [withReason(why, words, text)] },
      { kind: "actions", actions: [{ label: form.title, command: ["form", form.verb, ...ref, ...ofItem].join(" ") }] },
    ],
  };
}

/** The same in one sentence after the other, where there is nothing to press. */
export function unopenedText(why: Refused, words: AskerWords, text: string): string {
  return `${words.unopened(why.unopened)}. ${withReason(why, words, text)}`;
}

function withReason({ unopened, ended }: Refused, words: AskerWords, text: string): string {
  if (unopened === null) return `${words.late} ${text}`;
  return ended === undefined ? text : `${words.reason(ended)} ${text}`;
}
