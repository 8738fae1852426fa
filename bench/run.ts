import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { drain } from "./drain/drain.ts";
import { type Ending, openEnding } from "./ending.ts";
import { latency } from "./latency/latency.ts";
import { months, rolls, workingDays } from "./law/deadlines.ts";
import { running } from "./law/running.ts";
import { openProgress, type Progress } from "./progress.ts";
import { recovery } from "./recovery/recovery.ts";
import { allKept, jsonOf, type Report, writeReports } from "./report.ts";
import { deliveries } from "./scale/deliveries.ts";
import { postgresGround } from "./scale/postgres.ts";
import { type Scaled, SIZES, scale, scaledOf } from "./scale/scale.ts";
import { needPeers } from "./servers/peers.ts";
import { slash } from "./slash/slash.ts";
import { ticks } from "./ticks/ticks.ts";

const USAGE = `Usage: npm run bench -- alerts [--only drain|latency|recovery] [--rounds N] [--json]
       npm run bench -- ticks [--json]
       npm run bench -- slash [--rounds N] [--json]
       npm run bench -- scale [--only deliveries|scale] [--rounds N] [--sizes 10000,100000] [--on postgres] [--json]
       npm run bench -- law [--only rolls|workingDays|months|running] [--rounds N] [--json]
`;

type Bench = (rounds: number, ending: Ending, progress: Progress, scaled: Scaled) => Promise<Report>;

const BENCHES: Readonly<Record<string, Readonly<Record<string, Bench>>>> = {
  alerts: {
    async drain(rounds, ending, progress) {
      await needPeers(progress);
      return drain(rounds, ending, progress);
    },
    latency,
    recovery,
  },
  ticks: { ticks },
  slash: { slash },
  scale: {
    deliveries,
    scale: async (_rounds, ending, progress, { sizes, on }) =>
      scale(sizes, ending, progress, on === "postgres" ? await postgresGround(ending) : undefined),
  },
  law: { rolls, workingDays, months, running },
};

interface Asked {
  readonly benches: readonly Bench[];
  readonly rounds: number;
  readonly json: boolean;
  readonly scaled: Scaled;
}

/** What was typed; null where it cannot be read. */
function asked(words: readonly string[]): Asked | null {
  try {
    const options = {
      only: { type: "string" },
      rounds: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
      sizes: { type: "string", default: SIZES.join() },
      on: { type: "string", default: "sqlite" },
    } as const;
    const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true });
    const benches = BENCHES[positionals[0] ?? ""];
    const rounds = Number(values.rounds);
    const scaled = scaledOf(values.sizes, values.on);
    if (scaled === null || benches === undefined || positionals.length !== 1 || !Number.isInteger(rounds) || rounds < 1) return null;
    if (values.only === undefined) return { benches: Object.values(benches), rounds, json: values.json, scaled };
    const only = benches[values.only];
    return only === undefined ? null : { benches: [only], rounds, json: values.json, scaled };
  } catch {
    return null;
  }
}

/** 0 where every promise is kept, 1 where one is broken or a bench failed, 2 where nobody knows what to run. */
async function main(): Promise<number> {
  const ask = asked(process.argv.slice(2));
  if (ask === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const [ending, progress] = [openEnding(), openProgress()];
  const reports: Report[] = [];
  try {
    for (const bench of ask.benches) reports.push(await bench(ask.rounds, ending, progress, ask.scaled));
  } catch (error) {
    progress.done();
    if (!ending.interrupted()) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    progress.now("ending what was started");
    await ending.all();
    progress.done();
  }
  const machine = {
    node: process.versions.node,
    platform: process.platform,
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
  };
  process.stdout.write(ask.json ? `${jsonOf(reports, machine)}\n` : writeReports(reports));
  return allKept(reports) ? 0 : 1;
}

process.exitCode = await main();
