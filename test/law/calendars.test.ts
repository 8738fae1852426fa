import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { builtCalendars, writtenCalendar } from "../../scripts/calendars.ts";
import { calendarVersions } from "../../src/law/calendar.ts";
import { addDays, type Day, day, parseDay, weekday } from "../../src/time/day.ts";

const FOLDER = new URL("../../src/law/calendars/", import.meta.url);
const YEARS = Array.from({ length: 41 }, (_, index) => 2000 + index);
const TABLES = builtCalendars();

function stored(id: string): string {
  return readFileSync(new URL(`${id}.json`, FOLDER), "utf8");
}

function daysOf(id: string): string[] {
  const table: { days: string[] } = JSON.parse(stored(id));
  return table.days;
}

function on(year: number, monthAndDay: string): Day {
  return day(`${year}-${monthAndDay}`);
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8; months and days counted from 1). */
function easter(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * late + 114;
  return on(year, `0${Math.floor(count / 31)}-${String((count % 31) + 1).padStart(2, "0")}`);
}

function firstMonday(from: Day): Day {
  return addDays(from, (8 - weekday(from)) % 7);
}

function lastMonday(until: Day): Day {
  return addDays(until, -((weekday(until) + 6) % 7));
}

/** Code du travail, art. L3133-1, 1° to 11°. */
function frenchHolidays(year: number): Day[] {
  const sunday = easter(year);
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"].map((date) => on(year, date));
  const movable = [1, 39, 50].map((days) => addDays(sunday, days));
  return [...new Set([...fixed, ...movable])].sort();
}

/** What proclamations moved or added; every other year follows the rule. */
const MAY_DAY: Record<number, string> = { 2020: "2020-05-08" };
const SPRING: Record<number, string> = { 2002: "2002-06-04", 2012: "2012-06-04", 2022: "2022-06-02" };
const ADDED: Record<number, string[]> = {
  2002: ["2002-06-03"],
  2011: ["2011-04-29"],
  2012: ["2012-06-05"],
  2022: ["2022-06-03", "2022-09-19"],
  2023: ["2023-05-08"],
};

/** Banking and Financial Dealings Act 1971, Sch. 1, with Good Friday, Christmas Day and the days proclaimed every year. */
function englishHolidays(year: number): string[] {
  const sunday = easter(year);
  const christmas = on(year, "12-25");
  return [
    on(year, "01-01"),
    ...inLieu(on(year, "01-01")),
    addDays(sunday, -2),
    addDays(sunday, 1),
    MAY_DAY[year] ?? firstMonday(on(year, "05-01")),
    SPRING[year] ?? lastMonday(on(year, "05-31")),
    lastMonday(on(year, "08-31")),
    christmas,
    addDays(christmas, 1),
    ...inLieuOfChristmas(christmas),
    ...(ADDED[year] ?? []),
  ].sort();
}

/** The Monday after, where the day itself is a Saturday or a Sunday. */
function inLieu(holiday: Day): Day[] {
  return weekday(holiday) < 6 ? [] : [addDays(holiday, 8 - weekday(holiday))];
}

/** Christmas Day and Boxing Day are neighbours: the second day in lieu gives way to the first. */
function inLieuOfChristmas(christmas: Day): Day[] {
  const second = addDays(christmas, 2);
  if (weekday(christmas) === 6) return [second, addDays(second, 1)];
  if (weekday(christmas) === 7) return [second];
  return weekday(christmas) === 5 ? [addDays(second, 1)] : [];
}

function inYear(days: readonly string[], year: number): string[] {
  return days.filter((date) => date.startsWith(String(year)));
}

describe("the calendar tables", () => {
  test("the computation of Easter agrees with published dates", () => {
    const published = ["2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2038-04-25"];
    expect(published.map((date) => easter(Number(date.slice(0, 4))))).toEqual(published);
  });

  test.each(YEARS)("France in %i has the eleven days of L3133-1 and no other", (year) => {
    expect(inYear(daysOf("FR"), year)).toEqual(frenchHolidays(year));
  });

  test("in 2008 Ascension fell on 1 May: ten days in France", () => {
    expect(inYear(daysOf("FR"), 2008)).toHaveLength(10);
  });

  test.each(YEARS)("England and Wales in %i has the days of the 1971 Act and the proclamations and no other", (year) => {
    expect(inYear(daysOf("GB-ENG"), year)).toEqual(englishHolidays(year));
  });

  test("England and Wales keeps the days that were moved and not those that they were moved from", () => {
    const days = daysOf("GB-ENG");
    for (const kept of ["2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08", "2022-09-19"])
      expect(days).toContain(kept);
    for (const moved of ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"]) expect(days).not.toContain(moved);
  });

  test("the Netherlands has Good Friday, 5 May and the equated days that are known", () => {
    const days = daysOf("NL");
    for (const year of YEARS) expect(days).toEqual(expect.arrayContaining([addDays(easter(year), -2), on(year, "05-05")]));
    expect(days).toEqual(expect.arrayContaining(["2023-04-28", "2024-12-27", "2026-01-02"]));
  });

  test("a New Year's Day that is a Saturday is observed on the Friday before in the United States", () => {
    expect(daysOf("US")).toEqual(expect.arrayContaining(["2010-12-31", "2021-12-31"]));
  });

  test("every table lies in its file as the script builds it", () => {
    expect(
      readdirSync(FOLDER)
        .filter((name) => name !== "tables.ts")
        .sort(),
    ).toEqual(TABLES.map((table) => `${table.id}.json`).sort());
    for (const table of TABLES) expect(stored(table.id), table.id).toBe(writtenCalendar(table));
  });

  test.each(TABLES.map(({ id, coversFrom, coversUntil }) => [id, coversFrom, coversUntil] as const))(
    "%s: sorted days, each once, within what it covers, from %s to %s, in every year of it",
    (id, from, until) => {
      const days = daysOf(id);
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.filter((date) => parseDay(date) === null || date < from || date > until)).toEqual([]);
      const whole = YEARS.filter((year) => from <= `${year}-01-01` && `${year}-12-31` <= until);
      for (const year of whole) expect(inYear(days, year).length, `${id} ${year}`).toBeGreaterThanOrEqual(8);
    },
  );

  test("every table reaches ten years ahead, and every one says whether it was reviewed", () => {
    const short = TABLES.filter(({ coversUntil }) => coversUntil < "2037-01-01").map(({ id }) => id);
    expect(short).toEqual([]);
    expect(TABLES.filter(({ reviewed }) => !/^(not reviewed|against |copied from )/.test(reviewed)).map(({ id }) => id)).toEqual([]);
  });

  test("every table that lies there is known to the law, in the order of their ids", () => {
    expect(calendarVersions().map(([id]) => id)).toEqual(TABLES.map(({ id }) => id).sort());
  });
});
