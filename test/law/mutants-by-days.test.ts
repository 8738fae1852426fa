import { describe, expect, test } from "vitest";
import { type Meter, run, runWithin } from "../../src/law/accrual.ts";
import { countedByDays, isByDays } from "../../src/law/by-days.ts";
import { countedBySearch, denominatorOf } from "../../src/law/counted.ts";
import { day } from "../../src/time/day.ts";
import { meter, type Terms } from "../support/meter.ts";

const TURNOVER = { per: "turnover-day", turnover: { annual: 36_500_000_00n, percentOver: 5n, percentUnder: 1n, year: 2023 } } as const;
/** 2.7397… cents a day: what is rounded twice comes to another sum. */
const ODD = { per: "turnover-day", rate: null, turnover: { annual: 1000_00n, percentOver: 1n, percentUnder: 1n, year: 2023 } } as const;
const SET = { set: { on: day("2024-02-20"), units: 30 } };
const STAY = { stays: ["2024-02-10..2024-02-12"] };

function ran(terms: Terms, through: string): string {
  const { units, amount, capReached, cap } = run(meter(terms), day(through));
  return [units, amount ?? "unknown", ...(cap === null ? [] : [cap, capReached])].join(" ");
}

describe("meters of days in one pass", () => {
  test.each<[string, Terms, boolean]>([
    ["days", {}, true],
    ["units by days", { per: "unit-day" }, true],
    ["shares of a day's turnover", TURNOVER, true],
    ["weeks", { per: "week" }, false],
    ["violations", { per: "violation" }, false],
    ["a sum paid once", { per: "once" }, false],
    ["days of which the last is left out", { counting: "exclusive-last" }, false],
    ["days under a cap for each year", { caps: { perYear: 1n } }, false],
  ])("%s: %s", (_, terms, expected) => {
    expect(isByDays(meter(terms))).toBe(expected);
  });

  const CASES: readonly [string, Terms, string, string][] = [
    ["a cap of nothing binds on the first day", { caps: { amount: 0n } }, "2024-02-01", "1 0 amount 2024-02-01"],
    ["and stays there", { caps: { amount: 0n } }, "2024-02-09", "1 0 amount 2024-02-01"],
    ["but not before it", { caps: { amount: 0n } }, "2024-01-31", "0 0"],
    ["nor of an unknown rate", { rate: null, caps: { amount: 0n } }, "2024-02-09", "9 unknown"],
    ["an unknown rate under a cap", { rate: null, caps: { amount: 1n } }, "2024-02-09", "9 unknown"],
    ["an unknown rate with a step", { rate: null, steps: [{ from: day("2024-02-05"), rate: 200_00n }] }, "2024-02-09", "9 unknown"],
    [
      "an unknown rate with a step, under a cap",
      { rate: null, steps: [{ from: day("2024-02-05"), rate: 200_00n }], caps: { amount: 1n } },
      "2024-02-09",
      "9 unknown",
    ],
    ["a cap on units met on the last day", { caps: { units: 9 } }, "2024-02-09", "9 90000 units 2024-02-09"],
    ["a cap on units met before a stay", { caps: { units: 9 }, ...STAY }, "2024-02-20", "9 90000 units 2024-02-09"],
    ["a cap on units long before a stay", { caps: { units: 5 }, ...STAY }, "2024-02-20", "5 50000 units 2024-02-05"],
    ["a cap by amount long before a stay", { caps: { amount: 500_00n }, ...STAY }, "2024-02-20", "5 50000 amount 2024-02-05"],
    ["a cap by amount met before a stay", { caps: { amount: 900_00n }, ...STAY }, "2024-02-20", "9 90000 amount 2024-02-09"],
    ["a cap on units behind a stay", { caps: { units: 10 }, ...STAY }, "2024-02-20", "10 100000 units 2024-02-13"],
    ["two caps on one day: the units are named", { caps: { units: 5, amount: 500_00n } }, "2024-02-09", "5 50000 units 2024-02-05"],
    ["the order's last day, then units", { caps: { units: 5, until: day("2024-02-05") } }, "2024-02-09", "5 50000 until 2024-02-05"],
    [
      "the order's last day, then the amount",
      { caps: { amount: 500_00n, until: day("2024-02-05") } },
      "2024-02-09",
      "5 50000 until 2024-02-05",
    ],
    ["units before the order's last day", { caps: { units: 4, until: day("2024-02-05") } }, "2024-02-09", "4 40000 units 2024-02-04"],
    [
      "the amount before the order's last day",
      { caps: { amount: 400_00n, until: day("2024-02-05") } },
      "2024-02-09",
      "4 40000 amount 2024-02-04",
    ],
    ["an order whose last day is ahead", { caps: { until: day("2024-02-10") } }, "2024-02-09", "9 90000"],
    ["a stop before the day", { stop: day("2024-02-05") }, "2024-02-09", "5 50000"],
    ["a stop after the day", { stop: day("2024-02-20") }, "2024-02-09", "9 90000"],
    ["a sum cut to its cap", { caps: { amount: 450_00n } }, "2024-02-09", "5 45000 amount 2024-02-05"],
    [
      "a share of turnover that no step changes",
      { ...TURNOVER, rate: null, steps: [{ from: day("2024-02-05"), rate: 1n }] },
      "2024-02-10",
      "10 5000000",
    ],
    [
      "a step to nothing under a cap",
      { steps: [{ from: day("2024-02-05"), rate: 0n }], caps: { amount: 500_00n } },
      "2024-02-10",
      "10 40000",
    ],
    [
      "two steps",
      {
        steps: [
          { from: day("2024-02-03"), rate: 200_00n },
          { from: day("2024-02-05"), rate: 300_00n },
        ],
      },
      "2024-02-05",
      "5 90000",
    ],
    [
      "two steps within a stay",
      {
        ...STAY,
        steps: [
          { from: day("2024-02-10"), rate: 200_00n },
          { from: day("2024-02-12"), rate: 300_00n },
        ],
      },
      "2024-02-13",
      "10 120000",
    ],
    ["a stay on the first day", { stays: ["2024-02-01..2024-02-02"] }, "2024-02-04", "2 20000"],
    ["a stay that lasts", { stays: ["2024-02-03.."] }, "2030-02-04", "2 20000"],
  ];

  test.each(CASES)("%s", (_, terms, through, expected) => {
    expect(ran(terms, through)).toBe(expected);
  });

  test.each(CASES)("%s: the same as by search, day after day", (_, terms) => {
    const one = meter(terms);
    for (let number = 28; number <= 60; number++) {
      const through = day(new Date(Date.UTC(2024, 0, number)).toISOString().slice(0, 10));
      expect(countedByDays(one, through, denominatorOf(one)), through).toEqual(countedBySearch(one, through));
    }
  });

  test("the texts of a meter's days are read once, however often it is asked", () => {
    let read = 0;
    const { pauses, ...rest } = meter(STAY);
    function get() {
      read++;
      return pauses;
    }
    const counting = Object.defineProperty({ ...rest }, "pauses", { get }) as unknown as Meter;
    for (const through of ["2024-02-09", "2024-02-12", "2024-02-20"]) countedByDays(counting, day(through), 1n);
    expect(read).toBe(1);
  });
});

