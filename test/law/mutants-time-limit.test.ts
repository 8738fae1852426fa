import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { beforeRoll, type Limit, type Start } from "../../src/law/time-limit.ts";
import { day } from "../../src/time/day.ts";

interface Asked {
  readonly rule?: string;
  readonly from: string;
  readonly at?: string;
  readonly which?: "first" | "second";
  readonly period: string | readonly string[];
  readonly calendar?: string | null;
  readonly citation?: string;
  /** The end that stood, and the first and the last day that do not count. */
  readonly stood?: readonly [end: string, from: string, through: string];
}

/** The limit as the rule gives it, or its refusal. */
function limit({ rule = "cure", from, at, which, period, calendar = "FR", citation, stood }: Asked) {
  const start: Start = { day: day(from), ...(at === undefined ? {} : { time: at }), ...(which === undefined ? {} : { which }) };
  return ruleOf(rule)!.limit({
    start,
    periods: [period].flat().map((text) => parsePeriod(text)!),
    zone: "Europe/Paris",
    calendar: calendarOf(calendar),
    ...(citation === undefined ? {} : { citation }),
    ...(stood === undefined ? {} : { stood: { end: { day: day(stood[0]) }, from: day(stood[1]), through: day(stood[2]) } }),
  });
}

/** All that a limit says, its steps written out. */
function told(asked: Asked) {
  const found = limit(asked);
  return "refused" in found ? found : { ...found, steps: found.steps };
}

function codes(asked: Asked): readonly string[] {
  return (limit(asked) as Limit).steps.map(({ code }) => code);
}

const SOURCE = "the period as the decision sets it";
const FRANCE = "France (metropolitan)";

describe("a period that stood still ends later by what stood still", () => {
  test("in days by all of the days, both ends counted: five from Monday to Friday, so from Friday 15 to Wednesday 20 March", () => {
    const asked = { from: "2024-03-01", period: "P14D", stood: ["2024-03-15", "2024-03-04", "2024-03-08"] } as const;
    const step = { code: "stood-still", args: { days: 5, day: "2024-03-20" }, day: "2024-03-20" };
    expect(told(asked)).toStrictEqual({ expiry: "2024-03-20", steps: [{ ...step, source: SOURCE }] });
    expect(told({ ...asked, citation: "as it was seen" })).toMatchObject({ steps: [{ ...step, source: "as it was seen" }] });
  });

  test("in business days by those alone: of 1 to 7 May 2024 the holiday and the weekend count for nothing, which leaves four", () => {
    const asked = { from: "2024-04-10", period: "P20B", stood: ["2024-05-10", "2024-05-01", "2024-05-07"] } as const;
    const step = { code: "stood-still-business", args: { days: 4, day: "2024-05-16" }, day: "2024-05-16" };
    expect(told(asked)).toStrictEqual({ expiry: "2024-05-16", steps: [{ ...step, source: SOURCE }] });
    expect(told({ ...asked, citation: "as it was seen" })).toMatchObject({ steps: [{ ...step, source: "as it was seen" }] });
  });

  test("in business days and then days by all seven days of that week", () => {
    const stood = ["2024-05-10", "2024-05-01", "2024-05-07"] as const;
    expect(told({ from: "2024-04-10", period: ["P5B", "P2D"], stood })).toMatchObject({ expiry: "2024-05-17" });
  });

  test.each([
    ["Friday 17 May", "2024-05-17"],
    ["Sunday 19 May", "2024-05-19"],
  ])("of business days a weekend takes none: the end stays on %s", (_name, end) => {
    expect(told({ from: "2024-04-10", period: "P20B", stood: [end, "2024-05-11", "2024-05-12"] })).toMatchObject({
      expiry: end,
      steps: [{ code: "stood-still-business", args: { days: 0, day: end } }],
    });
  });

  test("of business days nothing is said without a calendar, nor where it begins after the stay or ends before the new end", () => {
    const asked = { from: "2000-01-03", period: "P20B" };
    const stay = ["2000-01-31", "1999-12-30", "2000-01-05"] as const;
    expect(told({ ...asked, calendar: null, stood: stay })).toStrictEqual({ refused: "calendar-missing", args: {} });
    expect(told({ ...asked, stood: stay })).toStrictEqual({ refused: "calendar-begins", args: { calendar: FRANCE, day: "2000-01-01" } });
    // Thursday and Friday stand still, and Monday 31 December 2040 is the last day of the table.
    expect(told({ ...asked, stood: ["2040-12-31", "2040-12-27", "2040-12-28"] })).toStrictEqual({
      refused: "calendar-ends",
      args: { calendar: FRANCE, day: "2040-12-31" },
    });
  });

  test("business days say that they rest on holidays not published yet; days rest on none", () => {
    // The Commission's list was read through 15 August 2024, a Thursday and a holiday: two days after Wednesday come Friday and Monday.
    const asked = { from: "2024-07-17", calendar: "EU", stood: ["2024-08-14", "2024-08-12", "2024-08-13"] } as const;
    expect(told({ ...asked, period: "P20B" })).toMatchObject({
      expiry: "2024-08-19",
      steps: [{ code: "stood-still-business" }, { code: "calendar-projected", day: "2024-08-19", source: SOURCE }],
    });
    expect(told({ ...asked, period: "P28D" })).toMatchObject({ expiry: "2024-08-16" });
    expect(codes({ ...asked, period: "P28D" })).toEqual(["stood-still"]);
  });
});

