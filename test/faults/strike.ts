import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { POINTS } from "../../src/ports/probe.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import { CHANNEL, HISTORY_SCOPES, SCOPES, type SlackPlatform, slackPlatform, USER } from "../fakes/slack-platform/slack-platform.ts";
import { keepTrail } from "./durable-trail.ts";
import { duesIn, ended, environmentOf, finished, freePort, PATIENCE, run } from "./processes.ts";
import { randomOf } from "./random.ts";
import { asFirstRelease, fillRegister, openRegisterFile } from "./strike-desk.ts";
import { type Judged, judge } from "./strike-evidence.ts";

type Point = (typeof POINTS)[number];

export interface Struck extends Judged {
  readonly seed: number;
  readonly point: Point;
  readonly passes: number;
  /** Whether the process was really ended there. */
  readonly hit: boolean;
}

/** How often a process passes each point in its short life, at least. */
const PASSES: Readonly<Record<Point, number>> = {
  "before-claim": 2,
  "after-claim": 2,
  "mid-post": 1,
  "posted-not-settled": 3,
  "in-digest": 2,
  "in-acknowledgement": 2,
  "in-import": 2,
  "in-migration": 1,
  "in-checkpoint": 1,
  "in-shutdown": 1,
};

/** One process that is ended by SIGKILL at a point drawn from the seed, and the next one that finishes its work; then all is judged. */
export async function strike(seed: number): Promise<Struck> {
  const random = randomOf(seed);
  const point = POINTS[seed % POINTS.length]!;
  const passes = 1 + random.below(PASSES[point]);
  const reads = random.chance(0.5);
  await using tidy = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "curewatch-faults-"));
  tidy.defer(() => rm(folder, { recursive: true, force: true }));
  const platform = await slackPlatform();
  tidy.defer(() => platform.close());
  platform.grant(reads ? [...SCOPES, ...HISTORY_SCOPES] : SCOPES);

  const { file, store } = await openRegisterFile(folder);
  const keys = await fillRegister(store, random, 2 + random.below(6));
  const dues = await duesIn(store);
  await store.close();
  const port = await freePort();
  const environment = environmentOf(folder, file, platform, port);
  const began = Date.now();
  let hit: boolean;
  if (point === "in-migration") {
    await asFirstRelease(file);
    hit = await end(run(["test/faults/serve-and-die.ts", point, "1"], environment));
    const migrated = await openRegisterFile(folder);
    await migrated.store.close();
    keepTrail(file);
  } else if (point === "in-import") {
    keepTrail(file);
    const filed = join(folder, "matters.json");
    await writeFile(filed, JSON.stringify({ matters: [MORE] }));
    hit = await end(run(["test/faults/import-and-die.ts", String(passes), file, filed], environment));
    // Whoever imported it does not know what came of it, and does it again.
    if ((await ended(run(["src/app/start.js", "cli", "import", filed, "--db", `sqlite:${file}`], environment))) !== 0) hit = false;
  } else {
    keepTrail(file);
    const child = run(["test/faults/serve-and-die.ts", point, String(passes)], environment);
    hit = await end(child, () => provoke(point, child, platform, port, keys[0]!.slice(5)));
  }
  const death = Date.now();

  const successor = run(["src/app/start.js", "main"], environment);
  tidy.defer(async () => void (successor.exitCode === null && successor.kill("SIGKILL")));
  const { store: watching } = await openRegisterFile(folder);
  tidy.defer(() => watching.close());
  if (point === "in-acknowledgement") await acknowledged(platform, port, keys[0]!.slice(5), watching, keys[0]!);
  const left = await finished(watching, dues);
  while (successor.exitCode === null && !(await isReady(port))) await wait(50);
  successor.kill("SIGTERM");
  const status = await ended(successor);
  const extra = status === 0 ? left : [...left, `the process that followed ended with ${status}`];
  return { seed, point, passes, hit, ...(await judge({ store: watching, file, platform, dues, began, death, reads, extra })) };
}

const MORE = {
  ref: "MORE-1",
  authority: "CNIL",
  respondent: "X",
  kind: "sanction",
  decided: "2024-01-02",
  notified: "2024-01-05",
  items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
};

/** Waits until it has ended itself; one that never passes its point is ended, and that is said. */
async function end(child: ChildProcess, meanwhile: () => Promise<void> = async () => undefined): Promise<boolean> {
  const patience = setTimeout(() => child.kill("SIGINT"), PATIENCE);
  const [how] = await Promise.all([ended(child), meanwhile()]);
  clearTimeout(patience);
  return how === "SIGKILL";
}

/** What makes a process pass a point that it does not pass by itself. */
async function provoke(point: Point, child: ChildProcess, platform: SlackPlatform, port: number, ref: string): Promise<void> {
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  if (point !== "in-acknowledgement" && point !== "in-shutdown" && point !== "in-checkpoint") return;
  while (!isOver() && !platform.record.some(({ did }) => did === "posted")) await wait(20);
  if (point === "in-acknowledgement") await acknowledge(platform, port, ref);
  else child.kill("SIGTERM");
}

async function acknowledge(platform: SlackPlatform, port: number, ref: string): Promise<void> {
  const fields = slashCommand(`ack ${ref}`, `${ref}.${Date.now()}`, platform.responseUrl(CHANNEL, USER));
  const request = signedForm(fields, { now: systemClock.now() });
  await fetch(`http://127.0.0.1:${port}/slack/commands`, { method: "POST", ...request }).catch(() => undefined);
}

/** Asked again by the person who got no answer: it is there once. */
async function acknowledged(platform: SlackPlatform, port: number, ref: string, store: Store, key: string): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (let asked = false; Date.now() < until; await wait(100)) {
    const given = (await store.attention.of([key])).get(key)?.acknowledgements ?? [];
    if (asked && given.length > 0) return;
    if (await isReady(port)) {
      await acknowledge(platform, port, ref);
      asked = true;
    }
  }
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
