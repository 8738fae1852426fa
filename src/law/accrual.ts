import { addDays, addMonths, type Day, dayOfSerial, earlier, isLeapYear, later, monthOf, serialOf, yearOf } from "../time/day.ts";
import { divideHalfEven } from "./money.ts";
import { countedDays, isPaused, type Pause } from "./pauses.ts";
import type { Unit } from "./unit.ts";

export type Counting = "inclusive" | "exclusive-last" | "exclusive-first" | "completed" | "started";

/** A daily-penalty meter: all that decides what has run by a day. Amounts in minor units. */
export interface Meter {
  readonly expiry: Day;
  /** For one unit; null where the rate is unknown (units are counted all the same). */
  readonly rate: bigint | null;
  readonly per: Unit;
  /** unit-day: profiles, sites …; else 1. */
  readonly multiplier: number;
  readonly turnover: { readonly annual: bigint; readonly percentOver: bigint; readonly percentUnder: bigint; readonly year: number } | null;
  readonly counting: Counting;
  readonly caps: {
    readonly amount: bigint | null;
    readonly units: number | null;
    readonly until: Day | null;
    readonly perYear: bigint | null;
  };
  /** Dated rates after the first, in order. */
  readonly steps: readonly { readonly from: Day; readonly rate: bigint }[];
  readonly pauses: readonly Pause[];
  /** The last day that counts, where something has ended the meter. */
  readonly stop: Day | null;
  readonly violations: readonly { readonly on: Day; readonly count: number }[];
  /** A person has set the units at the end of a day by hand; later days add to them. */
  readonly set?: { readonly on: Day; readonly units: number };
}

/** What has run by the end of a day. */
export interface Run {
  /** What the rate is multiplied by. */
  readonly units: number;
  readonly amount: bigint | null;
  /** The first day at whose end a cap binds. */
  readonly capReached: Day | null;
  readonly cap: "amount" | "units" | "until" | "per-year" | null;
}

/** The closed form: its cost does not grow with the days. */
export function run(meter: Meter, through: Day): Run {
  return meter.set === undefined || through < meter.set.on ? runCounted(meter, through) : runFromSet(meter, meter.set, through);
}

/** From the day on which the units were set by hand, what runs is added to them, up to the same caps. */
function runFromSet(meter: Meter, set: NonNullable<Meter["set"]>, through: Day): Run {
  const open = { ...meter, caps: { ...meter.caps, amount: null, units: null } };
  const then = runCounted(open, set.on);
  const rate = meter.turnover === null ? rateOn(meter, set.on) : null;
  const on = (day: Day) => {
    const ran = runCounted(open, day);
    const known = ran.amount !== null && then.amount !== null && rate !== null;
    return { ran, units: set.units + ran.units - then.units, amount: known ? rate * BigInt(set.units) + ran.amount - then.amount : null };
  };
  const { amount: most, units: mostUnits } = meter.caps;
  const full = (day: Day) => {
    const { units, amount } = on(day);
    return (mostUnits !== null && units >= mostUnits * meter.multiplier) || (most !== null && amount !== null && amount >= most);
  };
  const reached = full(through) ? (full(set.on) ? set.on : firstDay(set.on, through, full)) : null;
  const { ran, units, amount } = on(reached ?? through);
  const capped = amount === null || most === null ? amount : smaller(amount, most);
  const cap = mostUnits !== null && units >= mostUnits * meter.multiplier ? "units" : "amount";
  return { units, amount: capped, capReached: reached ?? ran.capReached, cap: reached === null ? ran.cap : cap };
}

