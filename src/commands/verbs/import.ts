import { countUnwatched } from "../../alerts/subscription.ts";
import { importCard } from "../../cards/answers.ts";
import { problemText } from "../../cards/findings.ts";
import { type FileProblem, parseMatterFile } from "../../exchange/matter-file.ts";
import { authorityOf } from "../../law/catalogue.ts";
import type { Problem } from "../../matter/check.ts";
import type { FiledMatter } from "../../matter/facts.ts";
import type { Matter } from "../../matter/history.ts";
import { matterKey } from "../../matter/key.ts";
import { type Merge, type Merged, mergeMatter } from "../../matter/merge.ts";
import { standingNow } from "../../matter/standing.ts";
import { dayIn, type Instant } from "../../time/instant.ts";
import type { Command, Context, FileProblems } from "../command.ts";
import { nameOf, todayOf } from "../find.ts";
import { stampOf } from "../stamp.ts";

export const importFiles: Command = {
  verb: "import",
  summary: "help.import",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  positionals: [{ name: "file", kind: "file", required: true, many: true }],
  options: [],
  examples: ["import examples/kourou.yaml", "import examples/kourou.yaml examples/clearview-cnil.yaml"],
  async run(values, context) {
    const read = await readMatters(values.file as readonly string[], context);
    if ("problems" in read) return read;
    return importMatters(read.entries, context);
  },
};

/** A matter of a file, and where its places stand. */
export interface Entry {
  readonly filed: FiledMatter;
  readonly file: string;
  lineOf(path: Problem["path"]): number | null;
}

/** Reads all files; every problem of every file is reported at once. */
export async function readMatters(
  files: readonly string[],
  context: Context,
): Promise<{ readonly entries: readonly Entry[] } | FileProblems> {
  const entries: Entry[] = [];
  const problems: FileProblem[] = [];
  for (const file of files) {
    const read = await context.terminal!.readFile(file);
    if ("code" in read) {
      problems.push({ file, line: null, problem: { path: [], ...read } });
      continue;
    }
    const result = parseMatterFile(file, read.text);
    const wrong = "problems" in result;
    if (wrong) problems.push(...result.problems);
    const { lineOf } = wrong ? result : result.parsed;
    const sound = wrong ? result.sound : result.parsed.matters.map((filed, index) => ({ filed, index }));
    entries.push(...sound.map(({ filed, index }): Entry => ({ filed, file, lineOf: (path) => lineOf(["matters", index, ...path]) })));
  }
  problems.push(...matterTwice(entries));
  if (problems.length === 0) return { entries };
  const matters = new Map((await context.register.all()).map((matter) => [matter.key, matter]));
  // What is wrong with a file is told by what is known of its matters.
  context.looks.add(
    entries.map(({ filed: { authority, ref, addressee } }) => matterKey(authorityOf(authority)?.code ?? "", ref, addressee)),
  );
  const all = [...problems, ...entries.flatMap((entry) => problemsIn(entry, mergeEntry(entry, matters, context.clock.now())))];
  return worded(
    all.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file)),
    context,
  );
}

function problemsIn({ file, lineOf }: Entry, { problems }: Merged): readonly FileProblem[] {
  return problems.map((problem) => ({ file, line: lineOf(problem.path), problem }));
}

function matterTwice(entries: readonly Entry[]): readonly FileProblem[] {
  const first = new Map<string, Entry>();
  const problems: FileProblem[] = [];
  for (const entry of entries) {
    const { authority, ref, addressee } = entry.filed;
    const key = matterKey(authorityOf(authority)?.code ?? authority.toUpperCase(), ref, addressee);
    const before = first.get(key);
    if (before === undefined) first.set(key, entry);
    else {
      const args = { key, file: before.file, line: before.lineOf(["ref"]) ?? 0 };
      problems.push({ file: entry.file, line: entry.lineOf(["ref"]), problem: { path: ["ref"], code: "matter-twice", args } });
    }
  }
  return problems;
}

function worded(problems: readonly FileProblem[], { language }: Context): FileProblems {
  const sorted = problems.toSorted((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0));
  return { problems: sorted.map(({ file, line, problem }) => ({ file, line, code: problem.code, text: problemText(language, problem) })) };
}

/** Holds every matter against the register and records what is new, in one transaction, or nothing. */
export async function importMatters(entries: readonly Entry[], context: Context) {
  const { register, clock, terminal, language } = context;
  const now = clock.now();
  let problems: FileProblem[] = [];
  let merges: Merge[] = [];
  const recorded = await register.record(
    (matters) => {
      [problems, merges] = [[], []];
      for (const [index, entry] of entries.entries()) {
        if (index % 500 === 0) terminal?.progress(index, entries.length);
        const merged = mergeEntry(entry, matters, now);
        if (merged.merge === null) problems.push(...problemsIn(entry, merged));
        else merges.push(merged.merge);
      }
      terminal?.progress(entries.length, entries.length);
      if (problems.length > 0) return { refused: "import-problems", args: {} };
      const changed = merges.filter(({ change }) => change !== "unchanged");
      return changed.map(({ key, facts, change, factsChanged, events }) => ({
        key,
        facts: change === "registered" || factsChanged ? facts : null,
        events,
      }));
    },
    await stampOf(context, "import"),
  );
  if (problems.length > 0) return worded(problems, context);
  if ("refused" in recorded) return recorded;
  const drafts = [];
  for (const { key, facts } of merges) {
    const matter = (await register.matter(key))!;
    const missing = [...new Set(standingNow(matter, todayOf(matter, context)).items.flatMap((item) => item.missing))];
    if (missing.length > 0) drafts.push({ ref: nameOf({ facts }), missing });
  }
  const refs = (change: Merge["change"]) => merges.filter((merge) => merge.change === change).map(nameOf);
  const answer = { registered: refs("registered"), updated: refs("updated"), unchanged: refs("unchanged"), drafts };
  const unwatched = countUnwatched(await context.store.subscriptions.all(), await register.all(), now);
  return { cards: [importCard(language, { ...answer, unwatched })], json: { ...answer, unwatched } };
}

function mergeEntry({ filed }: Entry, matters: ReadonlyMap<string, Matter>, now: Instant): Merged {
  const authority = authorityOf(filed.authority);
  const key = authority === null ? "" : matterKey(authority.code, filed.ref, filed.addressee);
  return mergeMatter(filed, matters.get(key) ?? null, dayIn(authority?.zone ?? "UTC", now));
}
