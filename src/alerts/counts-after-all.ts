import { heldOn } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import { addDays, daysBetween } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { FURTHEST, hourOf, movedLater, type Timing } from "./timing.ts";

/** What may change what had run before its day, of an item that goes on running. */
const MENDING: ReadonlySet<string> = new Set(["rejected", "corrected", "overridden", "extended"]);

/**
 * From when on a sum is told whose days count after all, or otherwise, as a claim was refused, or a stay, a cap or a rate was mended: the sums run
 * through yesterday, so that they hold it in the morning after. Null where that was long ago, and where what had run stayed as it was.
 */
export function countsAfterAll({ matter, today, zone }: Scene, item: ItemStanding, timing: Timing): Instant | null {
  const days = heldOn(matter.events, today)
    .filter(({ event }) => MENDING.has(event.type) && daysBetween(event.on, today) <= FURTHEST + 1)
    .map(({ event }) => event.on)
    .sort();
  const on = [...new Set(days)].findLast((day) => standingNow(matter, day).items.find(({ id }) => id === item.id)?.lacksDays === true);
  return on === undefined ? null : movedLater(timing, hourOf(zone, addDays(on, 1)));
}
