import { denominatorOf, type Meter, partsOfSet, type Run, rateOn, run, uncapped } from "../law/accrual.ts";
import { minorDigits } from "../law/currencies.ts";
import type { Step } from "../law/finding.ts";
import { divideHalfEven, money } from "../law/money.ts";
import { countedDays, firstThatCounts } from "../law/pauses.ts";
import { type Unit, unitName } from "../law/unit.ts";
import { addDays, type Day, dayOfSerial, earlier, isLeapYear, serialOf, yearOf } from "../time/day.ts";

/** How a sum came to be: from the first day of delay, through what did not count, to rate times units and the cap. */
export function explainMeter(meter: Meter, through: Day, currency: string): readonly Step[] {
  const first = firstThatCounts(meter.expiry, meter.pauses);
  const isSet = meter.set !== undefined && meter.set.on <= through;
  if (through < first && !isSet) return [{ code: "nothing-yet", args: { first }, day: first }];
  const ran = run(meter, through);
  const stopped = meter.stop !== null && meter.stop < through ? meter.stop : through;
  const end = ran.capReached === null || ran.cap === "per-year" ? stopped : earlier(stopped, ran.capReached);
  const steps: Step[] = [
    through < first ? { code: "nothing-yet", args: { first }, day: first } : { code: "first-day", args: { day: first }, day: first },
    { code: `counting-${countingOf(meter)}`, args: {} },
  ];
  for (const { from, to } of meter.pauses) {
    if (from > through) continue;
    steps.push(to === null ? { code: "paused-open", args: { from }, day: from } : { code: "paused", args: { from, to }, day: from });
  }
  if (meter.stop !== null && meter.stop < through) steps.push({ code: "stopped", args: { day: meter.stop }, day: meter.stop });
  if (meter.set !== undefined && meter.set.on <= through)
    steps.push({ code: "units-set", args: { units: meter.set.units, day: meter.set.on }, day: meter.set.on });
  steps.push(...periodSteps(meter, ran, end), ...sumSteps(meter, ran, end, through, currency), ...capSteps(meter, ran, currency));
  if (ran.amount !== null) steps.push({ code: "sum-through", args: { sum: money(ran.amount, currency), day: through }, day: through });
  return steps;
}

function countingOf({ counting, per }: Meter): string {
  if (per.kind === "violation") return "violations";
  if (per.kind === "once") return "once";
  if (per.kind === "period") return counting === "started" ? "started" : "completed";
  return counting === "exclusive-last" || counting === "exclusive-first" ? counting : "inclusive";
}

function sumSteps(meter: Meter, ran: Run, end: Day, through: Day, currency: string): readonly Step[] {
  if (meter.turnover !== null) return [turnoverStep(meter, ran, currency)];
  if (meter.rate === null) return [{ code: "rate-unknown", args: { per: unitName(meter.per), units: ran.units } }];
  if (meter.caps.perYear !== null) return yearSteps(meter, end, meter.caps.perYear, currency);
  if (meter.set !== undefined && meter.set.on <= through) return setSteps(meter, meter.set, end, currency);
  const { joint: _joint, ...alone } = meter;
  const open = { ...alone, caps: { ...meter.caps, amount: null } };
  const parts = stretches(open, addDays(meter.expiry, 1), end);
  return parts.map((part): Step => {
    const whole = parts.length === 1;
    const code = whole ? (meter.multiplier === 1 ? "units-times-rate" : "unit-days-times-rate") : "segment";
    return whole ? { code, args: shareOf(meter, part, currency) } : segment(meter, part, currency);
  });
}

/** Days of one rate, and the units that they add. */
interface Stretch {
  readonly from: Day;
  readonly to: Day;
  readonly units: number;
}

/** From the day on which `before` units had been counted. Where the last day is left out, a unit is counted the day after its own, at its own rate. */
function stretches(meter: Meter, begin: Day, end: Day, before = 0): readonly Stretch[] {
  const { expiry, pauses, multiplier } = meter;
  const most = run(meter, end).units;
  const by = (day: Day) =>
    meter.counting === "exclusive-last" ? Math.min(countedDays(expiry, day, pauses) * multiplier, most) : run(meter, day).units;
  let had = before;
  const starts = [begin, ...meter.steps.map(({ from }) => from).filter((from) => from > begin && from <= end)];
  return starts.map((from, index) => {
    const next = starts[index + 1];
    const to = next === undefined ? end : addDays(next, -1);
    const units = Math.max(0, by(to) - had);
    had += units;
    return { from, to, units };
  });
}

function shareOf(meter: Meter, { from, units }: Stretch, currency: string): Step["args"] {
  const rate = rateOn(meter, from)!;
  const args = { per: unitName(meter.per), units, rate: money(rate, currency), sum: money(rate * BigInt(units), currency) };
  return meter.multiplier === 1 ? args : { ...args, days: units / meter.multiplier, each: meter.multiplier };
}

function segment(meter: Meter, part: Stretch, currency: string): Step {
  return { code: "segment", args: { ...shareOf(meter, part, currency), from: part.from, to: part.to }, day: part.from };
}

