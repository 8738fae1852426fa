import { join } from "node:path";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { unescapeText } from "../../adapters/chat/slack/text.ts";
import { STORE } from "../../adapters/index.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Place } from "../../src/ports/chat.ts";
import { stopwatch, systemClock } from "../../src/time/clock.ts";
import { addDays } from "../../src/time/day.ts";
import { dayIn } from "../../src/time/instant.ts";
import type { Ending } from "../ending.ts";
import { percentile, ratios, spreadOf } from "../figures.ts";
import type { Progress } from "../progress.ts";
import { pretendedSlack } from "../recovery/slack.ts";
import { record, watch } from "../register.ts";
import type { Promised, Report } from "../report.ts";
import { atRest, resident, type Starts, startsOf, stop } from "./apps.ts";
import { type Answered, type App, type Asking, openAsking } from "./asking.ts";

const MATTERS = 10_000;
/** How many connections, and how many commands are timed over them in a round. */
const LOADS = [
  { connections: 1, commands: 1_000 },
  { connections: 10, commands: 4_000 },
] as const;
/** Asked first by both, so that neither is timed while its code is compiled. */
const WARM_UP = 4_000;
const SHARE_OF_RATE = 0.8;
const TIMES_P99 = 1.5;
const TIMES_MEMORY = 1.4;
const CHECKED = 25;

interface Run {
  readonly rate: number;
  readonly p99: number;
}

