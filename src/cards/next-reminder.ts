import { addDays, type Day, daysBetween } from "../time/day.ts";

/** How many days before a deadline it is spoken of. */
export const REMINDER_STAGES = [30, 14, 7, 3, 1, 0] as const;

/** Of these, with the last working day before, the ones that nothing silences: no acknowledgement, no snooze, no other choice of a place. */
export const ALWAYS_STAGES = [3, 1, 0] as const;

/** The wall-clock time at the authority from which the day's reminders are said. */
export const REMINDER_TIME = "09:00";

/** When a deadline is spoken of, and how many days are left then. */
export interface Reminder {
  readonly day: Day;
  readonly left: number;
}

/** The next day after that one on which the deadline is usually spoken of, the last working day before it among them; null after the last. */
export function nextReminder(deadline: Day, lastWorkingDay: Day, after: Day): Reminder | null {
  const days = [...REMINDER_STAGES.map((stage) => addDays(deadline, -stage)), lastWorkingDay].filter((day) => day > after).sort();
  const next = days[0];
  return next === undefined ? null : { day: next, left: daysBetween(next, deadline) };
}
