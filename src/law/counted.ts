import { addDays, addMonths, type Day, dayOfSerial, earlier, isLeapYear, later, monthOf, serialOf, yearOf } from "../time/day.ts";
import { countedByDays, isByDays } from "./by-days.ts";
import type { Meter, Run } from "./meter.ts";
import { smaller } from "./money.ts";
import { countedDays, isPaused } from "./pauses.ts";
import type { Unit } from "./unit.ts";

/** What a meter has counted, before its sum is rounded. */
export interface Counted extends Pick<Run, "units" | "capReached" | "cap"> {
  /** The sum over `denominatorOf`; null where the rate is unknown. */
  readonly over: bigint | null;
}

/** What has run by the end of a day, without units that were set by hand and without a cap in common. */
export function counted(meter: Meter, through: Day): Counted {
  return isByDays(meter) ? countedByDays(meter, through, denominatorOf(meter)) : countedBySearch(meter, through);
}

/** By bisection for the days on which caps bind: for any meter, periods and calendar years among them. */
export function countedBySearch(meter: Meter, through: Day): Counted {
  const { perYear, units: most, amount } = meter.caps;
  // What a calendar year's cap leaves out is no unit: a cap on units then counts what is left.
  const open = perYear === null ? meter : { ...meter, caps: { ...meter.caps, units: null } };
  const last = meter.stop === null ? through : earlier(through, meter.stop);
  const reached = firstCap(open, last, most);
  const until = reached === null ? last : earlier(last, reached.day);
  const units = perYear === null ? unitsBy(open, until, until) : unitsByYears(open, until, perYear);
  const sum = sumBy(open, until);
  return {
    units: (most === null ? units : Math.min(units, most)) * meter.multiplier,
    over: sum === null || amount === null ? sum : smaller(sum, amount * denominatorOf(meter)),
    capReached: reached?.day ?? null,
    cap: reached?.cap ?? null,
  };
}

function firstCap(meter: Meter, last: Day, most: number | null): { day: Day; cap: Run["cap"] } | null {
  const { amount, until, perYear } = meter.caps;
  const found: { day: Day; cap: Run["cap"] }[] = [];
  if (until !== null && until <= last) found.push({ day: until, cap: "until" });
  const end = found[0]?.day ?? last;
  const isFull = (day: Day) => (perYear === null ? rawUnits(meter, day) : unitsByYears(meter, day, perYear)) >= (most ?? 0);
  if (most !== null && end > meter.expiry && isFull(end)) found.push({ day: firstDay(meter.expiry, end, isFull), cap: "units" });
  if (amount !== null && sumAtLeast(meter, end, amount)) {
    found.push({ day: firstDay(meter.expiry, end, (day) => sumAtLeast(meter, day, amount)), cap: "amount" });
  }
  const first = found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))[0] ?? null;
  return first ?? (perYear === null ? null : yearCap(meter, last, perYear));
}

/** A calendar-year cap binds for the rest of its year only, so it is reported while it does. */
function yearCap(meter: Meter, last: Day, perYear: bigint): { day: Day; cap: Run["cap"] } | null {
  const before = `${yearOf(last) - 1}-12-31` as Day;
  const full = (day: Day) => (plainSum(meter, day) ?? 0n) - (plainSum(meter, before) ?? 0n) >= perYear * denominatorOf(meter);
  if (last <= meter.expiry || !full(last)) return null;
  return { day: firstDay(later(meter.expiry, before), last, full), cap: "per-year" };
}

/** With a calendar-year cap the days behind a year's cap count in neither units nor sum; the next year begins anew. */
function unitsByYears(meter: Meter, through: Day, perYear: bigint): number {
  let units = 0;
  for (let year = yearOf(meter.expiry); year <= yearOf(through); year++) {
    const before = `${year - 1}-12-31` as Day;
    const end = earlier(through, `${year}-12-31` as Day);
    const full = (day: Day) => (plainSum(meter, day) ?? 0n) - (plainSum(meter, before) ?? 0n) >= perYear * denominatorOf(meter);
    const last = end > meter.expiry && full(end) ? firstDay(later(meter.expiry, before), end, full) : end;
    // A unit is of the year of the day on which it has come to be counted, as its sum is; with exclusive-last that is the day after its own.
    units += rawUnits(meter, last) - rawUnits(meter, earlier(before, last));
  }
  return units;
}

