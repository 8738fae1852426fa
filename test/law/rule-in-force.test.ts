import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { type Rule, ruleInForce } from "../../src/law/rule.ts";
import { RULES, ruleOf } from "../../src/law/rules/index.ts";
import { runPeriods } from "../../src/law/time-limit.ts";
import { addDays, day } from "../../src/time/day.ts";

function limit(rule: string, from: string, period: string, { calendar = "FR" } = {}) {
  return ruleOf(rule)!.limit({
    start: { day: day(from) },
    periods: [parsePeriod(period)!],
    zone: "Europe/Paris",
    calendar: calendarOf(calendar),
  });
}

describe("a rule counts by its wording in force on the day that starts the clock", () => {
  const facts = { citation: "Act 1, art. 1", source: "an Act", rolls: false } as const;
  const changed: Rule = ruleInForce({
    ...facts,
    id: "changed",
    versions: [
      { from: day("2020-01-01"), until: day("2021-12-31"), begins: "force", source: "Act 1", count: (terms) => runPeriods(terms, changed) },
      {
        from: day("2023-01-01"),
        until: day("2024-06-30"),
        begins: "force",
        source: "Act 2",
        count: (terms) => runPeriods(terms, changed, { extraDays: 1 }),
      },
    ],
  });

  function from(start: string) {
    return changed.limit({ start: { day: day(start) }, periods: [parsePeriod("P1M")!], zone: "Europe/Paris", calendar: null });
  }

  test.each([
    ["2020-01-01", "2020-02-01"],
    ["2021-12-31", "2022-01-31"],
    ["2023-01-01", "2023-02-02"],
    ["2024-06-30", "2024-07-31"],
  ])("from %s it ends on %s, whatever holds by then", (start, expiry) => {
    expect(from(start)).toMatchObject({ expiry });
  });

  test("and refuses where none was", () => {
    expect(from("2019-12-31")).toEqual({
      refused: "rule-not-yet-in-force",
      args: { rule: "changed", day: "2019-12-31", from: "2020-01-01" },
    });
    expect(from("2022-06-01")).toMatchObject({ refused: "rule-not-yet-in-force", args: { from: "2023-01-01" } });
    expect(from("2024-07-01")).toEqual({
      refused: "rule-no-longer-in-force",
      args: { rule: "changed", day: "2024-07-01", from: "2024-07-01" },
    });
  });

  test.each(RULES.flatMap((rule) => (rule.versions[0]!.from === null ? [] : [[rule.id, rule.versions[0]!.from] as const])))(
    "%s is refused on the day before %s",
    (id, first) => {
      expect(limit(id, addDays(first, -1), "P1M")).toMatchObject({ refused: "rule-not-yet-in-force", args: { rule: id, from: first } });
      expect(limit(id, first, "P1M")).not.toMatchObject({ refused: "rule-not-yet-in-force" });
    },
  );
});

describe("the holidays are those of the place whose law it is", () => {
  test.each([
    ["another country's authority", "GB-ENG", "2024-05-02"],
    ["the country itself", "FR", "2024-05-02"],
    ["a part of it, which has more of them", "FR-GF", "2024-05-02"],
  ])("%s: 1 May counts in France", (_name, calendar, expiry) => {
    expect(limit("fr-civil", "2024-04-01", "P1M", { calendar })).toMatchObject({ expiry });
  });

  test("a derivation names the table that was used", () => {
    expect(limit("fr-civil", "2024-05-10", "P1M", { calendar: "FR-GF" })).toMatchObject({
      steps: [{}, {}, { code: "rolled", args: { calendar: "France: French Guiana" } }],
    });
    expect(limit("fr-civil", "2024-04-01", "P1M", { calendar: "GB-ENG" })).toMatchObject({
      steps: [{}, {}, { code: "rolled", args: { calendar: "France (metropolitan)" } }],
    });
  });
});
