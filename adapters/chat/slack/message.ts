import type { types } from "@slack/bolt";
import type { Block, Card } from "../../../src/ports/card.ts";
import { plainSpans, plainText } from "../shared/plain.ts";
import { showable } from "../shared/shown.ts";
import { split, splitUnhurried } from "../shared/split.ts";
import { cutText } from "../shared/text.ts";
import { type BlockForm, blocksIn, CLASSIC, NEWEST } from "./blocks.ts";
import { withRoomForActions } from "./blocks-actions.ts";
import { BLOCK_WEIGHT, LIST_ITEMS, SLACK_LIMITS, TEXT_CHARACTERS } from "./blocks-limits.ts";
import { plain } from "./blocks-rich.ts";
import { hasChannels, spoken } from "./channels.ts";
import { escapeText } from "./text.ts";
import { isFarTooLong, mostWeightOf } from "./weight.ts";

export { blocksOf } from "./blocks.ts";
export { SLACK_LIMITS } from "./blocks-limits.ts";

/**
 * One message: blocks for the eye, and the whole of it as text, which is all that a screen reader reads out. Of a discreet card the text names
 * nothing: notifications, previews and lists of conversations show it to whoever looks over a shoulder.
 */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: types.AnyBlock[];
}

/** The card in as many cards as it takes messages, in order: each fits one message in whatever blocks it is said. */
export function partsOf(card: Card): readonly Card[] {
  return split(roomy(card), SLACK_LIMITS, weightOf, countOf);
}

/** The same while others go first (splitUnhurried). */
export function partsUnhurried(card: Card): Promise<readonly Card[]> {
  return splitUnhurried(roomy(card), SLACK_LIMITS, weightOf, countOf);
}

function roomy(card: Card): Card {
  const said = showable(card);
  return { ...said, blocks: said.blocks.flatMap(withRoomForActions) };
}

/** One of those parts as a message. */
export function messageOf(part: Card, form: BlockForm): SlackMessage {
  return { text: textOf(part), blocks: blocksIn(part, form) };
}

function textOf(part: Card): string {
  if (part.discreet === undefined && hasChannels(part)) return plainText(spoken(part)) || "—";
  return escapeText(part.discreet ?? plainText(part)) || "—";
}

/** The card in as many messages as it takes, in order, in blocks that every workspace takes. */
export function messagesOf(card: Card): readonly SlackMessage[] {
  return partsOf(card).map((part) => messageOf(part, CLASSIC));
}

/** The same part in the oldest of blocks, for where Slack refuses the others. */
export function classicMessageOf(part: Card): SlackMessage {
  return { text: textOf(part), blocks: sectionsOf(plainText(part) || "—") };
}

/** A sentence as a message. */
export function wordsMessage(words: string): SlackMessage {
  return { text: escapeText(words), blocks: sectionsOf(words) };
}

/** The words as plain_text, in as few sections as they take. */
function sectionsOf(words: string): types.AnyBlock[] {
  const sections: string[] = [];
  // However much of such a piece is escaped, a section holds it.
  for (const piece of cutText([words], TEXT_CHARACTERS / 5).map(plainSpans)) {
    const longer = (sections.at(-1) ?? "") + piece;
    if (sections.length > 0 && escapeText(longer).length <= TEXT_CHARACTERS) sections[sections.length - 1] = longer;
    else sections.push(piece);
  }
  return sections.map((text) => ({ type: "section", text: plain(text) }));
}

/** What the card takes of a message's room, or a bound of it that leaves no doubt. */
function weightOf(card: Card): number {
  if (isFarTooLong(card)) return Number.POSITIVE_INFINITY;
  const most = mostWeightOf(card);
  return most <= SLACK_LIMITS.bytes! ? most : exactWeightOf(card);
}

/** The same in the form that takes the most: the last resort shows the commands of buttons too. */
export function exactWeightOf(card: Card): number {
  return Math.max(inEveryForm(card, weigh), weigh(classicMessageOf(card).blocks));
}

/** The blocks under the title. */
function countOf(card: Card): number {
  if (isFarTooLong(card)) return Number.POSITIVE_INFINITY;
  // None of the others becomes more than one.
  if (!card.blocks.some(hasForms) && card.blocks.length <= SLACK_LIMITS.blocks) return card.blocks.length;
  return inEveryForm({ ...card, title: "" }, (blocks) => blocks.length);
}

function inEveryForm(card: Card, measure: (blocks: readonly types.AnyBlock[]) => number): number {
  if (!card.blocks.some(hasForms)) return measure(blocksIn(card, CLASSIC));
  const pictures = card.blocks.filter(({ kind }) => kind === "chart").map(() => "F".repeat(11));
  return Math.max(...[NEWEST, CLASSIC, { tables: true, charts: pictures }].map((form) => measure(blocksIn(card, form))));
}

function hasForms({ kind }: Block): boolean {
  return kind === "chart" || kind === "rows";
}

function weigh(blocks: readonly types.AnyBlock[]): number {
  return blocks.reduce((sum, block) => sum + BLOCK_WEIGHT + wordsIn(block), 0);
}

/** The characters that a reader sees of it, escaped; more than any message holds where a list is longer than Slack takes. */
function wordsIn(value: unknown): number {
  if (Array.isArray(value) && value.length > LIST_ITEMS) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) return value.reduce((sum: number, inner) => sum + wordsIn(inner), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (typeof inner !== "string") return sum + wordsIn(inner);
    return SHOWN.has(key) ? sum + escapeText(inner).length : sum;
  }, 0);
}

const SHOWN: ReadonlySet<string> = new Set(["text", "url", "title", "alt_text", "label", "channel_id"]);
