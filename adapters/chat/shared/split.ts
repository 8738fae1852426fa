import type { Block, Card, CardLimits } from "../../../src/ports/card.ts";
import { cutBlock, type Piece } from "./blocks.ts";
import { plainText } from "./plain.ts";
import { cutText, wordsOf } from "./text.ts";

/** Counts the bytes that a card takes on its platform. */
export type Measure = (card: Card) => number;

/** The smallest sensible text; below it a piece is left as it is. */
const SMALLEST = 40;

/**
 * The card in as many cards as its platform's messages need, in order, each within the limits. Nothing is dropped and nothing is cut short:
 * long texts go on in the next block, rows and facts move across, and the titles after the first are marked (2), (3) and so on.
 * `measure` says how large a card is where the limits count bytes; without it the plain text is counted.
 */
export function split(card: Card, limits: CardLimits, measure: Measure = bytesOfPlainText): readonly [Card, ...Card[]] {
  const [title = [], ...restOfTitle] = cutText([card.title], limits.titleCharacters);
  const blocks: readonly Block[] = [
    ...restOfTitle.map((text): Block => ({ kind: "text", text: [{ bold: textOf(text) }] })),
    ...card.blocks,
  ];
  const part = (number: number, blocks: readonly Block[]): Card => ({ ...card, title: titleOf(textOf(title), number, limits), blocks });
  const fits = (part: Card) => part.blocks.length <= limits.blocks && (limits.bytes === undefined || measure(part) <= limits.bytes);
  const pieces = blocks.flatMap((block) => cutToFit(block, limits, (block) => fits(part(100, [block]))));
  const parts: Card[] = [];
  let open = part(1, []);
  for (const piece of pieces) {
    const grown = { ...open, blocks: [...open.blocks, piece.block] };
    if (open.blocks.length === 0 || fits(grown)) {
      open = grown;
      continue;
    }
    parts.push(open);
    const number = parts.length + 1;
    open = part(number, [piece.again?.(` (${number})`) ?? piece.block]);
  }
  const [first, ...others] = [...parts, open];
  return [first!, ...others];
}

/** Pieces that each fit a message alone; where bytes are what is short, the other limits are halved until they do. */
function cutToFit(block: Block, limits: CardLimits, fits: (block: Block) => boolean): readonly Piece[] {
  const pieces = cutBlock(block, limits);
  if (limits.textCharacters < 2 * SMALLEST) return pieces;
  const half = {
    ...limits,
    textCharacters: Math.floor(limits.textCharacters / 2),
    factsPerBlock: Math.ceil(limits.factsPerBlock / 2),
    actionsPerBlock: Math.ceil(limits.actionsPerBlock / 2),
  };
  return pieces.every((piece) => fits(piece.again?.(" (100)") ?? piece.block)) ? pieces : cutToFit(block, half, fits);
}

function titleOf(title: string, number: number, limits: CardLimits): string {
  if (number === 1) return title;
  const mark = ` (${number})`;
  return `${textOf(cutText([title], limits.titleCharacters - mark.length)[0] ?? []).trimEnd()}${mark}`;
}

function textOf(text: readonly Parameters<typeof wordsOf>[0][]): string {
  return text.map(wordsOf).join("");
}

function bytesOfPlainText(card: Card): number {
  return Buffer.byteLength(plainText(card));
}
