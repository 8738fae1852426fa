/**
 * The model's own calendar: every civil day of some decades written down one after the other, so that a day is its number in the list and nothing
 * is reckoned that can be looked up.
 */
interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const FIRST_YEAR = 2010;
const LAST_YEAR = 2060;
/** 1 January 2010 was a Friday; Monday is 1. */
const FIRST_WEEKDAY = 5;

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysOfYear(year: number): number {
  return isLeap(year) ? 366 : 365;
}

function daysOfMonth(year: number, month: number): number {
  return [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

const DAYS: Civil[] = [];
const NUMBERS = new Map<string, number>();
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++)
  for (let month = 1; month <= 12; month++)
    for (let day = 1; day <= daysOfMonth(year, month); day++) {
      NUMBERS.set(written({ year, month, day }), DAYS.length);
      DAYS.push({ year, month, day });
    }

function written({ year, month, day }: Civil): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function numberOf(text: string): number {
  const number = NUMBERS.get(text.slice(0, 10));
  if (number === undefined) throw new RangeError(`the almanac does not know ${text}`);
  return number;
}

export function textOf(number: number): string {
  return written(DAYS[number]!);
}

export function yearOf(number: number): number {
  return DAYS[number]!.year;
}

/** Monday is 1, Sunday is 7. */
export function weekdayOf(number: number): number {
  return ((FIRST_WEEKDAY - 1 + number) % 7) + 1;
}

/** The same day so many months later; where there is none, the last of that month. */
export function monthsLater(number: number, months: number): number {
  const { year, month, day } = DAYS[number]!;
  let [laterYear, laterMonth] = [year, month];
  for (let left = months; left > 0; left--) [laterYear, laterMonth] = laterMonth === 12 ? [laterYear + 1, 1] : [laterYear, laterMonth + 1];
  return numberOf(written({ year: laterYear, month: laterMonth, day: Math.min(day, daysOfMonth(laterYear, laterMonth)) }));
}

export function isLastOfMonth(number: number): boolean {
  const { year, month, day } = DAYS[number]!;
  return day === daysOfMonth(year, month);
}

export function lastOfMonth(number: number): number {
  let day = number;
  while (!isLastOfMonth(day)) day++;
  return day;
}

/** Easter Sunday by the anonymous Gregorian reckoning. */
function easter(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * week) / 451);
  const sum = moon + week - 7 * late + 114;
  return numberOf(written({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 }));
}

/** The eleven days of article L.3133-1 of the French labour code. */
const HOLIDAYS = new Set<number>();
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
  for (const [month, day] of [
    [1, 1],
    [5, 1],
    [5, 8],
    [7, 14],
    [8, 15],
    [11, 1],
    [11, 11],
    [12, 25],
  ] as const)
    HOLIDAYS.add(numberOf(written({ year, month, day })));
  for (const after of [1, 39, 50]) HOLIDAYS.add(easter(year) + after);
}

export function isOpen(number: number): boolean {
  return weekdayOf(number) < 6 && !HOLIDAYS.has(number);
}

/** Whether Paris has summer time at a local hour of the day: from the last Sunday of March, 3 o'clock, to that of October, 3 o'clock. */
export function isSummer(number: number, hour: number): boolean {
  const { year, month } = DAYS[number]!;
  if (month < 3 || month > 10) return false;
  if (month > 3 && month < 10) return true;
  let change = lastOfMonth(numberOf(written({ year, month, day: 1 })));
  while (weekdayOf(change) !== 7) change--;
  const changed = number > change || (number === change && hour >= 3);
  return month === 3 ? changed : !changed;
}
