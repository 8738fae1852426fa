import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { INVARIANTS } from "../test/faults/evidence.ts";
import { slowest } from "../test/fleet/recovery.ts";
import { type StruckFleet, strikeFleet } from "../test/fleet/strike-fleet.ts";
import { SCRIPT_NAMES } from "../test/fleet/troubles.ts";
import { startPostgres } from "../test/support/postgres.ts";

/** What is promised of the next post after a loss, in milliseconds. */
const PROMISED = 5_000;

/** Of what is wrong with one fleet. */
const MOST_LINES = 20;

export interface LongRun {
  readonly text: string;
  readonly json: object;
  readonly failed: boolean;
}

/** Fleets of real processes, one a seed, each befallen by the script that its seed names; told of each that fails. */
export async function faultsOfFleets(from: number, seeds: number, stillSeconds: number, tell: (text: string) => void): Promise<LongRun> {
  const left = Array.from({ length: seeds }, (_, index) => from + index);
  const struck: StruckFleet[] = [];

  async function work(): Promise<void> {
    const postgres = await startPostgres();
    try {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const one = await strikeFleet(seed, { postgres, scripts: [SCRIPT_NAMES[seed % SCRIPT_NAMES.length]!], stillSeconds });
        struck.push(one);
        tell(`seed ${seed}, ${lineOf(one)}`);
      }
    } finally {
      await postgres.stop();
    }
  }

  // Each fleet is three processes and a database: two of them at once on four cores.
  await Promise.all(Array.from({ length: Math.min(seeds, Math.max(1, Math.floor(availableParallelism() / 2))) }, work));
  struck.sort((one, other) => one.seed - other.seed);
  return { text: words(struck, from, seeds), json: { from, seeds, struck }, failed: struck.some(isFailed) };
}

function isFailed({ violations, recoveries }: StruckFleet): boolean {
  return violations.length > 0 || slowest(recoveries).posted > PROMISED;
}

function lineOf(one: StruckFleet): string {
  const { picked, posted } = slowest(one.recoveries);
  const clocks = one.ahead.some((by) => by !== 0) ? `, clocks ahead by ${one.ahead.map((by) => by / 1_000).join(", ")} s` : "";
  const wrong = [...one.violations, ...one.recoveries.map((recovery) => JSON.stringify(recovery))];
  const more = wrong.length > MOST_LINES ? [`and ${wrong.length - MOST_LINES} more`] : [];
  const came = isFailed(one) ? `FAILED\n  ${[...wrong.slice(0, MOST_LINES), ...more].join("\n  ")}` : "held";
  return `${one.scripts.join(", ")}, ${one.processes} processes${clocks}: next post within ${posted} ms, picked up within ${picked} ms; ${came}`;
}

function words(struck: readonly StruckFleet[], from: number, seeds: number): string {
  const sum = (of: (one: StruckFleet) => number) => struck.reduce((total, one) => total + of(one), 0);
  const byScript = [...Map.groupBy(struck, ({ scripts }) => scripts[0]!)].sort(([one], [other]) => (one < other ? -1 : 1));
  const broken = (name: string) => struck.filter(({ violations }) => violations.some((text) => text.startsWith(name))).length;
  const commands = struck.map((one) => one.commands);
  const failed = struck.filter(isFailed).map(({ seed }) => seed);
  return [
    `${seeds} fleets of two or three real processes on PostgreSQL, seeds ${from} to ${from + seeds - 1}; in ${
      struck.filter(({ ahead }) => ahead.some((by) => by !== 0)).length
    } of them the clocks differed by up to two minutes.`,
    ...byScript.map(([script, all]) => {
      const { picked, posted } = slowest(all.flatMap(({ recoveries }) => recoveries));
      const of = all.flatMap(({ recoveries }) => recoveries).length;
      const hit = script.startsWith("at ") ? `, ended there in ${all.filter((one) => one.hit.length > 0).length}` : "";
      return `  ${script}: ${all.length} fleets${hit}${of === 0 ? "" : `, ${of} losses, the next post within ${posted} ms, all picked up within ${picked} ms`}`;
    }),
    `${sum(({ shown }) => shown)} messages were shown, of which ${sum(({ marked }) => marked)} said that they may be repeats.`,
    `${commands.reduce((total, { typed }) => total + typed, 0)} commands were typed, ${commands.reduce((total, { answered }) => total + answered, 0)} answered.`,
    ...INVARIANTS.map((name) => `  ${name}: ${broken(name) === 0 ? "held" : `broken in ${broken(name)} fleets`}`),
    ...(failed.length === 0 ? [] : [`Failed: seeds ${failed.join(", ")}`]),
  ].join("\n");
}

/** What docs/proof keeps of a long run. */
export function recordOf({ text }: LongRun, from: number, seeds: number, stillSeconds: number): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "src", "adapters", "test") === "" ? "" : ", with changes that were not committed";
  return [
    "# Fleets of real processes on PostgreSQL",
    "",
    `Commit ${git("rev-parse", "HEAD")}${changed}, ${new Date().toISOString().slice(0, 10)}. What is judged: [docs/promises.md](../promises.md).`,
    "",
    "```",
    text,
    "```",
    "",
    `Repeated by \`npm run faults -- --fleet --seeds ${seeds} --from ${from} --still ${stillSeconds}\`. What is drawn from a seed is the same each time: the script, the`,
    "process that it befalls, how many there are, their clocks, how long each trouble lasts, and whether the platform lets the bot read. The moments of",
    "the machine are not.",
    "",
  ].join("\n");
}
