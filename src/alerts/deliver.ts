import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Claim, Outcome, Settled } from "../ports/delivery-log.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import { BATCH, type DeliveryHost, type Due, type Message } from "./delivery.ts";
import { freeFrom } from "./pace.ts";
import { postSafely } from "./post-one.ts";

export interface Delivered {
  /** What came of the keys that were tried. */
  readonly outcomes: ReadonlyMap<DeliveryKey, Outcome>;
  /** When something waits for its place, the moment at which the first may go on. */
  readonly again: Instant | null;
}

/**
 * Claims, posts and settles: at most BATCH keys between claim and settle, one message at a time in a place and at its pace, in the order given.
 * What cannot go yet is left unclaimed. Throws when the log cannot be written: then nothing more is posted, and what came out is written first
 * the next time.
 */
export async function deliverAll(host: DeliveryHost, messages: readonly Message[]): Promise<Delivered> {
  const { clock, deliveries, memory, probe } = host;
  const waiting = Map.groupBy(messages, ({ place }) => place);
  const outcomes = new Map<DeliveryKey, Outcome>();
  const busy = new Map<Place, Promise<void>>();
  const ended = endings(host);
  const paceOver = paces(host);
  let held = 0;
  // A fault of ours where none can be: it ends this tick, whatever else is under way.
  const broken: unknown[] = [];
  let finished: Settled[] = [...memory.unsaved];
  try {
    for (;;) {
      const chosen = host.stopping() ? [] : choose(host, waiting, busy, BATCH - held);
      if (chosen.length > 0 || finished.length > 0) {
        const claims = chosen.flatMap((message) => message.dues.map((due) => claimOf(message, due)));
        if (claims.length > 0) probe("before-claim");
        const settling = finished;
        const taken = await deliveries.turn(settling, claims, clock.now());
        finished = finished.slice(settling.length);
        if (taken.size > 0) probe("after-claim");
        for (const message of chosen) {
          const dues = message.dues.filter(({ key }) => taken.has(key));
          if (dues.length === 0) continue;
          held += dues.length;
          const posting = postSafely(host, message, dues)
            .then((settled) => {
              for (const { key, outcome } of settled) outcomes.set(key, outcome);
              finished.push(...settled);
              held -= dues.length;
              busy.delete(message.place);
              probe("posted-not-settled");
            })
            .catch((error: unknown) => void broken.push(error))
            .then(() => ended.one(broken.length === 0 ? finished.length : BATCH, busy.size));
          busy.set(message.place, posting);
        }
        if (busy.size > 1) probe("mid-post");
      }
      if (busy.size > 0 && broken.length === 0) await ended.enough(finished.length, busy.size, paceOver(waiting, busy));
      else if (finished.length === 0 && (chosen.length === 0 || waiting.size === 0)) break;
      if (broken.length > 0) throw broken[0];
    }
  } finally {
    await Promise.all(busy.values());
    memory.unsaved = finished;
  }
  return { outcomes, again: firstFree(host, waiting) };
}

/**
 * A transaction costs nearly as much for one as for sixteen: what was begun together is written down together. For no more is waited than so many
 * milliseconds after the first: one place that is slow keeps the others from nothing.
 */
const TOGETHER = 5;

interface Endings {
  /** Something that was posted has ended. */
  one(finished: number, busy: number): void;
  /** Returns when enough has ended to be written down, or another place may go on. */
  enough(finished: number, busy: number, paceOver: Promise<void> | null): Promise<void>;
}

function endings({ pause }: DeliveryHost): Endings {
  // Where no real time passes there is nothing to wait for.
  const least = pause === undefined ? 1 : BATCH;
  let go: (() => void) | null = null;
  let timed = false;
  const one = (finished: number, busy: number) => {
    if (finished >= least || busy === 0) go?.();
    else if (finished > 0 && !timed && pause !== undefined) {
      timed = true;
      const then = go;
      void pause(TOGETHER).then(() => then?.());
    }
  };
  return {
    one,
    async enough(finished, busy, over) {
      const written = new Promise<void>((resolve) => {
        go = resolve;
        timed = false;
        one(finished, busy);
      });
      await (over === null ? written : Promise.race([written, over]));
      go = null;
    },
  };
}

/** Looked at again so often while a place waits, however long it has to. */
const LONGEST_PAUSE = 1_000;

/** When the first place that waits for its pace alone may go on: a slow platform elsewhere must not make it wait longer. One timer at a time. */
function paces(host: DeliveryHost): (waiting: ReadonlyMap<Place, unknown>, busy: ReadonlyMap<Place, unknown>) => Promise<void> | null {
  let running: { readonly at: Instant; readonly over: Promise<void> } | null = null;
  return (waiting, busy) => {
    if (host.pause === undefined || host.stopping()) return null;
    const now = host.clock.now();
    const moments = [...waiting.keys()].flatMap((place) => (busy.has(place) ? [] : (freeFrom(host.memory, place, now) ?? []))).sort();
    const at = moments[0];
    if (at === undefined) return null;
    if (running === null || at < running.at) {
      const over = host.pause(Math.min(LONGEST_PAUSE, millisecondsOf(at) - millisecondsOf(now))).then(() => {
        if (running?.over === over) running = null;
      });
      running = { at, over };
    }
    return running.over;
  };
}

/** The first message of each place that is free, as many as there is room for; they leave their queues. */
function choose(host: DeliveryHost, waiting: Map<Place, Message[]>, busy: ReadonlyMap<Place, unknown>, room: number): readonly Message[] {
  const chosen: Message[] = [];
  const now = host.clock.now();
  let left = room;
  for (const [place, queue] of waiting) {
    if (left === 0) break;
    const first = queue[0]!;
    if (first.dues.length > left || busy.has(place) || freeFrom(host.memory, place, now) !== null) continue;
    queue.shift();
    if (queue.length === 0) waiting.delete(place);
    left -= first.dues.length;
    chosen.push(first);
  }
  return chosen;
}

function firstFree({ memory, clock }: DeliveryHost, waiting: ReadonlyMap<Place, unknown>): Instant | null {
  const now = clock.now();
  const moments = [...waiting.keys()].map((place) => freeFrom(memory, place, now) ?? now);
  return moments.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
}

function claimOf({ once }: Message, { key, basis }: Due): Claim {
  return { key, message: once, basis };
}
