import type { Span, Text } from "../../../src/ports/card.ts";
import { END_OF_ISOLATE, openIsolates } from "./shown.ts";

/** The words of a span as a reader sees them, without the address behind a link. */
export function wordsOf(span: Span): string {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  if ("place" in span) return span.place;
  return "link" in span ? span.link : span.name;
}

/** What a text takes of a limit, in UTF-16 code units: its words and the addresses of its links. */
export function sizeOf(text: Text): number {
  return text.reduce((sum, span) => sum + sizeOfSpan(span), 0);
}

function sizeOfSpan(span: Span): number {
  return wordsOf(span).length + (typeof span !== "string" && "link" in span ? span.href.length : 0);
}

/**
 * The text in pieces of at most that size, cut after a line or a word where one ends; every character survives, spaces too. What keeps
 * right-to-left letters to themselves is ended at the cut and begun again behind it.
 * The first piece may have less room, and is empty where nothing fits there.
 */
export function cutText(text: Text, size: number, firstSize = size): readonly Text[] {
  const pieces: Span[][] = [];
  let piece: Span[] = [];
  for (const span of text) {
    let rest: Span = fitting(span, size);
    while (wordsOf(rest) !== "") {
      const room = (pieces.length === 0 ? firstSize : size) - sizeOf(piece);
      const [head, behind] = cutAt(rest, room, piece.length === 0);
      if (head !== "") piece.push(withWords(rest, head));
      rest = withWords(rest, behind);
      if (wordsOf(rest) === "") break;
      pieces.push(piece);
      piece = [];
    }
  }
  return piece.length > 0 ? [...pieces, piece] : pieces;
}

/** A span that can be cut to the size: a link whose address leaves no room is written out, a person's name and a place too. */
function fitting(span: Span, size: number): Span {
  if (typeof span === "string" || "bold" in span) return span;
  if ("link" in span) return span.href.length <= size / 2 ? span : span.link === span.href ? span.href : `${span.link} (${span.href})`;
  return wordsOf(span).length <= size ? span : wordsOf(span);
}

/** More of them are never open at once than a sentence of sentences has. */
export const MOST_OPEN = 4;

/** The words that fit, and those behind them. */
function cutAt(span: Span, room: number, mayBreakAWord: boolean): readonly [string, string] {
  const words = wordsOf(span);
  const most = lengthThatFits(span, room, mayBreakAWord);
  if (most === words.length) return [words, ""];
  // Each that is open at the cut takes a character of the room.
  for (let ends = 0; ends <= MOST_OPEN; ends++) {
    const head = words.slice(0, lengthThatFits(span, room - ends, mayBreakAWord)).replace(/[\u2066-\u2068]+$/, "");
    const open = openIsolates(head);
    if (head !== "" && open.length <= ends) return [head + END_OF_ISOLATE.repeat(open.length), begunAgain(open, words.slice(head.length))];
  }
  if (!mayBreakAWord) return ["", words];
  // Whatever the room: what never went on would never end.
  const least = Math.max(most, String.fromCodePoint(words.codePointAt(0)!).length);
  return [words.slice(0, least), words.slice(least)];
}

function begunAgain(open: string, rest: string): string {
  const isEnded = open !== "" && rest.startsWith(END_OF_ISOLATE);
  return isEnded ? begunAgain(open.slice(0, -1), rest.slice(1)) : open + rest;
}

function lengthThatFits(span: Span, room: number, mayBreakAWord: boolean): number {
  const words = wordsOf(span);
  const left = room - (sizeOfSpan(span) - words.length);
  if (words.length <= left) return words.length;
  if (left <= 0 || (typeof span !== "string" && ("person" in span || "place" in span))) return 0;
  const head = words.slice(0, left);
  const line = head.lastIndexOf("\n") + 1;
  if (line > left / 2) return line;
  const word = /^[\s\S]*\s/.exec(head)?.[0].length ?? 0;
  if (word > 0) return word;
  return mayBreakAWord ? left - (splitsACharacter(words, left) ? 1 : 0) : 0;
}

/** Between the halves of a surrogate pair. */
function splitsACharacter(words: string, at: number): boolean {
  return at > 1 && /[\uD800-\uDBFF]/.test(words[at - 1]!) && /[\uDC00-\uDFFF]/.test(words[at] ?? "");
}

function withWords(span: Span, words: string): Span {
  if (typeof span === "string") return words;
  if ("bold" in span) return { bold: words };
  if ("place" in span) return words === span.place ? span : words;
  return "link" in span ? { link: words, href: span.href } : { person: span.person, name: words };
}
