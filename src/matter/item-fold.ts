import { isRefusal, type Refusal, refuse } from "../law/finding.ts";
import type { Pause } from "../law/pauses.ts";
import type { Rule, Terms } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween, later } from "../time/day.ts";
import { type CureClock, periodsOf } from "./clock.ts";
import type { EventOf, RecordedEvent } from "./events.ts";

/** A liquidation as it stands: `amount` after reductions, 0 once annulled. Decimal strings of the matter's currency. */
export interface Liquidation {
  readonly id: string;
  readonly ref: string | null;
  readonly from: Day;
  readonly to: Day;
  /** As first fixed. */
  readonly fixed: string;
  amount: string;
  annulled: boolean;
}

/** What the events up to a day have made of one item. Filled by `applyToItem`, read by standing. */
export interface ItemFold {
  readonly id: string;
  readonly clock: CureClock;
  expiry: Day | null;
  /** The end of a fresh period that a resumption gave after the first expiry; accrual of before is kept. */
  freshExpiry: Day | null;
  /** What the facts and events gave where a person has overridden it. */
  readonly overridden: { what: string; computed: string; value: string; because: string }[];
  firstDay: Day | null;
  setUnits: { on: Day; value: number; because: string } | null;
  /** Days after the expiry that do not count; an open stay has no end. */
  pauses: Pause[];
  stay: { from: Day; beforeExpiry: boolean } | null;
  collectionStayed: boolean;
  claim: { on: Day; stop: Day } | null;
  /** The last day that counts. */
  stop: Day | null;
  ended: "complied" | "settled" | "withdrawn" | "lapsed" | "remitted" | null;
  closed: boolean;
  annulled: boolean;
  referredTo: string | null;
  steps: { from: Day; rate: string }[];
  violations: { on: Day; count: number }[];
  liquidations: Liquidation[];
  reducedTo: string | null;
  paid: string[];
  refunded: string[];
  appealAssumed: boolean;
  /** An extension that came after the expiry: the days between no longer count. */
  extendedLate: { from: Day; to: Day } | null;
  observations: { id: string; from: Day }[];
}

export function newItemFold(id: string, clock: CureClock): ItemFold {
  return {
    id,
    clock,
    expiry: clock.kind === "running" ? clock.expiry : null,
    freshExpiry: null,
    overridden: [],
    firstDay: null,
    setUnits: null,
    pauses: [],
    stay: null,
    collectionStayed: false,
    claim: null,
    stop: null,
    ended: null,
    closed: false,
    annulled: false,
    referredTo: null,
    steps: [],
    violations: [],
    liquidations: [],
    reducedTo: null,
    paid: [],
    refunded: [],
    appealAssumed: false,
    extendedLate: null,
    observations: [],
  };
}

/** Applies one event to one item. A refusal leaves the item as it was. Reading and money of fines are the matter's business. */
export function applyToItem(
  item: ItemFold,
  { id, event }: RecordedEvent,
  terms: Omit<Terms, "start" | "periods">,
  rule: Rule,
): Refusal | null {
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
      item.steps.push({ from: event.on, rate: event.rate });
      return null;
    case "partly-complied":
      if (event.rate !== undefined) item.steps.push({ from: event.on, rate: event.rate });
      return null;
    case "violation":
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
      item.stop = event.from ?? item.claim!.stop;
      item.claim = null;
      item.ended = "complied";
      return null;
    case "intended":
      item.observations.push({ id, from: event.on });
      return windowFault(item, event.from, event.to);
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
  if (expiry !== null && event.on > expiry) item.extendedLate = { from: addDays(expiry, 1), to: until };
  if (item.freshExpiry === null) {
    item.expiry = until;
  } else {
    item.freshExpiry = until;
    item.pauses.push({ from: addDays(expiry!, 1), to: until });
  }
  return null;
}

function stay(item: ItemFold, on: Day): Refusal | null {
  if (item.stay !== null) return refuse("stay-inside-stay", { from: item.stay.from });
  const beforeExpiry = item.expiry === null || on <= item.expiry;
  item.stay = { from: on, beforeExpiry };
  if (!beforeExpiry) item.pauses.push({ from: on, to: null });
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
  if (stayed.beforeExpiry) {
    if (item.expiry !== null && item.clock.kind === "running") {
      const stoodStill = Math.max(0, daysBetween(later(stayed.from, addDays(item.clock.start, 1)), event.on));
      item.expiry = end ?? addDays(item.expiry, stoodStill);
    }
    return null;
  }
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
