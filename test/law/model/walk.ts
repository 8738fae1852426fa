import type { MatterEvent } from "../../../src/matter/events.ts";
import type { FiledMatter } from "../../../src/matter/facts.ts";
import { isOpen as isOpenDay, numberOf } from "./almanac.ts";
import { hangsOnNotification, isSticky, momentOf, type Notified, ruleOf, setEnd, startClock } from "./clock.ts";
import { freshItem, type ItemState } from "./item-state.ts";
import type { Known } from "./known.ts";
import { type End, limitOf, partsOf } from "./limits.ts";
import { type FineState, freshFine, takeMoney } from "./money.ts";
import { minorOf } from "./sums.ts";

/** A matter at the end of a day. */
export interface Walked {
  readonly items: readonly ItemState[];
  readonly fines: readonly FineState[];
}

export type NotifiedAs = "earliest" | "latest";

/** Walks from day to day through the last one, and lets the events of each take effect in their order. */
export function walk({ facts, events }: Known, currency: string, through: number, as: NotifiedAs): Walked {
  const items = (facts.items ?? []).map(freshItem);
  const fines = (facts.fines ?? []).map((fine) => freshFine(fine, currency));
  let notified = notifiedIn(facts, as);
  const dated = events.map((event) => ({ event, on: numberOf(event.on) }));
  const first = Math.min(through, ...dated.map(({ on }) => on));
  for (const item of items) startClock(item, facts, notified);
  for (let day = first; day <= through; day++) {
    for (const { event, on } of dated) {
      if (on !== day) continue;
      if (event.type === "notified") {
        if (isOpen(facts)) notified = { day, time: event.at ?? null };
        for (const item of items) restart(item, facts, notified);
      }
      const mine = items.filter(({ facts: { id } }) => event.item === undefined || event.item === id);
      for (const item of mine) if (!isOver(item) || !MOVES.has(event.type)) take(item, event, day, currency);
      if (event.type === "annulled") for (const item of items) if (event.matter || event.item === item.facts.id) stop(item, day);
      takeMoney(event, currency, items, mine, fines);
    }
    for (const item of items) if (item.stay !== null) item.stayedDays.add(day);
  }
  return { items, fines };
}

function notifiedIn({ notified: fact }: FiledMatter, as: NotifiedAs): Notified {
  if (fact === undefined) return null;
  if (typeof fact === "string") return momentOf(fact);
  if ("between" in fact) return momentOf(fact.between[as === "earliest" ? 0 : 1]);
  return momentOf(fact.day);
}

/** Whether the day of notification is not known, or within a window only. */
function isOpen({ notified }: FiledMatter): boolean {
  return notified === undefined || (typeof notified === "object" && "between" in notified);
}

/** The clock anew where it hangs on the day that has become known. */
function restart(item: ItemState, facts: FiledMatter, notified: Notified): void {
  const { cure, penalty } = item.facts;
  if (cure === undefined ? penalty?.from !== "notified" : "until" in cure || !hangsOnNotification(cure.from ?? "notified")) return;
  item.expiry = null;
  startClock(item, facts, notified);
}

/** What moves a clock or a meter, and does not once the item is over. */
const MOVES: ReadonlySet<string> = new Set(["stayed", "resumed", "appealed"]);

function isOver({ accepted, endings, closed, annulled }: ItemState): boolean {
  return accepted || endings.size > 0 || closed || annulled;
}

function take(item: ItemState, event: MatterEvent, day: number, currency: string): void {
  switch (event.type) {
    case "extended":
      begin(item, day);
      extend(item, event.until === undefined ? null : numberOf(event.until), event.by ?? null);
      return;
    case "stayed":
      if (event.scope !== "collection") stay(item, day);
      return;
    case "appealed":
      if (event.suspends === "yes") stay(item, day);
      return;
    case "resumed":
      resume(item, day, event.with ?? "remainder");
      return;
    case "rate-changed":
      item.rates.push({ from: day, rate: minorOf(event.rate, currency) });
      return;
    case "partly-complied":
      if (event.rate !== undefined) item.rates.push({ from: day, rate: minorOf(event.rate, currency) });
      return;
    case "violation":
      item.violations.push({ on: day, count: event.count });
      return;
    case "complied":
      item.claim = { day, last: event.counted === false ? day - 1 : day };
      return;
    case "rejected":
      item.claim = null;
      return;
    case "accepted":
      item.last = event.from === undefined ? item.claim!.last : numberOf(event.from);
      [item.accepted, item.claim] = [true, null];
      return;
    case "remitted":
    case "settled":
    case "withdrawn":
    case "lapsed":
      item.endings.add(event.type);
      stop(item, event.counted === false ? day - 1 : day);
      return;
    case "closed":
      item.closed = true;
      stop(item, item.claim?.last ?? item.last ?? day);
      return;
    case "overridden":
      byHand(item, event.what, event.value, day);
      return;
    default:
  }
}

