import { setImmediate } from "node:timers/promises";
import { type Instant, instantOf } from "./instant.ts";

/** Where the program asks what time it is. Handed to app, commands and alerts; law and matter never see one. */
export interface Clock {
  now(): Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => instantOf(Date.now()) };

/** A clock that stands where it was put: for simulate and for tests. */
export interface SetClock extends Clock {
  set(to: Instant): void;
}

export function setClock(start: Instant): SetClock {
  let current = start;
  return {
    now: () => current,
    set: (to) => {
      current = to;
    },
  };
}

/** Lets whatever else waits in this process go first: whoever reckons for long would keep others from an answer. */
export function breathe(): Promise<void> {
  return setImmediate();
}

/** Milliseconds that only ever grow, from an origin of no meaning: for how long something takes. */
export function stopwatch(): number {
  return performance.now();
}
