import type { types } from "@slack/bolt";
import type { Block, Text } from "../../../src/ports/card.ts";
import { wordsOf } from "../shared/text.ts";
import { TABLE } from "./blocks-limits.ts";
import { section } from "./blocks-rich.ts";

type Rows = Extract<Block, { kind: "rows" }>["rows"];

/** What a phone shows side by side without a sentence falling into a column of single words. */
const FEWEST_ROWS = 2;
const COLUMNS = { fewest: 2, most: 4 };
const CELL_CHARACTERS = 48;
const ROW_CHARACTERS = 110;

/**
 * The rows as a table where that reads better than a list: several rows of a few short cells each, such as dates with sums. Rows that hold
 * sentences are better as a list, which wraps on a phone where a table is scrolled sideways. Not as data_table: that wants a heading over each
 * column, which rows do not have.
 */
export function tableOf(rows: Rows): types.TableBlock | null {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? []))));
  const isTable =
    rows.length >= FEWEST_ROWS &&
    rows.length <= TABLE.rows &&
    columns >= COLUMNS.fewest &&
    columns <= COLUMNS.most &&
    rows.every((row) => row.length >= COLUMNS.fewest && row.every((cell) => !isBroken(cell))) &&
    widths.every((width) => width <= CELL_CHARACTERS) &&
    widths.reduce((sum, width) => sum + width, 0) <= ROW_CHARACTERS &&
    rows.flat().reduce((sum, cell) => sum + lengthOf(cell), 0) <= TABLE.characters;
  if (!isTable) return null;
  return {
    type: "table",
    column_settings: widths.map(() => ({ is_wrapped: true })),
    rows: rows.map((row) => widths.map((_, column) => cellOf(row[column] ?? []))),
  };
}

/** Slack takes no cell without a character. */
function cellOf(cell: Text): types.RichTextBlock {
  return { type: "rich_text", elements: [section(cell) ?? section([" "])!] };
}

function lengthOf(cell: Text): number {
  return cell.reduce((sum, span) => sum + wordsOf(span).length, 0);
}

function isBroken(cell: Text): boolean {
  return cell.some((span) => wordsOf(span).includes("\n"));
}
