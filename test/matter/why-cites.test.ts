import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, on } from "../support/given.ts";

/** The steps in English, and with their sources behind a bar. */
function why(facts: object, text: string, ...events: readonly object[]): readonly string[] {
  const matter = given(facts, ...events);
  return explainItem(matter, on(matter, text), "a").steps.map((step) =>
    [findingText("en", step), ...(step.source === undefined ? [] : [step.source])].join(" | "),
  );
}

/** The time to comply ends on Monday 15 July 2024; EUR 1,000 is forfeited with each week from 22 July. */
const DUTCH = {
  authority: "AP",
  decided: "2024-06-01",
  notified: "2024-06-15",
  items: [{ id: "a", cure: { period: "P1M", rule: "cure" }, penalty: { rate: "1000", per: "week", cap: { amount: "10000" } } }],
};

describe("an end cites what sets its length", () => {
  test("the year of the time-bar is that of Awb 5:35, though another Act leaves its last day alone; six weeks to pay are those of 5:33", () => {
    const told = why(DUTCH, "2024-07-23");
    expect(told).toContain("Other deadline, time-bar: Tue 22 Jul 2025 | Algemene wet bestuursrecht, art. 5:35");
    expect(told).toContain("Other deadline, payment due: Mon 2 Sep 2024 | Algemene wet bestuursrecht, art. 5:33");
  });

  test("of a clock of the file, the rule; what else has moved it stands before it with its own article", () => {
    // Two days from Friday 14 June hold one working day: the second one is Tuesday 18 June.
    const clock = { id: "o", kind: "observations", from: "2024-06-14", period: "P2D", rule: "eu-1182-71" };
    const told = why({ ...DUTCH, items: [{ ...DUTCH.items[0], clocks: [clock] }] }, "2024-06-17");
    const rule = "Regulation (EEC, Euratom) 1182/71, art. 3";
    expect(told.slice(-2)).toEqual([
      `The period must hold at least two working days, so it ends Tue 18 Jun 2024 | ${rule}(5)`,
      `Other deadline, observations due: Tue 18 Jun 2024 | ${rule}`,
    ]);
  });
});

test("sums that had their day end with the last of them: on 20 September those of 22 and 29 July and 5 August, the next being of 12 August", () => {
  expect(why(DUTCH, "2024-09-20")).toContain(
    "3 sums, forfeited from Mon 22 Jul 2024 through Mon 5 Aug 2024, have had their days and are not paid: EUR 3,000",
  );
});

describe("while the time to comply is stayed", () => {
  const spanish = {
    authority: "AEPD",
    kind: "order",
    decided: "2025-12-01",
    notified: "2025-12-05",
    items: [{ id: "a", cure: { period: "P10D", rule: "es-lpac" }, penalty: { rate: "100", per: "day" } }],
  };
  const stayed = { on: "2025-12-11", type: "stayed" };
  const still = "Nothing runs while the time to comply stands still: it has no end yet";

  test.each(["2025-12-12", "2026-01-10"])("no first day of delay is told, as there is no end: %s", (text) => {
    const told = why(spanish, text, stayed);
    expect(told.at(-1)).toBe(still);
    expect(told.join()).not.toMatch(/Nothing runs before|first day of delay/);
  });

  test("and that is not said once the time has resumed", () => {
    const told = why(spanish, "2025-12-20", stayed, { on: "2025-12-17", type: "resumed" });
    expect(told).not.toContain(still);
  });
});
