import { isDeepStrictEqual } from "node:util";
import { authorityOf } from "../law/catalogue.ts";
import { type FiledMatter, matterSchema } from "../matter/facts.ts";
import { matterKey } from "../matter/key.ts";
import { type CsvRow, type Delimiter, readTable } from "./csv-table.ts";
import type { Wrong } from "./csv-values.ts";
import { problemsOf } from "./issues.ts";
import type { FileProblem } from "./matter-file.ts";
import type { Preset, TableField } from "./presets.ts";
import { type Cell, factsOfRow, type RawFacts, type Row } from "./table-row.ts";

/** A matter as a table has it: no field of its clock is there. */
export interface Draft {
  readonly filed: FiledMatter;
  readonly key: string;
  readonly line: number;
  /** The column that a fact of the matter comes from; the fact's own name where none does. */
  columnOf(fact: string): string;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  /** Rows that say what one before them said. */
  readonly repeated: readonly { readonly line: number; readonly of: number; readonly key: string }[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads a table into drafts. A row that cannot be read is told with its line and column, and the others are read all the same; what makes the
 * whole file unreadable is told once, as `broken`.
 */
export function readDrafts(file: string, text: string, preset: Preset, delimiter: Delimiter | null): Drafts & { readonly broken: boolean } {
  const broken = (line: number | null, { code, args }: Wrong) => {
    return { drafts: [], repeated: [], problems: [{ file, line, problem: { path: [], code, args } }], broken: true };
  };
  const read = readTable(text, delimiter, (columns) => lackingIn(columns, preset).length === 0);
  if ("fault" in read) return broken(read.fault.line, read.fault);
  const { columns, headerLine, rows, uneven } = read.table;
  const lacking = lackingIn(columns, preset);
  if (lacking.length > 0) return broken(headerLine, { code: "csv-columns-missing", args: { missing: lacking, columns } });
  const problems: FileProblem[] = uneven.map(({ line, cells }) => {
    return { file, line, problem: { path: [], code: "csv-cells", args: { got: cells.length, expected: columns.length } } };
  });
  const places = placesOf(columns, preset);
  const drafts = rows.flatMap((row) => draftOf(row, places, preset, file, problems));
  const once = combined(drafts, preset, file, problems);
  return { ...once, problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)), broken: false };
}

/** The columns that have to be there and are not, each by the name under which it is looked for first. */
function lackingIn(columns: readonly string[], preset: Preset): readonly string[] {
  const there = new Set(columns.map(plain));
  return preset.needed.flatMap((field) => {
    const names = preset.columns[field] ?? [];
    if (preset.fixed[field] !== undefined || names.some((name) => there.has(plain(name)))) return [];
    return [names[0] ?? field];
  });
}

/** A heading by what it says: case, space and the shape of an apostrophe are a matter of taste. */
function plain(name: string): string {
  return name.normalize("NFKC").replaceAll("’", "'").replaceAll(/\s+/gu, " ").trim().toLowerCase();
}

/** Where the columns of each field stand, in the order of the preset. */
type Places = (field: TableField) => readonly { readonly column: string; readonly at: number }[];

function placesOf(columns: readonly string[], preset: Preset): Places {
  const headings = columns.map(plain);
  const places = new Map(
    Object.entries(preset.columns).map(([field, names]) => {
      const found = names.map((name) => headings.indexOf(plain(name))).filter((at) => at >= 0);
      return [field, found.map((at) => ({ column: columns[at]!, at }))];
    }),
  );
  return (field) => places.get(field) ?? [];
}

function draftOf(row: CsvRow, places: Places, preset: Preset, file: string, problems: FileProblem[]): readonly Draft[] {
  const found: FileProblem[] = [];
  const { line } = row;
  const fault = (column: string, { code, args }: Wrong) => found.push({ file, line, problem: { path: [column], code, args } });
  const cells = (field: TableField): readonly Cell[] =>
    places(field).flatMap(({ column, at }) => {
      const text = cellText(row.cells[at]!, preset);
      return text === "" || saysNothing(text, field, preset) ? [] : [{ column, text }];
    });
  const told: Row = { preset, cells, fault };
  const raw = factsOfRow(told);
  const columnOf = (fact: string) => {
    // The cell that it comes from; else the column that would hold it, had it been filled.
    const fields = fieldsOf(fact);
    return fields.flatMap(cells)[0]?.column ?? fields.flatMap(places)[0]?.column ?? fact;
  };
  const faulted = new Set(found.map(({ problem }) => String(problem.path[0])));
  const parsed = matterSchema.safeParse(raw);
  if (!parsed.success) {
    for (const { path, code, args } of problemsOf(parsed.error, raw)) {
      const column = columnOf(String(path[0]));
      // What a cell lacks because it could not be read is told already.
      if (!faulted.has(column) && !faulted.has(String(path[0]))) found.push({ file, line, problem: { path: [column], code, args } });
    }
  }
  problems.push(...found);
  if (!parsed.success || found.length > 0) return [];
  const { authority, ref, addressee } = parsed.data;
  return [{ filed: parsed.data, key: matterKey(authorityOf(authority)!.code, ref, addressee), line, columnOf }];
}

/** One line without the space around it; what guards a cell from spreadsheets is taken away again. */
function cellText(cell: string, { guarded }: Preset): string {
  const text = cell.replaceAll(/\s+/gu, " ").trim();
  return guarded === true && /^''*[=+\-@]/.test(text) ? text.slice(1) : text;
}

function saysNothing(text: string, field: TableField, { nothing = [], noSum = [] }: Preset): boolean {
  const says = (words: readonly string[]) => words.some((one) => one.toLowerCase() === text.toLowerCase());
  return says(nothing) && !(field === "fine" && says(noSum));
}

/** The fields of a table that a fact is made of. */
function fieldsOf(fact: string): readonly TableField[] {
  if (fact === "fines") return ["fine", "fines", "outcome"];
  if (fact === "items") return ["item", "outcome"];
  if (fact === "links") return ["link", "links"];
  return [fact as TableField];
}

/**
 * Rows of one matter are one: the same again, or, where the table has a row an item, an item more. What makes it the same matter is no fact
 * that could differ: its reference may be spelt in several ways, and the first stands.
 */
function combined(drafts: readonly Draft[], preset: Preset, file: string, problems: FileProblem[]): Pick<Drafts, "drafts" | "repeated"> {
  const kept = new Map<string, Draft>();
  const repeated: Drafts["repeated"][number][] = [];
  for (const draft of drafts) {
    const { key, line } = draft;
    const before = kept.get(key);
    if (before === undefined) kept.set(key, draft);
    else if (isDeepStrictEqual(withoutKey(before.filed), withoutKey(draft.filed))) repeated.push({ line, of: before.line, key });
    else if (preset.rows === "item" && isDeepStrictEqual(withoutItems(before.filed), withoutItems(draft.filed)))
      kept.set(key, { ...before, filed: { ...before.filed, items: [...(before.filed.items ?? []), ...(draft.filed.items ?? [])] } });
    else {
      const args = { key, file, line: before.line };
      problems.push({ file, line, problem: { path: [draft.columnOf("ref")], code: "csv-twice", args } });
    }
  }
  return { drafts: [...kept.values()], repeated };
}

function withoutKey({ ref: _ref, authority: _authority, addressee: _addressee, ...facts }: FiledMatter): RawFacts {
  return facts;
}

function withoutItems(filed: FiledMatter): RawFacts {
  const { items: _, ...facts } = withoutKey(filed);
  return facts;
}
