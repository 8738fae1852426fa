import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

export interface ShownText {
  /** Of an event; proposal:a1 of a proposal. */
  readonly eventId: string;
  readonly on: Day | null;
  readonly path: string;
  readonly text: string;
}

/** Longer ones are shown by their beginning. */
const LONGEST = 160;

/** What is about to be erased of a matter, and the button that does it; null where it is only shown what would go. */
export function eraseCard(
  language: Language,
  ref: string,
  { texts, stays }: { readonly texts: readonly ShownText[]; readonly stays: readonly string[] },
  action: Action | null,
): Card {
  const rows = texts.map((one): readonly Text[] => [
    [{ bold: one.path }],
    [whenceText(language, one)],
    [one.text.length > LONGEST ? `${one.text.slice(0, LONGEST)}…` : one.text],
  ]);
  const title = say(language, action === null ? "erase.dry-title" : "erase.title", { ref, n: texts.length });
  const staying = stays.length === 0 ? [] : [text(say(language, "erase.stays", { where: stays }))];
  return asked(title, [{ kind: "rows", heading: [], rows }, ...staying], action, language);
}

const PROPOSAL = "proposal:";

function whenceText(language: Language, { eventId, on }: ShownText): string {
  if (eventId.startsWith(PROPOSAL)) return say(language, "erase.proposal", { id: eventId.slice(PROPOSAL.length) });
  return on === null ? say(language, "erase.facts") : say(language, "card.day", { day: on });
}

/** The same of a person. */
export function erasePersonCard(
  language: Language,
  name: string,
  about: { readonly id: string; readonly texts: number },
  action: Action | null,
): Card {
  const lines = [text(say(language, "erase.person", about))];
  return asked(say(language, action === null ? "erase.dry-person" : "erase.person-title", { name }), lines, action, language);
}

function asked(title: string, blocks: readonly Block[], action: Action | null, language: Language): Card {
  return {
    title,
    tone: "urgent",
    blocks: [
      ...blocks,
      text({ bold: say(language, "erase.for-good") }),
      note(say(language, "erase.copies")),
      ...(action === null ? [] : [{ kind: "actions", actions: [action] } as const]),
    ],
  };
}

export interface Remaining {
  /** Old pages of the register's files still hold it: other programs were reading. */
  readonly lingers: boolean;
  /** The same, since the tables are not this process's to write anew. */
  readonly lingersForOwner: boolean;
  /** Watches that look for what was erased. */
  readonly watches: readonly string[];
  /** Matters in whose texts the person's name stands. */
  readonly matters: readonly string[];
  /** What an earlier version recorded where it cannot be erased, such as e2 source. */
  readonly stays: readonly string[];
}

/** What was erased, and what still holds it. */
export function erasedCard(language: Language, title: string, { lingers, lingersForOwner, watches, matters, stays }: Remaining): Card {
  const blocks: Block[] = [];
  if (lingers) blocks.push(text({ bold: say(language, lingersForOwner ? "erase.lingers-for-owner" : "erase.lingers") }));
  if (watches.length > 0) blocks.push(text(say(language, "erase.watches", { watches })));
  if (matters.length > 0) blocks.push(text(say(language, "erase.named-in", { matters })));
  if (stays.length > 0) blocks.push(text(say(language, "erase.stays", { where: stays })));
  blocks.push(note(say(language, "erase.copies")));
  return { title, tone: "calm", blocks };
}