describe("the last day before it moved on", () => {
  test("is the Saturday before Easter where the limit ends on the Tuesday after it", () => {
    const found = limit({ rule: "fr-civil", from: "2024-02-29", period: "P30D" }) as Limit;
    expect(found.expiry).toBe("2024-04-02");
    expect(beforeRoll(found)).toBe("2024-03-30");
  });

  test("is the last day itself where it did not move", () => {
    expect(beforeRoll(limit({ rule: "fr-civil", from: "2024-01-08", period: "P1W" }) as Limit)).toBe("2024-01-15");
  });
});

describe("of a time of day that clocks show twice, it is told which", () => {
  // In Paris 27 October 2024 has 02:30 at 00:30 UTC and again at 01:30 UTC.
  test.each([
    ["first", "24 hours", "PT24H"],
    ["second", "25 hours", "PT25H"],
  ] as const)("the %s 02:30 is where %s from 02:30 of the day before end", (which, _name, period) => {
    const start = { code: "start-hours", args: { day: "2024-10-26", time: "02:30" }, day: "2024-10-26", source: SOURCE };
    const args = { period, day: "2024-10-27", time: "02:30", which };
    expect(told({ from: "2024-10-26", at: "02:30", period })).toStrictEqual({
      expiry: "2024-10-27",
      time: "02:30",
      which,
      steps: [start, { code: "added-hours", args, day: "2024-10-27", source: SOURCE }],
    });
  });

  test.each([
    ["first", "01:30"],
    ["second", "02:30"],
  ] as const)("24 hours from the %s 02:30 end at %s, and the start is told as that one", (which, time) => {
    const start = { code: "start-hours", args: { day: "2024-10-27", time: "02:30", which }, day: "2024-10-27", source: SOURCE };
    const added = { code: "added-hours", args: { period: "PT24H", day: "2024-10-28", time }, day: "2024-10-28", source: SOURCE };
    expect(told({ from: "2024-10-27", at: "02:30", which, period: "PT24H" })).toStrictEqual({
      expiry: "2024-10-28",
      time,
      steps: [start, added],
    });
  });

  test("where neither asks which, the first is meant, and said so", () => {
    expect(told({ from: "2024-10-27", at: "02:30", period: "PT24H" })).toMatchObject({
      time: "01:30",
      steps: [{ args: { which: "first" } }, {}],
    });
  });

  test("the next full hour after the first 02:30 is the second 02:00, and after the second 02:30 it is 03:00", () => {
    const asked = { rule: "eu-1182-71", from: "2024-10-27", at: "02:30", period: "PT24H" } as const;
    const first = told({ ...asked, which: "first" });
    expect(first).toMatchObject({ expiry: "2024-10-28", time: "02:00" });
    expect(first).toMatchObject({ steps: [{ code: "start-next-hour", args: { begins: "02:00", which: "second" } }, {}] });
    const second = told({ ...asked, which: "second" });
    expect(second).toMatchObject({ expiry: "2024-10-28", time: "03:00" });
    expect("steps" in second && second.steps[0]!.args).toStrictEqual({ day: "2024-10-27", time: "02:30", begins: "03:00" });
  });
});