/** `/matter show` over a register of 10,000 matters beside a bare Bolt app that echoes: signed HTTP, answered at the response_url. */
export async function slash(rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  const slack = await pretendedSlack();
  try {
    const folder = await ending.folder();
    const url = `sqlite:${join(folder, "register.db")}`;
    progress.now(`slash: recording ${MATTERS} matters`);
    const expected = await fill(url);
    const starts = startsOf(ending, slack.apiUrl);
    progress.now("slash: at rest");
    const before = await restedBefore(starts, url, `sqlite:${join(folder, "empty.db")}`);
    const [ours, echo] = [await starts.ours(url), await starts.echo()];
    const [rested, echoRested] = (await atRest([ours, echo])) as [number, number];
    await check(ours, echo, expected);
    progress.now("slash: warming up");
    for (const app of [ours, echo]) await load(app, 10, WARM_UP);
    const runs: { readonly ours: Run[]; readonly echo: Run[] }[] = LOADS.map(() => ({ ours: [], echo: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const [index, { connections, commands }] of LOADS.entries()) {
        progress.now(`slash: round ${round + 1} of ${rounds}, connections: ${connections}`);
        const both = [
          async () => runs[index]!.ours.push(await load(ours, connections, commands)),
          async () => runs[index]!.echo.push(await load(echo, connections, commands)),
        ];
        // Whoever begins differs from round to round.
        for (const one of round % 2 === 0 ? both : both.toReversed()) await one();
      }
    }
    const memory: Memory = { ...before, ours: rested, echo: echoRested, oursAfter: await resident(ours), echoAfter: await resident(echo) };
    return reportOf(runs, memory);
  } finally {
    await slack.close();
  }
}

/** In megabytes. */
interface Memory {
  /** On a register that it has looked at before, as after any restart. */
  readonly ours: number;
  readonly echo: number;
  /** The very first start, which looks at each of the matters. */
  readonly first: number;
  /** On a register without a matter. */
  readonly empty: number;
  readonly oursAfter: number;
  readonly echoAfter: number;
}

/** What it takes at the first start on each of the registers; leaves them as any later start finds them. */
async function restedBefore(starts: Starts, url: string, emptyUrl: string): Promise<Pick<Memory, "first" | "empty">> {
  const apps = [await starts.ours(url), await starts.ours(emptyUrl)];
  const [first, empty] = (await atRest(apps)) as [number, number];
  for (const app of apps) await stop(app);
  return { first, empty };
}

function refOf(index: number): string {
  return `SLASH-${index % MATTERS}`;
}

/** Records the matters; answers what is to be read of some of them: each line of the card but its buttons. */
async function fill(url: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const store = await STORE.open({ url });
  const now = systemClock.now();
  const today = dayIn("Europe/Paris", now);
  const made = Array.from({ length: MATTERS }, (_, index) => ({
    ref: refOf(index),
    notified: addDays(today, -(index % 400)),
    period: "P2M",
    tag: "bench",
  }));
  const streams = await record(store, made, now);
  // The place from which it is asked watches none of them, so that nothing is delivered meanwhile: that is another bench's.
  await watch(store, "slack:T0BENCH/C1" as Place, ["tag:other"], now);
  const register = openRegister(store.ledger);
  const expected = new Map<string, readonly string[]>();
  for (let index = 0; index < MATTERS; index += MATTERS / CHECKED) {
    const matter = (await register.matter(streams[index]!))!;
    const lines = plainLines(matterCard("en", standingNow(matter, today), today));
    expected.set(
      refOf(index),
      lines.filter((line) => !line.startsWith("[")),
    );
  }
  await store.close();
  return expected;
}

/** Both must answer rightly before either is timed. */
async function check(ours: App, echo: App, expected: ReadonlyMap<string, readonly string[]>): Promise<void> {
  await withAsking(ours, 1, async (asking) => {
    for (const [ref, lines] of expected) {
      const said = unescapeText((await asking.ask(`show ${ref}`)).text).split("\n");
      const missing = lines.find((line) => !said.includes(line));
      if (missing !== undefined) throw new Error(`Asked for ${ref}, Curewatch left out "${missing}" and said:\n${said.join("\n")}`);
    }
  });
  await withAsking(echo, 1, async (asking) => {
    for (const ref of expected.keys()) {
      const { text } = await asking.ask(`show ${ref}`);
      if (text !== `show ${ref}`) throw new Error(`the echo said "${text}"`);
    }
  });
}

/** Connections are opened anew each time: a server closes those that rest. */
async function withAsking<Result>(app: App, connections: number, use: (asking: Asking) => Promise<Result>): Promise<Result> {
  const asking = await openAsking(app, connections);
  try {
    return await use(asking);
  } finally {
    await asking.close();
  }
}

async function load(app: App, connections: number, commands: number): Promise<Run> {
  return withAsking(app, connections, (asking) => loaded(asking, connections, commands));
}

async function loaded(asking: Asking, connections: number, commands: number): Promise<Run> {
  const times: number[] = [];
  let next = 0;
  const one = async () => {
    while (next < commands) {
      // Far apart in the register, and never twice the same in a row.
      const ref = refOf(next++ * 7_919);
      const answered: Answered = await asking.ask(`show ${ref}`);
      if (!answered.text.includes(ref)) throw new Error(`asked for ${ref}, heard "${answered.text}"`);
      times.push(answered.milliseconds);
    }
  };
  const began = stopwatch();
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (stopwatch() - began) / 1000;
  return {
    rate: commands / seconds,
    p99: percentile(
      times.toSorted((a, b) => a - b),
      99,
    ),
  };
}

function reportOf(runs: readonly { readonly ours: readonly Run[]; readonly echo: readonly Run[] }[], memory: Memory): Report {
  const promises: Promised[] = [];
  const table = [["connections", "commands a second", "echo", "share", "p99 ms", "echo", "times"]];
  for (const [index, { connections }] of LOADS.entries()) {
    const { ours, echo } = runs[index]!;
    const share = spreadOf(ratios(ours.map(rateOf), echo.map(rateOf)));
    const times = spreadOf(ratios(ours.map(p99Of), echo.map(p99Of)));
    const of = connections === 1 ? "1 connection" : `${connections} connections`;
    promises.push(
      {
        promise: `${of}: at least ${SHARE_OF_RATE} of the echo's commands a second`,
        found: `${share.median.toFixed(2)} (${share.min.toFixed(2)} to ${share.max.toFixed(2)})`,
        kept: share.median >= SHARE_OF_RATE,
      },
      {
        promise: `${of}: p99 at most ${TIMES_P99} times the echo's`,
        found: `${times.median.toFixed(2)} (${times.min.toFixed(2)} to ${times.max.toFixed(2)})`,
        kept: times.median <= TIMES_P99,
      },
    );
    const middle = (runs: readonly Run[], of: (run: Run) => number) => spreadOf(runs.map(of)).median;
    table.push([
      String(connections),
      ...[middle(ours, rateOf).toFixed(0), middle(echo, rateOf).toFixed(0), share.median.toFixed(2)],
      ...[middle(ours, p99Of).toFixed(2), middle(echo, p99Of).toFixed(2), times.median.toFixed(2)],
    ]);
  }
  const times = memory.ours / memory.echo;
  promises.push({
    promise: `memory at rest at most ${TIMES_MEMORY} times the echo's`,
    found: `${times.toFixed(2)} (${memory.ours.toFixed(0)} MB, the echo ${memory.echo.toFixed(0)} MB)`,
    kept: times <= TIMES_MEMORY,
  });
  const shown = (megabytes: number) => megabytes.toFixed(0);
  const { first, empty, ours, echo, oursAfter, echoAfter } = memory;
  table.push(
    ["", "", "", "", "", "", ""],
    ["MB in memory", "at rest", "first start", "no matter", "after the load", "echo at rest", "after"],
    ["", shown(ours), shown(first), shown(empty), shown(oursAfter), shown(echo), shown(echoAfter)],
  );
  return { title: `/matter show over ${MATTERS} matters, signed HTTP, beside a bare Bolt echo`, table, promises, data: { runs, memory } };
}

function rateOf({ rate }: Run): number {
  return rate;
}

function p99Of({ p99 }: Run): number {
  return p99;
}
