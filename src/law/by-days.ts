import { type Day, dayOfSerial, earlier, serialOf } from "../time/day.ts";
import type { Counted } from "./counted.ts";
import type { Meter, Run } from "./meter.ts";
import { smaller } from "./money.ts";

/** Whether the meter counts every day on its own, so that one pass over the stretches of one rate tells it all. */
export function isByDays({ per, counting, caps }: Meter): boolean {
  const days = per.kind === "day" || per.kind === "unit-day" || per.kind === "turnover-day";
  return days && counting === "inclusive" && caps.perYear === null;
}

/** The days of a meter as numbers: the texts are read once, however often the meter is asked. */
interface Serials {
  readonly first: number;
  readonly until: number;
  readonly steps: readonly number[];
  readonly stays: readonly { readonly from: number; readonly to: number }[];
}

const READ = new WeakMap<Meter, Serials>();

function serialsOf(meter: Meter): Serials {
  const known = READ.get(meter);
  if (known !== undefined) return known;
  const { expiry, caps, steps, pauses } = meter;
  const read = {
    first: serialOf(expiry) + 1,
    until: caps.until === null ? Number.POSITIVE_INFINITY : serialOf(caps.until),
    steps: steps.map(({ from }) => serialOf(from)),
    stays: pauses.map(({ from, to }) => ({ from: serialOf(from), to: to === null ? Number.POSITIVE_INFINITY : serialOf(to) })),
  };
  READ.set(meter, read);
  return read;
}

/**
 * The same as counting by bisection, for meters that count every day: stretch after stretch between stays and changes of the rate, up to the first
 * cap. Its cost grows with the stretches, not with the days.
 */
export function countedByDays(meter: Meter, through: Day, under: bigint): Counted {
  const { caps } = meter;
  const { first, until, steps, stays } = serialsOf(meter);
  const last = serialOf(earlier(meter.stop ?? through, through));
  const most = caps.amount === null ? null : caps.amount * under;
  let end = Math.min(until, last);
  let [units, over, pause, step] = [0, 0n, 0, 0];
  const firstRate = perDayOf(meter);
  // An unknown rate adds nothing, and its sum is not told.
  let perDay = firstRate ?? 0n;
  let unitsOn: number | null = null;
  let amountOn: number | null = null;
  if (most !== null && firstRate !== null && most <= 0n && end >= first) {
    amountOn = first;
    end = first;
  }
  for (let day = first; day <= end; ) {
    for (; (steps[step] ?? Number.POSITIVE_INFINITY) <= day; step++) perDay = rateOf(meter, meter.steps[step]!.rate);
    let stop = Math.min(end, (steps[step] ?? Number.POSITIVE_INFINITY) - 1);
    const stay = stays[pause];
    if (stay !== undefined && stay.from <= day) {
      day = Math.max(day, stay.to + 1);
      pause++;
      continue;
    }
    if (stay !== undefined) stop = Math.min(stop, stay.from - 1);
    let days = stop - day + 1;
    if (caps.units !== null && units + days >= caps.units) {
      days = caps.units - units;
      unitsOn = day + days - 1;
    }
    if (most !== null && amountOn === null && firstRate !== null && over + perDay * BigInt(days) >= most) {
      const needed = Number((most - over + perDay - 1n) / perDay);
      amountOn = day + needed - 1;
      if (needed < days) {
        days = needed;
        unitsOn = null;
      }
    }
    units += days;
    over += perDay * BigInt(days);
    if (unitsOn !== null || amountOn !== null) break;
    day = stop + 1;
  }
  const reached = firstOf(until <= last ? until : null, unitsOn, amountOn);
  const sum = most === null ? over : smaller(over, most);
  return {
    units: units * meter.multiplier,
    over: firstRate === null ? null : sum,
    capReached: reached === null ? null : dayOfSerial(reached.day),
    cap: reached?.cap ?? null,
  };
}

/** What a day adds over `denominatorOf` at the first rate; null where it is unknown. */
function perDayOf(meter: Meter): bigint | null {
  if (meter.turnover !== null) return meter.turnover.annual * meter.turnover.percentOver;
  return meter.rate === null ? null : rateOf(meter, meter.rate);
}

/** A share of turnover has no rate that changes. */
function rateOf({ turnover, multiplier }: Meter, rate: bigint): bigint {
  return turnover === null ? rate * BigInt(multiplier) : turnover.annual * turnover.percentOver;
}

/** Of several caps on one day the order's last day is named, then the number of units, then the amount. */
function firstOf(until: number | null, units: number | null, amount: number | null): { day: number; cap: Run["cap"] } | null {
  let first: { day: number; cap: Run["cap"] } | null = until === null ? null : { day: until, cap: "until" };
  if (units !== null && (first === null || units < first.day)) first = { day: units, cap: "units" };
  if (amount !== null && (first === null || amount < first.day)) first = { day: amount, cap: "amount" };
  return first;
}
