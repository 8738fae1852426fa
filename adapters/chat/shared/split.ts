import type { Block, Card, CardLimits } from "../../../src/ports/card.ts";
import { hurried, type Portions, unhurried } from "../../../src/time/unhurried.ts";
import { cutBlock, type Piece } from "./blocks.ts";
import { headsAfter, lastNamed, repeatBefore } from "./heads.ts";
import { plainText } from "./plain.ts";
import { cutText, wordsOf } from "./text.ts";

/** Counts the bytes that a card takes on its platform. */
export type Measure = (card: Card) => number;

/** The smallest sensible text; below it a piece is left as it is. */
const SMALLEST = 40;

/**
 * The card in as many cards as its platform's messages need, in order, each within the limits and as full as it can be. Nothing is dropped and
 * nothing is cut short: long texts go on in the next block, rows and facts move across, a heading goes where what it stands over goes, what blocks are
 * of is named before them in every message, and the titles after the first are marked (2), (3) and so on. `measure` says how large a card is where the limits count bytes; without it the plain
 * text is counted. `count` says how many blocks of the platform a card's blocks become; without it each becomes one.
 */
export function split(...asked: Parameters<typeof splitting>): readonly [Card, ...Card[]] {
  return hurried(splitting(...asked));
}

/** The same while others go first: a digest of twenty thousand lines takes seconds, and a process that is silent for so long is taken for lost. */
export function splitUnhurried(...asked: Parameters<typeof splitting>): Promise<readonly [Card, ...Card[]]> {
  return unhurried(splitting(...asked));
}

function* splitting(
  card: Card,
  limits: CardLimits,
  measure: Measure = bytesOfPlainText,
  count: Measure = ({ blocks }) => blocks.length,
): Portions<readonly [Card, ...Card[]]> {
  const [title = [], ...restOfTitle] = cutText([card.title], limits.titleCharacters);
  const blocks: readonly Block[] = [
    ...restOfTitle.map((text): Block => ({ kind: "text", text: [{ bold: textOf(text) }] })),
    ...card.blocks,
  ];
  const part = (number: number, blocks: readonly Block[]): Card => ({ ...card, title: titleOf(textOf(title), number, limits), blocks });
  const fits = (part: Card) => count(part) <= limits.blocks && (limits.bytes === undefined || measure(part) <= limits.bytes);
  const whole = part(
    1,
    blocks.flatMap((block) => cutBlock(block, limits).map((piece) => piece.block)),
  );
  // What nearly every card is: one message, found without weighing its pieces one by one.
  if (fits(whole)) return [whole];
  const waiting = (yield* cutUnder(blocks, limits, (blocks) => fits(part(100, blocks)))).reverse();
  const parts: Card[] = [];
  let open: Piece[] = [];
  let heads: string | null = null;
  const shown = (pieces: readonly Piece[], number = parts.length + 1) => {
    const isFirst = (index: number) => index === 0 || (index === 1 && pieces[0]!.isRepeat === true);
    const blocks = pieces.map((piece, index) =>
      isFirst(index) && number > 1 ? (piece.again?.(` (${number})`) ?? piece.block) : piece.block,
    );
    return part(number, blocks);
  };
  const close = (from: number) => {
    waiting.push(...open.slice(from).reverse());
    const said = open.slice(0, from);
    parts.push(shown(said));
    heads = headsAfter(said, heads);
    open = [];
  };
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    yield;
    if (open.length === 0 && parts.length > 0) open.push(...repeatBefore(piece, heads));
    const goesIn = fits(shown([...open, piece]));
    if (goesIn || open.every(({ isRepeat }) => isRepeat)) {
      if (!goesIn) open = [];
      open.push(piece);
      continue;
    }
    const last = lastNamed(open, piece, waiting);
    if (last !== null && fits(shown(last.whole, parts.length + 2))) {
      waiting.push(piece);
      close(last.from);
      continue;
    }
    const [now, later] = divided(piece, (first) => fits(shown([...open, first])));
    if (now !== null) open.push(now);
    waiting.push(later);
    close(now === null ? firstToMove(open) : open.length);
  }
  const [first, ...others] = open.length > 0 || parts.length === 0 ? [...parts, shown(open)] : parts;
  return [first!, ...others];
}

/** As many of its rows as fit, and the rest; null for none. */
function divided(piece: Piece, fits: (first: Piece) => boolean): readonly [Piece | null, Piece] {
  const { rows = 0, divide } = piece;
  if (divide === undefined) return [null, piece];
  let [most, too] = [0, rows];
  while (too - most > 1) {
    const middle = Math.floor((most + too) / 2);
    if (fits(divide(middle)[0])) most = middle;
    else too = middle;
  }
  return most === 0 ? [null, piece] : divide(most);
}

/** Headings at the end of a message go to the next one; a message of nothing else stays. */
function firstToMove(pieces: readonly Piece[]): number {
  let from = pieces.length;
  const least = pieces[0]?.isRepeat === true ? 2 : 1;
  while (from > least && isHeading(pieces[from - 1]!.block)) from -= 1;
  return from;
}

function isHeading(block: Block): boolean {
  if (block.kind === "rows") return block.rows.length === 0 && block.heading.length > 0;
  return block.kind === "text" && block.text.length > 0 && block.text.every((span) => typeof span !== "string" && "bold" in span);
}

/** Pieces that each fit a message with the name of what they are of. */
function* cutUnder(blocks: readonly Block[], limits: CardLimits, fits: (blocks: readonly Block[]) => boolean): Portions<Piece[]> {
  const pieces: Piece[] = [];
  let heads: string | null = null;
  for (const block of blocks) {
    const [over] = repeatBefore({ block, ...(block.kind === "text" && block.heads !== undefined ? { heads: block.heads } : {}) }, heads);
    const name = over?.again === undefined ? [] : [over.again(" (100)")];
    const cut = yield* cutToFit(block, limits, (block) => fits([...name, block]));
    heads = headsAfter(cut, heads);
    pieces.push(...cut);
  }
  return pieces;
}

/** Pieces that each fit a message alone; where bytes are what is short, the other limits are halved until they do. */
function* cutToFit(block: Block, limits: CardLimits, fits: (block: Block) => boolean): Portions<readonly Piece[]> {
  yield;
  const pieces = cutBlock(block, limits);
  if (limits.textCharacters < 2 * SMALLEST) return pieces;
  const half = {
    ...limits,
    textCharacters: Math.floor(limits.textCharacters / 2),
    factsPerBlock: Math.ceil(limits.factsPerBlock / 2),
    actionsPerBlock: Math.ceil(limits.actionsPerBlock / 2),
  };
  for (const piece of pieces) {
    yield;
    if (!fits(piece.again?.(" (100)") ?? piece.block)) return yield* cutToFit(block, half, fits);
  }
  return pieces;
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
