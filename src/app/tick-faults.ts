import type { Log } from "../ports/chat.ts";
import { toldSeldom } from "../time/told-seldom.ts";

/** Why ticks fail, in the log. */
export interface TickFaults {
  failed(error: unknown): void;
  /** A tick ended well: whatever is wrong next is said at once. */
  ended(): void;
}

/** A tick that fails is tried again each second, and mostly for the same reason. */
export function tickFaults(log: Log, stopwatch: () => number): TickFaults {
  const told = toldSeldom(stopwatch);
  return {
    failed(error) {
      const about = told.again(error);
      if (about !== null) log.error(about, "a tick failed");
    },
    ended: told.over,
  };
}
