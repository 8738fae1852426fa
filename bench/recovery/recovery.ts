import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { STORE } from "../../adapters/index.ts";
import type { Place } from "../../src/ports/chat.ts";
import { stopwatch, systemClock } from "../../src/time/clock.ts";
import { addDays } from "../../src/time/day.ts";
import { dayIn } from "../../src/time/instant.ts";
import type { Ending } from "../ending.ts";
import { spreadOf } from "../figures.ts";
import type { Progress } from "../progress.ts";
import { record, watch } from "../register.ts";
import type { Report } from "../report.ts";
import { freePort } from "../servers/free-port.ts";
import { type PretendedSlack, pretendedSlack, type Shown, TEAM } from "./slack.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Each for a channel of its own. */
const REMINDERS = 200;
const FIRST_CHANNEL = 1_000;
const WITHIN = 5_000;
const PATIENCE = 60_000;

/** Kills the serving process with SIGKILL while it posts to Slack, starts it again, and looks at what people saw. */
export async function recovery(rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  const folder = await ending.folder();
  const struck: Struck[] = [];
  for (let round = 0; round < rounds; round++) {
    progress.now(`recovery: round ${round + 1} of ${rounds}`);
    const home = join(folder, `round-${round + 1}`);
    await mkdir(home);
    // Struck early, midway and late.
    struck.push(await strike(home, Math.round((REMINDERS * (round + 0.5)) / rounds), ending));
  }
  return reportOf(struck);
}

interface Struck {
  /** How many messages were shown when the process was killed; of the last one it never heard. */
  readonly killedAt: number;
  /** From the start of the new process to its first message that nobody had seen before, in milliseconds. */
  readonly recovered: number;
  readonly doubled: number;
  readonly missing: number;
}

async function strike(home: string, killAt: number, ending: Ending): Promise<Struck> {
  const slack = await pretendedSlack();
  try {
    const url = `sqlite:${join(home, "register.db")}`;
    await fill(url);
    const first = await serving(url, slack, ending);
    const dead = once(first, "exit");
    slack.onShown = (count) => {
      if (count < killAt) return false;
      // What it sent before it was dead is shown, and answered to nobody.
      first.kill("SIGKILL");
      return true;
    };
    await within(dead, `the serving process was to be killed at message ${killAt}`, slack);
    await wait(50);
    slack.onShown = () => false;
    const before = slack.shown.length;
    const began = stopwatch();
    const second = await serving(url, slack, ending);
    await within(
      until(() => slack.shown.length >= REMINDERS && new Set(slack.shown.map(nameOf)).size >= REMINDERS),
      "all to be said",
      slack,
    );
    // Whatever would be said twice is said by then: a place takes one message a second.
    await wait(1_500);
    second.kill("SIGTERM");
    await once(second, "exit");
    return struckBy(slack.shown, before, began);
  } finally {
    await slack.close();
  }
}

function struckBy(shown: readonly Shown[], before: number, began: number): Struck {
  const seen = new Set(shown.slice(0, before).map(nameOf));
  const next = shown.slice(before).find((message) => !seen.has(nameOf(message)));
  const stray = shown.find((message) => !message.text.includes(refOf(message)));
  if (stray !== undefined) throw new Error(`In ${stray.channel} stands "${stray.text}", which is not about ${refOf(stray)}.`);
  const names = shown.map(nameOf);
  const different = new Set(names).size;
  return {
    killedAt: before,
    recovered: next === undefined ? Number.POSITIVE_INFINITY : next.at - began,
    doubled: names.length - different,
    missing: REMINDERS - different,
  };
}

/** Each channel is told of one matter once, so that the channel says which reminder it was. */
function nameOf({ channel }: Shown): string {
  return channel;
}

function refOf({ channel }: Shown): string {
  return `KILL-${Number(channel.slice(1)) - FIRST_CHANNEL}`;
}

async function fill(url: string): Promise<void> {
  const store = await STORE.open({ url });
  const now = systemClock.now();
  const notified = addDays(dayIn("Europe/Paris", now), -40);
  const made = Array.from({ length: REMINDERS }, (_, index) => ({ ref: `KILL-${index}`, notified, period: "P2M", tag: `place-${index}` }));
  await record(store, made, now);
  for (let index = 0; index < REMINDERS; index++)
    await watch(store, `slack:${TEAM}/C${FIRST_CHANNEL + index}` as Place, [`tag:place-${index}`], now);
  await store.close();
}

/** npm start with Slack configured; nothing of the machine's own configures it. */
async function serving(url: string, slack: PretendedSlack, ending: Ending): Promise<ChildProcess> {
  const environment = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    CUREWATCH_PORT: String(await freePort()),
    CUREWATCH_LOG: "error",
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: "bench",
    SLACK_API_URL: slack.apiUrl,
  };
  const child = spawn(process.execPath, [join(ROOT, "src/app/start.js"), "main"], {
    cwd: ROOT,
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
  });
  ending.kill(child, "SIGKILL");
  return child;
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await wait(5);
}

async function within(what: Promise<unknown>, awaited: string, slack: PretendedSlack): Promise<void> {
  const late = wait(PATIENCE, "late", { ref: false });
  if ((await Promise.race([what, late])) === "late")
    throw new Error(`Waited ${PATIENCE / 1000} s for ${awaited}; ${slack.shown.length} messages of ${REMINDERS} were shown.`);
}

function reportOf(struck: readonly Struck[]): Report {
  const times = spreadOf(struck.map(({ recovered }) => recovered));
  const [doubled, missing] = [sum(struck.map((one) => one.doubled)), sum(struck.map((one) => one.missing))];
  return {
    title: `kill -9 while ${REMINDERS} reminders are posted, ${struck.length} times; Slack lets the bot read what it posted`,
    table: [
      ["", "median", "least", "most"],
      ["milliseconds to the next correct post", ...[times.median, times.min, times.max].map((one) => one.toFixed(0))],
    ],
    promises: [
      {
        promise: `within ${WITHIN / 1000} s of the new start`,
        found: `at most ${(times.max / 1000).toFixed(2)} s`,
        kept: times.max <= WITHIN,
      },
      { promise: "nothing said twice", found: `${doubled} of ${REMINDERS * struck.length}`, kept: doubled === 0 },
      { promise: "nothing left unsaid", found: `${missing} of ${REMINDERS * struck.length}`, kept: missing === 0 },
    ],
    data: { reminders: REMINDERS, struck },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
