import { addDays, type Day } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf, timeIn, type Zone } from "../time/instant.ts";
import { type Refusal, refuse } from "./finding.ts";

/** Of a time of day that comes twice, when the clocks are put back: which of the two. */
export type Which = "first" | "second";

/** A time of day that the zone's clocks never show on that day, since they are put forward over it: null, or the refusal. */
export function skippedTime(zone: Zone, day: Day, time: string): Refusal | null {
  const shown = timeIn(zone, momentOf(zone, day, time));
  return shown === time || time === "24:00" ? null : refuse("time-skipped", { day, time });
}

/** The moment of a time of day; of one that comes twice the first, unless the second is asked for. */
export function momentAt(zone: Zone, day: Day, time: string, which: Which = "first"): Instant {
  const first = momentOf(zone, day, time);
  return which === "first" ? first : (again(zone, first) ?? first);
}

/** Which of the two the moment is, where its time of day comes twice; null where it comes once. */
export function whichOf(zone: Zone, instant: Instant): Which | null {
  const first = momentOf(zone, dayIn(zone, instant), timeIn(zone, instant));
  if (first !== instant) return "second";
  return again(zone, first) === null ? null : "first";
}

const HALF_HOUR = 1_800_000;

/** The same time of day once more, half an hour later or up to two hours: clocks are put back by that. */
function again(zone: Zone, first: Instant): Instant | null {
  const [day, time] = [dayIn(zone, first), timeIn(zone, first)];
  // On most days nothing is put back, and nothing need be looked for.
  if (millisecondsOf(momentOf(zone, addDays(day, 1))) - millisecondsOf(momentOf(zone, day)) <= 48 * HALF_HOUR) return null;
  for (let later = 1; later <= 4; later++) {
    const found = instantOf(millisecondsOf(first) + later * HALF_HOUR);
    if (timeIn(zone, found) === time && dayIn(zone, found) === day) return found;
  }
  return null;
}
