import type { FiledMatter } from "../../../src/matter/facts.ts";
import { numberOf } from "./almanac.ts";
import type { ItemState } from "./item-state.ts";
import { type End, limitOf } from "./limits.ts";

/** When the addressee was notified, with a time of day where one is known. */
export type Notified = End | null;

/** The rule of CNIL orders where a file names none: the last day stands. */
const ORDERS = "cure";

/** The rule by which an item's periods are counted. */
export function ruleOf({ facts: { cure } }: ItemState): string {
  return cure !== undefined && "period" in cure ? (cure.rule ?? ORDERS) : ORDERS;
}

export function isSticky({ facts: { cure } }: ItemState): boolean {
  return cure !== undefined && "period" in cure && cure.stickyMonthEnd === true;
}

/** Sets the day on which the item's clock starts and the day on which its period ends, as far as the facts go. */
export function startClock(item: ItemState, facts: FiledMatter, notified: Notified): void {
  const { cure, penalty } = item.facts;
  if (item.expiry !== null) return;
  if (penalty?.from !== undefined) startAtOnce(item, penalty.from, facts, notified);
  if (cure === undefined) return;
  if ("until" in cure) {
    item.start = dated(facts.decided)?.day ?? null;
    item.expiry = numberOf(cure.until);
    item.base = item.expiry;
    return;
  }
  const start = startOf(cure.from ?? "notified", facts, notified);
  if (start === null) return;
  item.start = start.day;
  const from = cure.from ?? "notified";
  item.knownFrom = hangsOnNotification(from) ? notified!.day : from === "published" ? start.day : null;
  item.counted = typeof cure.period === "string" ? [cure.period] : cure.period;
  const end = limitOf(start, item.counted, ruleOf(item), isSticky(item));
  setEnd(item, end);
  item.base = end.day;
}

/** A penalty that counts from its first day on: no time to comply is left, as if it had ended on the day before. */
function startAtOnce(item: ItemState, from: PenaltyFrom, facts: FiledMatter, notified: Notified): void {
  if (typeof from === "object") throw new RangeError("the model knows no such start of a penalty");
  const start = startOf(from, facts, notified);
  if (start === null) return;
  item.start = start.day;
  item.knownFrom = from === "notified" || from === "published" ? start.day : null;
  item.expiry = start.day - 1;
  item.base = item.expiry;
}

/** The end of the period that runs, with the time of day at which it ends. */
export function setEnd(item: ItemState, { day, time, again }: End): void {
  item.expiry = day;
  item.expiryTime = time;
  item.expiryAgain = again === true;
}

type PenaltyFrom = NonNullable<NonNullable<ItemState["facts"]["penalty"]>["from"]>;
export type From = NonNullable<Extract<NonNullable<ItemState["facts"]["cure"]>, { period: unknown }>["from"]>;

export function hangsOnNotification(from: From): boolean {
  return from === "notified" || (typeof from === "object" && "appeal" in from);
}

function startOf(from: From, facts: FiledMatter, notified: Notified): End | null {
  if (typeof from === "object" && !("appeal" in from)) throw new RangeError("the model knows no such start of a clock");
  if (typeof from === "object")
    return notified === null ? null : limitOf({ day: notified.day, time: null }, [from.appeal], from.rule ?? "cure");
  if (from === "notified") return notified;
  if (from === "decided" || from === "published") return dated(facts[from]);
  return momentOf(from);
}

function dated(fact: FiledMatter["decided"]): End | null {
  if (fact === undefined) return null;
  return { day: numberOf(typeof fact === "string" ? fact : fact.day), time: null };
}

export function momentOf(text: string): End {
  return { day: numberOf(text), time: text.length > 10 ? text.slice(11) : null };
}
