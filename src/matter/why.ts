import { run, runWithin } from "../law/accrual.ts";
import type { Regime } from "../law/catalogue.ts";
import type { Finding, Step } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import { AT_ONCE } from "./clock.ts";
import { explainEvents } from "./explain-events.ts";
import { explainMeter } from "./explain-meter.ts";
import { dayOf, type Facts } from "./facts.ts";
import { foldMatter, type MatterFold } from "./fold.ts";
import type { Matter } from "./history.ts";
import { sumsInOrder } from "./in-order.ts";
import type { ItemFold } from "./item-state.ts";
import { metersOf } from "./joint-cap.ts";
import { minorOf } from "./meter.ts";
import type { ItemStanding, RelatedDeadline, Standing } from "./standing-types.ts";

/** Why an item stands where it does on a day: its decision, its clock, its meter, what the authority has fixed, what was paid, its other clocks. */
export function explainItem(
  matter: Matter,
  standing: Standing,
  id: string,
): { readonly steps: readonly Step[]; readonly findings: readonly Finding[] } {
  const fold = foldMatter(matter, standing.through);
  const folded = fold.items.find((item) => item.id === id)!;
  const item = standing.items.find((one) => one.id === id)!;
  const { clock, course, announced, sums } = explainEvents(fold, id);
  // A draft says what it waits for instead.
  const dates = item.missing.length > 0 ? [] : datesOf(fold, id);
  const steps: Step[] = [...dates, ...item.steps, ...endsOf(clock, folded, item)];
  const meter = meterSteps(matter, fold, item, standing.through);
  steps.push(...course, ...meter, ...announced, ...liquidationSteps(fold, folded, item));
  if (item.open !== null && folded.liquidations.length > 0)
    steps.push({ code: item.regime === "liquidated" ? "open-outside" : "open-outside-windows", args: { sum: item.open } });
  steps.push(...sums, ...totalSteps(folded, item, meter.length > 0));
  steps.push(...standing.related.filter((one) => one.item === id).flatMap(relatedSteps));
  return { steps, findings: item.assumptions };
}

/**
 * What moved the end of the time to comply, that end, and what came after it: a stay of the delay has not led to it. Where a fresh period was given
 * after it, its own end stands last, and the first day of delay follows from the first one still.
 */
function endsOf(clock: readonly Step[], { expiry: first, freshExpiry }: ItemFold, item: ItemStanding): readonly Step[] {
  const isFresh = freshExpiry !== null && first !== null && item.expiry !== null;
  const end = isFresh ? first : item.expiry;
  if (end === null) return clock;
  const last = clock.findLastIndex(({ code, day }) => day === undefined || day <= end || (!isFresh && MOVES_END.test(code)));
  const [before, after] = [clock.slice(0, last + 1), clock.slice(last + 1)];
  // How the facts came to that end says it; what an event says of it may have been put right since, so it is said again.
  const told = before.length === 0 && saysExpiry(item.steps.at(-1), end) ? [] : [expiryStep(end, isFresh ? null : item.expiryTime)];
  return [...before, ...told, ...after, ...(isFresh ? [expiryStep(item.expiry!, item.expiryTime, "fresh-expiry")] : [])];
}

const MOVES_END = /^why-(extended|overridden)/;

/** Whether the last step tells of that end already; a penalty that runs at once has no time to comply before it. */
function saysExpiry(last: Step | undefined, expiry: Day): boolean {
  if (last?.day === undefined) return false;
  return last.day === expiry || (last.code === AT_ONCE && addDays(last.day, -1) === expiry);
}

function expiryStep(day: Day, time: string | null, code: "expiry" | "fresh-expiry" = "expiry"): Step {
  return time === null ? { code, args: { day }, day } : { code: `${code}-time`, args: { day, time }, day };
}

