import type { DeliveryKey, Place } from "../ports/chat.ts";
import { type Claim, ErasedSince, type Outcome, type Settled } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";
import { isFirst, isItsTurn, noteEnd } from "./cut-short.ts";
import { endings, paces } from "./deliver-waits.ts";
import type { DeliveryHost, Message } from "./delivery.ts";
import { freeFrom, restAfter } from "./pace.ts";
import { isOver } from "./sight-book.ts";
import { wayOf } from "./ways.ts";

export interface Delivered {
  /** What came of the keys that were tried. */
  readonly outcomes: ReadonlyMap<DeliveryKey, Outcome>;
  /** When something waits for its place, the moment at which the first may go on. */
  readonly again: Instant | null;
  /** Something was erased since the tick began: nothing more of what it has read is said. */
  readonly isErased: boolean;
}

/**
 * Claims, posts and settles: one message at a time in a place and at its pace, in the order given, and not too many keys between claim and settle.
 * What cannot go yet is left unclaimed. Where several processes deliver, whichever is free posts and settles, and this one waits for what comes of
 * it. Where something is erased meanwhile, nothing more is begun. Throws when the log cannot be written: then nothing more is posted, and what came out is written first the next time.
 */
export async function deliverAll(host: DeliveryHost, messages: readonly Message[]): Promise<Delivered> {
  const { clock, memory, probe } = host;
  const waiting = lanesOf(host, messages);
  const outcomes = new Map<DeliveryKey, Outcome>();
  const busy = new Set<Place>();
  const way = wayOf(host);
  const ended = endings(host, way.together);
  const paceOver = paces(host);
  let held = 0;
  let isErased = false;
  // Keys of which it is known since the last turn what came of them.
  let fresh = 0;
  // A fault of ours where none can be: it ends this tick, whatever else is under way.
  const broken: unknown[] = [];
  let finished: Settled[] = [...memory.unsaved];

  function finish(message: Message, settled: readonly Settled[], isSaved: boolean): void {
    const { place, dues } = message;
    for (const one of settled) {
      outcomes.set(one.key, one.outcome);
      if (!isSaved) finished.push(one);
    }
    held -= dues.length;
    fresh += dues.length;
    busy.delete(place);
    try {
      restAfter(host, message, settled);
      noteEnd(host, message, settled);
      probe("posted-not-settled");
    } catch (error) {
      broken.push(error);
    }
    ended.one(broken.length === 0 ? fresh : way.together, busy.size);
  }

  function fail({ place }: Message, error: unknown): void {
    busy.delete(place);
    broken.push(error);
    ended.one(way.together, busy.size);
  }

  try {
    for (;;) {
      const { chosen, freeAt } = host.stopping() || isErased ? NOTHING : choose(host, waiting, busy, way.most - held);
      fresh = 0;
      if (chosen.length > 0 || finished.length > 0) {
        const claims: Claim[] = [];
        for (const { once, dues } of chosen) for (const { key, basis } of dues) claims.push({ key, message: once, basis });
        if (claims.length > 0) probe("before-claim");
        const settling = finished;
        const begun = await way.begin(settling, claims, chosen, clock.now()).catch((error: unknown) => {
          if (error instanceof ErasedSince) return null;
          throw error;
        });
        if (begun === null) {
          isErased = true;
          continue;
        }
        finished = finished.slice(settling.length);
        if (begun.length > 0) probe("after-claim");
        for (const { message, isSaved, posted } of begun) {
          held += message.dues.length;
          busy.add(message.place);
          void posted().then(
            (settled) => finish(message, settled, isSaved),
            (error: unknown) => fail(message, error),
          );
        }
        if (busy.size > 1) probe("mid-post");
      }
      if (busy.size > 0 && broken.length === 0) await ended.enough(fresh, busy.size, paceOver(freeAt));
      else if (finished.length === 0 && (chosen.length === 0 || isEmpty(waiting))) break;
      if (broken.length > 0) throw broken[0];
    }
  } finally {
    await ended.all(busy.size);
    memory.unsaved = finished;
  }
  return { outcomes, again: firstFree(host, waiting), isErased };
}

/** What waits, place by place, in the order in which the places came; in each what was cut short there goes first. */
interface Lanes {
  readonly lanes: readonly { readonly place: Place; readonly queue: readonly Message[]; next: number }[];
  /** Those before are empty. */
  from: number;
}

function lanesOf({ memory }: DeliveryHost, messages: readonly Message[]): Lanes {
  const isBefore = (one: Message) => isFirst(memory, one);
  const lanes = [...Map.groupBy(messages, ({ place }) => place)].map(([place, queue]) => {
    const isInOrder = queue.length === 1 || !queue.some(isBefore);
    return { place, queue: isInOrder ? queue : [...queue.filter(isBefore), ...queue.filter((one) => !isBefore(one))], next: 0 };
  });
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
    if (first.dues.length > left || busy.has(lane.place) || isOver(host, lane.place) || !isItsTurn(host.memory, first)) continue;
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
