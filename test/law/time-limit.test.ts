import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { RULES, ruleOf } from "../../src/law/rules/index.ts";
import { lastWorkingDayBefore } from "../../src/law/time-limit.ts";
import { day } from "../../src/time/day.ts";

interface Asked {
  readonly at?: string;
  readonly zone?: string;
  readonly calendar?: string | null;
  readonly sticky?: boolean;
}

function limit(
  rule: string,
  from: string,
  period: string | readonly string[],
  { at, zone = "Europe/Paris", calendar = "FR", sticky = false }: Asked = {},
) {
  const periods = (typeof period === "string" ? [period] : period).map((text) => parsePeriod(text)!);
  const start = { day: day(from), ...(at === undefined ? {} : { time: at }) };
  return ruleOf(rule)!.limit({ start, periods, zone, calendar: calendarOf(calendar), stickyMonthEnd: sticky });
}

describe("months, weeks and days", () => {
  test.each([
    ["the trigger day is not counted", "cure", "2024-01-01", "P1D", "2024-01-02"],
    ["the last day stands, on Christmas too", "cure", "2023-11-25", "P1M", "2023-12-25"],
    ["a missing day becomes the month's last", "cure", "2024-01-31", "P1M", "2024-02-29"],
    ["two months are added to the day itself", "cure", "2024-01-31", "P2M", "2024-03-31"],
    ["in a list each runs from the end of the one before", "cure", "2024-01-31", ["P1M", "P1M"], "2024-03-29"],
    ["a year from 29 February", "cure", "2024-02-29", "P1Y", "2025-02-28"],
    ["six months from 31 August", "cure", "2023-08-31", "P6M", "2024-02-29"],
    ["over a year's end", "cure", "2023-11-30", "P3M", "2024-02-29"],
    ["four weeks", "cure", "2024-02-05", "P4W", "2024-03-04"],
    ["months before days", "cure", "2023-01-31", "P1M15D", "2023-03-15"],
    ["a list of days, then months", "cure", "2025-04-30", ["P28D", "P6M"], "2025-11-28"],
    ["a last day on Saturday moves to Monday", "fr-civil", "2024-01-13", "P1W", "2024-01-22"],
    ["a last day on Easter Saturday moves to the Tuesday", "fr-civil", "2024-02-29", "P30D", "2024-04-02"],
    ["a holiday moves it to the day after", "fr-civil", "2024-04-01", "P1M", "2024-05-02"],
    ["clear days: the month clamps first, then the extra day", "fr-franc", "2022-12-31", "P2M", "2023-03-01"],
    ["clear days: neither the first nor the last", "fr-franc", "2024-01-08", "P1D", "2024-01-10"],
    ["only the last end of a list rolls", "eu-1182-71", "2022-10-18", ["P2M", "P1M"], "2023-01-18"],
  ] as const)("%s", (_name, rule, from, period, expiry) => {
    expect(limit(rule, from, period)).toMatchObject({ expiry });
  });

  test.each([
    ["2023-02-28", "P1M", "2023-03-31"],
    ["2024-02-28", "P1M", "2024-03-28"],
    ["2024-02-29", "P1Y", "2025-02-28"],
    ["2023-02-28", "P1Y", "2024-02-29"],
    ["2023-02-28", "P28D", "2023-03-28"],
  ] as const)("sticky: %s and %s end on %s", (from, period, expiry) => {
    expect(limit("cure", from, period, { sticky: true })).toMatchObject({ expiry });
  });

  test("each day of the way is in the steps, with its source, and what was skipped is named", () => {
    const found = limit("fr-civil", "2024-02-29", "P30D");
    expect("steps" in found && found.steps.map(({ code, day: on }) => [code, on])).toEqual([
      ["start", "2024-02-29"],
      ["added", "2024-03-30"],
      ["rolled", "2024-04-02"],
    ]);
    expect(found).toMatchObject({ steps: [{}, {}, { args: { skipped: ["2024-03-30", "2024-03-31", "2024-04-01"] } }] });
    for (const step of "steps" in found ? found.steps : []) expect(step.source).toMatch(/640/);
  });
});

describe("business days", () => {
  test.each([
    ["cure", "2024-12-20", "P3B", "2024-12-26"],
    ["cure", "2024-04-30", "P30B", "2024-06-17"],
    ["cure", "2024-01-05", "P1B", "2024-01-08"],
    ["cure", "2024-01-06", "P1B", "2024-01-08"],
  ] as const)("under %s, from %s, %s end on %s", (rule, from, period, expiry) => {
    expect(limit(rule, from, period)).toMatchObject({ expiry });
  });

  test("they are those of the place: 2 January is a holiday nowhere but where it is one", () => {
    expect(limit("cure", "2024-03-28", "P1B", { calendar: "FR" })).toMatchObject({ expiry: "2024-03-29" });
    expect(limit("cure", "2024-03-28", "P1B", { calendar: "GB-ENG" })).toMatchObject({ expiry: "2024-04-02" });
  });
});

