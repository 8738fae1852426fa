import { heldOn } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { type Instant, momentOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { FURTHEST, hourOf, movedLater, type Timing } from "./timing.ts";

/** What falls due from then on is said at the end of it; null is any time before. */
export interface Hold {
  readonly from: Instant | null;
  readonly until: Instant;
}

/**
 * From when until when no sum is told, as on that day an event made days count after all, or otherwise: a claim was refused or accepted, or a stay, a
 * cap or a rate was mended. The sums run through yesterday, so that they hold it in the morning after. Null where that was long ago, and where what
 * had run stayed as it was.
 */
export function countsAfterAll({ matter, today, zone }: Scene, item: ItemStanding, timing: Timing): Hold | null {
  const days = heldOn(matter.events, today)
    .filter(({ event }) => daysBetween(event.on, today) <= FURTHEST + 1)
    .map(({ event }) => event.on)
    .sort();
  const itemOn = (day: Day) => standingNow(matter, day).items.find(({ id }) => id === item.id);
  const on = [...new Set(days)].findLast((day) => itemOn(day)?.lacksDays === true);
  if (on === undefined) return null;
  // What is due of days before was said then only where it ran then as it does now: not where it was claimed, stayed, or stopped by another cap.
  const from = ranAs(item, itemOn(addDays(on, -1))) ? momentOf(zone, on, "00:00") : null;
  return { from, until: movedLater(timing, hourOf(zone, addDays(on, 1))) };
}

function ranAs(item: ItemStanding, before: ItemStanding | undefined): boolean {
  return before?.state === item.state && before.expiry === item.expiry && before.capReached === item.capReached;
}
