import { type Calendar, nextWorkingDay } from "../../src/law/calendar.ts";
import { isRefusal } from "../../src/law/finding.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";

const FIRST_YEAR = 2000;
const LAST = day("2040-12-20");
const ZERO = 48;

/** The limit of what such a question can cost: its parts read, its month added, and one look-up in a table of all answers. No rule, no steps. */
export function bareTable(calendar: Calendar): (from: Day, months: number) => Day {
  const rolled: Day[] = [];
  for (let one = day("2000-01-01"); one <= LAST; one = addDays(one, 1)) {
    const next = nextWorkingDay(calendar, one);
    if (isRefusal(next)) throw new Error(next.refused);
    rolled[placeOf(Number(one.slice(0, 4)), Number(one.slice(5, 7)), Number(one.slice(8)))] = next;
  }
  // A day that its month does not have is the month's last.
  for (let place = 1; place < rolled.length; place++) rolled[place] ??= rolledOfMonthEnd(rolled, place);
  return (from, months) => {
    const year = from.charCodeAt(0) * 1000 + from.charCodeAt(1) * 100 + from.charCodeAt(2) * 10 + from.charCodeAt(3) - ZERO * 1111;
    const month = from.charCodeAt(5) * 10 + from.charCodeAt(6) - ZERO * 11;
    return rolled[placeOf(year, month + months, from.charCodeAt(8) * 10 + from.charCodeAt(9) - ZERO * 11)]!;
  };
}

function placeOf(year: number, month: number, dayOfMonth: number): number {
  return ((year - FIRST_YEAR) * 12 + month - 1) * 31 + dayOfMonth - 1;
}

function rolledOfMonthEnd(rolled: readonly Day[], place: number): Day {
  let found = place;
  while (rolled[found] === undefined) found--;
  return rolled[found]!;
}
