import type { Block, Card, Span } from "../../../src/ports/card.ts";
import { wordsOf } from "../shared/text.ts";
import { BLOCK_WEIGHT, LIST_ITEMS, SLACK_LIMITS } from "./blocks-limits.ts";

/** An & that is escaped twice, as in a plain_text: the most that a character becomes. */
const ESCAPED_TWICE = "&amp;amp;".length;
/** Around each of the words: a colon and a break, brackets, a bullet, the fixed words of a confirmation. */
const AROUND = 10;
/** A button's words stand on it and, where it asks first, in three places of the dialog. */
const TIMES_LABEL = 4;
/** For a message of nothing but sections, which need not be full: at most two for each 3,000 characters, and one. */
const SECTIONS = 1 + (2 * BLOCK_WEIGHT) / 3_000;
/** Of each of the words a list is made of three at most. */
const MOST_WORDS = LIST_ITEMS / 3;

/**
 * A weight that the card has at the very most, found without making its blocks: nearly every card is far below what a message holds, and weighing
 * it in each of its forms takes longer than all the rest of showing it. Infinite where it cannot be told so, as of rows and charts.
 */
export function mostWeightOf({ title, blocks }: Card): number {
  let characters = mostOf(title);
  let words = 1;
  const count = (text: string) => {
    characters += mostOf(text);
    words += 1;
  };
  for (const block of blocks) {
    if (block.kind === "rows" || block.kind === "chart") return Number.POSITIVE_INFINITY;
    countIn(block, count);
  }
  return words > MOST_WORDS ? Number.POSITIVE_INFINITY : (blocks.length + 2) * BLOCK_WEIGHT + SECTIONS * characters;
}

/**
 * Whether its words alone are more than a message holds, however they are shown: found without making its blocks. Where a list of many thousands
 * is divided, nearly all that is tried is.
 */
export function isFarTooLong({ blocks }: Card): boolean {
  let left = SLACK_LIMITS.bytes!;
  const isOver = (text: readonly Span[]) => {
    for (const span of text) left -= wordsOf(span).length;
    return left < 0;
  };
  return blocks.some((block) => {
    if (block.kind === "text" || block.kind === "note") return isOver(block.text);
    if (block.kind === "facts") return block.facts.some(({ value }) => isOver(value));
    return block.kind === "rows" && block.rows.some((cells) => cells.some(isOver));
  });
}

function countIn(block: Exclude<Block, { kind: "rows" | "chart" }>, count: (text: string) => void): void {
  switch (block.kind) {
    case "text":
    case "note":
      countText(block.text, count);
      return;
    case "facts":
      for (const { label, value } of block.facts) {
        count(label);
        countText(value, count);
      }
      return;
    case "actions":
      for (const { label, command, confirm = "", decline = "" } of block.actions) {
        for (let time = 0; time < TIMES_LABEL; time++) count(label);
        count(command);
        count(confirm);
        count(decline);
      }
  }
}

function countText(text: readonly Span[], count: (text: string) => void): void {
  for (const span of text) {
    count(wordsOf(span));
    if (typeof span !== "string" && "link" in span) count(span.href);
  }
}

function mostOf(text: string): number {
  return AROUND + (/[&<>]/.test(text) ? ESCAPED_TWICE * text.length : text.length);
}
