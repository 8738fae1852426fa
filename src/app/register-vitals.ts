import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { Tally } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import { countsUnwatched } from "./unwatched.ts";
import type { DeskInView } from "./vitals.ts";

export interface RegisterVitals {
  readonly events: number;
  /** When the last event was recorded; null for an empty register. */
  readonly recordedAt: Instant | null;
  readonly states: ReadonlyMap<string, number>;
  readonly places: number;
  readonly watches: number;
  readonly unwatched: number;
  /** Places that watch something and whose platform this process does not serve: nobody tells them anything. */
  readonly unreached: number;
  /** Places that watch something and belong to another desk by now: what is due there waits. */
  readonly elsewhere: number;
  readonly deliveries: Tally;
}

/** What the registers of these desks say, summed up. */
export function registerVitals(
  desks: () => readonly DeskInView[],
  adapters: readonly ChatAdapter[],
  ownerOf: (place: Place) => string,
  stopwatch: () => number,
): () => Promise<RegisterVitals> {
  const counters = new WeakMap<DeskInView["store"], ReturnType<typeof countsUnwatched>>();

  function unwatchedOf(desk: DeskInView): ReturnType<typeof countsUnwatched> {
    const counter = counters.get(desk.store) ?? countsUnwatched(desk, stopwatch);
    counters.set(desk.store, counter);
    return counter;
  }

  function isServed(place: Place): boolean {
    return adapters.some(({ name }) => place.startsWith(`${name}:`));
  }

  async function vitalsOf(desk: DeskInView): Promise<RegisterVitals> {
    const { name = HOUSE_DESK, store } = desk;
    const { ledger, index, subscriptions, deliveries } = store;
    const { events } = await ledger.head();
    const [last] = events === 0 ? [] : await ledger.readAll(events - 1, 1);
    const all = await subscriptions.all();
    const watching = all.filter(({ place, watches }) => watches.length > 0 && !place.startsWith("console:"));
    const places = all.filter(({ place }) => isServed(place) && ownerOf(place) === name);
    return {
      events,
      recordedAt: last?.recordedAt ?? null,
      states: await index.states(),
      places: places.length,
      watches: places.reduce((sum, { watches }) => sum + watches.length, 0),
      unwatched: await unwatchedOf(desk)(places),
      unreached: watching.filter(({ place }) => !isServed(place)).length,
      elsewhere: watching.filter(({ place }) => isServed(place) && ownerOf(place) !== name).length,
      deliveries: await deliveries.tally(),
    };
  }

  return async () => {
    let sum: RegisterVitals | null = null;
    for (const desk of desks()) {
      const of = await vitalsOf(desk);
      sum = sum === null ? of : together(sum, of);
    }
    if (sum === null) throw new Error("no desk is open");
    return sum;
  };
}

function together(one: RegisterVitals, other: RegisterVitals): RegisterVitals {
  const states = new Map(one.states);
  for (const [state, count] of other.states) states.set(state, (states.get(state) ?? 0) + count);
  return {
    events: one.events + other.events,
    recordedAt: pick(one.recordedAt, other.recordedAt, (a, b) => a > b),
    states,
    places: one.places + other.places,
    watches: one.watches + other.watches,
    unwatched: one.unwatched + other.unwatched,
    unreached: one.unreached + other.unreached,
    elsewhere: one.elsewhere + other.elsewhere,
    deliveries: {
      delivered: one.deliveries.delivered + other.deliveries.delivered,
      later: one.deliveries.later + other.deliveries.later,
      unknown: one.deliveries.unknown + other.deliveries.unknown,
      never: one.deliveries.never + other.deliveries.never,
      claimed: one.deliveries.claimed + other.deliveries.claimed,
      oldestWaiting: pick(one.deliveries.oldestWaiting, other.deliveries.oldestWaiting, (a, b) => a < b),
    },
  };
}

/** The one that is to be preferred of those that are there. */
function pick(one: Instant | null, other: Instant | null, isBetter: (one: Instant, other: Instant) => boolean): Instant | null {
  if (one === null || other === null) return one ?? other;
  return isBetter(one, other) ? one : other;
}
