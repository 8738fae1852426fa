import Holidays from "date-holidays";
import type { Day } from "../../src/time/day.ts";

const FRANCE = new Holidays("FR", { types: ["public"] });
/** Noon at Greenwich is the same civil day in Paris. */
const NOON = "T12:00:00Z";
const DAY = 86_400_000;

/** As its documentation has it: the library is asked about the day, at each query. */
function isOpen(date: Date): boolean {
  const weekday = date.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  return FRANCE.isHoliday(date) === false;
}

function written(date: Date): Day {
  return date.toISOString().slice(0, 10) as Day;
}

/** So many months later, and on to the next working day. */
export function rolledByLibrary(from: Day, months: number): Day {
  const start = new Date(from + NOON);
  const day = start.getUTCDate();
  let end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1, 12));
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0, 12)).getUTCDate();
  end = new Date(end.getTime() + (Math.min(day, last) - 1) * DAY);
  while (!isOpen(end)) end = new Date(end.getTime() + DAY);
  return written(end);
}

export function businessDaysByLibrary(from: Day, count: number): Day {
  let day = new Date(from + NOON);
  for (let left = count; left > 0; ) {
    day = new Date(day.getTime() + DAY);
    if (isOpen(day)) left--;
  }
  return written(day);
}
