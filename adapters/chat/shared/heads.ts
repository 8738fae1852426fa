import type { Block } from "../../../src/ports/card.ts";
import type { Piece } from "./blocks.ts";
import { cutText, wordsOf } from "./text.ts";

/** A name that is said again need not be whole: it stands whole where it was said first. */
const LONGEST = 200;

/** Whether the piece is the name of what stands behind it. */
export function isName({ block, heads }: Piece): boolean {
  return heads !== undefined && block.kind === "text" && block.text.map(wordsOf).join("") === heads;
}

/** Whether nothing stands over it: buttons name what they are of. */
function isApart({ block }: Piece): boolean {
  return block.kind === "actions";
}

/** What a piece behind these is of; null where it is of nothing that was named. */
export function headsAfter(pieces: readonly Piece[], before: string | null): string | null {
  const last = pieces.findLast((piece) => isApart(piece) || piece.heads !== undefined);
  if (last === undefined) return before;
  return isApart(last) ? null : last.heads!;
}

/** What a message begins with that goes on with that piece: what it is of, where it does not say so itself. */
export function repeatBefore(piece: Piece, before: string | null): readonly Piece[] {
  const heads = piece.heads ?? before;
  if (heads === null || isName(piece) || isApart(piece)) return [];
  const [short = heads] = cutText([heads], LONGEST).map((text) => text.map(wordsOf).join(""));
  const words = short === heads ? heads : `${short.trimEnd()}…`;
  const again = (mark: string): Block => ({ kind: "text", text: [{ bold: `${words}${mark}` }] });
  return [{ block: again(""), again, isRepeat: true }];
}

/** Where the last name of a message stands and all that goes on behind it, the next piece and what waits; null where it begins there. */
export function lastNamed(
  open: readonly Piece[],
  next: Piece,
  waiting: readonly Piece[],
): { from: number; whole: readonly Piece[] } | null {
  const from = open.findLastIndex(isName);
  const ends = (piece: Piece) => isName(piece) || isApart(piece);
  if (from < 1 || ends(next) || open.slice(from).some(isApart)) return null;
  const end = waiting.findLastIndex(ends);
  return { from, whole: [...open.slice(from), next, ...waiting.slice(end + 1).reverse()] };
}
