import { type Meter, rateOn, run, runWithin } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { isPaused } from "../law/pauses.ts";
import { unitName } from "../law/unit.ts";
import { addDays, type Day, yearOf } from "../time/day.ts";
import { ceilingFindings } from "./ceiling.ts";
import { dayOf, type ItemFacts, type PenaltyFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemScene } from "./item-standing.ts";
import type { ItemFold } from "./item-state.ts";
import { minorOf } from "./meter.ts";
import { paymentFindings } from "./payment-findings.ts";
import { leftOf } from "./remainder.ts";
import { unmetered } from "./unmetered.ts";

/** What a reader must know of an item's figures: withheld sums, windows that do not reconcile, values set by hand. */
export function warningsOf(
  item: ItemFacts,
  { matter, fold, meters, refused }: Pick<ItemScene, "matter" | "fold" | "meters" | "refused">,
  meter: Meter | null,
  withheld: boolean,
  on: Day,
): readonly Finding[] {
  const found: Finding[] = [];
  const { currency } = matter;
  if (withheld) {
    const known = dayOf(matter.facts.knownThrough)!;
    const then = run(meter!, known);
    const sum = then.amount === null ? null : money(then.amount, currency);
    found.push({ code: sum === null ? "known-through" : "known-through-sum", args: { day: known, ...(sum === null ? {} : { sum }) } });
  }
  for (const window of fold.liquidations) if (meter !== null && !window.annulled) found.push(...mismatch(meter, window, currency));
  for (const { what, computed, value, because } of fold.overridden)
    found.push({ code: "overridden", args: { what, computed, value, because } });
  if (fold.setUnits !== null && meter !== null) {
    const { on: day, value, because } = fold.setUnits;
    const { set, ...computed } = meter;
    if (set === undefined) found.push({ code: "units-before-delay", args: { on: day, expiry: meter.expiry } });
    else
      found.push({
        code: "overridden",
        args: { what: "units", computed: String(run(computed, day).units), value: String(value), because },
      });
  }
  for (const { on } of fold.violations) {
    if (fold.expiry !== null && on <= fold.expiry) found.push({ code: "violation-before-expiry", args: { on, expiry: fold.expiry } });
    else if (meter !== null && isPaused(on, meter.pauses)) found.push({ code: "violation-while-stayed", args: { on } });
  }
  const told = matter.notification;
  if (item.cure !== undefined && "until" in item.cure && told !== null && item.cure.until < told.from)
    found.push({ code: "until-before-notified", args: { until: item.cure.until, notified: told.from } });
  if (fold.extendedLate !== null) found.push({ code: "extended-late", args: { ...fold.extendedLate, ...unmetered(item) } });
  if (meters.joint.has(item.id) && meters.partUnknown) found.push({ code: "joint-cap-part-unknown", args: {} });
  if (fold.collectionStayed !== null) found.push({ code: "collection-stayed", args: unmetered(item) });
  if (fold.ended === "remitted") found.push({ code: "remitted", args: {} });
  if (fold.stay?.during === "cure" && fold.expiry !== null) {
    found.push({ code: "cure-stands-still", args: { from: fold.stay.from, ...leftOf(fold, fold.stay.from, fold.expiry) } });
  }
  if (fold.clock.kind === "draft" && fold.clock.why !== null) found.push({ code: fold.clock.why.refused, args: fold.clock.why.args });
  // Most is owed if a claim fails: more than that is more than can be owed.
  const most = fold.claim === null ? meter : (refused.of.get(item.id) ?? meter);
  found.push(...paymentFindings(item, matter, fold, withheld ? "unknown" : most, on));
  if (item.penalty === undefined) return found;
  return [
    ...found,
    ...turnoverFindings(item.penalty, matter),
    ...(meter === null ? [] : meterFindings(item.penalty, meter)),
    ...ceilingFindings(item.penalty, fold.steps, matter),
  ];
}

/** What a meter is told that can be, and is more often a mistake: an end before it begins, a rate that never counts, a rate of nothing. */
function meterFindings({ steps = [] }: PenaltyFacts, meter: Meter): readonly Finding[] {
  const { caps, expiry } = meter;
  const found: Finding[] = [];
  if (caps.until !== null && caps.until <= expiry) found.push({ code: "cap-until-before-expiry", args: { until: caps.until, expiry } });
  const early = steps.findLast(({ from }) => from <= expiry);
  if (early !== undefined) found.push({ code: "step-before-delay", args: { day: early.from, first: addDays(expiry, 1) } });
  const { until } = caps;
  for (const { from } of meter.steps)
    if (until !== null && from > until) found.push({ code: "step-after-cap-until", args: { day: from, until } });
  for (const { from, rate } of meter.steps) if (rate === 0n) found.push({ code: "rate-of-nothing", args: { day: from } });
  return found;
}

/** The turnover of a year that had not begun when the decision was made: that of the year before is usual. */
function turnoverFindings({ turnover }: PenaltyFacts, { facts }: MatterFold): readonly Finding[] {
  const decided = dayOf(facts.decided);
  if (turnover === undefined || decided === null || turnover.year <= yearOf(decided)) return [];
  return [{ code: "turnover-year-later", args: { year: String(turnover.year), decided } }];
}

/** A published window, a rate and a published sum that do not reconcile: both counts are shown, nothing is bent. */
function mismatch(meter: Meter, { from, to, fixed, ref, id }: ItemFold["liquidations"][number], currency: string): readonly Finding[] {
  const { units: counted, amount: sum } = runWithin(meter, from, to);
  const per = unitName(meter.per);
  if (sum === null) return [];
  const published = minorOf(fixed, currency);
  if (published === sum) return [];
  const [first, last] = [rateOn(meter, from), rateOn(meter, to)];
  const implied = first === last && first !== null && first > 0n ? Number((published * 10_000n) / first) / 10_000 : null;
  const args = { liquidation: ref ?? id, from, to, counted, per, amount: money(published, currency), sum: money(sum, currency) };
  return [implied === null ? { code: "window-mismatch-sum", args } : { code: "window-mismatch", args: { ...args, implied } }];
}
