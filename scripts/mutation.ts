import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const RECORD = "docs/proof/mutation.md";
const WORK = "data/mutation";
const STRYKER = "node_modules/@stryker-mutator/core/bin/stryker.js";
/** The versions that run with our vitest and TypeScript. */
const INSTALL = "npm install --no-save @stryker-mutator/core@10.1.1 @stryker-mutator/vitest-runner@10.1.1";
const USAGE = "Usage: npm run mutation [-- --only limits|accrual] [-- --record]\n";
/** The share of mutants that tests must find. */
const LEAST = 0.9;

/** What is mutated, and the tests that are to notice. */
const PARTS = {
  limits: ["src/law/time-limit.ts", "src/law/rule.ts", "src/law/distance.ts", "src/law/rules/*.ts"],
  accrual: ["src/law/accrual.ts", "src/law/counted.ts", "src/law/by-days.ts", "src/law/pauses.ts", "src/law/unit.ts"],
} as const;
type Part = keyof typeof PARTS;

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}
type Files = Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;

interface Row {
  readonly file: string;
  readonly killed: number;
  readonly survived: readonly string[];
}

/** One run of Stryker over a part, in a process of its own: it ends processes as it goes. */
function run(part: Part): Files {
  mkdirSync(WORK, { recursive: true });
  const base = JSON.parse(readFileSync("stryker.config.json", "utf8")) as object;
  const report = `${WORK}/${part}.json`;
  const vitest = { configFile: `test/mutation/${part}.config.ts`, related: false };
  const config = { ...base, mutate: PARTS[part], vitest, jsonReporter: { fileName: report } };
  writeFileSync(`${WORK}/${part}.config.json`, JSON.stringify(config));
  const { status } = spawnSync(process.execPath, [STRYKER, "run", `${WORK}/${part}.config.json`], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error(`Stryker ended with ${status}`);
  return (JSON.parse(readFileSync(report, "utf8")) as { files: Files }).files;
}

const FOUND = new Set(["Killed", "Timeout"]);
const MISSED = new Set(["Survived", "NoCoverage"]);

function rowsOf(files: Files): readonly Row[] {
  return Object.entries(files).map(([file, { mutants }]) => ({
    file,
    killed: mutants.filter(({ status }) => FOUND.has(status)).length,
    survived: mutants.filter(({ status }) => MISSED.has(status)).map(lineOf),
  }));
}

function lineOf({ mutatorName, replacement, location: { start } }: Mutant): string {
  const text = (replacement ?? "").replace(/\s+/g, " ").slice(0, 90);
  return `line ${start.line}: ${mutatorName}${text === "" ? "" : ` → \`${text}\``}`;
}

function share({ killed, survived }: { readonly killed: number; readonly survived: { readonly length: number } }): string {
  return `${((100 * killed) / (killed + survived.length)).toFixed(1)} %`;
}

function written(rows: readonly Row[]): string {
  const table = rows.map((row) => `| ${row.file} | ${row.killed} | ${row.survived.length} | ${share(row)} |`);
  const left = rows
    .filter(({ survived }) => survived.length > 0)
    .map(({ file, survived }) => `- ${file}\n${survived.map((line) => `  - ${line}`).join("\n")}`);
  const all = { killed: rows.reduce((sum, { killed }) => sum + killed, 0), survived: rows.flatMap(({ survived }) => survived) };
  return `# Mutation

Made by \`npm run mutation -- --record\`: Stryker changes one thing at a time in the rules of time limits and in the meter, and runs the tests that \`test/mutation\` names. A mutant counts as found when a test fails or when it never ends.

**${all.killed} of ${all.killed + all.survived.length} found: ${share(all)}.** At least ${100 * LEAST} % is wanted.

| file | found | not found | share |
| --- | ---: | ---: | ---: |
${table.join("\n")}

What no test found:

${left.join("\n")}
`;
}

/** 0 where enough mutants are found, 1 where not, 2 where nobody knows what to run. */
function main(): number {
  const { only, record } = parseArgs({ options: { only: { type: "string" }, record: { type: "boolean", default: false } } }).values;
  if (only !== undefined && !Object.hasOwn(PARTS, only)) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (!existsSync(STRYKER)) {
    process.stderr.write(`Stryker is not there: it is needed for this alone, so nothing installs it. Type:\n  ${INSTALL}\n`);
    return 1;
  }
  const parts = only === undefined ? (Object.keys(PARTS) as Part[]) : [only as Part];
  const rows = parts.flatMap((part) => rowsOf(run(part)));
  const text = written(rows);
  if (record) writeFileSync(RECORD, text);
  process.stdout.write(text);
  const [killed, missed] = [rows.reduce((sum, row) => sum + row.killed, 0), rows.reduce((sum, { survived }) => sum + survived.length, 0)];
  return killed >= LEAST * (killed + missed) ? 0 : 1;
}

process.exitCode = main();
