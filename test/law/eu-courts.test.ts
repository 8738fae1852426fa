import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { euCourts } from "../../src/law/rules/eu-courts.ts";
import { day } from "../../src/time/day.ts";
import { and, given, on } from "../support/given.ts";

function count(from: string, ...periods: readonly string[]) {
  const terms = { start: { day: day(from) }, periods: periods.map((one) => parsePeriod(one)!), zone: "Europe/Brussels" as const };
  const limit = euCourts.limit({ ...terms, calendar: calendarOf("EU") });
  if ("refused" in limit) throw new Error(limit.refused);
  return limit;
}

describe("a time limit before the courts of the Union", () => {
  test("names the ten days for distance as such, and says what its counting rests on", () => {
    const { steps } = count("2006-01-17", "P2M");
    expect(steps.map(({ code, day: at }) => [code, at])).toEqual([
      ["start", "2006-01-17"],
      ["added", "2006-03-17"],
      ["distance-days", "2006-03-27"],
      ["as-decided", "2006-03-27"],
    ]);
    const said = steps.slice(2).map(({ code, args }) => [findingText("en", { code, args }), findingText("fr", { code, args })]);
    expect(said).toEqual([
      [
        "10 days more on account of distance: Mon 27 Mar 2006",
        expect.stringMatching(/^Délai de distance de 10 jours\s: lun\. 27 mars 2006$/),
      ],
      [expect.stringContaining("not read word for word"), expect.stringContaining("n’ont pas été lus mot à mot")],
    ]);
  });

  test("says that a month which lacks the day is unverified, also where a roll follows", () => {
    const codes = ({ steps }: ReturnType<typeof count>) => steps.map(({ code }) => code);
    expect(codes(count("2022-12-31", "P2M"))).toEqual(["start", "added-month-end", "distance-days", "month-end-unverified", "as-decided"]);
    expect(codes(count("2023-12-31", "P2M"))).toContain("rolled");
    expect(codes(count("2023-12-31", "P2M"))).toContain("month-end-unverified");
  });

  test("says from which day on the Court's list was not published", () => {
    expect(count("2026-10-20", "P2M").steps.map(({ code }) => code)).not.toContain("calendar-projected");
    expect(count("2026-11-23", "P2M").steps.map(({ code }) => code)).toContain("calendar-projected");
  });
});

/** Days on which the Court was closed, as the lists of their years name them: Easter Monday, Ascension and Whit Monday by their dates. */
const LISTS: Readonly<Record<number, readonly string[]>> = {
  2004: ["01-01", "04-12", "05-01", "05-20", "05-31", "06-23", "08-15", "11-01", "12-25", "12-26"],
  2016: ["01-01", "03-28", "05-01", "05-05", "05-16", "06-23", "08-15", "11-01", "12-25", "12-26"],
  2018: ["01-01", "04-02", "05-01", "05-10", "05-21", "06-23", "08-15", "11-01", "12-25", "12-26"],
  2019: ["01-01", "04-22", "05-01", "05-09", "05-30", "06-10", "06-23", "08-15", "11-01", "12-25", "12-26"],
  2020: ["01-01", "04-13", "05-01", "05-09", "05-21", "06-01", "06-23", "08-15", "11-01", "12-25", "12-26"],
  2026: ["01-01", "04-06", "05-01", "05-09", "05-14", "05-25", "06-23", "08-15", "11-01", "12-25", "12-26"],
};

test.each(Object.entries(LISTS))("the Court's holidays of %s are those of its list", (year, dates) => {
  const held = [...calendarOf("CJEU")!.holidays].filter((one) => one.startsWith(year));
  expect(held).toEqual(dates.map((date) => `${year}-${date}`));
});

test("an action against a decision of the Commission is told of the earliest day while no rule is named, and what the Court's would give", () => {
  const clock = { id: "action", kind: "appeal", from: "notified", period: "P2M" };
  const facts = { authority: "EC", decided: "2024-01-17", notified: "2024-01-17" };
  const asked = (rule: object) => {
    const items = [{ id: "a", cure: { until: "2024-12-31", because: "set" }, clocks: [{ ...clock, ...rule }] }];
    const [told] = on(given({ ...facts, items }), "2024-02-01").related;
    return { day: told!.day, notes: told!.notes.map(({ code, args }) => [code, args.rule, args.day]) };
  };
  expect(asked({})).toEqual({ day: "2024-03-17", notes: [["clock-rule-inferred", "eu-courts", "2024-03-27"]] });
  expect(asked({ rule: "eu-courts" })).toEqual({ day: "2024-03-27", notes: [["as-decided", undefined, undefined]] });
});

test("a time to comply by it that stood still has its days for distance once", () => {
  const cure = { period: "P2M", rule: "eu-courts" };
  const facts = { authority: "EC", decided: "2024-01-09", notified: "2024-01-09", items: [{ id: "a", cure }] };
  const order = given(facts);
  expect(on(order, "2024-01-20").items[0]!.expiry).toBe("2024-03-19");
  const stayed = [
    { on: "2024-02-01", type: "stayed" },
    { on: "2024-02-09", type: "resumed" },
  ].reduce(and, order);
  // Eight days later, a Wednesday.
  expect(on(stayed, "2024-02-10").items[0]!.expiry).toBe("2024-03-27");
});
