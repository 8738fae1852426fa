import { calendarOf, covers } from "../law/calendar.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { addDays, type Day, weekday } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf, timeIn, type Zone } from "../time/instant.ts";
import { POLICY } from "./policy.ts";

/** When a place is spoken to: what of its settings moves a post. */
export type Timing = Pick<PlaceSettings, "zone" | "weekdays" | "holidays" | "quiet" | "stages">;

/** A place that is spoken to at any hour of any day. */
export const ANY_TIME: Timing = { zone: "UTC", weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: null, quiet: null, stages: null };

/** How many days back or ahead an open moment is looked for; a place without any is spoken to all the same. */
export const FURTHEST = 14;

/** Whether the place is spoken to on that day. A day beyond its calendar is one on which it is. */
export function isOpenDay(timing: Timing, day: Day): boolean {
  if (!timing.weekdays.includes(weekday(day))) return false;
  const calendar = calendarOf(timing.holidays);
  return calendar === null || !covers(calendar, day) || !calendar.holidays.has(day);
}

/** Whether the place may be spoken to at that moment. */
export function isOpen(timing: Timing, moment: Instant): boolean {
  // Most places are spoken to at any hour: nothing need be reckoned.
  if (timing.quiet === null && timing.holidays === null && timing.weekdays.length === 7) return true;
  return isOpenDay(timing, dayIn(timing.zone, moment)) && !isQuiet(timing, timeIn(timing.zone, moment));
}

function isQuiet({ quiet }: Pick<Timing, "quiet">, time: string): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  return quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to;
}

/** The authority's hour of speaking on a day. */
export function hourOf(zone: Zone, day: Day): Instant {
  return momentOf(zone, day, POLICY.at);
}

/** The usual hour of a place's first open day from that one on, or when its quiet hours are over; without one within two weeks, of that day. */
export function hourFrom(timing: Timing, day: Day): Instant {
  const ahead = Array.from({ length: FURTHEST + 1 }, (_, days) => addDays(day, days));
  return movedLater(timing, momentOf(timing.zone, ahead.find((one) => isOpenDay(timing, one)) ?? day, POLICY.at));
}

const MINUTE = 60_000;

/** The last open moment at or before one: a post is moved earlier, never later. Where there is none within two weeks, the moment itself. */
export function movedEarlier(timing: Timing, moment: Instant): Instant {
  if (isOpen(timing, moment)) return moment;
  const last = dayIn(timing.zone, moment);
  for (let back = 0; back <= FURTHEST; back++) {
    const day = addDays(last, -back);
    if (!isOpenDay(timing, day)) continue;
    const open = closings(timing, day).filter((one) => one <= moment && isOpen(timing, one));
    const hour = momentOf(timing.zone, day, POLICY.at);
    if (open.length > 0) return back > 0 && open.includes(hour) ? hour : open.at(-1)!;
  }
  return moment;
}

/**
 * The first open moment at or after one; on a later day its usual hour, or when quiet hours end, whichever comes first: nobody is spoken to at midnight
 * since a day begins. Where there is none within two weeks, the moment itself.
 */
export function movedLater(timing: Timing, moment: Instant): Instant {
  if (isOpen(timing, moment)) return moment;
  const first = dayIn(timing.zone, moment);
  for (let ahead = 0; ahead <= FURTHEST; ahead++) {
    const day = addDays(first, ahead);
    if (!isOpenDay(timing, day)) continue;
    const times = [...(ahead === 0 ? [] : [POLICY.at]), ...(timing.quiet === null ? [] : [timing.quiet.to])];
    const opens = times.map((time) => momentOf(timing.zone, day, time)).sort();
    const after = opens.find((one) => one >= moment && isOpen(timing, one));
    if (after !== undefined) return after;
  }
  return moment;
}

/** Moments of a day at which a post that is moved can be made: the usual hour, when quiet hours end, and just before they begin. */
function closings({ zone, quiet }: Timing, day: Day): readonly Instant[] {
  const hour = momentOf(zone, day, POLICY.at);
  const quietFrom = quiet === null ? [] : [beforeQuiet({ zone, quiet }, day, quiet.from)];
  const quietTo = quiet === null ? [] : [momentOf(zone, day, quiet.to)];
  return [hour, ...quietFrom, ...quietTo].sort();
}

/** No day's clocks are put forward by more, in minutes. */
const SKIPPED = 120;

/** The minute before quiet hours begin; where that hour is skipped as clocks are put forward, the last one before they are. */
function beforeQuiet(timing: Pick<Timing, "zone" | "quiet">, day: Day, from: string): Instant {
  const begins = millisecondsOf(momentOf(timing.zone, day, from));
  const before = (minutes: number) => instantOf(begins - minutes * MINUTE);
  const isHeard = (at: Instant) => !isQuiet(timing, timeIn(timing.zone, at));
  for (let minutes = 1; minutes <= SKIPPED; minutes++) if (isHeard(before(minutes))) return before(minutes);
  return before(1);
}