/** Dated facts of the decision, each with its own source. */
function datesOf({ facts, notification }: MatterFold, id: string): readonly Step[] {
  const [decided, published] = [dayOf(facts.decided), dayOf(facts.published)];
  const [ofDecision, ofNotification] = [sourceOf(facts, "decided"), sourceOf(facts, "notified")];
  const steps: Step[] = [];
  if (notification !== null && notification.from === notification.to) {
    const { from: day, time } = notification;
    const args = { day, ...(time === undefined ? {} : { time }) };
    steps.push(
      decided === null
        ? { code: "why-notified", args, day, ...ofNotification }
        : { code: "why-decided-notified", args: { ...args, decided }, day, ...ofDecision, ...ofNotification },
    );
  }
  const bothCited = ofDecision.source !== undefined && ofNotification.source !== undefined;
  if (decided !== null && (steps.length === 0 || bothCited))
    steps.push({ code: "why-decided", args: { day: decided }, day: decided, ...ofDecision });
  if (published !== null) steps.push({ code: "why-published", args: { day: published }, day: published, ...sourceOf(facts, "published") });
  const cure = facts.items?.find((item) => item.id === id)?.cure;
  if (notification === null) return cure !== undefined && "until" in cure ? steps : [...steps, { code: "why-not-notified", args: {} }];
  const { from, to } = notification;
  return from === to ? steps : [...steps, { code: "why-notified-between", args: { from, to }, day: from, ...ofNotification }];
}

function sourceOf(facts: Facts, field: "decided" | "notified" | "published"): { source?: string } {
  const fact = facts[field];
  return typeof fact === "object" && fact.source !== undefined ? { source: fact.source } : {};
}

function meterSteps(matter: Matter, fold: MatterFold, item: ItemStanding, through: Day): readonly Step[] {
  const { facts, currency } = fold;
  if (item.state === "annulled") return ranBefore(fold, item.id, through);
  const known = item.units === null ? dayOf(facts.knownThrough) : null;
  const until = known ?? through;
  const meters = metersOf(fold, until);
  const meter = meters.of.get(item.id);
  if (meter === undefined || (item.units === null && known === null)) return [];
  // A time to comply that stands still has no end from which a day of delay could follow.
  if (fold.items.find(({ id }) => id === item.id)!.stay?.during === "cure") return [{ code: "nothing-while-stayed", args: {} }];
  const steps: Step[] = [];
  if (meters.joint.has(item.id)) {
    const { items, amount } = facts.jointCap!;
    steps.push({ code: "joint-cap-shared", args: { items, cap: money(minorOf(amount, currency), currency) } });
  }
  steps.push(...explainMeter(meter, until, currency));
  if (steps.at(-1)?.code === "sum-through") steps.push(regimeStep(fold));
  if (known !== null) steps.push({ code: "known-through", args: { day: known }, day: known });
  if (item.unitsMax === null || (item.unitsMax === item.units && item.theoreticalMax?.minor === item.theoretical?.minor)) return steps;
  // With a notification within a window the least counts from its last day: said beside what counts from the first.
  const latest = foldMatter(matter, until, true);
  const late = metersOf(latest, until).of.get(item.id);
  if (late === undefined) return [...steps, { code: "range-nothing", args: {} }];
  const ran = run(late, until);
  const args = { first: addDays(late.expiry, 1), units: ran.units, per: item.rate!.per };
  if (ran.amount === null) return [...steps, { code: "range-latest", args }];
  const sum = money(ran.amount, currency);
  const [least, most] = sumsInOrder(sum, item.theoreticalMax ?? sum);
  return [...steps, { code: "range-latest", args: { ...args, sum } }, { code: "range-both", args: { least, most, day: until } }];
}

/** What had run of an item when it was annulled: it comes to nothing since. */
function ranBefore(fold: MatterFold, id: string, through: Day): readonly Step[] {
  const annulled = fold.events.find(
    ({ event }) => event.type === "annulled" && (event.matter === true || (event.item === id && event.liquidation === undefined)),
  );
  const until = annulled === undefined || annulled.event.on > through ? through : annulled.event.on;
  const meter = metersOf(fold, until).of.get(id);
  return meter === undefined || until <= meter.expiry ? [] : [...explainMeter(meter, until, fold.currency), regimeStep(fold)];
}

