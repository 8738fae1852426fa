import { isRefusal, type Refusal, refuse } from "../law/finding.ts";
import type { Rule, Terms } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween, later } from "../time/day.ts";
import { periodsOf } from "./clock.ts";
import type { EventOf, RecordedEvent } from "./events.ts";
import type { ItemFold } from "./item-state.ts";

/** What moves a clock or a meter, and so makes no sense of an item that has ended. */
export const MOVES: ReadonlySet<string> = new Set([
  "extended",
  "stayed",
  "resumed",
  "rate-changed",
  "violation",
  "complied",
  "rejected",
  "accepted",
  "partly-complied",
]);

/** Applies one event to one item. Where it makes no sense it is refused. Money of fines is the matter's business. */
export function applyToItem(
  item: ItemFold,
  { id, event }: RecordedEvent,
  terms: Omit<Terms, "start" | "periods">,
  rule: Rule,
  { per, allOver }: { readonly per: string | null; readonly allOver: boolean },
): Refusal | null {
  const over = item.annulled ? "annulled" : item.closed ? "closed" : item.ended;
  if (over !== null && event.item !== undefined && MOVES.has(event.type)) return refuse("item-ended", { item: item.id, ended: over });
  if (over !== null && MOVES.has(event.type)) return allOver ? refuse("item-ended", { item: item.id, ended: over }) : null;
  switch (event.type) {
    case "extended":
      return extend(item, event, terms, rule);
    case "stayed":
      if (event.scope === "collection") item.collectionStayed = true;
      else return stay(item, event.on);
      return null;
    case "appealed":
      if (event.suspends === "yes") return stay(item, event.on);
      if (event.suspends === undefined) item.appealAssumed = true;
      return null;
    case "resumed":
      return resume(item, event, terms, rule);
    case "rate-changed":
      if (per === null) return refuse("no-meter", { item: item.id });
      item.steps.push({ from: event.on, rate: event.rate });
      return null;
    case "partly-complied":
      if (event.rate !== undefined) item.steps.push({ from: event.on, rate: event.rate });
      return null;
    case "violation":
      if (per !== "violation") return refuse("no-violation-meter", { item: item.id });
      item.violations.push({ on: event.on, count: event.count });
      return null;
    case "complied":
      if (item.claim !== null) return refuse("claim-stands", { on: item.claim.on });
      item.claim = { on: event.on, stop: lastCounted(event) };
      item.stop = item.claim.stop;
      return null;
    case "rejected":
      if (item.claim === null) return refuse("no-claim");
      item.claim = null;
      item.stop = null;
      return null;
    case "accepted":
      if (item.claim === null && event.from === undefined) return refuse("no-claim-accepted");
      if (event.from !== undefined && event.from > event.on) return refuse("accepted-from-later", { from: event.from, on: event.on });
      item.stop = event.from ?? item.claim!.stop;
      item.claim = null;
      item.ended = "complied";
      return null;
    case "intended": {
      const fault = windowFault(item, event.from, event.to);
      if (fault === null) item.observations.push({ id, from: event.on });
      return fault;
    }
    case "liquidated":
      return liquidate(item, id, event);
    case "remitted":
    case "settled":
    case "withdrawn":
    case "lapsed":
      item.stop = item.stop ?? lastCounted(event);
      item.ended = event.type;
      return null;
    case "closed":
      item.stop = item.stop ?? event.on;
      item.closed = true;
      return null;
    case "overridden":
      return override(item, event);
    default:
      return null;
  }
}

function lastCounted(event: { on: Day; counted?: boolean | undefined }): Day {
  return event.counted === false ? addDays(event.on, -1) : event.on;
}

function extend(item: ItemFold, event: EventOf<"extended">, terms: Omit<Terms, "start" | "periods">, rule: Rule): Refusal | null {
  const expiry = item.freshExpiry ?? item.expiry;
  if ((event.until === undefined) === (event.by === undefined)) return refuse("extended-until-or-by");
  let until = event.until;
  if (until === undefined) {
    if (expiry === null) return refuse("no-expiry-yet", { item: item.id });
    const limit = rule.limit({ ...terms, start: { day: expiry }, periods: periodsOf(event.by!) });
    if (isRefusal(limit)) return limit;
    until = limit.expiry;
  }
  if (expiry !== null && until <= expiry) return refuse("extension-not-later", { until, expiry });
  forgetFirstDay(item);
  if (expiry !== null && event.on > expiry) item.extendedLate = { from: addDays(expiry, 1), to: until };
  if (item.freshExpiry === null) {
    item.expiry = until;
  } else {
    item.freshExpiry = until;
    item.pauses.push({ from: addDays(expiry!, 1), to: until });
  }
  return null;
}

