import type { Matters } from "../../alerts/register.ts";
import { unwatchedIn } from "../../alerts/subscription.ts";
import { importCard } from "../../cards/answers.ts";
import { type Change, importPreview, leftOutBlocks } from "../../cards/import-preview.ts";
import { differencesOf } from "../../exchange/difference.ts";
import { isTable } from "../../exchange/is-table.ts";
import type { FileProblem } from "../../exchange/matter-file.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { withEvents } from "../../matter/decide.ts";
import type { Matter } from "../../matter/history.ts";
import { matterKey } from "../../matter/key.ts";
import type { Merge } from "../../matter/merge.ts";
import { standingNow } from "../../matter/standing.ts";
import { type Command, type Context, type FileProblems, misunderstood, type Outcome } from "../command.ts";
import { nameOf, todayOf } from "../find.ts";
import { type EntriesRead, type Entry, mergeEntry, problemsIn, type Repeated, readEntries, worded } from "../import-entries.ts";
import { findingJson } from "../json.ts";
import { stampOf } from "../stamp.ts";
import { TABLE_OPTIONS, tableReading } from "../table-options.ts";

export type { Entry } from "../import-entries.ts";

export const importFiles: Command = {
  verb: "import",
  summary: "help.import",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  positionals: [{ name: "file", kind: "file", required: true, many: true }],
  options: [...TABLE_OPTIONS, { name: "skip-bad", kind: "flag" }, { name: "dry-run", kind: "flag" }],
  examples: [
    "import examples/kourou.yaml",
    "import examples/kourou.yaml examples/clearview-cnil.yaml",
    "import decisions.csv --preset gdprhub --dry-run",
    'import decisions.csv --map Number=ref --map Company=respondent --map "Decided on=decided" --set authority=CNIL --set kind=sanction --days dmy',
  ],
  async run(values, context) {
    const files = values.file as readonly string[];
    const tables = tableReading(values);
    if (tables !== null && "misunderstood" in tables) return tables;
    if (tables !== null && !files.some(isTable)) return misunderstood("csv-no-table");
    const read = await readEntries(files, tables, context);
    const options = { skipBad: values["skip-bad"] === true, files };
    return values["dry-run"] === true ? rehearse(read, options, context) : importRead(read, options, context);
  },
};

interface ImportOptions {
  readonly skipBad: boolean;
  readonly files: readonly string[];
}

/** Reads matter files alone; every problem of every file is reported at once, those against the register among them. */
export async function readMatters(
  files: readonly string[],
  context: Context,
): Promise<{ readonly entries: readonly Entry[] } | FileProblems> {
  const read = await readEntries(files, null, context);
  if (read.problems.length === 0) return { entries: read.entries };
  return worded([...read.problems, ...(await held(read.entries, context)).problems], files, context);
}

/** Holds every entry against the register as it is. */
async function held(entries: readonly Entry[], { register, clock, looks }: Context): Promise<Held> {
  // What is wrong with a file is told by what is known of its matters.
  const keys = keysOf(entries);
  looks.add(keys);
  const matters = new Map((await register.some(keys)).map((matter) => [matter.key, matter]));
  return heldAgainst(entries, matters, clock.now());
}

function keysOf(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ filed: { authority, ref, addressee } }) => matterKey(authorityOf(authority)?.code ?? "", ref, addressee));
}

interface Held {
  readonly merges: readonly { readonly entry: Entry; readonly merge: Merge }[];
  /** What stands in the way of all, and what a row alone may be skipped for. */
  readonly problems: readonly FileProblem[];
  readonly bad: readonly FileProblem[];
}

function heldAgainst(entries: readonly Entry[], matters: Matters, now: ReturnType<Context["clock"]["now"]>, progress?: Progress): Held {
  const merges: Held["merges"][number][] = [];
  const [problems, bad]: [FileProblem[], FileProblem[]] = [[], []];
  for (const [index, entry] of entries.entries()) {
    if (index % 500 === 0) progress?.(index, entries.length);
    const merged = mergeEntry(entry, matters, now);
    if (merged.merge !== null) merges.push({ entry, merge: merged.merge });
    else (entry.row === undefined ? problems : bad).push(...problemsIn(entry, merged));
  }
  progress?.(entries.length, entries.length);
  return { merges, problems, bad };
}

type Progress = (done: number, of: number) => void;

