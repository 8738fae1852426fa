import { calendarOf } from "../law/calendar.ts";
import type { Authority } from "../law/catalogue.ts";
import type { Which } from "../law/clock-change.ts";
import { isRefusal, type Refusal, refuse, type Step } from "../law/finding.ts";
import { parsePeriod } from "../law/period.ts";
import { cure as standing } from "../law/rules/cure.ts";
import { ruleOf } from "../law/rules/index.ts";
import { beforeRoll, type Limit, type Rule, type Start, type Terms } from "../law/time-limit.ts";
import { addDays, type Day } from "../time/day.ts";
import { earliest } from "./clock-told.ts";
import {
  type ClockStart,
  type CureFacts,
  dayOf,
  type Facts,
  type ItemFacts,
  momentOf,
  type Notification,
  type PenaltyStart,
} from "./facts.ts";
import { calendarRead, type Reading, ruleRead } from "./reading.ts";

/** Where the clock of a cure period stands. */
export type CureClock =
  /** A fact is missing; `earliest` is the first day on which it can end, where even that can be told. */
  | { readonly kind: "draft"; readonly missing: readonly string[]; readonly earliest: Day | null; readonly why: Refusal | null }
  /** It has not started; where its start is certain already, so is its end. */
  | {
      readonly kind: "pending";
      /** Null where it waits for something that has no day yet. */
      readonly starts: Day | null;
      readonly expiry: Day | null;
      readonly time?: string;
      readonly which?: Which;
      readonly steps: readonly Step[];
      readonly count: Count | null;
    }
  | {
      readonly kind: "running";
      readonly start: Day;
      readonly expiry: Day;
      readonly time?: string;
      readonly which?: Which;
      readonly steps: readonly Step[];
      /** How its end was counted; null where a day is set. */
      readonly count: Count | null;
    };

/** An end that a rule has given. */
export interface Count {
  readonly rule: Rule;
  readonly terms: Terms;
  readonly end: Day;
  /** The day on which it was before it moved on to a working day. */
  readonly unrolled: Day;
  /** The holidays are those that all parts of a country have: some of them have more. */
  readonly inCommon: boolean;
}

export function countOf(rule: Rule, terms: Terms, limit: Limit): Count {
  const inCommon = limit.steps.some(({ code }) => code === "holidays-in-common");
  return { rule, terms, end: limit.expiry, unrolled: beforeRoll(limit), inCommon };
}

/** Days from which a clock may run that events make; null while there is none. */
export interface Anchors {
  event(id: string): Start | null;
  /** The end of an item's time to comply as it stands. */
  expiry(item: string): Start | null;
}

/** What a clock runs from. */
export interface Ground {
  readonly facts: Facts;
  readonly authority: Authority;
  readonly notification: Notification | null;
  readonly anchors: Anchors;
  /** Where it is asked what another reading would give. */
  readonly reading?: Reading | null;
}

/** The clock of an item's cure period by the end of a day, as the facts alone have it: events come later. */
export function cureClock(ground: Ground, item: ItemFacts, by: Day): CureClock {
  const { facts, authority, notification, reading = null } = ground;
  const { cure } = item;
  const at = `items.${item.id}`;
  if (cure === undefined && item.penalty?.from !== undefined) return atOnce(ground, item.penalty.from, by);
  if (cure === undefined) return { kind: "draft", missing: [`${at}.cure`], earliest: null, why: null };
  if ("until" in cure) return fixedDay(facts, cure, by);
  const ruleId = cure.rule ?? (facts.kind === "notice" || facts.kind === "sanction" || facts.kind === "order" ? authority.orderRule : null);
  const named = ruleId === null ? null : ruleOf(ruleId);
  const rule = named === null ? null : ruleRead(named, authority, reading);
  const from = cure.from ?? "notified";
  const terms = {
    ...citedOf(authority, rule),
    periods: periodsOf(cure.period),
    stickyMonthEnd: cure.stickyMonthEnd ?? false,
    ...calendarRead(placeOf(authority, cure.calendar), reading),
  };
  const start = startOf(ground, from, named);
  const decided = dayOf(facts.decided);
  if (isRefusal(start)) {
    if (start.refused === "not-started") return NOT_STARTED;
    const periods = typeof from === "object" && "appeal" in from ? [...periodsOf(from.appeal), ...terms.periods] : terms.periods;
    const earliest = decided === null ? null : earliestDay({ ...terms, periods, start: { day: decided } }, authority);
    return { kind: "draft", missing: [String(start.args.fact), ...(rule === null ? [`${at}.cure.rule`] : [])], earliest, why: null };
  }
  if (rule === null)
    return { kind: "draft", missing: [`${at}.cure.rule`], earliest: earliestDay({ ...terms, start }, authority), why: null };
  const limit = rule.limit({ ...terms, start });
  if (isRefusal(limit))
    return {
      kind: "draft",
      missing: [`${at}.cure${NO_CALENDAR.has(limit.refused) ? ".calendar" : ""}`],
      earliest: earliestDay({ ...terms, start }, authority),
      why: limit,
    };
  const before = stepsBefore(ground, from, start, named!, terms);
  const count = countOf(rule, { ...terms, start }, limit);
  if (start.day > by) {
    const certain =
      typeof from === "object"
        ? !("appeal" in from) || (notification !== null && notification.from <= by)
        : from !== "notified" && from !== "published";
    const end = certain ? { ...limit, count } : { expiry: null, count: null };
    return { kind: "pending", starts: start.day, ...end, steps: [...before, ...limit.steps] };
  }
  return { kind: "running", start: start.day, ...limit, steps: [...before, ...limit.steps], count };
}