/** What a sum that has run is, by the way in which money comes to be owed to the authority. */
function regimeStep({ authority }: MatterFold): Step {
  return { code: `why-regime-${authority.regime}`, args: { authority: authority.code } };
}

/** What it all comes to: fixed, paid, given up and to be refunded. */
function totalSteps({ liquidations }: ItemFold, item: ItemStanding, hasRun: boolean): readonly Step[] {
  const { fixed, paid, writtenOff, refundDue, regime } = item;
  const steps: Step[] = [];
  const waits = regime === "liquidated" || regime === "court-set";
  if (liquidations.length > 0) steps.push({ code: "total-fixed", args: { sum: fixed } });
  else if (waits && hasRun && (item.units ?? 0) > 0 && item.state !== "annulled") steps.push({ code: "total-nothing-fixed", args: {} });
  if (paid.minor > 0n) steps.push({ code: "total-paid", args: { sum: paid } });
  if (writtenOff.minor > 0n) steps.push({ code: "total-written-off", args: { sum: writtenOff } });
  if (refundDue.minor > 0n) steps.push({ code: "total-refund-due", args: { sum: refundDue } });
  return steps;
}

/** Each window with what ran in it at the rate, beside what was fixed: in full, in part, nothing, or more. */
function liquidationSteps(fold: MatterFold, folded: ItemFold, { id, rate, regime }: ItemStanding): readonly Step[] {
  const { currency } = fold;
  const steps: Step[] = [];
  for (const { id: event, from, to, fixed, amount, ref, annulled } of folded.liquidations) {
    const source = fold.events.find((recorded) => recorded.id === event)?.event.source;
    const sum = money(minorOf(fixed, currency), currency);
    const shown = { from, to, amount: sum, ref: ref ?? "" };
    const code = `${WINDOWS[regime]}-window${ref === null ? "" : "-ref"}`;
    steps.push({ code, args: shown, day: to, ...(source === undefined ? {} : { source }) });
    const meter = metersOf(fold, to).of.get(id);
    const within = meter === undefined ? null : runWithin(meter, from, to);
    if (within !== null && within.amount !== null && rate !== null) {
      const ran = money(within.amount, currency);
      const args = { per: rate.per, units: within.units, sum: ran, amount: sum };
      steps.push({ code: `liquidation-${measure(sum.minor, ran.minor)}`, args });
    }
    if (annulled) steps.push({ code: "liquidation-annulled", args: { sum: money(minorOf(amount, currency), currency) } });
    else if (amount !== fixed) steps.push({ code: "liquidation-reduced", args: { sum: money(minorOf(amount, currency), currency) } });
  }
  if (folded.reduced !== null) {
    steps.push({ code: "fixed-reduced", args: { sum: money(minorOf(folded.reduced.to, currency), currency) } });
  }
  return steps;
}

/** Where the debt arises by itself its collection is decided; a sum is liquidated where the law has that word, and fixed elsewhere. */
const WINDOWS: Readonly<Record<Regime, string>> = {
  liquidated: "liquidated",
  forfeited: "collected",
  imposed: "fixed",
  "court-set": "fixed",
};

function measure(fixed: bigint, ran: bigint): "full" | "waived" | "part" | "more" {
  if (fixed === ran) return "full";
  if (fixed === 0n) return "waived";
  return fixed < ran ? "part" : "more";
}

/** A clock beside the cure period: how its end came to be, where somebody waits for it, of what it is, and what it rests on without being certain. */
function relatedSteps({ kind, day, done, steps, notes, ofSums = false, quiet = false }: RelatedDeadline): readonly Step[] {
  // By what its length was counted: a later step cites what moved its last day, or left it alone.
  const length = steps[0]?.source;
  const source = length === undefined ? {} : { source: length };
  const end = { code: done ? "related-done" : "related-ends", args: { what: kind, day }, day, ...source };
  if (done) return [end];
  const said = new Set(notes.map(({ code }) => code));
  // Of sums that are forfeited day by day each would tell the same.
  return [...(ofSums || quiet ? [] : steps.filter(({ code }) => !said.has(code))), end, ...notes];
}
