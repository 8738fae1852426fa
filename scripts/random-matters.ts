import { writeFileSync } from "node:fs";
import { format, parseArgs } from "node:util";
import fc from "fast-check";
import { openProgress } from "../bench/progress.ts";
import type { FiledMatter } from "../src/matter/facts.ts";
import { compared, type Difference, plain, written } from "../test/law/model/agree.ts";
import { modelOn } from "../test/law/model/model.ts";
import { readMatter } from "../test/law/model/product.ts";
import { type RandomMatter, randomMatter } from "../test/law/model/random.ts";
import { rare, type Tally, tally } from "../test/law/model/tally.ts";

const RECORD = "docs/proof/random-matters.md";
const KEPT = "test/law/model/random-200.cases.json";
const USAGE = `Usage: npm run proof [-- --runs N] [-- --seed N]   compare 10,000 random matters with the model, and write ${RECORD}
       npm run proof -- --keep                        write ${KEPT} anew, with the model's answers
`;
/** Matters are made by so many, so that the terminal hears of them. */
const BATCH = 100;
/** The share of matters in which each kind of event and rate must come up. */
const SHARE = 0.05;
const SHOWN = 3;

interface Found {
  readonly matter: RandomMatter;
  readonly differences: readonly Difference[];
}

function* matters(seed: number, runs: number): Generator<RandomMatter> {
  for (let made = 0; made < runs; made += BATCH)
    yield* fc.sample(randomMatter, { seed: seed + made, numRuns: Math.min(BATCH, runs - made) });
}

function compareAll(seed: number, runs: number): { readonly tally: Tally; readonly found: readonly Found[]; readonly days: number } {
  const progress = openProgress();
  const read: FiledMatter[] = [];
  const found: Found[] = [];
  let days = 0;
  for (const matter of matters(seed, runs)) {
    const { filed, differences } = compared(matter);
    read.push(filed);
    days += matter.days.length;
    if (differences.length > 0) found.push({ matter, differences });
    if (read.length % BATCH === 0) progress.now(`${read.length} of ${runs} matters, ${found.length} differ`);
  }
  progress.done();
  return { tally: tally(read), found, days };
}

/** The record of a run, as it stands in docs/proof. */
function record(seed: number, { tally: { matters: runs, counts }, found, days }: ReturnType<typeof compareAll>): string {
  const rows = [...counts].map(([name, count]) => `| ${name} | ${count} | ${((100 * count) / runs).toFixed(1)} % |`);
  return `# Random matters

Made by \`npm run proof\`, seed ${seed}. ${runs} random matters, each read as a file is and asked about on three days (${days} answers), were compared with a second, slow model (\`test/law/model\`) that walks from day to day and shares nothing with \`src\` but types. What is compared of each item: state, expiry with its time of day, first penalty day, units, theoretical, open, fixed, paid, refund due, both sums of a claim, both ends of a window, the day of the cap; of each fine: amount, paid, refund due.

Matters with a difference: **${found.length}**.

What came up, and in how many of the matters:

| what | matters | share |
| --- | ---: | ---: |
${rows.join("\n")}
`;
}

/** The first 200 matters of a seed with the model's answers: what a later change must not move in silence. */
function keep(seed: number): void {
  const lines = fc.sample(randomMatter, { seed, numRuns: 200 }).map(({ filed: file, days }) => {
    const { filed } = readMatter(file);
    return plain({ matter: file, answers: days.map((on) => ({ on, ...modelOn(filed, on) })) });
  });
  writeFileSync(KEPT, `{"seed": ${seed}, "cases": [\n${lines.join(",\n")}\n]}\n`);
}

/** 0 where model and product agree and everything came up often enough; 1 where not; 2 where nobody knows what to run. */
function main(): number {
  const options = {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "20261122" },
    keep: { type: "boolean", default: false },
  } as const;
  const { runs, seed, keep: isToKeep } = parseArgs({ options }).values;
  if (!/^\d{1,7}$/.test(runs) || !/^\d{1,9}$/.test(seed)) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (isToKeep) {
    keep(Number(seed));
    return 0;
  }
  const result = compareAll(Number(seed), Number(runs));
  const seldom = rare(result.tally, SHARE);
  for (const { matter, differences } of result.found.slice(0, SHOWN)) process.stdout.write(`${written(matter, differences)}\n`);
  process.stdout.write(format("seed %s: %d of %d matters differ\n", seed, result.found.length, result.tally.matters));
  for (const name of seldom) process.stdout.write(`seldom: ${name}\n`);
  if (runs === options.runs.default) writeFileSync(RECORD, record(Number(seed), result));
  return result.found.length === 0 && seldom.length === 0 ? 0 : 1;
}

process.exitCode = main();