/** What has run stays; where a claim has left the meter, it is left. */
function stop(item: ItemState, last: number): void {
  item.last = Math.min(last, item.last ?? last);
}

/** A clock whose end somebody has set or moved runs from that day at the latest. */
function begin(item: ItemState, day: number): void {
  item.start = Math.min(item.start ?? day, day);
}

function extend(item: ItemState, until: number | null, by: string | null): void {
  const stood = { day: item.expiry ?? until!, time: item.expiryTime, again: item.expiryAgain };
  moveExpiry(item, until === null ? limitOf(stood, [by!], ruleOf(item), isSticky(item)) : { day: until, time: null });
  item.firstByHand = null;
}

/** A fresh period's own end moves; what ran before it is left. */
function moveExpiry(item: ItemState, end: End): void {
  setEnd(item, end);
  const fresh = item.fresh.at(-1);
  if (fresh === undefined) item.base = end.day;
  else fresh.to = end.day;
}

/** Whether the period to comply still runs: to its end, or to a first day of penalty that was set by hand; a fresh period has its own end. */
function isCuring({ facts, expiry, fresh, firstByHand }: ItemState, day: number): boolean {
  return fresh.length > 0 || firstByHand === null || facts.penalty === undefined ? day <= expiry! : day < firstByHand && day <= expiry!;
}

function stay(item: ItemState, day: number): void {
  item.stay = { since: day, curing: item.expiry !== null && isCuring(item, day) };
}

function resume(item: ItemState, day: number, as: string): void {
  // A stay of collection alone moved nothing.
  if (item.stay === null) return;
  const { since, curing } = item.stay;
  item.stay = null;
  if (as === "remainder" && !curing) return;
  // The day on which the clock starts is not counted, so none before it stood still.
  const still = Math.max(0, day - Math.max(since, (item.start ?? since) + 1));
  const end =
    as === "remainder"
      ? laterBy(item, { from: day - still, before: day }, ruleOf(item))
      : limitOf({ day, time: null }, [as], ruleOf(item), isSticky(item));
  if (as !== "remainder") item.counted = [as];
  // An extension since the stay began has put the end of the first period beyond this day: the fresh one takes its place.
  const runs = curing || (item.fresh.length === 0 && item.expiry! >= day);
  if (runs && item.fresh.length === 0) item.firstByHand = null;
  if (!runs) item.fresh.push({ from: day, to: end.day });
  moveExpiry(item, end);
}

/** The end put off by the days that stood still, of a period in business days by those, and on to an open day where the rule does so. */
function laterBy(item: ItemState, still: { from: number; before: number }, rule: string): End {
  const { expiry, expiryTime: time, expiryAgain: again, counted } = item;
  let day = expiry!;
  if (still.from === still.before) return { day, time, again };
  if (counted === null) return { day: day + still.before - still.from, time };
  const parts = counted.map(partsOf);
  const inOpenDays = parts.every(({ open }) => open > 0);
  for (let one = still.from; one < still.before; one++) {
    if (!inOpenDays) day++;
    else if (isOpenDay(one))
      do day++;
      while (!isOpenDay(day));
  }
  const inHours = parts.at(-1)!.hours > 0;
  if (rule !== "cure" && !inHours) while (!isOpenDay(day)) day++;
  return { day, time: inHours ? time : null };
}

function byHand(item: ItemState, what: string, value: string | number, day: number): void {
  if (what === "units") item.unitsByHand = { on: day, units: Number(value) };
  else if (what === "expiry") {
    begin(item, day);
    if (item.knownFrom !== null) item.knownFrom = Math.min(item.knownFrom, day);
    moveExpiry(item, { day: numberOf(String(value)), time: null });
  } else item.firstByHand = numberOf(String(value));
}
