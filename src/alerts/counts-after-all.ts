import { heldOn } from "../matter/history.ts";
import { standingOn } from "../matter/standing.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import { isStopped } from "../matter/stopped.ts";
import { addDays, daysBetween } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { FURTHEST, hourOf, movedLater, type Timing } from "./timing.ts";

const TAKING_BACK: ReadonlySet<string> = new Set(["rejected", "corrected"]);

/**
 * From when on a sum is told whose days count after all, as a claim was refused or struck out: the sums run through yesterday, so that they hold
 * it in the morning after. Null where that was long ago, and where nothing had stopped the count.
 */
export function countsAfterAll({ matter, today, zone }: Scene, item: ItemStanding, timing: Timing): Instant | null {
  const days = heldOn(matter.events, today)
    .filter(({ event }) => TAKING_BACK.has(event.type) && daysBetween(event.on, today) <= FURTHEST + 1)
    .map(({ event }) => event.on)
    .sort();
  const on = [...new Set(days)].findLast((day) => {
    const before = standingOn(matter, addDays(day, -1)).items.find(({ id }) => id === item.id);
    const after = standingOn(matter, day).items.find(({ id }) => id === item.id);
    return before !== undefined && after !== undefined && isStopped(before) && !isStopped(after);
  });
  return on === undefined ? null : movedLater(timing, hourOf(zone, addDays(on, 1)));
}
