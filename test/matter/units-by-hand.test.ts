import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, on, orderWith } from "../support/given.ts";

/** EUR 100 a day from 7 February 2025, EUR 500 from 1 March. */
const CURE = { until: "2025-02-06", because: "set by the order" };
const order = (penalty: object = {}) =>
  orderWith({ cure: CURE, penalty: { rate: "100", per: "day", steps: [{ from: "2025-03-01", rate: "500" }], ...penalty } });
const set = (value: number, day = "2025-03-02") => ({ on: day, type: "overridden", what: "units", value, because: "counted" });

function standing(facts: object, day: string, ...events: readonly object[]) {
  const matter = given(facts, ...events);
  const item = on(matter, day).items[0]!;
  const steps = explainItem(matter, on(matter, day), "a").steps;
  const told = steps.filter(({ code }) => code === "segment" || code === "units-beyond");
  const assumed = item.assumptions.filter(({ code }) => code === "units-keep-rates").map((one) => findingText("en", one));
  const { units, theoretical } = itemOn(matter, day);
  return { units, sum: theoretical, told: told.map((step) => findingText("en", step)), assumed };
}

describe("units that a person sets keep the rates at which they were counted", () => {
  test("so that the number that was counted comes to the sum that it came to", () => {
    expect(standing(order(), "2025-03-02")).toMatchObject({ units: 24, sum: "3200.00", assumed: [] });
    expect(standing(order(), "2025-03-02", set(24))).toEqual({
      units: 24,
      sum: "3200.00",
      told: [
        "From Fri 7 Feb 2025 to Fri 28 Feb 2025: 22 days × EUR 100 = EUR 2,200",
        "From Sat 1 Mar 2025 to Sun 2 Mar 2025: 2 days × EUR 500 = EUR 1,000",
      ],
      assumed: [
        "of the number set by hand on Sun 2 Mar 2025, the units that had been counted keep their rates, and those beyond take that day’s; if all took EUR 500, the sum would be EUR 12,000",
      ],
    });
  });

  test("those beyond take the rate of that day, fewer are the first of them, and what runs later is added: each is told", () => {
    expect(standing(order(), "2025-03-04", set(26))).toMatchObject({
      units: 28,
      sum: "5200.00",
      told: [
        "From Fri 7 Feb 2025 to Fri 28 Feb 2025: 22 days × EUR 100 = EUR 2,200",
        "From Sat 1 Mar 2025 to Sun 2 Mar 2025: 2 days × EUR 500 = EUR 1,000",
        "Beyond those counted, at the rate in force then: 2 days × EUR 500 = EUR 1,000",
        "From Mon 3 Mar 2025 to Tue 4 Mar 2025: 2 days × EUR 500 = EUR 1,000",
      ],
    });
    expect(standing(order(), "2025-03-02", set(10))).toMatchObject({
      sum: "1000.00",
      told: ["From Fri 7 Feb 2025 to Sun 16 Feb 2025: 10 days × EUR 100 = EUR 1,000"],
      assumed: [expect.stringContaining("EUR 5,000")],
    });
  });

  test("and nothing is assumed where one rate has held, or where none is known", () => {
    expect(standing(order({ steps: [] }), "2025-03-02", set(20))).toMatchObject({ sum: "2000.00", assumed: [] });
    expect(standing(order({ rate: "unknown" }), "2025-03-02", set(20))).toMatchObject({ sum: null, told: [], assumed: [] });
  });

  test("also under a cap, and of profiles that end within a day", () => {
    expect(standing(order({ cap: { amount: "3000" } }), "2025-03-02", set(24))).toMatchObject({ units: 24, sum: "3000.00" });
    const profiles = order({ per: "unit-day", units: 4 });
    expect(standing(profiles, "2025-03-02", set(90))).toMatchObject({
      sum: "9800.00",
      told: [
        "From Fri 7 Feb 2025 to Fri 28 Feb 2025: 88 unit-days × EUR 100 = EUR 8,800",
        "From Sat 1 Mar 2025 to Sat 1 Mar 2025: 2 unit-days × EUR 500 = EUR 1,000",
      ],
    });
  });
});

describe("with its last day left out", () => {
  const left = order({ counting: "exclusive-last" });

  test("the units of each rate are told as they are summed", () => {
    expect(standing(left, "2025-03-02")).toMatchObject({
      units: 23,
      sum: "2700.00",
      told: [
        "From Fri 7 Feb 2025 to Fri 28 Feb 2025: 22 days × EUR 100 = EUR 2,200",
        "From Sat 1 Mar 2025 to Sun 2 Mar 2025: 1 day × EUR 500 = EUR 500",
      ],
    });
  });

  test("and so are those that a person has set on the day before a rise", () => {
    expect(standing(left, "2025-03-02", set(21, "2025-02-28"))).toMatchObject({
      units: 23,
      sum: "2700.00",
      told: [
        "From Fri 7 Feb 2025 to Fri 28 Feb 2025: 21 days × EUR 100 = EUR 2,100",
        "From Fri 28 Feb 2025 to Fri 28 Feb 2025: 1 day × EUR 100 = EUR 100",
        "From Sat 1 Mar 2025 to Sun 2 Mar 2025: 1 day × EUR 500 = EUR 500",
      ],
    });
  });
});