describe("hours are elapsed time", () => {
  test.each([
    ["over the lost hour", "cure", "2024-03-29", "12:00", "PT72H", "2024-04-01", "13:00"],
    ["over the hour that comes twice", "cure", "2024-10-25", "12:00", "PT72H", "2024-10-28", "11:00"],
    ["an end at midnight is 24:00 of the day before", "cure", "2024-01-05", "00:00", "PT72H", "2024-01-07", "24:00"],
    ["on an ordinary day", "cure", "2024-01-05", "14:05", "PT72H", "2024-01-08", "14:05"],
    ["EU: from the hour after the event's", "eu-1182-71", "2024-01-09", "14:05", "PT24H", "2024-01-10", "15:00"],
    ["EU: an event on the hour is within that hour", "eu-1182-71", "2024-01-09", "14:00", "PT24H", "2024-01-10", "15:00"],
  ] as const)("%s", (_name, rule, from, at, period, expiry, time) => {
    expect(limit(rule, from, period, { at })).toMatchObject({ expiry, time });
  });

  test("the zone is the authority's", () => {
    expect(limit("cure", "2024-03-09", "PT24H", { at: "12:00", zone: "America/New_York" })).toMatchObject({
      expiry: "2024-03-10",
      time: "13:00",
    });
  });

  test("without a time of day they are refused", () => {
    expect(limit("cure", "2024-01-05", "PT72H")).toEqual({ refused: "time-of-day-missing", args: { period: "PT72H", day: "2024-01-05" } });
  });
});

describe("Regulation 1182/71", () => {
  test.each([
    ["two days from a Friday hold two working days: not Monday alone", "2024-03-22", "P2D", "2024-03-26"],
    ["two days from a Thursday hold Friday and Monday", "2024-03-21", "P2D", "2024-03-25"],
    ["three days from a Friday hold Monday and need another", "2024-03-22", "P3D", "2024-03-26"],
    ["four days from Maundy Thursday hold Friday and the Tuesday after Easter", "2024-03-28", "P4D", "2024-04-02"],
    ["a period of one day needs none but rolls", "2024-03-22", "P1D", "2024-03-25"],
    ["a period of one day in the week is the next day", "2024-03-19", "P1D", "2024-03-20"],
    ["a holiday within is no working day", "2024-04-30", "P2D", "2024-05-03"],
  ] as const)("%s", (_name, from, period, expiry) => {
    expect(limit("eu-1182-71", from, period)).toMatchObject({ expiry });
  });
});

describe("what is not known is refused", () => {
  const ROLLING = RULES.filter(({ rolls }) => rolls).map(({ id }) => id);
  /** How months are counted in the Brazilian procedure was not read. */
  const longFor = (rule: string) => (rule === "br-anpd" ? "P60D" : "P2M");

  test.each(ROLLING)("%s without a calendar", (rule) => {
    expect(limit(rule, "2024-01-05", longFor(rule), { calendar: null })).toMatchObject({ refused: "calendar-missing" });
    expect(limit(rule, "2024-01-05", longFor(rule), { calendar: "XX" })).toMatchObject({ refused: "calendar-missing" });
  });

  test.each(ROLLING)("%s where the calendar ends too early", (rule) => {
    expect(limit(rule, "2040-12-01", longFor(rule))).toMatchObject({
      refused: "calendar-ends",
      args: { calendar: expect.any(String), day: "2040-12-31" },
    });
  });

  test("business days beyond the end of the calendar, or without one", () => {
    expect(limit("cure", "2040-12-20", "P30B")).toMatchObject({ refused: "calendar-ends" });
    expect(limit("cure", "2024-12-20", "P30B", { calendar: null })).toMatchObject({ refused: "calendar-missing" });
  });

  test("a roll that would have to look beyond the end of the calendar", () => {
    const calendar = { ...calendarOf("FR")!, coversUntil: day("2024-03-30") };
    const terms = { start: { day: day("2024-03-28") }, periods: [parsePeriod("P2D")!], zone: "Europe/Paris", calendar };
    expect(ruleOf("fr-civil")!.limit(terms)).toMatchObject({ refused: "calendar-ends", args: { day: "2024-03-30" } });
  });

  test("a calendar that begins too late", () => {
    expect(limit("fr-civil", "1999-10-01", "P2M")).toEqual({
      refused: "calendar-begins",
      args: { calendar: "France (metropolitan)", day: "2000-01-01" },
    });
    expect(limit("fr-civil", "1999-12-01", "P2M")).toMatchObject({ expiry: "2000-02-01" });
    expect(limit("cure", "1999-12-31", "P1B")).toMatchObject({ expiry: "2000-01-03" });
    expect(limit("cure", "1999-12-30", "P1B")).toMatchObject({ refused: "calendar-begins" });
  });

  test("a rule that nobody has written", () => {
    expect(ruleOf("nl-awb")).toBeNull();
  });

  test("the rule that stands needs no calendar", () => {
    expect(limit("cure", "2060-01-31", "P1M", { calendar: null })).toMatchObject({ expiry: "2060-02-29" });
  });

  test.each(["2 months", "P", "PT", "P0D", "P1.5M", "p2m", "P-1M", "P2M ", "PT72M", "P1M30B", "P2MT5H", "P1W2W", "P9999Y"])(
    "%j is no period",
    (text) => {
      expect(parsePeriod(text)).toBeNull();
    },
  );
});

describe("the last working day before a day", () => {
  test.each([
    ["2024-02-19", "2024-02-16"],
    ["2024-02-18", "2024-02-16"],
    ["2024-05-02", "2024-04-30"],
    ["2024-05-10", "2024-05-07"],
    ["2060-03-01", "2060-02-27"],
  ])("before %s it is %s", (before, found) => {
    expect(lastWorkingDayBefore(day(before), calendarOf("FR"))).toBe(found);
  });
});
