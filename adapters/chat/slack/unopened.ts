import type { Card } from "../../../src/ports/card.ts";
import type { Form } from "../../../src/ports/form.ts";
import type { AskerWords } from "./asker-words.ts";
import { initialOf } from "./modal-meta.ts";
import type { Unopened } from "./modal-open.ts";

/** That Slack did not open a form, which else would be known by its absence alone, and the button that asks for it once more. */
export function unopenedCard(form: Form, why: Unopened, words: AskerWords, text: string): Card {
  const { ref = [], item = [] } = initialOf(form);
  const ofItem = item.length === 1 ? ["--item", ...item] : [];
  return {
    title: words.unopened(why),
    tone: "calm",
    blocks: [
      { kind: "text", text: [withReason(why, words, text)] },
      { kind: "actions", actions: [{ label: form.title, command: ["form", form.verb, ...ref, ...ofItem].join(" ") }] },
    ],
  };
}

/** The same in one sentence after the other, where there is nothing to press. */
export function unopenedText(why: Unopened, words: AskerWords, text: string): string {
  return `${words.unopened(why)}. ${withReason(why, words, text)}`;
}

function withReason(why: Unopened, words: AskerWords, text: string): string {
  return why === null ? `${words.late} ${text}` : text;
}