/** Records what is new of all entries in one transaction, or nothing; bad rows are left out where that was asked for. */
async function importRead(read: EntriesRead, { skipBad, files }: ImportOptions, context: Context): Promise<Outcome> {
  const { register, clock, terminal, language, store } = context;
  const now = clock.now();
  const inTheWay = (found: Held) => [...read.problems, ...found.problems, ...(skipBad ? [] : [...read.bad, ...found.bad])];
  const first = read.problems.length + (skipBad ? 0 : read.bad.length);
  if (first > 0) return worded(inTheWay(await held(read.entries, context)), files, context);
  let found: Held = { merges: [], problems: [], bad: [] };
  const recorded = await register.record(
    (matters) => {
      found = heldAgainst(read.entries, matters, now, terminal?.progress);
      if (inTheWay(found).length > 0) return { refused: "import-problems", args: {} };
      const changed = found.merges.filter(({ merge }) => merge.change !== "unchanged");
      return changed.map(({ merge: { key, facts, change, factsChanged, events } }) => ({
        key,
        facts: change === "registered" || factsChanged ? facts : null,
        events,
      }));
    },
    await stampOf(context, "import"),
    keysOf(read.entries),
  );
  if (inTheWay(found).length > 0) return worded(inTheWay(found), files, context);
  if ("refused" in recorded) return recorded;
  const after = await register.some(found.merges.map(({ merge }) => merge.key));
  const answer = answerOf(found, after, context);
  const unwatched = await unwatchedIn(register, await store.subscriptions.all(), now);
  const left = leftOut([...read.bad, ...found.bad], read.repeated, files, context);
  const card = importCard(language, { ...answer, unwatched });
  return {
    cards: [{ ...card, blocks: [...card.blocks, ...leftOutBlocks(language, left)] }],
    json: {
      ...answer,
      unwatched,
      ...(skipBad ? { skipped: left.skipped } : {}),
      ...(read.repeated.length > 0 ? { repeated: read.repeated } : {}),
    },
  };
}

/** What an import would do, field by field. Nothing is written, not even who asked. */
async function rehearse(read: EntriesRead, { skipBad, files }: ImportOptions, context: Context): Promise<Outcome> {
  const { language, register } = context;
  const found = await held(read.entries, context);
  const known = new Map((await register.some(keysOf(read.entries))).map((matter) => [matter.key, matter]));
  const refused = worded([...read.problems, ...found.problems, ...read.bad, ...found.bad], files, context).problems;
  const changes = found.merges.flatMap(({ entry, merge }): readonly Change[] => {
    if (merge.change === "unchanged") return [];
    const fields = differencesOf(known.get(merge.key)?.facts ?? null, merge.facts);
    return [{ ref: nameOf(merge), file: entry.file, line: entry.lineOf([]), change: merge.change, fields, events: merge.events.length }];
  });
  const after = found.merges.map(({ merge }) =>
    withEvents({ ...(known.get(merge.key) ?? UNRECORDED), key: merge.key, facts: merge.facts }, merge.events),
  );
  const answer = answerOf(found, after, context);
  const isStopped = read.problems.length + found.problems.length > 0 || (!skipBad && refused.length > 0);
  return {
    cards: [importPreview(language, { ...answer, changes, refused, repeated: read.repeated, isStopped })],
    json: { dryRun: true, ...answer, changes, refused, repeated: read.repeated },
    status: isStopped ? 1 : 0,
  };
}

const UNRECORDED: Matter = {
  key: "",
  facts: {} as Matter["facts"],
  filled: [],
  events: [],
  version: 0,
  registeredAt: "" as Matter["registeredAt"],
  registration: "",
};

/** A warning with the item or the fine that it is of. */
type Warned = ReturnType<typeof findingJson> & { readonly ref: string; readonly item?: string; readonly fine?: string };

/** What was, or would be, registered, updated and left as it is, and which drafts wait for what. `after` are the matters as they then stand. */
function answerOf({ merges }: Held, after: readonly Matter[], context: Context) {
  const changed = new Set(merges.flatMap(({ merge }) => (merge.change === "unchanged" ? [] : [merge.key])));
  const drafts: { ref: string; missing: readonly string[] }[] = [];
  const warnings: Warned[] = [];
  for (const matter of after) {
    const { items, warnings: ofMatter } = standingNow(matter, todayOf(matter, context));
    const missing = [...new Set(items.flatMap((item) => item.missing))];
    if (missing.length > 0) drafts.push({ ref: nameOf(matter), missing });
    if (!changed.has(matter.key)) continue;
    for (const item of items)
      for (const warning of item.warnings) warnings.push({ ref: nameOf(matter), item: item.id, ...findingJson(warning, context.language) });
    for (const warning of ofMatter)
      if (typeof warning.args.fine === "string")
        warnings.push({ ref: nameOf(matter), fine: warning.args.fine, ...findingJson(warning, context.language) });
  }
  const refs = (change: Merge["change"]) => merges.flatMap(({ merge }) => (merge.change === change ? [nameOf(merge)] : []));
  return {
    registered: refs("registered"),
    updated: refs("updated"),
    unchanged: refs("unchanged"),
    drafts,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function leftOut(bad: readonly FileProblem[], repeated: readonly Repeated[], files: readonly string[], context: Context) {
  return { skipped: worded(bad, files, context).problems, repeated };
}
