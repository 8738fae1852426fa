import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Claim, Outcome, Settled } from "../ports/delivery-log.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import { BATCH, type DeliveryHost, type Message } from "./delivery.ts";
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
  const waiting = lanesOf(messages);
  const outcomes = new Map<DeliveryKey, Outcome>();
  const busy = new Set<Place>();
  const ended = endings(host);
  const paceOver = paces(host);
  let held = 0;
  // A fault of ours where none can be: it ends this tick, whatever else is under way.
  const broken: unknown[] = [];
  let finished: Settled[] = [...memory.unsaved];

  function finish({ place }: Message, settled: readonly Settled[]): void {
    for (const one of settled) {
      outcomes.set(one.key, one.outcome);
      finished.push(one);
    }
    held -= settled.length;
    busy.delete(place);
    try {
      probe("posted-not-settled");
    } catch (error) {
      broken.push(error);
    }
    ended.one(broken.length === 0 ? finished.length : BATCH, busy.size);
  }

  function fail({ place }: Message, error: unknown): void {
    busy.delete(place);
    broken.push(error);
    ended.one(BATCH, busy.size);
  }

  try {
    for (;;) {
      const { chosen, freeAt } = host.stopping() ? NOTHING : choose(host, waiting, busy, BATCH - held);
      if (chosen.length > 0 || finished.length > 0) {
        const claims: Claim[] = [];
        for (const { once, dues } of chosen) for (const { key, basis } of dues) claims.push({ key, message: once, basis });
        if (claims.length > 0) probe("before-claim");
        const settling = finished;
        const taken = await deliveries.turn(settling, claims, clock.now());
        finished = finished.slice(settling.length);
        if (taken.size > 0) probe("after-claim");
        for (const message of chosen) {
          const dues = message.dues.filter(({ key }) => taken.has(key));
          if (dues.length === 0) continue;
          held += dues.length;
          busy.add(message.place);
          void postSafely(host, message, dues).then(
            (settled) => finish(message, settled),
            (error: unknown) => fail(message, error),
          );
        }
        if (busy.size > 1) probe("mid-post");
      }
      if (busy.size > 0 && broken.length === 0) await ended.enough(finished.length, busy.size, paceOver(freeAt));
      else if (finished.length === 0 && (chosen.length === 0 || isEmpty(waiting))) break;
      if (broken.length > 0) throw broken[0];
    }
  } finally {
    await ended.all(busy.size);
    memory.unsaved = finished;
  }
  return { outcomes, again: firstFree(host, waiting) };
}

/**
 * A transaction costs nearly as much for one as for sixteen: what was begun together is written down together. For no more is waited than twice
 * so many milliseconds after the first: one place that is slow keeps the others from nothing.
 */
const TOGETHER = 3;

interface Endings {
  /** Something that was posted has ended. */
  one(finished: number, busy: number): void;
  /** Returns when nothing is busy any more. */
  all(busy: number): Promise<void>;
  /** Returns when enough has ended to be written down, or another place may go on. */
  enough(finished: number, busy: number, paceOver: Promise<void> | null): Promise<void>;
}

function endings({ pause }: DeliveryHost): Endings {
  // Where no real time passes there is nothing to wait for.
  const least = pause === undefined ? 1 : BATCH;
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
function paces(host: DeliveryHost): (freeAt: Instant | null) => Promise<void> | null {
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

/** What waits, place by place, in the order in which the places came. */
interface Lanes {
  readonly lanes: readonly { readonly place: Place; readonly queue: readonly Message[]; next: number }[];
  /** Those before are empty. */
  from: number;
}

function lanesOf(messages: readonly Message[]): Lanes {
  const lanes = [...Map.groupBy(messages, ({ place }) => place)].map(([place, queue]) => ({ place, queue, next: 0 }));
  return { lanes, from: 0 };
}

function isEmpty({ lanes, from }: Lanes): boolean {
  return lanes.slice(from).every(({ queue, next }) => next === queue.length);
}

interface Chosen {
  readonly chosen: readonly Message[];
  /** When there is room left and a place waits for its pace alone: when the first of them is free. */
  readonly freeAt: Instant | null;
}

const NOTHING: Chosen = { chosen: [], freeAt: null };

/** The first message of each place that is free, as many as there is room for; they leave their queues. */
function choose(host: DeliveryHost, waiting: Lanes, busy: ReadonlySet<Place>, room: number): Chosen {
  const { lanes } = waiting;
  const chosen: Message[] = [];
  const now = host.clock.now();
  let freeAt: Instant | null = null;
  let left = room;
  for (let index = waiting.from; index < lanes.length && left > 0; index++) {
    const lane = lanes[index]!;
    const first = lane.queue[lane.next];
    if (first === undefined) {
      if (index === waiting.from) waiting.from++;
      continue;
    }
    if (first.dues.length > left || busy.has(lane.place)) continue;
    const free = freeFrom(host.memory, lane.place, now);
    if (free !== null) {
      if (freeAt === null || free < freeAt) freeAt = free;
      continue;
    }
    lane.next++;
    left -= first.dues.length;
    chosen.push(first);
  }
  return { chosen, freeAt: left > 0 ? freeAt : null };
}

function firstFree({ memory, clock }: DeliveryHost, { lanes }: Lanes): Instant | null {
  const now = clock.now();
  const waiting = lanes.filter(({ queue, next }) => next < queue.length);
  const moments = waiting.map(({ place }) => freeFrom(memory, place, now) ?? now);
  return moments.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
}
