import { addDays, type Day, daysBetween } from "../time/day.ts";

/** How many days before a deadline it is spoken of. */
export const REMINDER_STAGES = [30, 14, 7, 3, 1, 0] as const;

/** Of these, with the last working day before, the ones that nothing silences: no acknowledgement, no snooze, no other choice of a place. */
export const ALWAYS_STAGES = [3, 1, 0] as const;

/** The next day after today on which the deadline will be spoken of, the last working day before it among them; null after the last. */
export function nextReminder(deadline: Day, lastWorkingDay: Day, today: Day): { readonly day: Day; readonly left: number } | null {
  const days = [...REMINDER_STAGES.map((stage) => addDays(deadline, -stage)), lastWorkingDay].filter((day) => day > today).sort();
  const next = days[0];
  return next === undefined ? null : { day: next, left: daysBetween(next, deadline) };
}
