import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

export interface ShownText {
  readonly on: Day | null;
  readonly path: string;
  readonly text: string;
}

/** Longer ones are shown by their beginning. */
const LONGEST = 160;

/** What is about to be erased of a matter, and the button that does it. */
export function eraseCard(language: Language, ref: string, texts: readonly ShownText[], action: Action): Card {
  const rows = texts.map((one): readonly Text[] => [
    [{ bold: one.path }],
    [one.on === null ? say(language, "erase.facts") : say(language, "card.day", { day: one.on })],
    [one.text.length > LONGEST ? `${one.text.slice(0, LONGEST)}…` : one.text],
  ]);
  return asked(say(language, "erase.title", { ref, n: texts.length }), [{ kind: "rows", heading: [], rows }], action, language);
}

/** The same of a person. */
export function erasePersonCard(
  language: Language,
  name: string,
  about: { readonly id: string; readonly texts: number },
  action: Action,
): Card {
  const lines = [text(say(language, "erase.person", about))];
  return asked(say(language, "erase.person-title", { name }), lines, action, language);
}

function asked(title: string, blocks: readonly Block[], action: Action, language: Language): Card {
  return {
    title,
    tone: "urgent",
    blocks: [
      ...blocks,
      text({ bold: say(language, "erase.for-good") }),
      note(say(language, "erase.copies")),
      { kind: "actions", actions: [action] },
    ],
  };
}

export interface Remaining {
  /** Old pages of the register's files still hold it: other programs were reading. */
  readonly lingers: boolean;
  /** Watches that look for what was erased. */
  readonly watches: readonly string[];
  /** Matters in whose texts the person's name stands. */
  readonly matters: readonly string[];
}

/** What was erased, and what still holds it. */
export function erasedCard(language: Language, title: string, { lingers, watches, matters }: Remaining): Card {
  const blocks: Block[] = [];
  if (lingers) blocks.push(text({ bold: say(language, "erase.lingers") }));
  if (watches.length > 0) blocks.push(text(say(language, "erase.watches", { watches })));
  if (matters.length > 0) blocks.push(text(say(language, "erase.named-in", { matters })));
  blocks.push(note(say(language, "erase.copies")));
  return { title, tone: "calm", blocks };
}