describe("sums to the cent", () => {
  test.each<[string, Terms, string, string]>([
    ["a share of turnover beside units set by hand is rounded once", { ...ODD, ...SET }, "2024-03-01", "40 110"],
    ["under a cap for each year what was set is rounded apart", { ...ODD, ...SET, caps: { perYear: 1_000_00n } }, "2024-03-01", "40 109"],
    [
      "units set by hand of an unknown rate, under a cap of nothing",
      { ...SET, rate: null, caps: { amount: 0n } },
      "2024-02-25",
      "35 unknown",
    ],
    [
      "and with a step that names a rate",
      { ...SET, rate: null, steps: [{ from: day("2024-02-10"), rate: 200_00n }] },
      "2024-02-25",
      "35 unknown",
    ],
    [
      "the order's last day on the day of the cap by amount",
      { ...SET, caps: { until: day("2024-02-25"), amount: 3500_00n } },
      "2024-03-09",
      "35 350000 until 2024-02-25",
    ],
    [
      "a cap by amount of sites, whose cap on units is far",
      { per: "unit-day", multiplier: 2, set: { on: day("2024-02-20"), units: 60 }, caps: { units: 40, amount: 6400_00n } },
      "2024-03-09",
      "64 640000 amount 2024-02-22",
    ],
    [
      "a part of nothing of a cap in common, of an unknown rate",
      { rate: null, joint: { on: day("2024-02-10"), most: 0n } },
      "2024-03-10",
      "10 unknown joint 2024-02-10",
    ],
    ["a part of nothing of a cap in common", { joint: { on: day("2024-02-10"), most: 0n } }, "2024-03-10", "10 0 joint 2024-02-10"],
  ])("%s", (_, terms, through, expected) => {
    expect(ran(terms, through)).toBe(expected);
  });

  test.each<[string, Terms, string, string, bigint | null]>([
    [
      "before a cap in common binds, nothing is rounded on the way",
      { ...ODD, joint: { on: day("2024-02-20"), most: 5n } },
      "2024-02-04",
      "2024-02-05",
      5n,
    ],
    ["without one neither", ODD, "2024-02-04", "2024-02-05", 5n],
    [
      "on the day on which it binds its part is what is left",
      { joint: { on: day("2024-02-10"), most: 750_00n } },
      "2024-02-05",
      "2024-02-10",
      350_00n,
    ],
    ["beside units set by hand of an unknown rate nothing is known", { ...SET, rate: null }, "2024-02-21", "2024-02-25", null],
  ])("within a window: %s", (_, terms, from, to, expected) => {
    expect(runWithin(meter(terms), day(from), day(to)).amount).toBe(expected);
  });
});
