import { type Meter, type Run, rateOn, run } from "../law/accrual.ts";
import { money } from "../law/money.ts";
import { isPaused } from "../law/pauses.ts";
import { addDays, type Day, later, yearOf } from "../time/day.ts";
import type { ItemFacts } from "./facts.ts";
import type { ItemFold } from "./item-state.ts";
import { minorOf } from "./meter.ts";
import type { ItemStanding } from "./standing-types.ts";

type Rate = ItemStanding["rate"];

/** The rate in force on a day; before anything has started, the one of the decision. */
export function rateAt(item: ItemFacts, meter: Meter | null, day: Day, currency: string): Rate {
  if (item.penalty === undefined) return null;
  const { rate: stated, per } = item.penalty;
  const rate = meter === null ? null : rateOn(meter, day);
  if (rate !== null) return { amount: money(rate, currency), per };
  return { amount: stated === undefined || stated === "unknown" ? null : money(minorOf(stated, currency), currency), per };
}

/** The rate in force on the first day of delay that is still ahead; null where none is, or none is known. */
export function firstRateOf(item: ItemFacts, fold: ItemFold, meter: Meter | null, on: Day, currency: string): Rate {
  if (meter === null || fold.stay !== null || (meter.stop !== null && meter.stop <= on)) return null;
  const first = addDays(fold.freshExpiry === null ? meter.expiry : later(meter.expiry, fold.freshExpiry), 1);
  return first > on ? rateAt(item, meter, first, currency) : null;
}

/**
 * The first day from which the rate of the day has applied without a break: after the last change of it, the last days that did not count, or the
 * year whose cap was full. Null where nothing runs on the day; of the day on which a cap binds, it is what ran until then.
 */
export function rateSinceOf(meter: Meter, ran: Run, on: Day): Day | null {
  const { expiry, pauses, stop, steps, caps, per } = meter;
  const isOver = (stop !== null && stop < on) || (ran.capReached !== null && ran.capReached < on) || per.kind === "once";
  if (on <= expiry || isOver || isPaused(on, pauses)) return null;
  const changes = steps.filter(({ from }) => from <= on && rateOn(meter, from) !== rateOn(meter, addDays(from, -1)));
  const restarts = pauses.flatMap(({ from, to }) => (from <= on && to !== null ? [addDays(to, 1)] : []));
  const year = `${yearOf(on)}-01-01` as Day;
  const fullBefore = caps.perYear !== null && run(meter, addDays(year, -1)).cap === "per-year";
  return [...changes.map(({ from }) => from), ...restarts, ...(fullBefore ? [year] : [])].reduce(later, addDays(expiry, 1));
}
