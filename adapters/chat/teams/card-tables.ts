import type { CardElementArray, IFactSet, ITable } from "@microsoft/teams.cards";
import type { Block, Text } from "../../../src/ports/card.ts";
import { wordsOf } from "../shared/text.ts";
import { isInert } from "./card-inert.ts";
import { paragraphs } from "./card-words.ts";

type Facts = Extract<Block, { kind: "facts" }>["facts"];
type Row = readonly Text[];

/** More do not fit a phone; further cells of a row stand below one another in the last. */
const COLUMNS = 3;
/** How wide a column may be beside the narrowest one. */
const WIDEST = 4;
const CHARACTERS_A_STEP = 14;

/** Label and value as a FactSet, which reads Markdown; as a table of text runs where any of them could be taken for it. */
export function factsIn(facts: Facts): readonly (IFactSet | ITable)[] {
  if (facts.length === 0) return [];
  const isPlain = facts.every(({ label, value }) => label !== "" && isInert(label) && value.every((span) => typeof span === "string"));
  const values = facts.map(({ value }) => value.map(wordsOf).join(""));
  if (isPlain && values.every((value) => value !== "" && isInert(value)))
    return [{ type: "FactSet", facts: facts.map(({ label }, index) => ({ title: label, value: values[index]! })) }];
  return [tableOf(facts.map(({ label, value }) => [[{ bold: label }], value]))];
}

/** Rows of one cell below one another; those of several side by side. */
export function rowsIn(rows: readonly Row[]): CardElementArray {
  const runs: { readonly isTable: boolean; readonly rows: Row[] }[] = [];
  for (const row of rows) {
    const isTable = row.length > 1;
    if (runs.at(-1)?.isTable !== isTable) runs.push({ isTable, rows: [] });
    runs.at(-1)!.rows.push(row);
  }
  return runs.flatMap(({ isTable, rows: of }): CardElementArray => {
    if (isTable) return [tableOf(of)];
    return of.flatMap((row) => row.flatMap((cell) => paragraphs(cell)).map((line) => ({ spacing: "Small" as const, ...line })));
  });
}

function tableOf(rows: readonly Row[]): ITable {
  const placed = rows.map((row) => [...row.slice(0, COLUMNS - 1).map((cell) => [cell]), row.slice(COLUMNS - 1)].filter(isFilled));
  const width = Math.max(...placed.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => ({ width: stepsOf(placed.map((row) => row[column] ?? [])) }));
  return {
    type: "Table",
    firstRowAsHeaders: false,
    showGridLines: false,
    columns,
    rows: placed.map((row) => ({
      type: "TableRow",
      cells: columns.map((_, column) => ({ type: "TableCell", items: (row[column] ?? []).flatMap((cell) => paragraphs(cell)) })),
    })),
  };
}

function isFilled(cells: readonly Text[]): boolean {
  return cells.length > 0;
}

/** A column is the wider the longer its longest text. */
function stepsOf(cells: readonly (readonly Text[])[]): number {
  const longest = Math.max(0, ...cells.flat().map((cell) => cell.map(wordsOf).join("").length));
  return Math.min(WIDEST, Math.max(1, Math.ceil(longest / CHARACTERS_A_STEP)));
}
