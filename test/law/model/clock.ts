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
  const { cure } = item.facts;
  if (cure === undefined || item.expiry !== null) return;
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
  item.expiry = end.day;
  item.base = end.day;
}

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
