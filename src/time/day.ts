/** A civil day of some authority's zone, written 2024-02-18. Years 1900 to 2200. Compares as text. */
export type Day = string & { readonly brand: "Day" };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The day that the text names, or null where it names none (2023-02-30, 18/02/2024, a year outside 1900 to 2200). */
export function parseDay(text: string): Day | null {
  const found = SHAPE.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as Day;
}

/** The day that the text names; throws where it names none. For constants and values that were checked before. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new RangeError(`not a day: ${text}`);
  return parsed;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** 28 to 31; months count from 1. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : LENGTHS[month - 1]!;
}

const FIRST_YEAR = 1900;
const YEARS = 301;

/** Days are read digit by digit: deadlines and sums ask for their parts by the million, and a slice is a text of its own. */
const ZERO = 48;

export function yearOf(of: Day): number {
  return of.charCodeAt(0) * 1000 + of.charCodeAt(1) * 100 + of.charCodeAt(2) * 10 + of.charCodeAt(3) - ZERO * 1111;
}

export function monthOf(of: Day): number {
  return of.charCodeAt(5) * 10 + of.charCodeAt(6) - ZERO * 11;
}

export function dayOfMonth(of: Day): number {
  return of.charCodeAt(8) * 10 + of.charCodeAt(9) - ZERO * 11;
}

/** Whole days since 1970-01-01, negative before it. */
export function serialOf(of: Day): number {
  const first = MONTHS[(yearOf(of) - FIRST_YEAR) * 12 + monthOf(of) - 1];
  return first === undefined ? reckoned(yearOf(of), monthOf(of), dayOfMonth(of)) : first + dayOfMonth(of) - 1;
}

/** Howard Hinnant's days_from_civil: for the table of months, and for years beyond it. */
function reckoned(civilYear: number, month: number, dayInMonth: number): number {
  const year = month <= 2 ? civilYear - 1 : civilYear;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayInMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The first of each month of 1900 to 2200, in whole days since 1970-01-01. */
const MONTHS = Int32Array.from({ length: YEARS * 12 }, (_, month) => reckoned(FIRST_YEAR + Math.floor(month / 12), (month % 12) + 1, 1));

/** The day that many whole days after 1970-01-01. */
export function dayOfSerial(serial: number): Day {
  const shifted = serial + 719_468;
  const era = Math.floor(shifted / 146_097);
  // Whole numbers of an era are divided as such: it takes a fraction of the time of Math.floor.
  const dayOfEra = (shifted - era * 146_097) | 0;
  const yearOfEra = ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return written(year, month, dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1);
}

/** The days of 1900 to 2200 that were asked for, each written once. */
const WRITTEN = new Array<Day | undefined>(YEARS * 12 * 31);

function written(year: number, month: number, dayInMonth: number): Day {
  const place = ((year - FIRST_YEAR) * 12 + month - 1) * 31 + dayInMonth - 1;
  const known = WRITTEN[place];
  if (known !== undefined) return known;
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayInMonth).padStart(2, "0")}` as Day;
  if (place >= 0 && place < WRITTEN.length) WRITTEN[place] = text;
  return text;
}

export function addDays(to: Day, days: number): Day {
  return dayOfSerial(serialOf(to) + days);
}

/** The same day number that many months later; where that month has no such day, its last day. */
export function addMonths(to: Day, months: number): Day {
  const counted = yearOf(to) * 12 + (monthOf(to) - 1) + months;
  const year = (counted / 12) | 0;
  const month = counted - year * 12 + 1;
  return written(year, month, Math.min(dayOfMonth(to), daysInMonth(year, month)));
}

export function isMonthEnd(of: Day): boolean {
  return dayOfMonth(of) === daysInMonth(yearOf(of), monthOf(of));
}

export function monthEnd(of: Day): Day {
  return written(yearOf(of), monthOf(of), daysInMonth(yearOf(of), monthOf(of)));
}

/** Whole days from one day to the other: 1 from a day to the next, negative backwards. */
export function daysBetween(from: Day, to: Day): number {
  return serialOf(to) - serialOf(from);
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekday(of: Day): number {
  return ((((serialOf(of) + 3) % 7) + 7) % 7) + 1;
}

export function isWeekend(of: Day): boolean {
  return weekday(of) >= 6;
}

export function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

export function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}
