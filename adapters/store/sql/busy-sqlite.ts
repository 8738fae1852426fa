import { setTimeout as pauseFor } from "node:timers/promises";
import { stopwatch } from "../../../src/time/clock.ts";

const BUSY = 5;
/** The longest pause between two attempts, in milliseconds. */
const PAUSE = 25;
/** How long a write waits for another program's, in milliseconds, where nothing else is said. */
export const PATIENCE = 30_000;

/** Whether another connection's lock stood in the way, which passes. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY;
}

/**
 * Tries until no other connection's lock stands in the way, for about so many milliseconds. It waits without SQLite's own busy handler, which
 * would stop the whole process, the holder of the lock included where that is another connection of ours.
 */
export async function whenFree(
  patience: number,
  attempt: () => void | Promise<void>,
  wait: (milliseconds: number) => Promise<void> = pauseFor,
): Promise<void> {
  const began = stopwatch();
  let waited = 0;
  for (let pause = 1; ; pause = Math.min(pause + 1, PAUSE)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      // On a busy machine each pause is longer than it was asked for.
      if (Math.max(waited, stopwatch() - began) >= patience) throw new Error(busyFor(patience), { cause: error });
    }
    await wait(pause);
    waited += pause;
  }
}

function busyFor(patience: number): string {
  return `The register is busy: another program has been writing to it for ${patience >= PATIENCE ? "half a minute" : `${patience / 1_000} s`}.`;
}
