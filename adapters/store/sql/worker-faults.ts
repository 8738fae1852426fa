import type { Log } from "../../../src/ports/chat.ts";
import type { FleetVitals } from "../../../src/ports/fleet.ts";
import { InDoubt } from "../../../src/ports/in-doubt.ts";
import { toldSeldom } from "../../../src/time/told-seldom.ts";
import { isLost, LostConnection } from "./errors-postgres.ts";

type Stuck = NonNullable<FleetVitals["stuck"]>;

/** What a worker did in the transaction: messages are taken, or what came of them is settled, or both. */
export interface Tried {
  readonly isTaking: boolean;
}

/** Why a process can take no messages, or not write down what came of them. */
export interface WorkerFaults {
  failed(tried: Tried, error: unknown): void;
  ended(tried: Tried): void;
  /** Null where it can, as far as it knows. */
  stuck(): Stuck | null;
}

/** A lost connection is told of by all that use the database, and needs no word of a worker's; anything else nobody else may meet. */
export function workerFaults(log: () => Pick<Log, "error"> | undefined, stopwatch: () => number): WorkerFaults {
  const told = toldSeldom(stopwatch);
  let stuck: { readonly since: number; readonly isTaking: boolean; readonly reason: string } | null = null;
  return {
    failed({ isTaking }, error) {
      const reason = error instanceof Error ? error.message : String(error);
      stuck = { since: stuck?.since ?? stopwatch(), isTaking, reason };
      if (isOfConnection(error)) return;
      const about = told.again(error);
      if (about !== null) log()?.error(about, "messages cannot be taken or settled here: that is tried again until it can be done");
    },
    ended({ isTaking }) {
      // What has ended is settled by itself once taking has failed: that goes well tells nothing of taking.
      if (stuck === null || (stuck.isTaking && !isTaking)) return;
      stuck = null;
      told.over();
    },
    stuck: () => (stuck === null ? null : { seconds: (stopwatch() - stuck.since) / 1000, reason: stuck.reason }),
  };
}

function isOfConnection(error: unknown): boolean {
  return error instanceof LostConnection || error instanceof InDoubt || (error instanceof Error && isLost(error.cause));
}

/** What a transaction says of every statement after the one that failed in it. */
const ABORTED = "25P02";

/** Of what went wrong in one transaction, that which was to blame. */
export function firstWrong(some: readonly PromiseSettledResult<unknown>[]): { readonly reason: unknown } | null {
  const wrong = some.filter((one) => one.status === "rejected");
  return wrong.find(({ reason }) => (reason as { cause?: { code?: unknown } } | null)?.cause?.code !== ABORTED) ?? wrong[0] ?? null;
}
