import type { ChatAdapter, Place } from "../ports/chat.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { DeliveryMemory } from "./delivery.ts";

/** From when on something may be posted in the place; null where it may be now. What was noted later than now was noted before the clock was set back. */
export function freeFrom({ free }: Pick<DeliveryMemory, "free">, place: Place, now: Instant): Instant | null {
  const rested = free.get(place);
  return rested === undefined || rested.until <= millisecondsOf(now) || rested.noted > now ? null : instantOf(rested.until);
}

/** So often as there are so many more places, those that are free again are forgotten. */
const MOST = 5_000;

/** After a call the place rests for the platform's pace, or as long as the platform asked where that is longer. */
export function rest({ free }: DeliveryMemory, place: Place, adapter: ChatAdapter, at: Instant, asked: Instant | null = null): void {
  const moment = millisecondsOf(at);
  if (free.size % MOST === MOST - 1) for (const [one, { until }] of free) if (until <= moment) free.delete(one);
  const paced = moment + adapter.pace;
  free.set(place, { noted: at, until: asked === null ? paced : Math.max(paced, millisecondsOf(asked)) });
}
