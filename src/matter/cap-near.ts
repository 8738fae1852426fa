import { denominatorOf, exactSum, type Meter, type Run } from "../law/accrual.ts";
import { type Day, daysBetween, yearOf } from "../time/day.ts";
import type { ItemStanding } from "./standing-types.ts";

/** What of an item has run by a day: of a notification within a window counted from its earliest day, and from its latest. */
export interface Ran {
  readonly meter: Meter;
  readonly first: Run;
  readonly counted: Run | null;
  /** Nine tenths of a cap that it shares have run. */
  readonly jointly: boolean;
}

type Near = Pick<ItemStanding, "capNear" | "yearNear">;

const FAR: Near = { capNear: false };

/** Whether nine tenths of a cap have run by a day, and the cap is not reached; a calendar year's cap is near in its own year alone. */
export function nearOf({ meter, first, counted, jointly }: Ran, on: Day, year: number): Near {
  const ofYear = (isIt: boolean): Near => (isIt && yearOf(on) === year ? { capNear: false, yearNear: true } : FAR);
  if (first.capReached !== null) {
    // Reached from the earliest day, and from the latest not yet.
    if (counted !== null && counted.capReached !== null) return FAR;
    return first.cap === "per-year" ? ofYear(true) : { capNear: true };
  }
  if (on <= meter.expiry) return FAR;
  return { ...ofYear(isYearNear(meter, on)), capNear: jointly || isNear(meter, first, on) };
}

function isNear({ caps, expiry }: Meter, ran: Run, on: Day): boolean {
  const amount = caps.amount !== null && ran.amount !== null && ran.amount * 10n >= caps.amount * 9n;
  const units = caps.units !== null && ran.units * 10 >= caps.units * 9;
  const until = caps.until !== null && daysBetween(expiry, on) * 10 >= daysBetween(expiry, caps.until) * 9;
  return amount || units || until;
}

function isYearNear(meter: Meter, on: Day): boolean {
  const { perYear } = meter.caps;
  const [sum, before] = perYear === null ? [null, null] : [exactSum(meter, on), exactSum(meter, `${yearOf(on) - 1}-12-31` as Day)];
  return perYear !== null && sum !== null && before !== null && (sum - before) * 10n >= perYear * denominatorOf(meter) * 9n;
}