/** The first day after `after` on which a condition that stays true holds; it holds on `end`. */
export function firstDay(after: Day, end: Day, holds: (day: Day) => boolean): Day {
  let [low, high] = [serialOf(after), serialOf(end)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(dayOfSerial(middle))) high = middle;
    else low = middle;
  }
  return dayOfSerial(high);
}

/** Units by the end of a day when the meter stands at `through`; with exclusive-last it is the last day there that is left out. */
function unitsBy(meter: Meter, day: Day, through: Day): number {
  const by = meter.counting === "exclusive-last" ? countedDays(meter.expiry, day, meter.pauses) : rawUnits(meter, day);
  const capped = Math.min(by, rawUnits(meter, through));
  return meter.caps.units === null ? capped : Math.min(capped, meter.caps.units);
}

/** exclusive-last is one fewer than inclusive on every day; exclusive-first leaves out the first. */
function rawUnits(meter: Meter, day: Day): number {
  const { per, expiry } = meter;
  if (per.kind === "violation")
    return meter.violations.reduce((sum, { on, count }) => (on <= day && counts(meter, on) ? sum + count : sum), 0);
  const days = countedDays(expiry, day, meter.pauses);
  if (per.kind === "once") return Math.min(1, days);
  if (per.kind === "period") return meter.counting === "started" ? started(meter, days) : completed(expiry, per, days);
  return meter.counting === "exclusive-last" || meter.counting === "exclusive-first" ? Math.max(0, days - 1) : days;
}

function counts(meter: Meter, day: Day): boolean {
  return day > meter.expiry && !isPaused(day, meter.pauses);
}

/** The nth period is complete at the end of expiry + n × P, counted in days that are not paused. */
function completed(expiry: Day, per: Unit & { kind: "period" }, days: number): number {
  if (per.months === 0) return Math.floor(days / per.days);
  const end = addDays(expiry, days);
  const months = (yearOf(end) - yearOf(expiry)) * 12 + monthOf(end) - monthOf(expiry);
  const whole = Math.floor(months / per.months);
  return whole > 0 && addMonths(expiry, whole * per.months) > end ? whole - 1 : Math.max(0, whole);
}

function started(meter: Meter, days: number): number {
  return days === 0 ? 0 : completed(meter.expiry, meter.per as Unit & { kind: "period" }, days - 1) + 1;
}

function sumAtLeast(meter: Meter, day: Day, amount: bigint): boolean {
  const sum = sumBy(meter, day);
  return sum !== null && day > meter.expiry && sum >= amount * denominatorOf(meter);
}

/** The sum by the end of a day over `denominator`, calendar-year caps applied. */
function sumBy(meter: Meter, day: Day): bigint | null {
  const perYear = meter.caps.perYear;
  if (perYear === null) return plainSum(meter, day);
  if (meter.rate === null && meter.turnover === null) return null;
  let [total, before] = [0n, 0n];
  for (let year = yearOf(meter.expiry); year <= yearOf(day); year++) {
    const by = plainSum(meter, earlier(day, `${year}-12-31` as Day));
    if (by === null) return null;
    total += smaller(by - before, perYear * denominatorOf(meter));
    before = by;
  }
  return total;
}

/** Each unit at the rate in force on its day: the day itself, the day a period completes or begins, the day of a violation. */
function plainSum(meter: Meter, through: Day): bigint | null {
  if (meter.turnover !== null) {
    const { annual, percentOver } = meter.turnover;
    return annual * percentOver * BigInt(unitsBy(meter, through, through));
  }
  if (meter.rate === null) return null;
  let sum = 0n;
  let before = 0;
  const rates = [{ from: meter.expiry, rate: meter.rate }, ...meter.steps.filter(({ from }) => from <= through)];
  for (const [index, { rate }] of rates.entries()) {
    const next = rates[index + 1];
    const by = unitsBy(meter, next === undefined ? through : addDays(next.from, -1), through);
    sum += rate * BigInt(Math.max(0, by - before));
    before = Math.max(before, by);
  }
  return sum * BigInt(meter.multiplier);
}

/** Sums are kept as fractions over this and rounded once, half to even, at the total. */
export function denominatorOf(meter: Meter): bigint {
  if (meter.turnover === null) return 1n;
  return meter.turnover.percentUnder * 100n * (isLeapYear(meter.turnover.year) ? 366n : 365n);
}

/** The rate in force on a day; null where it is unknown. */
export function rateOn(meter: Meter, day: Day): bigint | null {
  return meter.steps.findLast(({ from }) => from <= day)?.rate ?? meter.rate;
}
