import { deadlineCard } from "../../cards/answers.ts";
import { calendarOf } from "../../law/calendar.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { refuse } from "../../law/finding.ts";
import { parsePeriod } from "../../law/period.ts";
import { RULES, ruleOf } from "../../law/rules/index.ts";
import type { Day } from "../../time/day.ts";
import type { Command } from "../command.ts";
import { stepJson } from "../json.ts";

export const deadline: Command = {
  verb: "deadline",
  summary: "help.deadline",
  group: "ask",
  access: "reads",
  who: "reader",
  standalone: true,
  positionals: [],
  options: [
    { name: "from", kind: "day", required: true },
    { name: "at", kind: "time" },
    { name: "period", kind: "period", required: true, many: true, offers: "several-words" },
    { name: "rule", kind: "choice", allowed: RULES.map(({ id }) => id), required: true },
    { name: "authority", kind: "word", offers: "authority" },
    { name: "sticky-month-end", kind: "flag" },
  ],
  examples: [
    "deadline --from 2023-12-18 --period P2M --rule cure",
    "deadline --from 2022-10-18 --period P2M --rule eu-1182-71 --authority CNIL",
  ],
  async run(values, { language }) {
    const authority = values.authority === undefined ? null : authorityOf(values.authority as string);
    if (authority === null && values.authority !== undefined) return refuse("authority-unknown", { got: values.authority as string });
    const rule = ruleOf(values.rule as string)!;
    const calendar = calendarOf(authority?.calendar ?? (authority === null ? (rule.place?.calendar ?? null) : null));
    const limit = rule.limit({
      start: { day: values.from as Day, ...(values.at === undefined ? {} : { time: values.at as string }) },
      periods: (values.period as readonly string[]).map((period) => parsePeriod(period)!),
      stickyMonthEnd: values["sticky-month-end"] === true,
      zone: authority?.zone ?? rule.place?.zone ?? "UTC",
      calendar,
    });
    if ("refused" in limit) return limit.refused === "calendar-missing" && authority === null ? refuse("calendar-needs-authority") : limit;
    const { expiry, time, steps } = limit;
    const json = { expiry, ...(time === undefined ? {} : { time }), steps: steps.map((step) => stepJson(step, language)) };
    return { cards: [deadlineCard(language, expiry, time ?? null, steps)], json };
  },
};
