import fc from "fast-check";
import type { FiledMatter } from "../../../src/matter/facts.ts";
import { numberOf, textOf } from "./almanac.ts";
import type { Draft, Fields, Setting } from "./drafts.ts";
import { modelOn } from "./model.ts";
import { readMatter, TODAY, takes } from "./product.ts";
import { draftsOf, type Story, stories } from "./stories.ts";
import { factsOf, hourOf, type TermSeeds, termSeeds } from "./terms.ts";

/** A matter file's matter with a history in which each event made sense when it was recorded, and the days that are asked about. */
export interface RandomMatter {
  readonly filed: object;
  readonly days: readonly string[];
}

const DAYS = 3;
/** So many days after the notification the end of every period is known. */
const SETTLED = 70;

export const randomMatter: fc.Arbitrary<RandomMatter> = fc
  .record({ terms: termSeeds, told: stories, asked: fc.array(fc.nat({ max: 999_999 }), { minLength: DAYS, maxLength: DAYS }) })
  .map(({ terms, told, asked }) => made(terms, told, asked));

function made(terms: TermSeeds, told: readonly Story[], asked: readonly number[]): RandomMatter {
  const facts = factsOf(terms);
  const events: Fields[] = [];
  const read = readMatter(facts);
  const { filed } = read;
  let { matter } = read;
  const [first, last] = [terms.decided + terms.wait, numberOf(TODAY)];
  for (const draft of draftsOf(told, settingOf(filed, terms))) {
    const event = draft.day > last || draft.day < first ? null : eventOf(draft, events);
    const after = event === null || isUnsettled(event, events, filed) ? null : takes(matter, event);
    if (event === null || after === null) continue;
    matter = after;
    events.push(event);
  }
  return { filed: { ...facts, ...(events.length === 0 ? {} : { events }) }, days: daysOf(terms, events, asked) };
}

/**
 * What the texts leave open, so that there is nothing to compare: one liquidation lowered or annulled after all of an item's had been lowered to
 * one sum; a count by hand under a cap for each year, in common or until a day, or beside a liquidation, since nobody knows of which days it is;
 * an expiry or a first day of penalty by hand after a stay, since nobody says whether the days of the stay count; an item annulled that shares a
 * cap; an extension or a stay of what has not begun, or a stay of what is over; an extension until a day while the notification is known within a window only.
 */
function isUnsettled(event: Fields, before: readonly Fields[], filed: FiledMatter): boolean {
  const { items = [], jointCap, decided, notified } = filed;
  const item = items.find(({ id }) => id === event.item);
  const had = (of: (one: Fields) => boolean) => before.some(of);
  if (event.liquidation !== undefined || (event.type === "reduced" && String(event.for).startsWith("SAN-")))
    return had(({ type, for: of }) => type === "reduced" && items.some(({ id }) => id === of));
  if (event.type === "liquidated") return had(({ what, item: of }) => what === "units" && of === event.item);
  if (event.type === "extended" && item !== undefined && runsLater(item, event.on, filed)) return true;
  if (event.until !== undefined) return typeof notified === "object" && "between" in notified;
  if (event.type === "annulled") return jointCap !== undefined && event.fine === undefined;
  if (event.type === "stayed" || event.suspends === "yes")
    return items.some((one) => startsLater(one.cure, event.on, decided) || runsLater(one, event.on, filed)) || had(ends);
  if (event.type !== "overridden") return false;
  if (event.what !== "units") return had(({ type }) => type === "stayed" || type === "appealed");
  return (
    jointCap !== undefined ||
    item?.penalty?.cap?.perYear !== undefined ||
    item?.penalty?.cap?.until !== undefined ||
    had(({ type, item: of }) => type === "liquidated" && of === event.item)
  );
}

const ENDS: ReadonlySet<string> = new Set(["accepted", "remitted", "settled", "withdrawn", "lapsed", "closed", "annulled"]);

function ends({ type, fine, liquidation }: Fields): boolean {
  return ENDS.has(type) && fine === undefined && liquidation === undefined;
}

/** Longer than any wait for a notification, an appeal period and its roll take. */
const BEFORE_APPEAL = 90;

type Cure = NonNullable<FiledMatter["items"]>[number]["cure"];

/** Whether a penalty that leaves no time to comply counts from a later day only. */
function runsLater({ penalty }: NonNullable<FiledMatter["items"]>[number], on: string, { published, notified }: FiledMatter): boolean {
  const from = penalty?.from;
  if (from === undefined || from === "decided" || typeof from === "object") return false;
  if (from === "published") return on < String(published);
  if (from !== "notified") return on < from;
  return typeof notified === "object" && "between" in notified && on < notified.between[1];
}

function startsLater(cure: Cure, on: string, decided: FiledMatter["decided"]): boolean {
  if (cure === undefined || "until" in cure || cure.from === undefined) return false;
  if (typeof cure.from === "object") return numberOf(on) < numberOf(String(decided)) + BEFORE_APPEAL;
  return /^\d/.test(cure.from) && cure.from.slice(0, 10) >= on;
}

function eventOf(draft: Draft, before: readonly Fields[]): Fields | null {
  const fields = draft.make(before);
  return fields === null ? null : ({ on: textOf(draft.day), id: `n${before.length + 1}`, ...fields } as unknown as Fields);
}

function settingOf(filed: FiledMatter, terms: TermSeeds): Setting {
  const notified = terms.decided + terms.wait;
  const { items } = modelOn(filed, textOf(notified + SETTLED));
  return {
    items: items.map(({ id, expiry }, index) => ({
      id,
      expiry: expiry === null ? notified + 60 : numberOf(expiry),
      per: filed.items?.[index]?.penalty?.per ?? null,
      inHours: isInHours(filed.items?.[index]?.cure),
    })),
    fine: filed.fines !== undefined,
    notified,
    hour: hourOf(terms),
    isNotified: terms.notified !== "event",
  };
}

function isInHours(cure: Cure): boolean {
  return cure !== undefined && "period" in cure && String(cure.period).startsWith("PT");
}

/** Days of events and between them, and some beyond. */
function daysOf({ decided, wait }: TermSeeds, events: readonly Fields[], asked: readonly number[]): readonly string[] {
  const first = decided + wait;
  const last = Math.max(first + 100, ...events.map(({ on }) => numberOf(on) + 40));
  const days = asked.map((roll, index) => {
    const event = events[roll % (events.length + 1)];
    if (index === 0 && event !== undefined) return numberOf(event.on);
    return first + (roll % (last - first + (index === 1 ? 300 : 1)));
  });
  return days.map((day) => textOf(Math.min(day, numberOf(TODAY))));
}