/** Units that a person has set: the first of them as they were counted, those beyond, and what has run since. */
function setSteps(meter: Meter, set: NonNullable<Meter["set"]>, end: Day, currency: string): readonly Step[] {
  const open = uncapped(meter);
  const { until, beyond } = partsOfSet(meter, set);
  const counted = until === null ? [] : stretches(open, addDays(meter.expiry, 1), until.day);
  const kept = counted.map((part, index) => (index === counted.length - 1 ? { ...part, units: part.units - until!.left } : part));
  const next = meter.counting === "exclusive-last" ? set.on : addDays(set.on, 1);
  const since = end > set.on ? stretches(open, next, end, run(open, set.on).units) : [];
  const told = (parts: readonly Stretch[]) => parts.filter(({ units }) => units > 0).map((part) => segment(meter, part, currency));
  if (beyond === null) return [...told(kept), ...told(since)];
  const { units, rate } = beyond;
  const args = { per: unitName(meter.per), units, rate: money(rate, currency), sum: money(rate * BigInt(units), currency) };
  return [...told(kept), { code: "units-beyond", args, day: set.on }, ...told(since)];
}

/** The formula with its figures: it is rounded once, at the total. */
function turnoverStep(meter: Meter, { units }: Run, currency: string): Step {
  const { annual, percentOver, percentUnder, year } = meter.turnover!;
  const [over, under] = [annual * percentOver * BigInt(units), denominatorOf(meter)];
  const args = {
    annual: money(annual, currency),
    year,
    yearDays: isLeapYear(year) ? 366 : 365,
    percent: decimal(percentOver, percentUnder),
    units,
    exact: decimal(over, under * 10n ** BigInt(minorDigits(currency) ?? 2)),
    sum: money(divideHalfEven(over, under), currency),
  };
  return { code: "turnover", args };
}

/** over ÷ under with at most six decimals, cut and not rounded. */
function decimal(over: bigint, under: bigint): string {
  const cut = ((over * 1_000_000n) / under).toString().padStart(7, "0");
  const fraction = cut.slice(-6).replace(/0+$/, "");
  return fraction === "" ? cut.slice(0, -6) : `${cut.slice(0, -6)}.${fraction}`;
}

/** What each calendar year comes to, and whether the year's cap cut it. */
function yearSteps(meter: Meter, end: Day, perYear: bigint, currency: string): readonly Step[] {
  const steps: Step[] = [];
  let before: Pick<Run, "units" | "amount"> = { units: 0, amount: 0n };
  for (let year = yearOf(addDays(meter.expiry, 1)); year <= yearOf(end); year++) {
    const ran = run(meter, earlier(end, `${year}-12-31` as Day));
    const [units, sum] = [ran.units - before.units, (ran.amount ?? 0n) - (before.amount ?? 0n)];
    const args = { year: String(year), per: unitName(meter.per), units, sum: money(sum, currency), cap: money(perYear, currency) };
    steps.push({ code: sum >= perYear ? "year-sum-capped" : "year-sum", args });
    before = ran;
  }
  return steps;
}

function capSteps({ caps, joint, per }: Meter, { capReached: day, cap }: Run, currency: string): readonly Step[] {
  if (day === null || cap === null) return [];
  const most = cap === "joint" ? (joint?.most ?? null) : cap === "per-year" ? caps.perYear : cap === "amount" ? caps.amount : null;
  const args = {
    day,
    ...(most === null ? {} : { cap: money(most, currency) }),
    ...(cap === "units" ? { units: caps.units!, per: unitsOfCap(per) } : {}),
  };
  return [{ code: `cap-${cap}`, args, day }];
}

/** A cap of units counts days where the rate is for so many units a day. */
function unitsOfCap(per: Unit): string {
  return per.kind === "unit-day" ? "day" : unitName(per);
}

/** More ends of periods than these are not listed one by one. */
const LISTED = 12;

/** On which days the periods were complete (or began), and when the next one is. */
function periodSteps(meter: Meter, ran: Run, end: Day): readonly Step[] {
  const { per, counting } = meter;
  if (per.kind !== "period" || meter.set !== undefined) return [];
  const how = counting === "started" ? "begun" : "complete";
  const length = per.months * 31 + per.days;
  const nth = (number: number, until: Day) => firstOn(meter, number, until);
  const listed = ran.units <= LISTED ? ran.units : 2;
  const days = Array.from({ length: listed }, (_, index) => nth(index + 1, end)!);
  const last = ran.units > LISTED ? [nth(ran.units, end)!] : [];
  const steps: Step[] = [];
  if (ran.units > LISTED) steps.push({ code: `periods-${how}-first`, args: { days, last: last[0]!, n: ran.units }, day: last[0]! });
  else if (days.length > 0) steps.push({ code: `periods-${how}`, args: { days, n: days.length }, day: days.at(-1)! });
  const next = ran.capReached !== null || meter.stop !== null ? null : nth(ran.units + 1, addDays(end, length + 1));
  return next === null ? steps : [...steps, { code: `period-next-${how}`, args: { day: next }, day: next }];
}

/** The day on which that many units have run; null where they have not by then. */
function firstOn(meter: Meter, units: number, until: Day): Day | null {
  if (run(meter, until).units < units) return null;
  let [low, high] = [serialOf(meter.expiry), serialOf(until)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (run(meter, dayOfSerial(middle)).units >= units) high = middle;
    else low = middle;
  }
  return dayOfSerial(high);
}
