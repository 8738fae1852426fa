import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pauseFor } from "node:timers/promises";
import { NotNow } from "../../../src/ports/not-now.ts";
import { stopwatch } from "../../../src/time/clock.ts";

/** SQLite's own numbers. */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const FULL = 13;
const CANTOPEN = 14;
/** In bytes: what SQLite makes beside a register as it opens it. */
const BESIDE = 64 * 1024;
/** The longest pause between two attempts, in milliseconds. */
const PAUSE = 25;
/** How long a write waits for another program's, in milliseconds, where nothing else is said. */
export const PATIENCE = 30_000;

/** Whether another connection's lock stood in the way, which passes. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === BUSY || (error instanceof NotNow && error.why === "busy");
}

/** The number of SQLite's error; null where it is none of SQLite's. */
function codeOf(error: unknown): number | null {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : null;
}

/** Does it, and says in a sentence what stands in the way. */
export function saying<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    throw inWords(error);
  }
}

/** What stands in the way, as a sentence: another connection's lock, a file that takes nothing, or no room. Anything else as it is. */
function inWords(error: unknown): unknown {
  const said = (error as Error).message;
  if (codeOf(error) === BUSY) return new NotNow("busy", "The register is busy: another program is writing to it.", { cause: error });
  if (codeOf(error) === READONLY) return new NotNow("readonly", `The register is read-only: ${said}.`, { cause: error });
  if (codeOf(error) === FULL) return new NotNow("full", `There is no room left for the register: ${said}.`, { cause: error });
  return error;
}

/** Of a register that cannot be opened: on a full disk SQLite cannot make the files beside it, and calls that a fault of the disk. */
export function orNoRoom(path: string, error: unknown): unknown {
  if (path === ":memory:" || ![IOERR, FULL, CANTOPEN].includes(codeOf(error) ?? 0)) return error;
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize >= BESIDE) return error;
  } catch {
    return error;
  }
  return new NotNow("full", `There is no room left for the register: ${(error as Error).message}.`, { cause: error });
}

/**
 * Tries until no other connection's lock stands in the way, for about so many milliseconds. Throws NotNow where one does for longer, and where
 * nothing can be written. It waits without SQLite's own busy handler, which
 * would stop the whole process, the holder of the lock included where that is another connection of ours.
 */
export async function whenFree(
  patience: number,
  attempt: () => void | Promise<void>,
  wait: (milliseconds: number) => Promise<void> = pauseFor,
  began = stopwatch(),
): Promise<void> {
  let waited = 0;
  for (let pause = 1; ; pause = Math.min(pause + 1, PAUSE)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isBusy(error)) throw inWords(error);
      // On a busy machine each pause is longer than it was asked for.
      if (Math.max(waited, stopwatch() - began) >= patience) throw new NotNow("busy", busyFor(patience), { cause: error });
    }
    await wait(pause);
    waited += pause;
  }
}

/** Whoever begins within so many milliseconds after another has given up was waiting behind it. */
const BEHIND = 500;

/**
 * The same for all who share one connection, one after the other: where one has waited for so long in vain, those who were waiting behind it have
 * waited too, and do not wait as long again. A reader is told after half a minute, not after half a minute for each write.
 */
export function inTurn(patience: number): (attempt: () => void) => Promise<void> {
  let vain: { readonly since: number; readonly until: number } | null = null;
  return async (attempt) => {
    const now = stopwatch();
    const since = vain !== null && now - vain.until < BEHIND ? vain.since : now;
    vain = null;
    try {
      await whenFree(patience, attempt, pauseFor, since);
    } catch (error) {
      if (isBusy((error as Error).cause)) vain = { since, until: stopwatch() };
      throw error;
    }
  };
}

function busyFor(patience: number): string {
  return `The register is busy: another program has been writing to it for ${patience >= PATIENCE ? "half a minute" : `${patience / 1_000} s`}.`;
}