function runCounted(meter: Meter, through: Day): Run {
  const last = meter.stop === null ? through : earlier(through, meter.stop);
  const reached = firstCap(meter, last);
  const until = reached === null ? last : earlier(last, reached.day);
  const counted = meter.caps.perYear === null ? unitsBy(meter, until, until) : unitsByYears(meter, until, meter.caps.perYear);
  const sum = sumBy(meter, until);
  const capped = sum === null || meter.caps.amount === null ? sum : smaller(sum, meter.caps.amount * denominator(meter));
  return {
    units: counted * meter.multiplier,
    amount: capped === null ? null : divideHalfEven(capped, denominator(meter)),
    capReached: reached?.day ?? null,
    cap: reached?.cap ?? null,
  };
}

function firstCap(meter: Meter, last: Day): { day: Day; cap: Run["cap"] } | null {
  const { amount, units, until, perYear } = meter.caps;
  const found: { day: Day; cap: Run["cap"] }[] = [];
  if (until !== null && until <= last) found.push({ day: until, cap: "until" });
  const end = found[0]?.day ?? last;
  if (units !== null && end > meter.expiry && rawUnits(meter, end) >= units) {
    found.push({ day: firstDay(meter.expiry, end, (day) => rawUnits(meter, day) >= units), cap: "units" });
  }
  if (amount !== null && sumAtLeast(meter, end, amount)) {
    found.push({ day: firstDay(meter.expiry, end, (day) => sumAtLeast(meter, day, amount)), cap: "amount" });
  }
  const first = found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))[0] ?? null;
  return first ?? (perYear === null ? null : yearCap(meter, last, perYear));
}

/** A calendar-year cap binds for the rest of its year only, so it is reported while it does. */
function yearCap(meter: Meter, last: Day, perYear: bigint): { day: Day; cap: Run["cap"] } | null {
  const before = `${yearOf(last) - 1}-12-31` as Day;
  const full = (day: Day) => (plainSum(meter, day) ?? 0n) - (plainSum(meter, before) ?? 0n) >= perYear * denominator(meter);
  if (last <= meter.expiry || !full(last)) return null;
  return { day: firstDay(later(meter.expiry, before), last, full), cap: "per-year" };
}

/** With a calendar-year cap the days behind a year's cap count in neither units nor sum; the next year begins anew. */
function unitsByYears(meter: Meter, through: Day, perYear: bigint): number {
  let units = 0;
  for (let year = yearOf(meter.expiry); year <= yearOf(through); year++) {
    const before = `${year - 1}-12-31` as Day;
    const end = earlier(through, `${year}-12-31` as Day);
    const full = (day: Day) => (plainSum(meter, day) ?? 0n) - (plainSum(meter, before) ?? 0n) >= perYear * denominator(meter);
    const last = end > meter.expiry && full(end) ? firstDay(later(meter.expiry, before), end, full) : end;
    units += unitsBy(meter, last, through) - unitsBy(meter, earlier(before, last), through);
  }
  return units;
}

/** The first day after `after` on which a condition that stays true holds; it holds on `end`. */
function firstDay(after: Day, end: Day, holds: (day: Day) => boolean): Day {
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
  return sum !== null && day > meter.expiry && sum >= amount * denominator(meter);
}

/** The sum by the end of a day over `denominator`, calendar-year caps applied. */
function sumBy(meter: Meter, day: Day): bigint | null {
  const perYear = meter.caps.perYear;
  if (perYear === null) return plainSum(meter, day);
  let [total, before] = [0n, 0n];
  for (let year = yearOf(meter.expiry); year <= yearOf(day); year++) {
    const by = plainSum(meter, earlier(day, `${year}-12-31` as Day));
    if (by === null) return null;
    total += smaller(by - before, perYear * denominator(meter));
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
function denominator(meter: Meter): bigint {
  if (meter.turnover === null) return 1n;
  return meter.turnover.percentUnder * 100n * (isLeapYear(meter.turnover.year) ? 366n : 365n);
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** The rate in force on a day; null where it is unknown. */
export function rateOn(meter: Meter, day: Day): bigint | null {
  return meter.steps.findLast(({ from }) => from <= day)?.rate ?? meter.rate;
}
