import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { INVARIANTS } from "../test/faults/evidence.ts";
import { type Struck, strike } from "../test/faults/strike.ts";

/**
 * npm run faults -- --seeds 200 [--from 1] [--json] [--record FILE]: ends real processes by SIGKILL at points drawn from each seed, starts the next one, and
 * judges what was shown. --record writes down what came of it, with the commit. Exit status 1 when anything of the promise was not kept, or a process could not be ended where it should.
 * With --fleet: fleets of processes on PostgreSQL, ended, stopped (for --still seconds, 60), cut off, and all else that test/fleet/troubles.ts has.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    record: { type: "string" },
    fleet: { type: "boolean", default: false },
    still: { type: "string", default: "60" },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) {
  process.stderr.write(
    "npm run faults -- [--fleet [--still 60]] --seeds 200 [--from 1] [--json] [--record FILE]: whole numbers, the first of them at least 1\n",
  );
  process.exit(2);
}

if (values.fleet) {
  const { faultsOfFleets, recordOf } = await import("./faults-fleet.ts");
  const still = Number(values.still);
  const run = await faultsOfFleets(from, seeds, still, (text) => process.stderr.write(`${text}\n`));
  process.stdout.write(values.json ? `${JSON.stringify(run.json)}\n` : `${run.text}\n`);
  if (values.record !== undefined) writeFileSync(values.record, recordOf(run, from, seeds, still));
  process.exit(run.failed ? 1 : 0);
}

const left = Array.from({ length: seeds }, (_, index) => from + index);
const struck: Struck[] = [];
const isTerminal = process.stderr.isTTY === true;

async function worker(): Promise<void> {
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    const one = await strike(seed);
    struck.push(one);
    if (isTerminal) process.stderr.write(`\r${struck.length} / ${seeds}`);
    if (one.violations.length > 0 || !one.hit) {
      process.stderr.write(`${isTerminal ? "\r\x1b[K" : ""}seed ${seed}, ${one.point} ${one.passes}: ${said(one)}\n`);
    }
  }
}

function said({ hit, violations }: Struck): string {
  return [...(hit ? [] : ["did not pass that point"]), ...violations].join("\n  ");
}

// A process mostly waits: for its platform's pace, and for the one that follows it.
await Promise.all(Array.from({ length: Math.min(seeds, availableParallelism() * 2) }, worker));
if (isTerminal) process.stderr.write("\r\x1b[K");

const points = Object.fromEntries(
  [...Map.groupBy(struck, ({ point }) => point)].map(([point, all]) => [point, all.filter(({ hit }) => hit).length]).sort(),
);
const broken = Object.fromEntries(
  INVARIANTS.map((name) => [name, struck.filter((one) => one.violations.some((text) => text.startsWith(name))).length]),
);
const summary = {
  seeds: { from, to: from + seeds - 1 },
  points,
  messages: struck.reduce((sum, { shown }) => sum + shown, 0),
  marked: struck.reduce((sum, { marked }) => sum + marked, 0),
  broken,
  failed: struck.filter(({ violations, hit }) => violations.length > 0 || !hit).map(({ seed }) => seed),
};
process.stdout.write(values.json ? `${JSON.stringify(summary)}\n` : `${words()}\n`);
if (values.record !== undefined) writeFileSync(values.record, record());
process.exitCode = summary.failed.length === 0 ? 0 : 1;

function words(): string {
  const lines = [
    `${seeds} processes ended by SIGKILL, seeds ${from} to ${from + seeds - 1}; each was followed by one that finished its work.`,
    ...Object.entries(points).map(([point, count]) => `  ended at ${point}: ${count}`),
    `${summary.messages} messages were shown, of which ${summary.marked} said that they may be repeats.`,
    ...INVARIANTS.map((name) => `  ${name}: ${broken[name] === 0 ? "held" : `broken in ${broken[name]} seeds`}`),
  ];
  return summary.failed.length === 0 ? lines.join("\n") : `${lines.join("\n")}\nFailed: seeds ${summary.failed.join(", ")}`;
}

/** What docs/proof keeps of a long run. */
function record(): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "src", "adapters", "test") === "" ? "" : ", with changes that were not committed";
  return [
    "# Real processes ended by SIGKILL",
    "",
    `Commit ${git("rev-parse", "HEAD")}${changed}, ${new Date().toISOString().slice(0, 10)}. What is judged: [docs/promises.md](../promises.md).`,
    "",
    "```",
    words(),
    "```",
    "",
    `Repeated by \`npm run faults -- --seeds ${seeds} --from ${from}\`. What is drawn from a seed is the same each time: the point, the passing at which`,
    "the process ends, how many matters are due, and whether the platform lets the bot read. The moments of the machine are not.",
    "",
  ].join("\n");
}
