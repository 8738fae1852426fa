import { describe, expect, test } from "vitest";
import { type Calendar, calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleInForce } from "../../src/law/rule.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { day } from "../../src/time/day.ts";

interface Asked {
  readonly from: string;
  readonly at?: string;
  readonly period: string | readonly string[];
  readonly calendar?: Calendar;
  /** The end that stood, and the first and the last day that do not count. */
  readonly stood?: readonly [end: string, from: string, through: string];
}

/** By a rule, with the holidays and the clocks of its place; those of Brussels where it has none. */
function limit(id: string, { from, at, period, calendar, stood }: Asked) {
  const rule = ruleOf(id)!;
  const found = rule.limit({
    start: { day: day(from), ...(at === undefined ? {} : { time: at }) },
    periods: [period].flat().map((text) => parsePeriod(text)!),
    zone: rule.place?.zone ?? "Europe/Brussels",
    calendar: calendar ?? calendarOf(rule.place?.calendar ?? "BE"),
    ...(stood === undefined ? {} : { stood: { end: { day: day(stood[0]) }, from: day(stood[1]), through: day(stood[2]) } }),
  });
  return "refused" in found ? found : { ...found, steps: found.steps };
}

describe("hours", () => {
  test.each(["eu-1182-71", "nl-atw", "us-frcp-6a", "us-frap-26a", "uk-ut"])("under %s are refused without a time of day", (rule) => {
    expect(limit(rule, { from: "2024-01-09", period: "PT24H" })).toEqual({
      refused: "time-of-day-missing",
      args: { period: "PT24H", day: "2024-01-09" },
    });
  });

  test("under Regulation 1182/71 need hold no two working days: 72 from Friday, 15:00, are over on Monday", () => {
    expect(limit("eu-1182-71", { from: "2024-03-15", at: "14:05", period: "PT72H" })).toMatchObject({
      expiry: "2024-03-18",
      time: "15:00",
    });
  });

  test("in the Upper Tribunal end when they are over, and not at its closing time", () => {
    expect(limit("uk-ut", { from: "2024-01-09", at: "10:00", period: "PT24H" })).toMatchObject({ expiry: "2024-01-10", time: "10:00" });
  });
});

describe("an end that stood still", () => {
  // Five days, from Monday 5 to Friday 9 February 2024.
  test("has its months for distance in it already: from Thursday 11 to Tuesday 16 April", () => {
    const stood = ["2024-04-11", "2024-02-05", "2024-02-09"] as const;
    expect(limit("fr-franc-overseas", { from: "2024-01-10", period: "P2M", stood })).toMatchObject({
      expiry: "2024-04-16",
      steps: [{ code: "stood-still" }],
    });
  });

  test("has its first day counted already: in Ireland from Wednesday 14 to Monday 19 February", () => {
    const stood = ["2024-02-14", "2024-02-05", "2024-02-09"] as const;
    expect(limit("ie-interpretation", { from: "2024-01-18", period: "P28D", stood })).toMatchObject({
      expiry: "2024-02-19",
      steps: [{ code: "stood-still" }],
    });
  });
});

describe("in Ireland, where the first day counts", () => {
  test("five days from Monday 8 January are over on Friday, and three business days after them on Wednesday 17", () => {
    expect(limit("ie-interpretation", { from: "2024-01-08", period: ["P5D", "P3B"] })).toMatchObject({ expiry: "2024-01-17" });
  });

  test("there is no answer where the table does not reach the day before the first", () => {
    const calendar = { ...calendarOf("IE")!, coversFrom: day("2024-01-09") };
    const refused = { refused: "calendar-begins", args: { calendar: calendar.name, day: "2024-01-09" } };
    expect(limit("ie-interpretation", { from: "2024-01-08", period: "P3B", calendar })).toEqual(refused);
    // From Tuesday it holds Tuesday, Wednesday and Thursday.
    expect(limit("ie-interpretation", { from: "2024-01-09", period: "P3B", calendar })).toMatchObject({ expiry: "2024-01-11" });
  });
});

test("in the Netherlands three months are not yet more than three: Saturday 29 June 2024 moves on to Monday", () => {
  expect(limit("nl-atw", { from: "2024-03-29", period: "P3M" })).toMatchObject({ expiry: "2024-07-01" });
});

test("and a month and a day are less: Saturday 29 June 2024 moves on then too", () => {
  expect(limit("nl-atw", { from: "2024-05-28", period: "P1M1D" })).toMatchObject({ expiry: "2024-07-01" });
});

test("before the General Court the days for distance come once, after the last of several periods", () => {
  const found = limit("eu-courts", { from: "2024-02-05", period: ["P14D", "P2M"] });
  expect("steps" in found && found.steps.map(({ code, day: on }) => [code, on])).toEqual([
    ["start", "2024-02-05"],
    ["added", "2024-02-19"],
    ["added", "2024-04-19"],
    ["distance-days", "2024-04-29"],
    ["as-decided", "2024-04-29"],
  ]);
});

test("a rule that has ended says from which day it holds no more", () => {
  const ended = ruleInForce({
    id: "ended",
    citation: "a text",
    source: "a place",
    rolls: false,
    versions: [
      {
        from: day("2001-01-01"),
        until: day("2005-12-31"),
        begins: "force",
        source: "a place",
        count: ({ start }) => ({ expiry: start.day, steps: [] }),
      },
    ],
  });
  const asked = (from: string) => ended.limit({ start: { day: day(from) }, periods: [], zone: "UTC", calendar: null });
  expect(asked("2005-12-31")).toMatchObject({ expiry: "2005-12-31" });
  expect(asked("2006-01-01")).toEqual({
    refused: "rule-no-longer-in-force",
    args: { rule: "ended", day: "2006-01-01", from: "2006-01-01" },
  });
});
