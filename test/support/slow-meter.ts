import type { Meter, Run } from "../../src/law/accrual.ts";
import { addDays, addMonths, type Day } from "../../src/time/day.ts";

/** One thing that is paid for, on the day that decides its rate. */
interface Unit {
  readonly on: Day;
}

/**
 * What has run by the end of a day, counted one day after the other as docs/contract.md says it in words: slow, and with nothing of the
 * closed form in src/law. For meters per day, per period and once, without turnover; calendar-year caps are counted by slowYears.
 */
export function slowRun(meter: Meter, through: Day): Run {
  const { expiry, caps, stop } = meter;
  const start = caps.until !== null && caps.until <= expiry ? caps.until : expiry;
  const counted: Day[] = [];
  for (let day = start; day <= through && (stop === null || day <= stop); day = addDays(day, 1)) {
    if (day > expiry && !isStayed(meter, day)) counted.push(day);
    const units = unitsOf(meter, counted);
    const sum = sumOf(meter, units);
    const cap =
      caps.until !== null && day >= caps.until
        ? "until"
        : day > expiry && caps.units !== null && units.length >= caps.units
          ? "units"
          : day > expiry && caps.amount !== null && sum !== null && sum >= caps.amount
            ? "amount"
            : null;
    if (cap !== null) return answer(meter, units, sum, day);
  }
  const units = unitsOf(meter, counted);
  return answer(meter, units, sumOf(meter, units), null);
}

function answer({ caps, multiplier }: Meter, units: readonly Unit[], sum: bigint | null, capReached: Day | null): Run {
  const amount = sum !== null && caps.amount !== null && sum > caps.amount ? caps.amount : sum;
  return { units: units.length * multiplier, amount, capReached, cap: null };
}

function isStayed({ pauses }: Meter, day: Day): boolean {
  return pauses.some(({ from, to }) => day >= from && (to === null || day <= to));
}

/** The units that the counted days have made, in order. */
function unitsOf({ per, counting, expiry }: Meter, counted: readonly Day[]): readonly Unit[] {
  if (per.kind === "once") return counted.slice(0, 1).map((on) => ({ on }));
  if (per.kind !== "period") {
    const days = counted.map((on) => ({ on }));
    if (counting === "exclusive-last") return days.slice(0, -1);
    return counting === "exclusive-first" ? days.slice(1) : days;
  }
  // Without a stay the nth period would end on expiry + n × P; each day that does not count moves that on by one.
  const units: Unit[] = [];
  for (const [index, on] of counted.entries()) {
    const unstayed = addDays(expiry, index + 1);
    const begun = units.length + 1;
    const boundary = (n: number) => (per.months > 0 ? addMonths(expiry, n * per.months) : addDays(expiry, n * per.days));
    if (counting === "started" ? unstayed === addDays(boundary(begun - 1), 1) : unstayed === boundary(begun)) units.push({ on });
  }
  return units;
}

function sumOf({ rate, steps, multiplier }: Meter, units: readonly Unit[]): bigint | null {
  if (rate === null) return null;
  let sum = 0n;
  for (const { on } of units) {
    let inForce = rate;
    for (const step of steps) if (step.from <= on) inForce = step.rate;
    sum += inForce * BigInt(multiplier);
  }
  return sum;
}

/** A meter per day, every day counted, or per violation, with a calendar-year cap: each year on its own, day after day. */
export function slowYears(meter: Meter, through: Day): Pick<Run, "units" | "amount"> {
  const { expiry, caps, stop, rate, violations } = meter;
  const years = new Map<string, bigint>();
  let units = 0;
  for (let day = addDays(expiry, 1); day <= through && (stop === null || day <= stop); day = addDays(day, 1)) {
    const year = day.slice(0, 4);
    const before = years.get(year) ?? 0n;
    if (isStayed(meter, day) || before >= caps.perYear! || (caps.until !== null && day > caps.until)) continue;
    const adds = meter.per.kind === "violation" ? violations.reduce((sum, one) => sum + (one.on === day ? one.count : 0), 0) : 1;
    let inForce = rate!;
    for (const step of meter.steps) if (step.from <= day) inForce = step.rate;
    units += adds;
    years.set(year, before + inForce * BigInt(adds));
  }
  let amount = 0n;
  for (const sum of years.values()) amount += sum < caps.perYear! ? sum : caps.perYear!;
  return { units, amount };
}
