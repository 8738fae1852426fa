import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Point } from "../../src/ports/probe.ts";
import { HISTORY_SCOPES, SCOPES, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { finished } from "../faults/processes.ts";
import { randomOf } from "../faults/random.ts";
import type { Postgres } from "../support/postgres.ts";
import { evidenceOf, faultsOf, fleetDues } from "./fleet-evidence.ts";
import { fillFleetRegister, WORKSPACE } from "./fleet-register.ts";
import { keepFleetTrail, readFleetTrail } from "./fleet-trail.ts";
import { startLoad } from "./load.ts";
import { openFleet } from "./real-processes.ts";
import { type Recovery, recoveryFrom } from "./recovery.ts";
import { play, type Scene, type ScriptName } from "./troubles.ts";

export interface StruckFleet {
  readonly seed: number;
  readonly scripts: readonly ScriptName[];
  readonly processes: number;
  /** By how many milliseconds each machine's clock is ahead. */
  readonly ahead: readonly number[];
  /** Whether the bot may read what it posted. */
  readonly reads: boolean;
  readonly violations: readonly string[];
  readonly recoveries: readonly Recovery[];
  /** The named points at which a process was really ended. */
  readonly hit: readonly Point[];
  readonly shown: number;
  /** Messages that said that they may be repeats. */
  readonly marked: number;
  /** What the processes said on standard error, where anything is wrong. */
  readonly logs: readonly string[];
  readonly commands: { readonly typed: number; readonly acknowledged: number; readonly answered: number };
}

export interface StrikeOptions {
  readonly postgres: Postgres;
  /** Played one after the other. */
  readonly scripts: readonly ScriptName[];
  readonly stillSeconds: number;
  /** Two or three where it is not said. */
  readonly processes?: number;
  /** The clocks of the machines differ by a minute. */
  readonly skewed?: boolean;
}

/** What was shown in part, or nobody knows, is tried again after a minute and a quarter at most (src/alerts/backoff.ts). In milliseconds. */
const BACK_OFF = 120_000;

/** More than are posted in any run, each answered within so many milliseconds. */
const POSTS = 5_000;
const SLOWEST = 600;

/** A fleet of real processes on a database of its own, which the scripts befall while people type commands; then all is judged. */
export async function strikeFleet(seed: number, options: StrikeOptions): Promise<StruckFleet> {
  const { postgres, scripts, stillSeconds } = options;
  const random = randomOf(seed);
  const processes = options.processes ?? 2 + random.below(2);
  const reads = random.chance(0.5);
  const skewed = options.skewed ?? random.chance(0.5);
  const ahead = Array.from({ length: processes }, () => (skewed ? (random.below(5) - 2) * 30_000 : 0));
  await using tidy = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "curewatch-fleet-"));
  tidy.defer(() => rm(folder, { recursive: true, force: true }));
  const platform = await slackPlatform({ workspaces: [WORKSPACE] });
  tidy.defer(() => platform.close());
  // What is shown is answered later: in between nobody knows, and that is when most is lost.
  void platform.failWith(
    Array.from({ length: POSTS }, () => ({ kind: "slow", milliseconds: random.below(SLOWEST) }) as const),
    { method: "chat.postMessage" },
  );
  platform.grant(reads ? [...SCOPES, ...HISTORY_SCOPES] : SCOPES);

  const url = await postgres.database();
  const store = await openStore({ url });
  tidy.defer(() => store.close());
  const keys = await fillFleetRegister(store, random, 4 + random.below(4));
  await keepFleetTrail(postgres, url);
  const fleet = await openFleet({ machines: processes, url, folder, platform, ahead });
  tidy.defer(() => fleet.close());
  const began = Date.now();
  await Promise.all(fleet.machines.map((machine) => machine.start()));
  const scene: Scene = {
    ...{ fleet, postgres, platform, random, stillSeconds },
    ...{ befallen: { deaths: [], troubles: [] }, losses: [], hit: [], wrong: [] },
  };
  const load = startLoad({ fleet, platform, random, keys });
  for (const script of scripts) await play(script, scene);
  await load.stop();
  const { typed } = load;
  const dues = (await fleetDues(store, typed, began)).map(({ key }) => key);
  const unfinished = await finished(store, dues, BACK_OFF);
  const stand = [...(await store.deliveries.known(dues)).values()].filter(({ outcome }) => outcome?.kind !== "delivered");
  const left = unfinished.length === 0 ? [] : [...unfinished, ...stand.map((one) => JSON.stringify(one))];
  for (const machine of fleet.machines) {
    const status = await machine.end("SIGTERM");
    if (status !== 0) scene.wrong.push(`${machine.name} ended with ${status}`);
  }
  const trail = await readFleetTrail(postgres, url);
  const evidence = await evidenceOf({ store, trail, platform, typed, befallen: scene.befallen, began, reads });
  const texts = evidence.attempts.map(({ text }) => text);
  const violations = [...scene.wrong, ...left, ...faultsOf(evidence, typed)];
  return {
    ...{ seed, scripts, processes, ahead, reads, violations },
    logs: violations.length === 0 ? [] : fleet.machines.map(({ name, log }) => `${name}: ${log()}`),
    recoveries: scene.losses.map((loss) => recoveryFrom(loss, evidence)),
    hit: scene.hit,
    shown: texts.length,
    marked: texts.filter((text) => /may be a repeat|peut-être une répétition/.test(text)).length,
    commands: {
      typed: typed.length,
      acknowledged: typed.filter(({ acknowledged }) => acknowledged).length,
      answered: typed.filter(({ answers }) => answers().length > 0).length,
    },
  };
}
