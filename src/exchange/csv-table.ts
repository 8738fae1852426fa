import { CsvError, parse } from "csv-parse/sync";
import type { Problem } from "../matter/check.ts";

/** What separates the cells of a row, by its name on the command line. */
export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const;
export type Delimiter = keyof typeof DELIMITERS;

export interface CsvRow {
  /** The line on which it begins; the header stands on line 1 or after blank lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file with a header. Every row has as many cells as the header, or is among `uneven`. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly headerLine: number;
  readonly rows: readonly CsvRow[];
  readonly uneven: readonly CsvRow[];
}

export type CsvFault = { readonly line: number | null } & Pick<Problem, "code" | "args">;

/**
 * Reads RFC 4180 text in UTF-8, with or without a byte order mark. The delimiter is taken from the header where only one of comma, semicolon and
 * tab finds the `wanted` columns in it, or splits it at all; otherwise it has to be named. Refuses UTF-16, quotes that are not closed and a column that stands twice.
 */
export function readTable(
  text: string,
  given: Delimiter | null,
  wanted: (columns: readonly string[]) => boolean,
): { readonly table: CsvTable } | { readonly fault: CsvFault } {
  // The library counts both bytes of a line end within quotes.
  const content = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  if (content.trim() === "") return { fault: { line: null, code: "file-empty", args: {} } };
  // Every other byte of UTF-16 text in these alphabets is zero, and no text file in UTF-8 has one.
  if (content.includes("\0")) return { fault: { line: null, code: "file-utf16", args: {} } };
  const delimiter = given ?? delimiterOf(headerOf(content), wanted);
  if (delimiter === null) return { fault: { line: 1, code: "csv-delimiter", args: { allowed: Object.keys(DELIMITERS) } } };
  const read = readRows(content, DELIMITERS[delimiter]);
  if ("fault" in read) return read;
  const [header, ...rows] = read.rows;
  const columns = header!.cells.map((name) => name.trim());
  const twice = columns.find((name, index) => name !== "" && columns.indexOf(name) !== index);
  if (twice !== undefined) return { fault: { line: header!.line, code: "csv-column-twice", args: { column: twice } } };
  const isEven = ({ cells }: CsvRow) => cells.length === columns.length;
  return {
    table: { columns, headerLine: header!.line, rows: rows.filter(isEven), uneven: rows.filter((row) => !isEven(row)) },
  };
}

interface Parsed {
  readonly record: string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

function readRows(content: string, delimiter: string): { readonly rows: readonly CsvRow[] } | { readonly fault: CsvFault } {
  try {
    const options = {
      delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: "\n",
    };
    // Its types do not know that `info` and `raw` wrap each record.
    const parsed = parse(content, options) as unknown as readonly Parsed[];
    // A line break within quotes belongs to its cell: the row begins that many lines before it ends.
    const rows = parsed.map(({ record, raw, info }) => ({
      cells: record,
      line: info.lines - breaksIn(raw.replace(/^\n+|\n+$/g, "")),
    }));
    return { rows };
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    return { fault: { line: typeof thrown.lines === "number" ? thrown.lines : null, code: "csv-quotes", args: {} } };
  }
}

function breaksIn(text: string): number {
  return text.split("\n").length - 1;
}

/** The first line that is not blank; a line break within quotes does not end it. */
function headerOf(content: string): string {
  let quoted = false;
  const begin = content.search(/[^\n]/);
  for (let index = begin; index < content.length; index++) {
    const char = content[index]!;
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === "\n") return content.slice(begin, index);
  }
  return content.slice(begin);
}

function delimiterOf(header: string, wanted: (columns: readonly string[]) => boolean): Delimiter | null {
  const splits = (Object.keys(DELIMITERS) as Delimiter[]).flatMap((name) => {
    const read = readRows(header, DELIMITERS[name]);
    const columns = "rows" in read ? (read.rows[0]?.cells ?? []).map((cell) => cell.trim()) : [];
    return columns.length > 1 ? [{ name, columns }] : [];
  });
  const fitting = splits.filter(({ columns }) => wanted(columns));
  const left = fitting.length > 0 ? fitting : splits;
  return left.length === 1 ? left[0]!.name : null;
}
