import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { FleetVitals } from "../ports/fleet.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import type { Desk } from "./answer.ts";
import type { CanaryState, CanaryWatch } from "./canary-watch.ts";
import { type RegisterVitals, registerVitals } from "./register-vitals.ts";
import { sealedIn } from "./sealed.ts";
import type { Skew } from "./skew.ts";

/** What is watched of a desk. */
export type DeskInView = Pick<Desk, "store" | "register" | "clock" | "log" | "language" | "canary" | "sights"> & {
  /** Of another desk than the house's; absent for that. */
  readonly name?: string;
};

/** What can be told of the running process at one moment, before any word or metric. */
export interface Vitals {
  readonly at: Instant;
  /** What the register says, or why it cannot be read. */
  readonly register: RegisterVitals | { readonly unreadable: string };
  readonly adapters: readonly AdapterVitals[];
  /** Workspaces whose installation this process cannot read, as it lacks the key. */
  readonly sealed: number;
  /** Null until the first tick, and where it cannot be told. */
  readonly leading: boolean | null;
  /** Seconds since a tick of this process ended well; null where none has. */
  readonly lastGoodTick: number | null;
  /** Null where no canary is asked for, or the register cannot be read. */
  readonly canary: CanaryState | null;
  readonly stopping: boolean;
  /** How the processes stand that serve the register together; null where one alone can, or it cannot be read. */
  readonly fleet: FleetVitals | null;
  /** Seconds since it was first seen that no process leads; 0 where one does. */
  readonly leaderless: number;
}

export interface AdapterVitals {
  readonly name: string;
  readonly connected: boolean;
  /** Seconds by which the machine's clock is ahead of the platform's; null where it has said nothing yet. */
  readonly skew: number | null;
}

/** What the loop has told so far. */
export interface LoopState {
  readonly leading: boolean | null;
  readonly goodTickAt: number | null;
  readonly stopping: boolean;
}

interface Sources {
  readonly desk: Pick<DeskInView, "clock" | "store">;
  /** Every desk that is served: figures are those of all together, and none is named. */
  readonly desks: () => readonly DeskInView[];
  readonly adapters: readonly ChatAdapter[];
  /** To which desk a place belongs. */
  readonly ownerOf: (place: Place) => string;
  readonly skew: Skew;
  readonly canary: CanaryWatch | null;
  readonly stopwatch: () => number;
  loop(): LoopState;
}

/** Reads them anew at each call. A register that cannot be read is a finding, never a fault. */
export function vitalsOf({ desk, desks, adapters, ownerOf, skew, canary, stopwatch, loop }: Sources): () => Promise<Vitals> {
  const register = registerVitals(desks, adapters, ownerOf, stopwatch);

  async function readings() {
    return {
      read: await register(),
      sealed: await sealedIn(adapters),
      seen: canary === null ? null : await canary.look(),
      fleet: (await desk.store.fleet?.vitals()) ?? null,
    };
  }

  let leaderlessAt: number | null = null;
  function leaderless(fleet: FleetVitals | null): number {
    if (fleet === null || fleet.leader !== null) leaderlessAt = null;
    else leaderlessAt ??= stopwatch();
    return leaderlessAt === null ? 0 : (stopwatch() - leaderlessAt) / 1000;
  }

  return async () => {
    const { leading, goodTickAt, stopping } = loop();
    const { read, sealed, seen, fleet } = await within(readings()).catch((error: unknown) => ({
      read: { unreadable: error instanceof Error ? error.message : String(error) },
      sealed: 0,
      seen: null,
      fleet: null,
    }));
    return {
      at: desk.clock.now(),
      register: read,
      adapters: adapters.map((adapter) => ({
        name: adapter.name,
        connected: adapter.connected(),
        skew: skew.seconds(adapter.name),
      })),
      sealed,
      leading,
      lastGoodTick: goodTickAt === null ? null : (stopwatch() - goodTickAt) / 1000,
      canary: seen,
      stopping,
      fleet,
      leaderless: leaderless(fleet),
    };
  };
}

/** How long the register may take to answer, in milliseconds: one that is locked by another program lets every reader wait. */
const PATIENCE = 2_000;

async function within<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${PATIENCE / 1000} seconds`)), PATIENCE);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds from one moment to another; none where the clock was set back. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, (millisecondsOf(to) - millisecondsOf(from)) / 1000);
}