describe("a limit says no more than it counted", () => {
  test("in days it ends with its day: a time of day that is known of the start is left out", () => {
    const start = { code: "start", args: { day: "2024-01-08" }, day: "2024-01-08", source: SOURCE };
    const added = { code: "added", args: { period: "P7D", day: "2024-01-15" }, day: "2024-01-15", source: SOURCE };
    const whole = { expiry: "2024-01-15", steps: [start, added] };
    expect(told({ from: "2024-01-08", period: "P7D" })).toStrictEqual(whole);
    expect(told({ from: "2024-01-08", at: "14:05", period: "P7D" })).toStrictEqual(whole);
  });

  test("in hours it names a time, and neither the first nor the second where that comes once", () => {
    const found = told({ from: "2024-01-08", at: "14:05", period: "PT24H" });
    expect(found).toMatchObject({ expiry: "2024-01-09", time: "14:05" });
    expect(Object.keys(found).sort()).toEqual(["expiry", "steps", "time"]);
    expect("steps" in found && found.steps[1]!.args).toStrictEqual({ period: "PT24H", day: "2024-01-09", time: "14:05" });
  });
});

describe("a day that rests on holidays not published yet says so", () => {
  const EU = { rule: "eu-1182-71", calendar: "EU" };

  test("where it did not have to move: Friday 30 October 2026 may yet become a holiday", () => {
    const asked = { ...EU, from: "2026-09-30", period: "P1M" };
    expect(told(asked)).toMatchObject({ expiry: "2026-10-30" });
    expect(codes(asked)).toEqual(["start", "added", "calendar-projected"]);
  });

  test("not where the list reaches: Wednesday 14 August 2024 stands", () => {
    const asked = { ...EU, from: "2024-07-14", period: "P1M" };
    expect(told(asked)).toMatchObject({ expiry: "2024-08-14" });
    expect(codes(asked)).toEqual(["start", "added"]);
  });

  test("once, at the end, where business days rest on them and so does the roll: five from Thursday 5 November are Thursday 12", () => {
    const asked = { ...EU, from: "2026-11-05", period: "P5B" };
    expect(told(asked)).toMatchObject({ expiry: "2026-11-12" });
    expect(codes(asked)).toEqual(["start", "added", "calendar-projected"]);
  });

  test("where business days are but one part of the period", () => {
    const asked = { calendar: "EU", from: "2026-10-05", period: ["P1M", "P5B"] };
    expect(told(asked)).toMatchObject({ expiry: "2026-11-12" });
    expect(codes(asked)).toEqual(["start", "added", "added", "calendar-projected"]);
  });

  test("not where nothing rests on holidays: a month that stands, with a calendar or without", () => {
    for (const calendar of ["EU", null]) {
      expect(codes({ from: "2026-11-25", period: "P1M", calendar })).toEqual(["start", "added"]);
    }
  });
});

test("where the table ends before the second working day of a period that has to hold two, there is no answer", () => {
  // Two days from Friday 28 December 2040 end on Sunday, so on Monday 31 December: one working day, and the second lies in 2041.
  expect(told({ rule: "eu-1182-71", from: "2040-12-28", period: "P2D" })).toStrictEqual({
    refused: "calendar-ends",
    args: { calendar: FRANCE, day: "2040-12-31" },
  });
});
