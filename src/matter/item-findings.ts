import { type Meter, rateOn, run, runWithin } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { isPaused } from "../law/pauses.ts";
import { unitName } from "../law/unit.ts";
import { addDays, type Day, daysBetween, yearOf } from "../time/day.ts";
import { ceilingFindings } from "./ceiling.ts";
import { dayOf, type ItemFacts, type PenaltyFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemScene } from "./item-standing.ts";
import type { ItemFold } from "./item-state.ts";
import { minorOf } from "./meter.ts";
import { endInParts } from "./parts.ts";
import { paymentFindings } from "./payment-findings.ts";

/** What a figure rests on without being certain, each with the sum or day that the other reading would give. */
export function assumptionsOf(item: ItemFacts, matter: MatterFold, fold: ItemFold, meter: Meter | null, on: Day): readonly Finding[] {
  if (fold.annulled) return [];
  const found: Finding[] = [];
  const { clock } = fold;
  const { currency } = matter;
  if (clock.kind === "running" && clock.ifRolled !== null && fold.expiry === clock.expiry) {
    const rolled = meter === null ? null : run({ ...meter, expiry: clock.ifRolled }, on).amount;
    found.push({
      code: rolled === null ? "no-roll-inferred" : "no-roll-inferred-sum",
      args: { rolled: clock.ifRolled, ...(rolled === null ? {} : { sum: money(rolled, currency) }) },
    });
  }
  const inParts = clock.kind === "running" && fold.expiry === clock.expiry ? endInParts(clock) : null;
  if (inParts !== null) {
    const { day, parts } = inParts;
    const ran = meter === null ? null : run({ ...meter, expiry: day }, on).amount;
    found.push({ code: "later-in-parts", args: { day, parts, ...(ran === null ? {} : { sum: money(ran, currency) }) } });
  }
  if (fold.otherwise !== null && fold.otherwise.of === (fold.freshExpiry ?? fold.expiry))
    found.push({ code: "remainder-before-roll", args: fold.otherwise });
  if (fold.projected !== null && fold.expiry !== null) found.push(fold.projected);
  if (fold.claim !== null && meter !== null && fold.claim.on > meter.expiry) {
    const other = run({ ...meter, stop: fold.claim.stop === fold.claim.on ? addDays(fold.claim.on, -1) : fold.claim.on }, on).amount;
    if (other !== null) {
      const code = fold.claim.stop === fold.claim.on ? "end-day-counted" : "end-day-not-counted";
      found.push({ code, args: { day: fold.claim.on, sum: money(other, currency) } });
    }
  }
  const atOneRate = meter === null ? null : sumAtOneRate(meter, on);
  if (atOneRate !== null)
    found.push({
      code: "units-keep-rates",
      args: { day: meter!.set!.on, rate: money(atOneRate.rate, currency), sum: money(atOneRate.sum, currency) },
    });
  if (fold.appealAssumed) found.push({ code: "appeal-does-not-suspend", args: {} });
  if (item.penalty !== undefined && !matter.authority.regimeRead)
    found.push({ code: "regime-assumed", args: { authority: matter.authority.names[0]! } });
  if (matter.notification !== null && clock.kind === "running" && matter.notification.from !== matter.notification.to) {
    found.push({ code: "notified-between", args: { from: matter.notification.from, to: matter.notification.to } });
  }
  if (fold.firstDay === null && item.penalty?.turnover !== undefined) found.push({ code: "turnover-rounding", args: {} });
  return found;
}

/** The other reading of units that a person has set: all of them at the rate of that day; null where it comes to the same. */
function sumAtOneRate(meter: Meter, on: Day): { readonly rate: bigint; readonly sum: bigint } | null {
  if (meter.set === undefined || on < meter.set.on || meter.turnover !== null || meter.rate === null) return null;
  const rate = rateOn(meter, meter.set.on)!;
  const steps = meter.steps.filter(({ from }) => from > meter.set!.on);
  const sum = run({ ...meter, rate, steps }, on).amount;
  return sum === null || sum === run(meter, on).amount ? null : { rate, sum };
}

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
  if (fold.extendedLate !== null) found.push({ code: "extended-late", args: fold.extendedLate });
  if (meters.joint.has(item.id) && meters.partUnknown) found.push({ code: "joint-cap-part-unknown", args: {} });
  if (fold.collectionStayed !== null) found.push({ code: "collection-stayed", args: {} });
  if (fold.ended === "remitted") found.push({ code: "remitted", args: {} });
  if (fold.stay?.during === "cure" && fold.expiry !== null) {
    found.push({
      code: "cure-stands-still",
      args: { left: Math.max(0, daysBetween(fold.stay.from, fold.expiry) + 1), from: fold.stay.from },
    });
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
