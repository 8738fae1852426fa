import { setTimeout as wait } from "node:timers/promises";
import { FLEET_POINTS, type Point } from "../../src/ports/probe.ts";
import type { SlackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { ended, PATIENCE } from "../faults/processes.ts";
import type { Random } from "../faults/random.ts";
import type { Postgres } from "../support/postgres.ts";
import type { Befallen } from "./fleet-evidence.ts";
import { type Fleet, isRunning, type Machine } from "./real-processes.ts";
import type { Loss } from "./recovery.ts";

/** Where the scripts play. */
export interface Scene {
  readonly fleet: Fleet;
  readonly postgres: Postgres;
  readonly platform: SlackPlatform;
  readonly random: Random;
  /** How long a process that is stopped stands still, in seconds. */
  readonly stillSeconds: number;
  readonly befallen: Befallen;
  readonly losses: Loss[];
  /** The named points at which a process was really ended. */
  readonly hit: Point[];
  /** What is wrong already. */
  readonly wrong: string[];
}

type Script = (scene: Scene) => Promise<void>;

/** Whatever a process does that still believes that it reaches the database it does within that time, in milliseconds: it looks each second. */
const UNAWARE = 5_000;

/** Where a process of a fleet is ended by name. */
const POINTS = ["before-claim", "after-claim", "posted-not-settled", "in-shutdown", ...FLEET_POINTS] as const;
type AtPoint = `at ${(typeof POINTS)[number]}`;

const SCRIPTS = {
  "kill-leader": async (scene) => kill(scene, await scene.fleet.leader()),
  "kill-worker": async (scene) => kill(scene, await worker(scene)),
  "stop-leader": async (scene) => standStill(scene, await scene.fleet.leader()),
  "stop-worker": async (scene) => standStill(scene, await worker(scene)),
  cut: async (scene) => {
    for (let times = 1 + scene.random.below(3); times > 0; times--) {
      const { line, name } = scene.random.one(scene.fleet.machines);
      lose(scene, `${name} cut off from the database for a moment`);
      line.cut();
      await wait(scene.random.below(1_500));
    }
  },
  refused: (scene) => broken(scene, "refused by the database", ({ line }) => line.refuse()),
  "half-open": (scene) => broken(scene, "half-open to the database", ({ line }) => line.stall()),
  held: (scene) => broken(scene, "held on its way to the database", ({ line }) => line.hold()),
  "database-fast": (scene) => restart(scene, "fast"),
  "database-immediate": (scene) => restart(scene, "immediate"),
  rolling: async (scene) => {
    for (const machine of scene.fleet.machines) {
      const status = await machine.end("SIGTERM");
      if (status !== 0) scene.wrong.push(`${machine.name}, told to stop, ended with ${status}`);
      await machine.start();
    }
  },
  all: async (scene) => {
    const [one, other, third = other] = shuffled(scene);
    // None of them may be left, and nobody posts where nobody is: it counts from when the first is back.
    const alone = { ...scene, losses: [] };
    const lost = [kill(alone, one!), standStill(alone, other!), broken(alone, "", ({ line }) => line.stall(), third)];
    await Promise.race(lost);
    scene.losses.push({ what: "of a process that was ended, one stopped and one half-open, the first was back", at: Date.now() });
    await Promise.all(lost);
    await restart(scene, scene.random.one(["fast", "immediate"] as const));
  },
  ...(Object.fromEntries(POINTS.map((point) => [`at ${point}`, (scene: Scene) => endAt(scene, point)])) as Record<AtPoint, Script>),
} as const satisfies Readonly<Record<string, Script>>;

export type ScriptName = keyof typeof SCRIPTS;
export const SCRIPT_NAMES = Object.keys(SCRIPTS) as readonly ScriptName[];

/** Plays the script at a moment of the seed's choice while messages are posted; afterwards every machine serves again. */
export async function play(name: ScriptName, scene: Scene): Promise<void> {
  const { platform, random, fleet, wrong } = scene;
  const before = platform.record.length;
  const isPosting = () => platform.record.slice(before).some(({ once }) => once !== null);
  for (const until = Date.now() + PATIENCE; !isPosting() && Date.now() < until; ) await wait(5);
  if (!isPosting()) wrong.push(`nothing was posted for ${PATIENCE / 1_000} s before ${name}`);
  await wait(random.below(1_200));
  await SCRIPTS[name](scene);
  for (const machine of fleet.machines) {
    await machine.line.heal();
    if (!isRunning(machine)) await machine.start();
  }
  await fleet.leader();
}

function lose({ losses, befallen }: Scene, what: string, lasts = 0): void {
  const at = Date.now();
  losses.push({ what, at });
  befallen.troubles.push({ from: at, to: at + lasts + UNAWARE });
}

async function worker({ fleet, random }: Scene): Promise<Machine> {
  const leader = await fleet.leader();
  return random.one(fleet.machines.filter((machine) => machine !== leader));
}

async function kill({ random, losses, befallen }: Scene, machine: Machine): Promise<void> {
  const at = Date.now();
  await machine.end("SIGKILL");
  losses.push({ what: `${machine.name} ended by SIGKILL`, at });
  befallen.deaths.push(at, Date.now());
  await wait(random.below(6_000));
  await machine.start();
}

/** How long a process may take to pass the point, in milliseconds. */
const PASSING = 60_000;

/** A process that ends itself by SIGKILL as it passes the point, while the others serve. */
async function endAt(scene: Scene, point: Point): Promise<void> {
  const { fleet, random, losses, befallen, hit } = scene;
  const mortal = random.one(fleet.machines);
  await mortal.end("SIGTERM");
  await mortal.start(["test/faults/serve-and-die.ts", point, String(1 + random.below(ONCE.has(point) ? 1 : 3)), "armed"]);
  const { child } = mortal;
  const patience = setTimeout(() => child!.kill("SIGINT"), PASSING);
  child!.once("exit", (_, signal) => {
    if (signal !== "SIGKILL") return;
    const at = Date.now();
    hit.push(point);
    losses.push({ what: `${mortal.name} ended by SIGKILL at ${point}`, at });
    befallen.deaths.push(at);
  });
  if (!WORKING.has(point)) await makeLead(scene, mortal, point === "took-lead");
  child!.kill("SIGUSR2");
  // Until one is ended that has something in hand.
  while (point === "lost-found" && isRunning(mortal)) await kill(scene, random.one(fleet.machines.filter((one) => one !== mortal)));
  if (point === "in-shutdown" || point === "in-drain") child!.kill("SIGTERM");
  await ended(child!);
  clearTimeout(patience);
}

/** Passed once in a life; and by those who do not lead. */
const ONCE: ReadonlySet<Point> = new Set(["took-lead", "lost-found", "in-shutdown", "in-drain"]);
const WORKING: ReadonlySet<Point> = new Set(["job-fetched", "worker-posted", "in-shutdown", "in-drain"]);

/** Whoever leads is replaced until it is this one. */
async function makeLead({ fleet }: Scene, machine: Machine, isArmed: boolean): Promise<void> {
  if (isArmed) machine.child!.kill("SIGUSR2");
  while (isRunning(machine)) {
    const leader = await fleet.leader();
    if (leader === machine) return;
    await leader.end("SIGTERM");
    await leader.start();
  }
}

async function standStill(scene: Scene, { child, name }: Machine): Promise<void> {
  const lasts = scene.stillSeconds * 1_000;
  lose(scene, `${name} stopped for ${scene.stillSeconds} s`, lasts);
  child!.kill("SIGSTOP");
  await wait(lasts);
  child!.kill("SIGCONT");
  await wait(1_000);
}

async function broken(scene: Scene, what: string, breaks: (machine: Machine) => void | Promise<void>, given?: Machine): Promise<void> {
  const machine = given ?? scene.random.one(scene.fleet.machines);
  const lasts = 3_000 + scene.random.below(7_000);
  lose(scene, `${machine.name} ${what} for ${lasts} ms`, lasts);
  await breaks(machine);
  await wait(lasts);
  await machine.line.heal();
}

async function restart({ postgres, losses, befallen, random }: Scene, how: "fast" | "immediate"): Promise<void> {
  const from = Date.now();
  await postgres.restart(how);
  const to = Date.now();
  befallen.troubles.push({ from, to: to + UNAWARE });
  losses.push({ what: `the database restarted (${how}), from when it answers again`, at: to });
  await wait(random.below(2_000));
}

function shuffled({ fleet, random }: Scene): readonly Machine[] {
  return fleet.machines
    .map((machine) => ({ machine, rank: random.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ machine }) => machine);
}
