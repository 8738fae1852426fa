import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ending } from "../ending.ts";
import { faultIn, type Platform, startPlatform } from "../platform/platform.ts";
import type { Progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { startPostgres } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import type { Where } from "./contestant.ts";
import { CONTESTANTS } from "./contestants.ts";
import { drainReport } from "./drain-report.ts";
import type { Order, Told } from "./process.ts";

const DUE = 5_000;
/** Posted and settled before the clock runs, by every contestant, so that none is timed while its code is compiled. */
const WARM_UP = 5_000;

/** Drains so many due texts with every contestant in turn, round after round; each time counts only when each text was shown exactly once. */
export async function drain(rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  const folder = await ending.folder();
  const where = { redisPort: await startRedis(folder, ending, progress), postgresPort: await startPostgres(folder, ending, progress) };
  const platform = await startPlatform(ending);
  const names = Object.keys(CONTESTANTS);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Whoever begins a round differs from round to round.
    for (const [place, name] of [...names.slice(round % names.length), ...names.slice(0, round % names.length)].entries()) {
      progress.now(`draining: round ${round + 1} of ${rounds}, ${place + 1} of ${names.length}: ${name}`);
      const run = `round_${round + 1}_${names.indexOf(name)}`;
      await mkdir(join(folder, run));
      times.get(name)!.push(await timed(name, { ...where, run, folder: join(folder, run) }, platform, ending));
    }
  }
  return drainReport(times, DUE);
}

async function timed(name: string, where: Where, platform: Platform, ending: Ending): Promise<number> {
  const told: Told = { name, where, platformPort: platform.port };
  const child = fork(join(import.meta.dirname, "process.ts"), [JSON.stringify(told)]);
  ending.kill(child, "SIGKILL");
  await answerOf(child, name);
  await drained(child, name, textsOf("warm-up", WARM_UP), platform);
  const took = await drained(child, name, textsOf(where.run, DUE), platform);
  child.send("close" satisfies Order);
  await once(child, "exit");
  return took;
}

function textsOf(run: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${run}: the cure period of matter ${index} ends in 7 days`);
}

async function drained(child: ChildProcess, name: string, texts: readonly string[], platform: Platform): Promise<number> {
  await platform.reset();
  child.send({ texts } satisfies Order);
  const took = (await answerOf(child, name)) as number;
  const fault = faultIn(await platform.shown(), texts);
  if (fault !== null) throw new Error(`${name} does not count: the platform ${fault}.`);
  return took;
}

/** What the process says next; throws where it ends instead. */
async function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const over = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", over).then(([answer]) => answer as unknown),
      once(child, "exit", over).then(([status]) => {
        throw new Error(`${name} ended with ${status}: what it wrote to standard error says why.`);
      }),
    ]);
  } finally {
    over.abort();
  }
}