/** How an authority was seen to count by a rule is cited in the place of the rule's own text. */
export function citedOf({ orderRule, orderRuleSource }: Authority, rule: Rule | null): { readonly citation?: string } {
  return rule !== null && rule.id === orderRule && orderRuleSource !== null ? { citation: orderRuleSource.citation } : {};
}

const NOT_STARTED: Extract<CureClock, { kind: "pending" }> = { kind: "pending", starts: null, expiry: null, steps: [], count: null };

const NO_CALENDAR: ReadonlySet<string> = new Set(["calendar-missing", "calendar-begins", "calendar-ends"]);

function fixedDay(facts: Facts, cure: Extract<CureFacts, { until: Day }>, by: Day): CureClock {
  const start = dayOf(facts.decided) ?? dayOf(facts.published) ?? cure.until;
  if (start > by && start < cure.until) return { ...NOT_STARTED, starts: start };
  const step: Step = { code: "until", args: { day: cure.until, because: cure.because }, day: cure.until };
  return { kind: "running", start, expiry: cure.until, steps: [step], count: null };
}

/** A penalty that runs at once leaves no time to comply: its meter counts as if that had ended on the day before. */
function atOnce(ground: Ground, from: PenaltyStart, by: Day): CureClock {
  const start = startOf(ground, from, null);
  if (isRefusal(start)) {
    if (start.refused === "not-started") return NOT_STARTED;
    const decided = dayOf(ground.facts.decided);
    return { kind: "draft", missing: [String(start.args.fact)], earliest: decided === null ? null : addDays(decided, -1), why: null };
  }
  const expiry = addDays(start.day, -1);
  const steps: readonly Step[] = [{ code: AT_ONCE, args: { day: start.day }, day: start.day }];
  if (start.day <= by) return { kind: "running", start: expiry, expiry, steps, count: null };
  const certain = from !== "notified" && from !== "published";
  return { kind: "pending", starts: start.day, expiry: certain ? expiry : null, steps, count: null };
}

/** The step that says that a penalty runs at once. */
export const AT_ONCE = "penalty-at-once";

/** The day a clock starts; refused with the name of the fact that is missing, or because what it waits for has no day yet. */
export function startOf(
  { facts, authority, notification, anchors }: Ground,
  from: ClockStart,
  rule: Rule | null,
  item = "",
): Start | Refusal {
  if (from === "decided" || from === "published") {
    const day = dayOf(facts[from]);
    return day === null ? refuse("fact-missing", { fact: from }) : { day };
  }
  if (from === "notified") return notification === null ? refuse("fact-missing", { fact: from }) : startAt(notification);
  const afterItem = (id: string) => {
    const end = anchors.expiry(id);
    return end === null ? refuse("not-started") : goingOn(rule, end);
  };
  if (from === "expiry") return afterItem(item);
  if (typeof from === "string") return startAt(momentOf(from));
  if ("event" in from) return anchors.event(from.event) ?? refuse("not-started");
  if ("item" in from) return afterItem(from.item);
  if (notification === null) return refuse("fact-missing", { fact: "notified" });
  const appealRule = from.rule === undefined ? (rule ?? standing) : ruleOf(from.rule);
  if (appealRule === null) return refuse("fact-missing", { fact: "cure.from.rule" });
  const end = appealRule.limit({ start: startAt(notification), periods: periodsOf(from.appeal), ...placeOf(authority) });
  return isRefusal(end) ? refuse("fact-missing", { fact: "cure.from" }) : goingOn(rule, { day: end.expiry });
}

/** What goes on from an end begins on the day after it where a rule counts the first day; after an end at a time of day it goes on from there. */
export function goingOn(rule: Rule | null, end: Start): Start {
  return rule?.firstDayCounts === true && end.time === undefined ? { day: addDays(end.day, 1) } : end;
}

function startAt(notification: Notification): Start {
  return notification.time === undefined ? { day: notification.from } : { day: notification.from, time: notification.time };
}

/** How the day came to be from which the cure period runs: the end of an appeal period or of another item's time, or an event. */
function stepsBefore(
  { notification, authority, anchors }: Ground,
  from: ClockStart,
  { day: start }: Start,
  rule: Rule,
  terms: Omit<Terms, "start">,
): readonly Step[] {
  if (typeof from === "string") return [];
  if ("event" in from) return [{ code: "start-event", args: { event: from.event, day: start }, day: start }];
  if ("item" in from) {
    const { day } = anchors.expiry(from.item)!;
    return [{ code: "start-item", args: { item: from.item, day }, day }];
  }
  const appealRule = from.rule === undefined ? rule : ruleOf(from.rule);
  if (notification === null || appealRule === null) return [];
  const cited = appealRule === rule && terms.citation !== undefined ? { citation: terms.citation } : {};
  const end = appealRule.limit({ ...cited, start: startAt(notification), periods: periodsOf(from.appeal), ...placeOf(authority) });
  return isRefusal(end) ? [] : end.steps;
}

export function periodsOf(text: string | readonly string[]) {
  return (typeof text === "string" ? [text] : text).map((one) => parsePeriod(one)!);
}

/** The zone of an authority and its holidays, or those of a place that is named instead. */
export function placeOf(authority: Authority, named?: string) {
  return { zone: authority.zone, calendar: calendarOf(named ?? authority.calendar) };
}

/** The earliest end, which the bot speaks of while the rule is not known. */
function earliestDay(terms: Terms, authority: Authority): Day | null {
  return earliest(terms, authority)?.expiry ?? null;
}
