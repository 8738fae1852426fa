import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";

/** How many days before a deadline it is spoken of. */
export const REMINDER_STAGES = [30, 14, 7, 3, 1, 0] as const;

/** Of these, with the last working day before, the ones that nothing silences: no acknowledgement, no snooze, no other choice of a place. */
export const ALWAYS_STAGES = [3, 1, 0] as const;

/** The wall-clock time at the authority from which the day's reminders are said. */
export const REMINDER_TIME = "09:00";

/** The last day at the authority of which the reminders have been said by then. */
export function saidThrough(zone: Zone, now: Instant): Day {
  const today = dayIn(zone, now);
  return now < momentOf(zone, today, REMINDER_TIME) ? addDays(today, -1) : today;
}

/**
 * The next day after that one on which the deadline will be spoken of, the last working day before it among them; null after the last. One that
 * ends at an hour, `time`, before that of reminders is spoken of for the last time on the day before.
 */
export function nextReminder(
  deadline: Day,
  lastWorkingDay: Day,
  after: Day,
  time: string | null = null,
): { readonly day: Day; readonly left: number } | null {
  const stages = REMINDER_STAGES.filter((stage) => stage > 0 || time === null || time > REMINDER_TIME);
  const days = [...stages.map((stage) => addDays(deadline, -stage)), lastWorkingDay].filter((day) => day > after).sort();
  const next = days[0];
  return next === undefined ? null : { day: next, left: daysBetween(next, deadline) };
}
