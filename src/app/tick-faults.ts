import type { Log } from "../ports/chat.ts";
import { toldSeldom } from "../time/told-seldom.ts";

/** Why ticks fail, in the log. */
export interface TickFaults {
  failed(error: unknown): void;
  /** A tick ended well: whatever is wrong next is said at once. */
  ended(): void;
}

/**
 * A tick that fails is tried again each second, and mostly for the same reason: that is said at once, then after a minute, two, four and so on up
 * to an hour, with how often it happened. What an adapter has put in words has a cause, and stands as it is; a fault of ours is logged with its stack.
 */
export function tickFaults(log: Log, stopwatch: () => number): TickFaults {
  const told = toldSeldom(stopwatch);
  return {
    failed(error) {
      const times = told.again(error instanceof Error ? error.message : String(error));
      if (times !== null) log.error({ error: described(error), ...(times === 1 ? {} : { times }) }, "a tick failed");
    },
    ended: told.over,
  };
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.message : (error.stack ?? error.message);
}
