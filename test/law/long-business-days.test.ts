import { describe, expect, test } from "vitest";
import { authorityOf } from "../../src/law/catalogue.ts";
import { isRefusal } from "../../src/law/finding.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { periodsOf, placeOf } from "../../src/matter/clock.ts";
import { day } from "../../src/time/day.ts";
import { given, on, refusalOf } from "../support/given.ts";

/** 10,000 business days are some 40 years: no table of holidays reaches so far. Written as business days they would take five figures. */
describe.each([
  ["AEPD", "es-lpac"],
  ["ANPD", "br-anpd"],
])("%s, by %s: a period in days of five figures", (authority, rule) => {
  const cure = { period: "P10000D", rule };
  const facts = { authority, currency: "EUR", decided: "2025-01-10", notified: "2025-01-10", items: [{ id: "a", cure }] };

  test("is refused because its holidays are not known, and the matter stands as a draft", () => {
    const { items } = on(given(facts), "2025-02-01");
    expect(items[0]).toMatchObject({ state: "draft", expiry: null });
    const limit = ruleOf(rule)!.limit({
      start: { day: day("2025-01-10") },
      periods: periodsOf("P10000D"),
      ...placeOf(authorityOf(authority)!),
    });
    expect(limit).toMatchObject({ refused: "calendar-ends" });
  });

  test("is refused as an extension", () => {
    const short = given({ ...facts, items: [{ id: "a", cure: { period: "P10D", rule } }] });
    const extended = { on: "2025-01-15", type: "extended", by: "P10000D", because: "x" };
    expect(refusalOf(short, extended)).toMatchObject({ refused: "calendar-ends" });
  });
});

test("uk-cpr counts days as business days up to five alone: 10,000 of them are days as they stand, and the table ends before their end", () => {
  const terms = { start: { day: day("2025-01-10") }, ...placeOf(authorityOf("ICO")!) };
  expect(ruleOf("uk-cpr")!.limit({ ...terms, periods: periodsOf("P10000D") })).toMatchObject({ refused: "calendar-ends" });
  // Friday 10 January and five working days: Friday 17 January, since no day is added at its end.
  const five = ruleOf("uk-cpr")!.limit({ ...terms, periods: periodsOf("P5D") });
  expect(isRefusal(five) ? five : five.expiry).toBe("2025-01-17");
});
