import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CORRECTIONS } from "../../scripts/calendar-corrections.ts";
import { addDays, type Day, day, weekday } from "../../src/time/day.ts";

const YEARS = Array.from({ length: 41 }, (_, index) => 2000 + index);

function daysOf(id: string): readonly Day[] {
  const table: { days: Day[] } = JSON.parse(readFileSync(new URL(`../../src/law/calendars/${id}.json`, import.meta.url), "utf8"));
  return table.days;
}

/** Easter Monday, which every calendar of France has: the one Monday between 23 March and 26 April. */
function easterMonday(year: number): Day {
  return daysOf("FR").find((date) => date >= `${year}-03-23` && date <= `${year}-04-26` && weekday(date) === 1)!;
}

function joined(base: string, extra: (year: number) => readonly Day[]): readonly Day[] {
  return [...new Set([...daysOf(base), ...YEARS.flatMap(extra)])].sort();
}

describe("France beyond the metropolitan table", () => {
  test("Alsace-Moselle adds Good Friday and 26 December, and nothing else (Code du travail L3134-13)", () => {
    expect(daysOf("FR-ALSACE-MOSELLE")).toEqual(joined("FR", (year) => [addDays(easterMonday(year), -3), day(`${year}-12-26`)]));
  });

  test.each([
    ["FR-YT", "04-27"],
    ["FR-MQ", "05-22"],
    ["FR-GP", "05-27"],
    ["FR-GF", "06-10"],
    ["FR-RE", "12-20"],
  ])("%s adds the day on which slavery was abolished, %s, and nothing else (L3422-2)", (id, date) => {
    expect(daysOf(id)).toEqual(joined("FR", (year) => [day(`${year}-${date}`)]));
  });
});

describe("the United Kingdom beyond England and Wales", () => {
  const PROCLAIMED = ["2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08"];
  const LATER = ["2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"];

  test.each(["GB-SCT", "GB-NIR"])(
    "%s has the days that were proclaimed for the whole Kingdom, and not those that they were moved from",
    (id) => {
      expect(daysOf(id)).toEqual(expect.arrayContaining([...PROCLAIMED, ...LATER]));
      for (const moved of ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"]) expect(daysOf(id)).not.toContain(moved);
    },
  );

  test("Scotland has 2 January and the first Monday of August, no Easter Monday, St Andrew's Day since 2007, and 15 June 2026", () => {
    const days = daysOf("GB-SCT");
    expect(days).toEqual(expect.arrayContaining(["2024-01-02", "2024-08-05", "2007-11-30", "2024-12-02", "2026-06-15"]));
    for (const none of ["2024-04-01", "2024-08-26", "2006-11-30", "2002-12-02"]) expect(days).not.toContain(none);
  });

  test("Northern Ireland has 17 March and 12 July, in lieu of a Sunday the Monday after", () => {
    expect(daysOf("GB-NIR")).toEqual(expect.arrayContaining(["2025-03-17", "2024-03-18", "2024-07-12", "2026-07-13", "2024-04-01"]));
  });
});

describe("North America", () => {
  const among = (id: string, days: (year: number) => readonly Day[]) => {
    const all = daysOf(id);
    return YEARS.flatMap(days).filter((date) => !all.includes(date));
  };

  test("every holiday of the United States that has a date has the weekday on which it is observed (5 U.S.C. 6103(b), Executive Order 11582)", () => {
    const dates = (year: number) =>
      ["01-01", ...(year < 2021 ? [] : ["06-19"]), "07-04", "11-11", "12-25"].map((date) => day(`${year}-${date}`));
    const observed = (year: number) =>
      dates(year).map((one) => (weekday(one) === 6 ? addDays(one, -1) : weekday(one) === 7 ? addDays(one, 1) : one));
    // Of the New Year's Day after the last year the table says nothing, nor of the Friday before the first.
    expect(among("US", observed).filter((date) => date >= "2000-01-01")).toEqual([]);
    expect(daysOf("US")).toEqual(
      expect.arrayContaining(["2012-11-12", "2017-11-10", "2018-11-12", "2023-11-10", "2028-11-10", "2040-11-12"]),
    );
    expect(daysOf("US")).not.toContain("2024-11-12");
  });

  test("Canada Day is 2 July where 1 July is a Sunday, and not where it is a Saturday (Holidays Act s. 2)", () => {
    const seconds = daysOf("CA").filter((date) => date.endsWith("-07-02"));
    expect(seconds).toEqual(["2001-07-02", "2007-07-02", "2012-07-02", "2018-07-02", "2029-07-02", "2035-07-02", "2040-07-02"]);
  });
});

describe("the Länder", () => {
  const LAENDER = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"];

  test.each(LAENDER)("%s has all that the Länder have in common", (land) => {
    expect(daysOf(`DE-${land}`)).toEqual(expect.arrayContaining([...daysOf("DE")]));
  });

  test.each([
    ["DE-BE", ["2019-03-08", "2020-05-08", "2025-05-08", "2028-06-17"], ["2018-03-08", "2024-05-08", "2024-10-31"]],
    ["DE-HH", ["2017-10-31", "2018-10-31", "2024-10-31"], ["2016-10-31", "2024-11-01"]],
    ["DE-NW", ["2024-05-30", "2024-11-01"], ["2024-10-31", "2024-01-06"]],
    ["DE-SN", ["2024-10-31", "2024-11-20"], ["2024-11-01", "2024-05-30"]],
    ["DE-BY", ["2024-01-06", "2024-05-30", "2024-11-01"], ["2024-10-31", "2024-08-15"]],
    ["DE-TH", ["2019-09-20", "2024-09-20"], ["2018-09-20"]],
  ] as const)("%s has %j and none of %j", (id, some, none) => {
    expect(daysOf(id)).toEqual(expect.arrayContaining([...some]));
    for (const date of none) expect(daysOf(id)).not.toContain(date);
  });
});

describe("holidays that a statute moved", () => {
  test("Sweden kept Whit Monday until 2004 and has 6 June since 2005", () => {
    expect(daysOf("SE")).toEqual(expect.arrayContaining(["2000-06-12", "2004-05-31", "2005-06-06", "2024-06-06"]));
    for (const none of ["2005-05-16", "2004-06-06", "2024-05-20"]) expect(daysOf("SE")).not.toContain(none);
  });

  test("Italy has 2 June since 2001, Poland 24 December since 2025", () => {
    expect(daysOf("IT")).toContain("2001-06-02");
    expect(daysOf("IT")).not.toContain("2000-06-02");
    expect(daysOf("PL")).toContain("2025-12-24");
    expect(daysOf("PL")).not.toContain("2024-12-24");
  });

  test("the Commission's list has its days between the holidays that it shares with Belgium", () => {
    const days = daysOf("EU");
    expect(days).toEqual(expect.arrayContaining(["2023-04-06", "2023-05-09", "2023-05-19", "2023-07-21", "2023-12-29", "2024-05-10"]));
    expect(days.filter((date) => weekday(date) >= 6)).toEqual([]);
    expect(days.filter((date) => date.startsWith("2023"))).toHaveLength(18);
  });

  test("every correction says why", () => {
    expect(CORRECTIONS.filter(({ because }) => because.length < 20)).toEqual([]);
  });
});
