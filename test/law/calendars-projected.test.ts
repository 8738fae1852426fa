import { describe, expect, test } from "vitest";
import { COMMISSION, COMMISSION_LISTS } from "../../scripts/calendar-eu.ts";
import { easter, projectedDays, projectedYears } from "../../scripts/calendar-projection.ts";
import { calendarOf, projection } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { day, isWeekend } from "../../src/time/day.ts";

const EU = calendarOf("EU")!;

function limit(rule: string, from: string, period: string, calendar = EU) {
  const found = ruleOf(rule)!.limit({ start: { day: day(from) }, periods: [parsePeriod(period)!], zone: "Europe/Brussels", calendar });
  if ("refused" in found) throw new Error(found.refused);
  return { expiry: found.expiry, said: found.steps.filter(({ code }) => code === "calendar-projected") };
}

describe("a list of holidays that is published a year ahead is projected beyond it", () => {
  test("it reaches ten years ahead, and says through which day it was read", () => {
    expect(EU).toMatchObject({ publishedUntil: "2024-08-15", coversUntil: "2040-12-31" });
    expect(COMMISSION.publishedUntil).toBe(COMMISSION_LISTS.at(-1)!.until);
  });

  test.each(COMMISSION_LISTS.map((list) => [list.year, list] as const))(
    "what it would have projected of %i lies within that year's own list",
    (year, list) => {
      const projected = projectedYears(COMMISSION_LISTS, year, year).filter((one) => one <= list.until);
      expect(projected.length).toBeGreaterThanOrEqual(10);
      expect(projected.filter((one) => !list.days.includes(one))).toEqual([]);
    },
  );

  test.each(COMMISSION_LISTS.map((list) => [list.year, list] as const))(
    "and were the list of %i not known yet, it would hold no day too many",
    (year, list) => {
      const others = COMMISSION_LISTS.filter((one) => one !== list);
      const projected = projectedYears(others, year, year).filter((one) => one <= list.until);
      expect(projected.filter((one) => !list.days.includes(one))).toEqual([]);
    },
  );

  test("a day that one list alone contains, or that one leaves out, is not projected", () => {
    const list = (year: number, ...days: string[]) => ({ year, until: `${year}-12-31`, days: days.map((one) => `${year}-${one}`) });
    // In 2025 10 June was a Tuesday, in 2026 a Wednesday; 7 June 2026 was a Sunday, 7 June 2025 a Saturday.
    expect(projectedYears([list(2025, "06-10"), list(2026)], 2027, 2027)).toEqual([]);
    expect(projectedYears([list(2025, "06-10")], 2027, 2027)).toEqual([]);
    expect(projectedYears([list(2025, "06-10"), list(2026, "06-10")], 2027, 2027)).toEqual(["2027-06-10"]);
    expect(projectedYears([list(2025, "06-10"), list(2026, "06-10"), list(2024)], 2027, 2027)).toEqual([]);
  });

  test("days that move with Easter move with it, and weekends are left out", () => {
    expect(easter(2038)).toBe("2038-04-25");
    const days = projectedDays(COMMISSION_LISTS, "2025-12-31", "2026-12-31");
    expect(days).toEqual(expect.arrayContaining(["2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-15", "2026-05-25"]));
    expect(days.filter((one) => isWeekend(day(one)))).toEqual([]);
    expect(projectedDays(COMMISSION_LISTS, "2024-08-15", "2024-12-25")).toEqual(["2024-12-25"]);
  });
});

describe("a day that rests on the projection says that it can be later", () => {
  test.each([
    ["eu-1182-71", "2024-07-14", "P1M", "2024-08-14", false],
    ["eu-1182-71", "2024-07-15", "P1M", "2024-08-16", true],
    ["eu-1182-71", "2026-09-30", "P1M", "2026-10-30", true],
    ["eu-1182-71", "2026-11-25", "P1M", "2026-12-28", true],
    ["eu-1182-71", "2026-12-23", "P2D", "2026-12-28", true],
    ["cure", "2026-11-25", "P20B", "2026-12-23", true],
    ["cure", "2026-11-25", "P1M", "2026-12-25", false],
  ] as const)("%s: %s and %s end on %s", (rule, from, period, expiry, said) => {
    const found = limit(rule, from, period);
    expect(found.expiry).toBe(expiry);
    const step = {
      code: "calendar-projected",
      args: { calendar: EU.name, until: "2024-08-15" },
      day: expiry,
      source: expect.stringMatching(/./),
    };
    expect(found.said).toEqual(said ? [step] : []);
  });

  test("the last day that was read is not projected, the day after it is", () => {
    expect(projection(EU, day("2024-08-15"))).toBeNull();
    expect(projection(EU, day("2024-08-16"))).toMatchObject({ code: "calendar-projected" });
  });

  test("with more holidays than are projected a day comes out later, never earlier", () => {
    const fuller = { ...EU, holidays: new Set([...EU.holidays, "2026-11-02", "2026-12-24", "2026-12-28", "2026-12-30", "2026-12-31"]) };
    let moved = 0;
    for (const [from, period] of [
      ["2026-10-01", "P1M"],
      ["2026-11-25", "P1M"],
      ["2026-11-30", "P1M"],
      ["2026-12-22", "P2D"],
      ["2026-09-30", "P1M"],
    ] as const) {
      const [early, late] = [limit("eu-1182-71", from, period), limit("eu-1182-71", from, period, fuller)];
      expect(late.expiry >= early.expiry).toBe(true);
      if (late.expiry > early.expiry) moved++;
    }
    expect(moved).toBe(4);
  });
});
