import { denominatorOf, exactSum, type Meter, type Run } from "../law/accrual.ts";
import { type Day, daysBetween, yearOf } from "../time/day.ts";
import type { CapPart, ItemStanding } from "./standing-types.ts";

/** What of an item has run by a day: of a notification within a window counted from its earliest day, and from its latest. */
export interface Ran {
  readonly meter: Meter;
  readonly first: Run;
  readonly counted: Run | null;
  /** Nine tenths of a cap that it shares have run. */
  readonly jointly: boolean;
}

type Near = Pick<ItemStanding, "capNear" | "yearNear" | "nearCaps">;

const FAR: Near = { capNear: false };

/** Whether nine tenths of a cap have run by a day, and the cap is not reached; a calendar year's cap is near in its own year alone. */
export function nearOf(ran: Ran, on: Day, year: number): Near {
  const nearCaps = partsOf(ran, on, year);
  return { ...unreached(ran, nearCaps, yearOf(on) === year), ...(nearCaps.length === 0 ? {} : { nearCaps }) };
}

function unreached({ first, counted }: Ran, parts: readonly CapPart[], isOfYear: boolean): Near {
  const ofYear = (isIt: boolean): Near => (isIt && isOfYear ? { capNear: false, yearNear: true } : FAR);
  if (first.capReached !== null) {
    // Reached from the earliest day, and from the latest not yet.
    if (counted !== null && counted.capReached !== null) return FAR;
    return first.cap === "per-year" ? ofYear(true) : { capNear: true };
  }
  return { ...ofYear(parts.includes("perYear")), capNear: parts.some((part) => part !== "perYear") };
}

function partsOf({ meter, first, jointly }: Ran, on: Day, year: number): readonly CapPart[] {
  const { caps, expiry } = meter;
  if (on <= expiry) return [];
  const near: Record<CapPart, boolean> = {
    amount: caps.amount !== null && first.amount !== null && first.amount * 10n >= caps.amount * 9n,
    units: caps.units !== null && first.units * 10 >= caps.units * 9,
    until: caps.until !== null && daysBetween(expiry, on) * 10 >= daysBetween(expiry, caps.until) * 9,
    shared: jointly || first.cap === "joint",
    perYear: yearOf(on) === year && isYearNear(meter, on),
  };
  return (Object.keys(near) as CapPart[]).filter((part) => near[part]);
}

function isYearNear(meter: Meter, on: Day): boolean {
  const { perYear } = meter.caps;
  const [sum, before] = perYear === null ? [null, null] : [exactSum(meter, on), exactSum(meter, `${yearOf(on) - 1}-12-31` as Day)];
  return perYear !== null && sum !== null && before !== null && (sum - before) * 10n >= perYear * denominatorOf(meter) * 9n;
}
