import type { Meter } from "../law/accrual.ts";
import { isRefusal } from "../law/finding.ts";
import { parseAmount, parseDecimal } from "../law/money.ts";
import { orderPauses } from "../law/pauses.ts";
import { parseUnit } from "../law/unit.ts";
import { addDays, type Day } from "../time/day.ts";
import type { PenaltyFacts } from "./facts.ts";
import { lastDayToComply } from "./item-clock.ts";
import type { ItemFold } from "./item-state.ts";

/** Minor units of an amount that was checked when it was recorded. */
export function minorOf(text: string, currency: string): bigint {
  const minor = parseAmount(text, currency);
  if (isRefusal(minor)) throw new RangeError(`an unchecked amount: ${text} ${currency}`);
  return minor;
}

/** The meter of an item as its events have left it; null while no expiry is known. `refused` runs it as if the claim failed. */
export function meterOf(penalty: PenaltyFacts, fold: ItemFold, currency: string, refused = false): Meter | null {
  const expiry = fold.firstDay === null ? fold.expiry : addDays(fold.firstDay, -1);
  if (expiry === null) return null;
  const sum = (text: string | undefined) => (text === undefined || text === "unknown" ? null : minorOf(text, currency));
  const { cap, turnover } = penalty;
  const percent = turnover === undefined ? null : parseDecimal(turnover.percent)!;
  const steps = [...(penalty.steps ?? []), ...fold.steps].map(({ from, rate }) => ({ from, rate: minorOf(rate, currency) }));
  return {
    expiry,
    rate: sum(penalty.rate),
    per: parseUnit(penalty.per)!,
    multiplier: penalty.per === "unit-day" ? (penalty.units ?? 1) : 1,
    turnover:
      turnover === undefined || percent === null
        ? null
        : { annual: minorOf(turnover.annual, currency), percentOver: percent.over, percentUnder: percent.under, year: turnover.year },
    counting: penalty.counting ?? "inclusive",
    caps: {
      amount: least([sum(cap?.amount), higherOf(cap?.higherOf, currency)]),
      units: cap?.units ?? null,
      until: cap?.until ?? null,
      perYear: sum(cap?.perYear),
    },
    steps: steps.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    pauses: orderPauses(expiry, fold.pauses),
    stop: stopOf(refused && fold.claim !== null ? { ...fold, stop: fold.endStop } : fold),
    violations: fold.violations,
    // A count of a day that an extension has put before the first day of delay counts nothing.
    ...(fold.setUnits === null || fold.setUnits.on <= expiry ? {} : { set: { on: fold.setUnits.on, units: fold.setUnits.value } }),
  };
}

/** A stay that began in the cure period and still lasts leaves nothing to count, also where a person has set the first day of delay to before its end. */
function stopOf(fold: ItemFold): Day | null {
  const last = lastDayToComply(fold);
  if (fold.stay?.during === "cure" && last !== null) return fold.stop !== null && fold.stop < last ? fold.stop : last;
  return fold.stop;
}

/** What the authority has fixed for an item, reductions and annulments applied. */
export function fixedOf({ reduced, liquidations }: ItemFold, currency: string): bigint {
  const sum = (of: typeof liquidations) =>
    total(
      of.map(({ amount }) => amount),
      currency,
    );
  if (reduced === null) return sum(liquidations);
  const [then, most] = [sum(liquidations.slice(0, reduced.liquidations)), minorOf(reduced.to, currency)];
  return (then < most ? then : most) + sum(liquidations.slice(reduced.liquidations));
}

export function total(amounts: readonly string[], currency: string): bigint {
  return amounts.reduce((sum, amount) => sum + minorOf(amount, currency), 0n);
}

function higherOf(cap: { amount: string; gain: string; times: number } | undefined, currency: string): bigint | null {
  if (cap === undefined) return null;
  const [amount, gain] = [minorOf(cap.amount, currency), minorOf(cap.gain, currency) * BigInt(cap.times)];
  return amount > gain ? amount : gain;
}

function least(amounts: readonly (bigint | null)[]): bigint | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((one, other) => (one < other ? one : other));
}