/** What a person had set as the first day of delay was of the old expiry. */
function forgetFirstDay(item: ItemFold): void {
  item.firstDay = null;
  item.overridden = item.overridden.filter(({ what }) => what !== "firstPenaltyDay");
}

function stay(item: ItemFold, on: Day): Refusal | null {
  if (item.stay !== null) return refuse("stay-inside-stay", { from: item.stay.from });
  const during =
    item.expiry === null || on <= item.expiry ? "cure" : item.freshExpiry !== null && on <= item.freshExpiry ? "fresh period" : "delay";
  item.stay = { from: on, during };
  if (during !== "cure") item.pauses.push({ from: on, to: null });
  return null;
}

function resume(item: ItemFold, event: EventOf<"resumed">, terms: Omit<Terms, "start" | "periods">, rule: Rule): Refusal | null {
  const { stay: stayed, collectionStayed } = item;
  if (stayed === null) {
    if (!collectionStayed) return refuse("no-stay");
    item.collectionStayed = false;
    return null;
  }
  const fresh = event.with !== undefined && event.with !== "remainder" ? event.with : null;
  let end: Day | null = null;
  if (fresh !== null) {
    const limit = rule.limit({ ...terms, start: { day: event.on }, periods: periodsOf(fresh) });
    if (isRefusal(limit)) return limit;
    end = limit.expiry;
  }
  item.stay = null;
  if (stayed.during === "cure") {
    if (item.expiry !== null && item.clock.kind === "running") {
      const stoodStill = Math.max(0, daysBetween(later(stayed.from, addDays(item.clock.start, 1)), event.on));
      item.expiry = end ?? addDays(item.expiry, stoodStill);
      forgetFirstDay(item);
    }
    return null;
  }
  if (stayed.during === "fresh period") end ??= addDays(item.freshExpiry!, daysBetween(stayed.from, event.on));
  item.freshExpiry = end ?? item.freshExpiry;
  item.pauses = [...item.pauses.filter(({ to }) => to !== null), { from: stayed.from, to: end ?? addDays(event.on, -1) }];
  return null;
}

/** Liquidations of an item may not overlap, end before they begin, or begin before the first day of delay. */
function windowFault(item: ItemFold, from: Day, to: Day): Refusal | null {
  if (to < from) return refuse("window-backwards", { from, to });
  if (item.expiry !== null && from <= item.expiry) return refuse("window-before-expiry", { from, expiry: item.expiry });
  return null;
}

function liquidate(item: ItemFold, id: string, event: EventOf<"liquidated">): Refusal | null {
  const fault = windowFault(item, event.from, event.to);
  if (fault !== null) return fault;
  if (event.to > event.on) return refuse("window-not-over", { to: event.to, on: event.on });
  const other = item.liquidations.find(({ annulled, from, to }) => !annulled && from <= event.to && event.from <= to);
  if (other !== undefined) return refuse("windows-overlap", { from: event.from, to: event.to, otherFrom: other.from, otherTo: other.to });
  const { from, to, amount } = event;
  item.liquidations.push({ id, ref: event.ref ?? null, from, to, fixed: amount, amount, annulled: false });
  return null;
}

function override(item: ItemFold, event: EventOf<"overridden">): Refusal | null {
  const { what, value } = event;
  const because = event.because ?? "";
  if (because === "") return refuse("override-needs-reason");
  if (typeof value === "number") {
    if (what !== "units") return refuse("override-needs-day", { what });
    item.setUnits = { on: event.on, value, because };
    return null;
  }
  if (what === "units") return refuse("override-needs-count");
  const computed = what === "expiry" ? item.expiry : (item.firstDay ?? (item.expiry === null ? null : addDays(item.expiry, 1)));
  item.overridden.push({ what, computed: computed ?? "", value, because });
  if (what === "expiry") item.expiry = value;
  else item.firstDay = value;
  return null;
}
