import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { systemClock } from "../../src/time/clock.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { type Postgres, startPostgres } from "../../test/support/postgres.ts";
import type { Ending } from "../ending.ts";
import { faultIn, type Platform, startPlatform } from "../platform/platform.ts";
import type { Progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { DELIVERERS } from "./deliverers.ts";
import { deliveriesReport } from "./deliveries-report.ts";
import type { Order, Told } from "./delivering.ts";

const PROCESSES: readonly number[] = [1, 2, 4];
const DUE = 5_000;

/**
 * Delivers so many due texts with several processes on one PostgreSQL, with every contestant in turn, round after round; a time counts only when
 * each text was shown exactly once.
 */
export async function deliveries(rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  // Refuses where the temporary folder lies in memory.
  await ending.folder();
  const platform = await startPlatform(ending);
  const server = await startPostgres();
  ending.add(() => server.stop());
  const names = Object.keys(DELIVERERS);
  const times = new Map(PROCESSES.map((count) => [count, new Map<string, number[]>(names.map((name) => [name, []]))]));
  for (let round = 0; round < rounds; round++) {
    for (const count of PROCESSES) {
      // Whoever begins differs from round to round.
      for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
        progress.now(`delivering: round ${round + 1} of ${rounds}: ${name}, ${count} processes`);
        times
          .get(count)!
          .get(name)!
          .push(await timed({ name, count }, server, platform, ending));
      }
    }
  }
  return deliveriesReport(times, DUE);
}

interface Run {
  readonly name: string;
  readonly count: number;
}

async function timed({ name, count }: Run, server: Postgres, platform: Platform, ending: Ending): Promise<number> {
  const told: Told = { name, url: await server.database(), platformPort: platform.port };
  const children: ChildProcess[] = [];
  for (let index = 0; index < count; index++) {
    const child = fork(join(import.meta.dirname, "delivering.ts"), [JSON.stringify(told)]);
    ending.kill(child, "SIGKILL");
    children.push(child);
    await answerOf(child, name);
  }
  // Posted and settled before it counts, so that nobody is timed while its code is compiled.
  const ready = async () => void (await server.query(told.url, "vacuum analyze"));
  await delivered(name, children, textsOf("warm-up", DUE), platform, ready);
  const took = await delivered(name, children, textsOf("timed", DUE), platform, ready);
  for (const child of children) await obeyed(child, name, "close");
  await Promise.all(children.map((child) => child.exitCode ?? once(child, "exit")));
  return took;
}

function textsOf(run: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${run}: the cure period of matter ${index} ends in 7 days`);
}

async function delivered(
  name: string,
  children: readonly ChildProcess[],
  texts: readonly string[],
  platform: Platform,
  ready: () => Promise<void>,
): Promise<number> {
  await platform.reset();
  await obeyed(children[0]!, name, { fill: texts });
  // What the fill before has left behind is nobody's burden.
  await ready();
  const began = millisecondsOf(systemClock.now());
  const others = children.slice(1).map((child) => obeyed(child, name, "begin"));
  const took = ((await obeyed(children[0]!, name, "delivered")) as number) - began;
  await Promise.all(others);
  const fault = faultIn(await platform.shown(), texts);
  if (fault !== null) throw new Error(`${name}, ${children.length} processes, does not count: the platform ${fault}.`);
  for (const child of children) await obeyed(child, name, "pause");
  return took;
}

async function obeyed(child: ChildProcess, name: string, order: Order): Promise<unknown> {
  const answer = answerOf(child, name);
  child.send(order);
  return answer;
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
