import { type Meter, rateOn, run, runWithin } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { isPaused } from "../law/pauses.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { ceilingFindings } from "./ceiling.ts";
import { dayOf, type ItemFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemScene } from "./item-standing.ts";
import type { ItemFold } from "./item-state.ts";
import { minorOf } from "./meter.ts";

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
  if (fold.claim !== null && meter !== null && fold.claim.on > meter.expiry) {
    const other = run({ ...meter, stop: fold.claim.stop === fold.claim.on ? addDays(fold.claim.on, -1) : fold.claim.on }, on).amount;
    if (other !== null) {
      const code = fold.claim.stop === fold.claim.on ? "end-day-counted" : "end-day-not-counted";
      found.push({ code, args: { day: fold.claim.on, sum: money(other, currency) } });
    }
  }
  if (fold.appealAssumed) found.push({ code: "appeal-does-not-suspend", args: {} });
  if (item.penalty !== undefined && !matter.authority.regimeRead)
    found.push({ code: "regime-assumed", args: { authority: matter.authority.names[0]! } });
  if (matter.notification !== null && clock.kind === "running" && matter.notification.from !== matter.notification.to) {
    found.push({ code: "notified-between", args: { from: matter.notification.from, to: matter.notification.to } });
  }
  if (fold.firstDay === null && item.penalty?.turnover !== undefined) found.push({ code: "turnover-rounding", args: {} });
  return found;
}

/** What a reader must know of an item's figures: withheld sums, windows that do not reconcile, values set by hand. */
export function warningsOf(
  item: ItemFacts,
  { matter, fold, meters }: Pick<ItemScene, "matter" | "fold" | "meters">,
  meter: Meter | null,
  withheld: boolean,
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
    const { set: _set, ...computed } = meter;
    found.push({ code: "overridden", args: { what: "units", computed: String(run(computed, day).units), value: String(value), because } });
  }
  for (const { on } of fold.violations) {
    if (fold.expiry !== null && on <= fold.expiry) found.push({ code: "violation-before-expiry", args: { on, expiry: fold.expiry } });
    else if (meter !== null && isPaused(on, meter.pauses)) found.push({ code: "violation-while-stayed", args: { on } });
  }
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
  return item.penalty === undefined ? found : [...found, ...ceilingFindings(item.penalty, fold.steps, matter)];
}

/** A published window, a rate and a published sum that do not reconcile: both counts are shown, nothing is bent. */
function mismatch(meter: Meter, { from, to, fixed, ref, id }: ItemFold["liquidations"][number], currency: string): readonly Finding[] {
  const { units: counted, amount: sum } = runWithin(meter, from, to);
  if (sum === null) return [];
  const published = minorOf(fixed, currency);
  if (published === sum) return [];
  const [first, last] = [rateOn(meter, from), rateOn(meter, to)];
  const implied = first === last && first !== null && first > 0n ? Number((published * 10_000n) / first) / 10_000 : null;
  const args = { liquidation: ref ?? id, from, to, counted, amount: money(published, currency), sum: money(sum, currency) };
  return [implied === null ? { code: "window-mismatch-sum", args } : { code: "window-mismatch", args: { ...args, implied } }];
}
