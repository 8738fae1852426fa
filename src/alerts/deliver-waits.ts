import { type Instant, millisecondsOf } from "../time/instant.ts";
import type { DeliveryHost } from "./delivery.ts";

/**
 * A transaction costs nearly as much for one as for sixteen: what was begun together is written down together. For no more is waited than twice
 * so many milliseconds after the first: one place that is slow keeps the others from nothing.
 */
const TOGETHER = 3;

export interface Endings {
  /** Something that was posted has ended. */
  one(finished: number, busy: number): void;
  /** Returns when nothing is busy any more. */
  all(busy: number): Promise<void>;
  /** Returns when enough has ended to be written down, or another place may go on. */
  enough(finished: number, busy: number, paceOver: Promise<void> | null): Promise<void>;
}

export function endings({ pause }: DeliveryHost, together: number): Endings {
  // Where no real time passes there is nothing to wait for.
  const least = pause === undefined ? 1 : together;
  let go: (() => void) | null = null;
  let quiet: (() => void) | null = null;
  let round = 0;
  let begun = false;
  let timing = false;

  // One timer at a time: where all end at once, as they mostly do, one for each turn would be made for nothing.
  function time(): void {
    if (timing || pause === undefined) return;
    timing = true;
    const of = round;
    void pause(TOGETHER).then(() => {
      timing = false;
      if (of === round) go?.();
      else if (begun) time();
    });
  }

  function one(finished: number, busy: number): void {
    if (busy === 0) quiet?.();
    if (finished >= least || busy === 0) go?.();
    else if (finished > 0 && go !== null) {
      begun = true;
      time();
    }
  }

  return {
    one,
    async all(busy) {
      if (busy > 0) {
        await new Promise<void>((resolve) => {
          quiet = resolve;
        });
      }
    },
    async enough(finished, busy, over) {
      const written = new Promise<void>((resolve) => {
        go = resolve;
        round += 1;
        one(finished, busy);
      });
      await (over === null ? written : Promise.race([written, over]));
      go = null;
      begun = false;
    },
  };
}

/** Looked at again so often while a place waits, however long it has to. */
const LONGEST_PAUSE = 1_000;

/** When the first place that waits for its pace alone may go on: a slow platform elsewhere must not make it wait longer. One timer at a time. */
export function paces(host: DeliveryHost): (freeAt: Instant | null) => Promise<void> | null {
  let running: { readonly at: Instant; readonly over: Promise<void> } | null = null;
  return (at) => {
    if (host.pause === undefined || host.stopping() || at === null) return null;
    if (running === null || at < running.at) {
      const pause = millisecondsOf(at) - millisecondsOf(host.clock.now());
      const over = host.pause(Math.max(0, Math.min(LONGEST_PAUSE, pause))).then(() => {
        if (running?.over === over) running = null;
      });
      running = { at, over };
    }
    return running.over;
  };
}
