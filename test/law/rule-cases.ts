import { readdirSync, readFileSync } from "node:fs";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { day } from "../../src/time/day.ts";

/** One line of a lawyer's table: what is given, what must come of it, and why. */
export interface RuleCase {
  readonly kind: string;
  readonly given: {
    readonly from: string;
    readonly at?: string;
    readonly period: string | readonly string[];
    /** A table by its id, or null for none; left out: the one of the rule's place. */
    readonly calendar?: string | null;
    readonly zone?: string;
    readonly stickyMonthEnd?: boolean;
  };
  readonly expect: string | { readonly day: string; readonly time: string } | { readonly refused: string };
  readonly because: string;
}

const FOLDER = new URL("../../src/law/rules/", import.meta.url);
const SUFFIX = ".cases.json";

/** What every rule must show of itself. */
export const DEMANDED = ["plain", "weekend", "holiday", "leap-day", "month-end"] as const;
const KINDS: readonly string[] = [...DEMANDED, "list", "business-days", "hours", "two-working-days", "exception", "refusal"];
const KEYS: readonly string[] = ["kind", "given", "expect", "because"];
const GIVEN: readonly string[] = ["from", "at", "period", "calendar", "zone", "stickyMonthEnd"];

/** The files of cases by what they are about: a rule's id, or an option of every rule. */
export function caseFiles(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

export function casesOf(about: string): readonly RuleCase[] {
  return JSON.parse(readFileSync(new URL(`${about}${SUFFIX}`, FOLDER), "utf8"));
}

/** What keeps a case from being read: a slip of the pen must not turn it into another case. */
export function slipsOf(one: RuleCase): readonly string[] {
  return [
    ...Object.keys(one).filter((key) => !KEYS.includes(key)),
    ...Object.keys(one.given).filter((key) => !GIVEN.includes(key)),
    ...(KINDS.includes(one.kind) ? [] : [one.kind]),
    ...(one.because.trim().length < 20 || !/[.)]$/.test(one.because) ? ["because"] : []),
    ...(typeof one.given.calendar === "string" && calendarOf(one.given.calendar) === null ? [one.given.calendar] : []),
  ];
}

/** The cases of an option are counted by the rule that adds nothing of its own. */
export function ruleAbout(about: string) {
  return ruleOf(about === "sticky-month-end" ? "cure" : about);
}

/** What comes of a case, written as its expectation is. */
export function answerTo(about: string, { given }: RuleCase): RuleCase["expect"] {
  const rule = ruleAbout(about)!;
  const periods = (typeof given.period === "string" ? [given.period] : given.period).map((text) => parsePeriod(text)!);
  const limit = rule.limit({
    start: { day: day(given.from), ...(given.at === undefined ? {} : { time: given.at }) },
    periods,
    zone: given.zone ?? rule.place?.zone ?? "Europe/Brussels",
    calendar: calendarOf(given.calendar === undefined ? (rule.place?.calendar ?? null) : given.calendar),
    stickyMonthEnd: given.stickyMonthEnd ?? false,
  });
  if ("refused" in limit) return { refused: limit.refused };
  return limit.time === undefined ? limit.expiry : { day: limit.expiry, time: limit.time };
}

/** What a table of cases lacks to be one. */
export function lacking(cases: readonly Pick<RuleCase, "kind">[]): readonly string[] {
  return DEMANDED.filter((kind) => !cases.some((one) => one.kind === kind));
}
