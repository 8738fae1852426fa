/**
 * Days that a list of holidays will hold in years for which nobody has published it yet. Only what at least two published lists contain and none
 * leaves out is projected: a day too many would make a deadline too late, a day too few only too early.
 */
import { addDays, type Day, day, isWeekend } from "../src/time/day.ts";

/** A list as it was published, from its year's first day to the last one that was read; weekends are not in it. */
export interface PublishedList {
  readonly year: number;
  readonly until: string;
  readonly days: readonly string[];
}

/** A day of the year: its month and day, or how many days it lies from Easter Sunday. */
type Recurring = { readonly date: string } | { readonly easter: number };

/** Easter Sunday of the Gregorian calendar (the anonymous computation of 1876, as in Butcher). */
export function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return day(`${year}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** Maundy Thursday, Good Friday, Easter Monday, Ascension Day, the day after it and Whit Monday. */
const MOVABLE: readonly Recurring[] = [-3, -2, 1, 39, 40, 50].map((from) => ({ easter: from }));

function fixedDays(): readonly Recurring[] {
  const dates: Recurring[] = [];
  for (let one = day("2023-01-01"); one <= "2023-12-31"; one = addDays(one, 1)) dates.push({ date: one.slice(5) });
  return dates;
}

function inYear(one: Recurring, year: number): Day {
  return "date" in one ? day(`${year}-${one.date}`) : addDays(easter(year), one.easter);
}

/** What recurs in the lists: contained in two at least, and in none of them a working day. */
function recurringIn(lists: readonly PublishedList[]): readonly Recurring[] {
  return [...fixedDays(), ...MOVABLE].filter((one) => {
    const read = lists.map(({ year, until, days }) => ({ on: inYear(one, year), until, days })).filter(({ on, until }) => on <= until);
    const held = read.filter(({ on, days }) => days.includes(on) && !("date" in one && movesWithEaster(on)));
    return held.length >= 2 && read.every(({ on, days }) => days.includes(on) || isWeekend(on));
  });
}

/** On the same date in two years by chance: 29 May was Ascension Day in 2014 and Whit Monday in 2023. */
function movesWithEaster(on: Day): boolean {
  return MOVABLE.some((one) => inYear(one, Number(on.slice(0, 4))) === on);
}

/** The projected days after the last one that was read, through a day. */
export function projectedDays(lists: readonly PublishedList[], after: string, through: string): readonly string[] {
  return projectedYears(lists, Number(after.slice(0, 4)), Number(through.slice(0, 4))).filter((one) => one > after && one <= through);
}

/** The same for whole years, published ones too: what a projection would have said of them. */
export function projectedYears(lists: readonly PublishedList[], first: number, last: number): readonly string[] {
  const recurring = recurringIn(lists);
  const days = new Set<string>();
  for (let year = first; year <= last; year++) {
    for (const one of recurring) {
      const on = inYear(one, year);
      if (!isWeekend(on)) days.add(on);
    }
  }
  return [...days].sort();
}
