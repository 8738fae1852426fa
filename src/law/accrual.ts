import { addDays, type Day, earlier } from "../time/day.ts";
import { counted, denominatorOf, firstDay, rateOn } from "./counted.ts";
import type { Meter, Run } from "./meter.ts";
import { divideHalfEven, smaller } from "./money.ts";

export { denominatorOf, rateOn } from "./counted.ts";
export type { Counting, Meter, Run } from "./meter.ts";

/** The closed form: its cost does not grow with the days. */
export function run(meter: Meter, through: Day): Run {
  const { joint, stop } = meter;
  if (joint === undefined || through < joint.on || (stop ?? joint.on) < joint.on) return runAlone(meter, through);
  const ran = runAlone(meter, joint.on);
  // What bound it before is told of it; a calendar year's cap binds for its year only.
  if ((ran.capReached ?? joint.on) < joint.on && ran.cap !== "per-year") return ran;
  const amount = ran.amount === null ? null : smaller(ran.amount, joint.most);
  return { units: ran.units, amount, capReached: joint.on, cap: "joint" };
}

function runAlone(meter: Meter, through: Day): Run {
  return meter.set === undefined || through < meter.set.on ? runCounted(meter, through) : runFromSet(meter, meter.set, through);
}

function runCounted(meter: Meter, through: Day): Run {
  const { units, over, capReached, cap } = counted(meter, through);
  return { units, amount: over === null ? null : divideHalfEven(over, denominatorOf(meter)), capReached, cap };
}

/** After every day. */
const NEVER = "9999-12-31" as Day;

/** From the day on which the units were set by hand, what runs is added to them, up to the same caps. */
function runFromSet(meter: Meter, set: NonNullable<Meter["set"]>, through: Day): Run {
  const open = uncapped(meter);
  const then = runCounted(open, set.on);
  const on = (day: Day) => {
    const ran = runCounted(open, day);
    const units = set.units + ran.units - then.units;
    return { ran, units, amount: amountFromSet(meter, set, units, ran, then) };
  };
  const { amount: most, units: mostUnits } = meter.caps;
  const full = (day: Day) => {
    const { units, amount } = on(day);
    return (mostUnits !== null && units >= mostUnits * meter.multiplier) || (most !== null && amount !== null && amount >= most);
  };
  const reached = full(through) ? (full(set.on) ? set.on : firstDay(set.on, through, full)) : null;
  const { ran, units, amount } = on(reached ?? through);
  const capped = amount === null || most === null ? amount : smaller(amount, most);
  // What bound it before the units were set binds it still.
  if (reached === null || (ran.capReached ?? NEVER) <= reached) return { ...ran, units, amount: capped };
  const cap = mostUnits !== null && units >= mostUnits * meter.multiplier ? "units" : "amount";
  return { units, amount: capped, capReached: reached, cap };
}

/** A share of turnover is rounded once, at the total; a calendar year's cap alone parts what was set from what ran since. */
function amountFromSet(meter: Meter, set: NonNullable<Meter["set"]>, units: number, ran: Run, then: Run): bigint | null {
  if (ran.amount === null) return null;
  // A sum that is known now was known then.
  const since = ran.amount - then.amount!;
  if (meter.turnover === null) {
    const { until, beyond } = partsOfSet(meter, set);
    return (until?.amount ?? 0n) + (beyond === null ? 0n : beyond.rate * BigInt(beyond.units)) + since;
  }
  const ofUnits = (count: number) =>
    divideHalfEven(meter.turnover!.annual * meter.turnover!.percentOver * BigInt(count), denominatorOf(meter));
  return meter.caps.perYear === null ? ofUnits(units) : ofUnits(set.units) + since;
}

/** What a number of units that was set by hand is made of. */
interface PartsOfSet {
  /** The first of them, as they were counted: through that day, on which `left` more were counted than are set. Null where there are none. */
  readonly until: { readonly day: Day; readonly units: number; readonly left: number; readonly amount: bigint } | null;
  /** Those beyond what was counted: at the rate of the day on which they were set, or of the last day that counts where that is before. */
  readonly beyond: { readonly units: number; readonly rate: bigint } | null;
}

/** Units that were counted keep the rates at which they were; of a meter whose rate is known. */
export function partsOfSet(meter: Meter, { on, units }: NonNullable<Meter["set"]>): PartsOfSet {
  const open = uncapped(meter);
  const then = runCounted(open, on);
  const kept = Math.min(units, then.units);
  const more = units - kept;
  const last = [meter.stop ?? on, meter.caps.until ?? on].reduce(earlier, on);
  const beyond = more === 0 ? null : { units: more, rate: rateOn(meter, last) ?? 0n };
  if (kept === 0) return { until: null, beyond };
  const day = firstDay(meter.expiry, on, (by) => runCounted(open, by).units >= kept);
  const [by, before] = [runCounted(open, day), runCounted(open, addDays(day, -1))];
  // What one day adds has one rate; a year's cap may have cut its sum.
  const left = by.units - kept;
  const amount = left === 0 ? by.amount! : by.amount! - ((by.amount! - before.amount!) * BigInt(left)) / BigInt(by.units - before.units);
  return { until: { day, units: kept, left, amount }, beyond };
}

/** Without what was set by hand, and without the caps that hold for the whole. */
export function uncapped(meter: Meter): Meter {
  const { set: _set, joint: _joint, ...counted } = meter;
  return { ...counted, caps: { ...meter.caps, amount: null, units: null } };
}

/** The sum by the end of a day over `denominatorOf`, not rounded yet: parts of it may be taken from one another. Null where it cannot be told. */
export function exactSum(meter: Meter, through: Day): bigint | null {
  const { set, joint } = meter;
  if (set === undefined && (joint === undefined || through < joint.on)) return counted(meter, through).over;
  const { amount } = run(meter, through);
  return amount === null ? null : amount * denominatorOf(meter);
}

/** What runs from one day through another, both included; the sum is rounded once. */
export function runWithin(meter: Meter, from: Day, to: Day): { readonly units: number; readonly amount: bigint | null } {
  const before = addDays(from, -1);
  const [sum, had] = [exactSum(meter, to), exactSum(meter, before)];
  const within = sum === null || had === null ? null : sum > had ? sum - had : 0n;
  return {
    units: run(meter, to).units - run(meter, before).units,
    amount: within === null ? null : divideHalfEven(within, denominatorOf(meter)),
  };
}
