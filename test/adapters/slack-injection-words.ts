import fc from "fast-check";
import { withoutTurns } from "../../adapters/chat/shared/shown.ts";
import { escapeText } from "../../adapters/chat/slack/text.ts";
import type { Card, Chart } from "../../src/ports/card.ts";
import type { PersonRef } from "../../src/ports/chat.ts";

/** What Slack reads as a ping, a mention, a link, markup, an emoji or an escape, and what upsets those who read text. */
const HOSTILE: readonly string[] = [
  ...["<!channel>", "<!here>", "<!subteam^S1|team>", "<@U1>", "<@U1|ana>", "<#C1|general>", "<http://x.example|y>", "<mailto:a@b.example>"],
  ...["<!date^1|x>", "&amp;", "&lt;", "&lt;!channel&gt;", "&", "<", ">", "*", "_", "~", "`", "```", "*b*", "_i_", ":tada:", ":", "|", "- "],
  ...["> ", "# ", "1. ", "[x](http://y.example)", "\u200B", "\u200F", "\u0007", "\n", "\r\n", "\t", "\uD800", "\uDC00"],
  ...["😀", "👩‍👩‍👧", "é", "漢", "%3C", "%26lt;", "\\", '"', "'", "{{x}}", "@channel", "slack:T1/C1", "http://z.example"],
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom("a", "fine of ", "Kourou", "1 000,00 €") },
);

/** As many strings, but for what is taken out of everything that is shown (see showable); the same for the same seed: short enough that a button bears them. */
export function shortStrings(count: number, seed: number): readonly string[] {
  const words = fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => withoutTurns(pieces.join("")));
  const borne = words.filter((word) => word.trim() !== "" && escapeText(word.toWellFormed()).length <= 75);
  return fc.sample(borne, { numRuns: count, seed });
}

export function longStrings(count: number, seed: number): readonly string[] {
  const words = fc.array(piece, { minLength: 400, maxLength: 1_500 }).map((pieces) => withoutTurns(pieces.join("")));
  return fc.sample(words, { numRuns: count, seed });
}

export function chartOf(word: string): Chart {
  return { kind: "chart", title: word, summary: word, unit: word, points: [1, 2].map((value) => ({ label: word, value, shown: word })) };
}

/** The word wherever a word can stand. */
export function cardOf(word: string): Card {
  const person = { person: "teams:29:x" as PersonRef, name: word };
  return {
    title: word,
    tone: "calm",
    blocks: [
      { kind: "text", text: [word] },
      { kind: "text", text: [{ bold: word }, { link: word, href: "https://example.org/" }, person] },
      { kind: "note", text: [word, person] },
      { kind: "facts", facts: [{ label: word, value: [word, { bold: word }] }] },
      { kind: "rows", heading: [word], rows: [[[word]], [[word], [{ bold: word }]]] },
      chartOf(word),
      { kind: "actions", actions: [{ label: word, command: word, confirm: word }] },
    ],
  };
}

/** What a reader must see of each block of that card: its header first. */
export function seenOf(word: string): readonly string[] {
  const line = `• ${word} · ${word}`;
  return [
    ...[word, word, word + word + word, word + word, `${word}: ${word}${word}`],
    ...[`${word}\n• ${word}\n${line}`, `${word}\n• ${word}\n${line}\n${line}`, `[${word}]`],
  ];
}
