import { deadlineCard } from "../../cards/answers.ts";
import { calendarOf, calendarVersions } from "../../law/calendar.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { skippedTime } from "../../law/clock-change.ts";
import { refuse } from "../../law/finding.ts";
import { parsePeriod } from "../../law/period.ts";
import { isOf } from "../../law/rule.ts";
import { RULES, ruleOf } from "../../law/rules/index.ts";
import type { Day } from "../../time/day.ts";
import type { Command } from "../command.ts";
import { stepJson } from "../json.ts";
import { reviewJson, statusOf, withReviews } from "../reviews.ts";

export const deadline: Command = {
  verb: "deadline",
  summary: "help.deadline",
  group: "ask",
  access: "reads",
  who: "reader",
  standalone: "if-absent",
  positionals: [],
  options: [
    { name: "from", kind: "day", required: true },
    { name: "at", kind: "time" },
    { name: "period", kind: "period", required: true, many: true, offers: "several-words" },
    { name: "rule", kind: "choice", allowed: RULES.map(({ id }) => id), required: true },
    { name: "authority", kind: "word", offers: "authority" },
    { name: "calendar", kind: "choice", allowed: calendarVersions().map(([id]) => id) },
    { name: "sticky-month-end", kind: "flag" },
  ],
  examples: [
    "deadline --from 2023-12-18 --period P2M --rule cure",
    "deadline --from 2022-10-18 --period P2M --rule eu-1182-71 --authority CNIL",
    "deadline --from 2024-09-17 --period P6W --rule de-bgb --calendar DE-HH",
  ],
  async run(values, context) {
    const { language } = context;
    const authority = values.authority === undefined ? null : authorityOf(values.authority as string);
    if (authority === null && values.authority !== undefined) return refuse("authority-unknown", { got: values.authority as string });
    const rule = ruleOf(values.rule as string)!;
    const named = values.calendar as string | undefined;
    if (named !== undefined && rule.place !== undefined && !isOf(rule.place, named))
      return refuse("calendar-elsewhere", { rule: rule.id, calendar: calendarOf(rule.place.calendar)!.name });
    const calendar = calendarOf(named ?? authority?.calendar ?? rule.place?.calendar ?? null);
    const zone = authority?.zone ?? rule.place?.zone ?? "UTC";
    const skipped = values.at === undefined ? null : skippedTime(zone, values.from as Day, values.at as string);
    if (skipped !== null) return skipped;
    const limit = rule.limit({
      start: { day: values.from as Day, ...(values.at === undefined ? {} : { time: values.at as string }) },
      periods: (values.period as readonly string[]).map((period) => parsePeriod(period)!),
      stickyMonthEnd: values["sticky-month-end"] === true,
      zone,
      calendar,
    });
    if ("refused" in limit) return limit.refused === "calendar-missing" && authority === null ? refuse("calendar-needs-authority") : limit;
    const { expiry, time, steps } = limit;
    const counted = authority === null ? [] : [{ subject: "authority", id: authority.code } as const];
    const reviews = await statusOf([{ subject: "rule", id: rule.id }, ...counted], context);
    const json = {
      expiry,
      ...(time === undefined ? {} : { time }),
      steps: steps.map((step) => stepJson(step, language)),
      ...(reviews.some(({ review }) => review !== null) ? { reviews: reviews.map(reviewJson) } : {}),
    };
    return { cards: [withReviews(deadlineCard(language, expiry, time ?? null, steps), reviews, context)], json };
  },
};
