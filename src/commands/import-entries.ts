import type { Matters } from "../alerts/register.ts";
import { problemText } from "../cards/findings.ts";
import { isTable } from "../exchange/is-table.ts";
import type { FileProblem } from "../exchange/matter-file.ts";
import { laidOver } from "../exchange/overlay.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Problem } from "../matter/check.ts";
import type { FiledMatter } from "../matter/facts.ts";
import { matterKey } from "../matter/key.ts";
import { type Merged, mergeMatter } from "../matter/merge.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Context, FileProblems } from "./command.ts";
import type { TableReading } from "./table-options.ts";

/** A matter of a file, and where its places stand. */
export interface Entry {
  readonly filed: FiledMatter;
  readonly file: string;
  lineOf(path: Problem["path"]): number | null;
  /** Where it is a row of a table. */
  readonly row?: { readonly loose: readonly string[]; columnOf(fact: string): string };
}

/** What the files of a call hold. */
export interface EntriesRead {
  readonly entries: readonly Entry[];
  /** What stands in the way of all. */
  readonly problems: readonly FileProblem[];
  /** Rows of tables that cannot be taken: they can be skipped. */
  readonly bad: readonly FileProblem[];
  readonly repeated: readonly Repeated[];
}

/** A row that says what another one of its file has said. */
export interface Repeated {
  readonly file: string;
  readonly line: number;
  readonly of: number;
  readonly key: string;
}

/** Reads matter files, and tables where it is known how; nothing is held against the register yet. */
export async function readEntries(files: readonly string[], tables: TableReading | null, { terminal }: Context): Promise<EntriesRead> {
  const entries: Entry[] = [];
  const [problems, bad]: [FileProblem[], FileProblem[]] = [[], []];
  const repeated: Repeated[] = [];
  // What reads files is loaded with the first: whoever serves may read none for weeks.
  for (const file of files) {
    const read = await terminal!.readFile(file);
    if ("code" in read) problems.push({ file, line: null, problem: { path: [], ...read } });
    else if (isTable(file) && tables !== null) {
      const { loose = [] } = tables.preset;
      const { readDrafts } = await import("../exchange/drafts.ts");
      const found = readDrafts(file, read.text, tables.preset, tables.delimiter);
      (found.broken ? problems : bad).push(...found.problems);
      repeated.push(...found.repeated.map((row) => ({ file, ...row })));
      entries.push(
        ...found.drafts.map(({ filed, line, columnOf }): Entry => ({ filed, file, lineOf: () => line, row: { loose, columnOf } })),
      );
    } else {
      const { parseMatterFile } = await import("../exchange/matter-file.ts");
      const result = parseMatterFile(file, read.text);
      const isWrong = "problems" in result;
      if (isWrong) problems.push(...result.problems);
      const { lineOf } = isWrong ? result : result.parsed;
      const sound = isWrong ? result.sound : result.parsed.matters.map((filed, index) => ({ filed, index }));
      entries.push(...sound.map(({ filed, index }): Entry => ({ filed, file, lineOf: (path) => lineOf(["matters", index, ...path]) })));
    }
  }
  const twice = matterTwice(entries);
  problems.push(...twice.flatMap(({ entry, problem }) => (entry.row === undefined ? [problem] : [])));
  bad.push(...twice.flatMap(({ entry, problem }) => (entry.row === undefined ? [] : [problem])));
  const again = new Set(twice.map(({ entry }) => entry).filter(({ row }) => row !== undefined));
  return { entries: entries.filter((entry) => !again.has(entry)), problems, bad, repeated };
}

function matterTwice(entries: readonly Entry[]): readonly { readonly entry: Entry; readonly problem: FileProblem }[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const { authority, ref, addressee } = entry.filed;
    const key = matterKey(authorityOf(authority)?.code ?? authority.toUpperCase(), ref, addressee);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, entry);
      return [];
    }
    const args = { key, file: before.file, line: before.lineOf(["ref"]) ?? 0 };
    return [{ entry, problem: { file: entry.file, line: entry.lineOf(["ref"]), problem: { path: ["ref"], code: "matter-twice", args } } }];
  });
}

/** An entry held against the register. What a row leaves out is no fact dropped. */
export function mergeEntry({ filed, row }: Entry, matters: Matters, now: Instant): Merged {
  const authority = authorityOf(filed.authority);
  const key = authority === null ? "" : matterKey(authority.code, filed.ref, filed.addressee);
  const existing = matters.get(key) ?? null;
  const today = dayIn(authority?.zone ?? "UTC", now);
  return mergeMatter(row === undefined ? filed : laidOver(filed, existing, row.loose, today), existing, today);
}

/** What is wrong with an entry, where it stands in its file: of a row, with the column. */
export function problemsIn({ file, lineOf, row }: Entry, { problems }: Merged): readonly FileProblem[] {
  return problems.map((problem) => {
    const line = lineOf(problem.path);
    return { file, line, problem: row === undefined ? problem : { ...problem, path: [row.columnOf(String(problem.path[0] ?? "ref"))] } };
  });
}

/** Problems as sentences, in the order of the files and of their lines. */
export function worded(problems: readonly FileProblem[], files: readonly string[], { language }: Context): FileProblems {
  const order = (a: FileProblem, b: FileProblem) =>
    files.indexOf(a.file) - files.indexOf(b.file) || (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0);
  return {
    problems: problems.toSorted(order).map(({ file, line, problem }) => ({
      file,
      line,
      ...(isTable(file) && problem.path.length > 0 ? { column: String(problem.path[0]) } : {}),
      code: problem.code,
      text: problemText(language, problem),
    })),
  };
}
