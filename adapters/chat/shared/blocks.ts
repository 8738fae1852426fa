import type { Action, Block, CardLimits, Text } from "../../../src/ports/card.ts";
import { cutText, sizeOf } from "./text.ts";
import { writtenChart } from "./written-chart.ts";

/** A piece of a card that goes into one message; `again` is how it reads where a message begins with it. */
export interface Piece {
  readonly block: Block;
  readonly again?: (mark: string) => Block;
  /** What it and those behind it are of (src/ports/card.ts). */
  readonly heads?: string;
  /** It is the name of what goes on behind it, said once more. */
  readonly isRepeat?: true;
  /** How many rows it has, and the piece in two: that many of them, and the rest. Where it can be divided. */
  readonly rows?: number;
  readonly divide?: (at: number) => readonly [Piece, Piece];
}

/** Room kept for a mark such as " (12)" after a heading. */
const MARK = 8;

/** What a cell of a row takes beside its words: a bullet, a separator, the end of the line. */
const CELL = 3;

type Facts = Extract<Block, { kind: "facts" }>["facts"];
type Row = readonly Text[];

/** What a block takes of the limit on text, in UTF-16 code units; separators counted, actions not. */
export function sizeOfBlock(block: Block): number {
  switch (block.kind) {
    case "text":
    case "note":
      return sizeOf(block.text);
    case "facts":
      return block.facts.reduce((sum, fact) => sum + sizeOfFact(fact), 0);
    case "rows":
      return sizeOf(block.heading) + 1 + block.rows.reduce((sum, row) => sum + sizeOfRow(row), 0);
    case "chart":
      return sizeOfBlock(writtenChart(block));
    case "actions":
      return 0;
  }
}

/** The block in pieces that each fit the limits on one block, in order. */
export function cutBlock(block: Block, limits: CardLimits): readonly Piece[] {
  switch (block.kind) {
    case "text":
      return cutText(block.text, limits.textCharacters).map((text, index) => ({
        block: { kind: "text", text },
        ...(index === 0 && block.heads !== undefined ? { heads: block.heads } : {}),
      }));
    case "note":
      return cutText(block.text, limits.textCharacters).map((text) => ({ block: { kind: "note", text } }));
    case "facts":
      return cutFacts(block.facts, limits);
    case "rows":
      return cutRows(block.heading, block.rows, limits.textCharacters);
    case "chart":
      return sizeOfBlock(block) <= limits.textCharacters ? [{ block }] : cutBlock(writtenChart(block), limits);
    case "actions":
      return cutActions(block.actions, limits);
  }
}

function cutFacts(facts: Facts, limits: CardLimits): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: Facts[number][] = [];
  const flush = () => {
    if (open.length > 0) pieces.push({ block: { kind: "facts", facts: open } });
    open = [];
  };
  for (const fact of facts) {
    const size = sizeOfFact(fact);
    if (open.length >= limits.factsPerBlock || sizeOfBlock({ kind: "facts", facts: open }) + size > limits.textCharacters) flush();
    if (size <= limits.textCharacters) {
      open.push(fact);
      continue;
    }
    // Too long for one fact: the label and what fits, then the rest as text.
    const room = limits.textCharacters - fact.label.length - CELL;
    const isLabelShort = room >= limits.textCharacters / 2;
    const [first, ...rest] = isLabelShort
      ? cutText(fact.value, limits.textCharacters, room)
      : [undefined, ...cutText([{ bold: fact.label }, " ", ...fact.value], limits.textCharacters)];
    if (first !== undefined) pieces.push({ block: { kind: "facts", facts: [{ label: fact.label, value: first }] } });
    pieces.push(...rest.map((text): Piece => ({ block: { kind: "text", text: text! } })));
  }
  flush();
  return pieces;
}

function cutRows(heading: Text, rows: readonly Row[], size: number): readonly Piece[] {
  const apart = sizeOf(heading) + MARK > size / 2;
  const pieces: Piece[] = apart ? cutText(heading, size).map((text) => ({ block: { kind: "text", text } })) : [];
  const top = apart ? [] : heading;
  const room = size - sizeOf(top) - 1 - MARK;
  let open: Row[] = [];
  let taken = 0;
  let first = true;
  const flush = () => {
    pieces.push(pieceOfRows(top, open, first));
    [open, taken, first] = [[], 0, false];
  };
  for (const row of rows.flatMap((row) => cutRow(row, room))) {
    if (taken + sizeOfRow(row) > room) flush();
    open.push(row);
    taken += sizeOfRow(row);
  }
  if (open.length > 0 || (first && top.length > 0)) flush();
  return pieces;
}

/** The first piece bears the heading; a later one bears it where a message begins with it. */
function pieceOfRows(heading: Text, rows: readonly Row[], isFirst: boolean): Piece {
  const divide = (at: number) => [pieceOfRows(heading, rows.slice(0, at), isFirst), pieceOfRows(heading, rows.slice(at), false)] as const;
  const whole = { rows: rows.length, ...(rows.length > 1 ? { divide } : {}) };
  if (isFirst) return { block: { kind: "rows", heading, rows }, ...whole };
  const again = (mark: string): Block => ({ kind: "rows", heading: heading.length === 0 ? heading : [...heading, mark], rows });
  return { block: { kind: "rows", heading: [], rows }, again, ...whole };
}

/** The row in rows that each fit: cells stay whole where they can. */
function cutRow(row: Row, size: number): readonly Row[] {
  if (sizeOfRow(row) <= size) return [row];
  const cells = row.flatMap((cell) => (sizeOf(cell) + CELL <= size ? [cell] : cutText(cell, size - CELL)));
  const rows: Text[][] = [[]];
  for (const cell of cells) {
    const last = rows.at(-1)!;
    if (sizeOfRow(last) + sizeOf(cell) + CELL <= size) last.push(cell);
    else rows.push([cell]);
  }
  return rows.filter((cells) => cells.length > 0);
}

function cutActions(actions: readonly Action[], limits: CardLimits): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: Action[] = [];
  const flush = () => {
    if (open.length > 0) pieces.push({ block: { kind: "actions", actions: open } });
    open = [];
  };
  for (const action of actions) {
    const fits = action.label.length <= limits.labelCharacters && action.command.length <= limits.commandCharacters;
    if (!fits || open.length >= limits.actionsPerBlock) flush();
    if (fits) open.push(action);
    // A button that does not fit is written out: whoever reads it can type the command.
    else pieces.push(...cutBlock({ kind: "text", text: [{ bold: action.label }, ` ${action.command}`] }, limits));
  }
  flush();
  return pieces;
}

function sizeOfFact(fact: Facts[number]): number {
  return fact.label.length + sizeOf(fact.value) + CELL;
}

function sizeOfRow(row: Row): number {
  return row.reduce((sum, cell) => sum + sizeOf(cell) + CELL, 0);
}
