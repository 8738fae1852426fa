import { schedule } from "node-cron";
import { type Clock, stopwatch } from "../time/clock.ts";
import { millisecondsOf } from "../time/instant.ts";

/** A clock that has gone so much further than the time that has passed was set, in milliseconds. */
const SET = 5 * 60_000;

export interface EachMinute {
  /** To be called every second or so: notices that the clock was set. */
  look(): void;
  stop(): Promise<void>;
}

/**
 * Runs the work each minute by the clock, until it is stopped. node-cron 4.6 goes through every minute that a clock was set forward by, one by one,
 * at the next full minute: for 400 days that takes 20 seconds, in which nothing else is done, and a line of its own on standard output for each. So
 * it is begun anew where the clock was set. What was missed is no news: each run says all that is due.
 */
export function eachMinute(clock: Clock, work: () => void): EachMinute {
  const begin = () => schedule("* * * * *", work, { noOverlap: true, suppressMissedWarning: true });
  const apart = () => millisecondsOf(clock.now()) - stopwatch();
  let task = begin();
  let known = apart();
  return {
    look() {
      const now = apart();
      if (Math.abs(now - known) < SET) return;
      known = now;
      void task.destroy();
      task = begin();
    },
    async stop() {
      await task.destroy();
    },
  };
}
