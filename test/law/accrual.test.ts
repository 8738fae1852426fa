import { describe, expect, test } from "vitest";
import { run } from "../../src/law/accrual.ts";
import { parseUnit } from "../../src/law/unit.ts";
import { day } from "../../src/time/day.ts";
import { meter, type Terms } from "../support/meter.ts";

/** Units, sum in whole units of the currency, and the day of the cap: [29, "2900.00", null]. */
function counted(terms: Terms, through: string) {
  const { units, amount, capReached } = run(meter(terms), day(through));
  return [units, amount === null ? null : `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`, capReached];
}

describe("per day after 31 January 2024, EUR 100", () => {
  test.each([
    ["the expiry day is free", {}, "2024-01-31", 0, "0.00"],
    ["a day before the expiry is no negative day", {}, "2023-12-01", 0, "0.00"],
    ["the first day after it counts when it has ended", {}, "2024-02-01", 1, "100.00"],
    ["every calendar day counts, weekends and 29 February too", {}, "2024-03-01", 30, "3000.00"],
    ["daylight saving takes no day away and gives none", {}, "2024-04-30", 90, "9000.00"],
    ["exclusive-last leaves the last day out", { counting: "exclusive-last" }, "2024-02-10", 9, "900.00"],
    ["exclusive-last on the first day counts nothing", { counting: "exclusive-last" }, "2024-02-01", 0, "0.00"],
    ["exclusive-first leaves the first day out", { counting: "exclusive-first" }, "2024-02-10", 9, "900.00"],
    ["an end is the last day that counts", { stop: day("2024-02-10") }, "2025-01-01", 10, "1000.00"],
    ["an end before the expiry leaves nothing", { stop: day("2024-01-15") }, "2025-01-01", 0, "0.00"],
    ["an end in the future has no effect yet", { stop: day("2024-02-10") }, "2024-02-05", 5, "500.00"],
    ["a unit-day is paid for each unit", { per: "unit-day", multiplier: 7 }, "2024-02-10", 70, "7000.00"],
    ["an unknown rate counts its units all the same", { rate: null }, "2024-02-10", 10, null],
  ] as const)("%s", (_name, terms, through, units, sum) => {
    expect(counted(terms, through)).toEqual([units, sum, null]);
  });
});

describe("caps", () => {
  test.each([
    ["an amount that is a multiple of the rate binds on its day", { amount: 30_000n }, "2024-02-03", 3, "300.00", "2024-02-03"],
    ["a day before it does not bind yet", { amount: 30_000n }, "2024-02-02", 2, "200.00", null],
    ["an amount that is none cuts the sum, and its day counts", { amount: 25_000n }, "2024-06-01", 3, "250.00", "2024-02-03"],
    ["a number of days binds on the last of them", { units: 60 }, "2024-06-01", 60, "6000.00", "2024-03-31"],
    ["a date binds on that date", { until: day("2024-02-29") }, "2024-06-01", 29, "2900.00", "2024-02-29"],
    [
      "of several the first reached stops it: the amount",
      { amount: 500_00n, units: 60, until: day("2024-02-29") },
      "2024-06-01",
      5,
      "500.00",
      "2024-02-05",
    ],
    [
      "of several the first reached stops it: the number",
      { amount: 5_000_00n, units: 7, until: day("2024-02-29") },
      "2024-06-01",
      7,
      "700.00",
      "2024-02-07",
    ],
    [
      "of several the first reached stops it: the date",
      { amount: 5_000_00n, units: 60, until: day("2024-02-10") },
      "2024-06-01",
      10,
      "1000.00",
      "2024-02-10",
    ],
    ["a date before the expiry leaves nothing to count", { until: day("2024-01-15") }, "2024-06-01", 0, "0.00", "2024-01-15"],
  ] as const)("%s", (_name, caps, through, units, sum, capReached) => {
    expect(counted({ caps }, through)).toEqual([units, sum, capReached]);
  });

  test("with exclusive-last a number of days is reached a day later", () => {
    expect(counted({ counting: "exclusive-last", caps: { units: 5 } }, "2024-06-01")).toEqual([5, "500.00", "2024-02-06"]);
  });

  test("a number of periods counts periods, whatever the units of each", () => {
    expect(counted({ per: "week", caps: { units: 10 } }, "2025-01-01")).toEqual([10, "1000.00", "2024-04-10"]);
    expect(counted({ per: "unit-day", multiplier: 7, caps: { units: 10 } }, "2025-01-01")).toEqual([70, "7000.00", "2024-02-10"]);
  });

  test("an end before a cap keeps it from being reached", () => {
    expect(counted({ stop: day("2024-02-04"), caps: { amount: 500_00n } }, "2024-06-01")).toEqual([4, "400.00", null]);
  });

  test("a calendar-year cap begins anew each year", () => {
    const terms = { expiry: day("2023-12-21"), caps: { perYear: 500_00n } };
    expect(counted(terms, "2023-12-31")[1]).toBe("500.00");
    expect(counted(terms, "2024-01-03")[1]).toBe("800.00");
    expect(counted(terms, "2024-12-31")[1]).toBe("1000.00");
  });
});

describe("dated rates and stays", () => {
  const doubled = [{ from: day("2024-02-06"), rate: 200_00n }];

  test.each([
    ["a new rate counts from its day", { steps: doubled }, "2024-02-06", 6, "700.00"],
    ["a step down never lowers what has run", { steps: [{ from: day("2024-02-06"), rate: 0n }] }, "2024-03-06", 35, "500.00"],
    ["a rate from before the expiry is the rate", { steps: [{ from: day("2024-01-01"), rate: 200_00n }] }, "2024-02-02", 2, "400.00"],
    ["exclusive-last leaves out the last day, at its own rate", { steps: doubled, counting: "exclusive-last" }, "2024-02-07", 6, "700.00"],
    [
      "exclusive-first leaves out the first day, at its own rate",
      { steps: doubled, counting: "exclusive-first" },
      "2024-02-07",
      6,
      "800.00",
    ],
    ["days of a stay do not count, both its ends", { stays: ["2024-02-03..2024-02-05"] }, "2024-02-07", 4, "400.00"],
    ["a stay that lasts stops the count before its first day", { stays: ["2024-02-03.."] }, "2024-06-01", 2, "200.00"],
    ["stays that overlap count once", { stays: ["2024-02-03..2024-02-05", "2024-02-04..2024-02-06"] }, "2024-02-07", 3, "300.00"],
    ["a stay from before the expiry takes its later days", { stays: ["2024-01-10..2024-02-02"] }, "2024-02-07", 5, "500.00"],
    [
      "a new rate within a stay begins with the first day that counts",
      { steps: doubled, stays: ["2024-02-04..2024-02-08"] },
      "2024-02-09",
      4,
      "500.00",
    ],
  ] as const)("%s", (_name, terms, through, units, sum) => {
    expect(counted(terms, through)).toEqual([units, sum, null]);
  });

  test("a cap that a stay puts off is reached as much later", () => {
    expect(counted({ stays: ["2024-02-03..2024-02-05"], caps: { amount: 500_00n } }, "2024-06-01")).toEqual([5, "500.00", "2024-02-08"]);
  });
});

describe("periods longer than a day", () => {
  test.each([
    ["a week counts when it is complete", { per: "week" }, "2024-02-06", 0],
    ["at the end of its seventh day", { per: "week" }, "2024-02-07", 1],
    ["started: the first week counts from the first day", { per: "week", counting: "started" }, "2024-02-01", 1],
    ["started: nothing on the expiry day", { per: "week", counting: "started" }, "2024-01-31", 0],
    ["started: the second from the day after the first", { per: "week", counting: "started" }, "2024-02-08", 2],
    ["every two weeks", { per: "P2W" }, "2024-02-28", 2],
    ["a month from 31 January is complete on 29 February", { per: "month" }, "2024-02-29", 1],
    ["and not the day before", { per: "month" }, "2024-02-28", 0],
    ["the second on 31 March, counted from the expiry, not from 29 February", { per: "month" }, "2024-03-30", 1],
    ["the second on 31 March", { per: "month" }, "2024-03-31", 2],
    ["the third on 30 April", { per: "month" }, "2024-04-30", 3],
    ["in a common year on 28 February", { per: "month", expiry: day("2023-01-31") }, "2023-02-28", 1],
    ["a half-year is six months", { per: "half-year" }, "2024-07-30", 0],
    ["a half-year from 31 January is complete on 31 July", { per: "half-year" }, "2024-07-31", 1],
    ["a half-year from 31 August ends with February", { per: "half-year", expiry: day("2023-08-31") }, "2024-02-29", 1],
    ["a year from 29 February is complete on 28 February", { per: "year", expiry: day("2024-02-29") }, "2025-02-28", 1],
    ["its fourth on 29 February again", { per: "year", expiry: day("2024-02-29") }, "2028-02-28", 3],
    ["a stay moves the end of its week by its days", { per: "week", stays: ["2024-02-05..2024-02-06"] }, "2024-02-08", 0],
    ["to the day after", { per: "week", stays: ["2024-02-05..2024-02-06"] }, "2024-02-09", 1],
    ["and that of a month", { per: "month", stays: ["2024-02-10..2024-02-19"] }, "2024-03-09", 0],
    ["to ten days later", { per: "month", stays: ["2024-02-10..2024-02-19"] }, "2024-03-10", 1],
  ] as const)("%s", (_name, terms, through, units) => {
    expect(run(meter(terms), day(through)).units).toBe(units);
  });

  test("a completed week takes the rate of its last day, a started one that of its first", () => {
    const steps = [{ from: day("2024-02-10"), rate: 500_00n }];
    expect(counted({ per: "week", steps }, "2024-02-14")).toEqual([2, "600.00", null]);
    expect(counted({ per: "week", steps, counting: "started" }, "2024-02-14")).toEqual([2, "200.00", null]);
    expect(counted({ per: "week", steps, counting: "started" }, "2024-02-15")).toEqual([3, "700.00", null]);
  });
});

describe("per violation", () => {
  const violations = [
    { on: day("2024-01-31"), count: 5 },
    { on: day("2024-02-02"), count: 3 },
    { on: day("2024-02-04"), count: 2 },
  ];

  test("each counts at the rate of its day, none before the first day of delay or within a stay", () => {
    expect(counted({ per: "violation", violations }, "2024-02-03")).toEqual([3, "300.00", null]);
    expect(counted({ per: "violation", violations, steps: [{ from: day("2024-02-04"), rate: 200_00n }] }, "2024-03-01")).toEqual([
      5,
      "700.00",
      null,
    ]);
    expect(counted({ per: "violation", violations, stays: ["2024-02-02..2024-02-03"] }, "2024-03-01")).toEqual([2, "200.00", null]);
  });

  test("a cap binds on the day of the violation that reaches it", () => {
    expect(counted({ per: "violation", violations, caps: { amount: 400_00n } }, "2024-03-01")).toEqual([5, "400.00", "2024-02-04"]);
  });
});

describe("per day of turnover", () => {
  const turnover = (annual: bigint, year: number) => ({
    per: "turnover-day",
    rate: null,
    turnover: { annual, percentOver: 1n, percentUnder: 1n, year },
  });

  test.each([
    // 1 % of 182.50 a year of 365 days is half a cent a day.
    ["half a cent rounds to the even nothing", 182_50n, 2023, "2024-02-01", "0.00"],
    ["a whole cent is a cent", 182_50n, 2023, "2024-02-02", "0.01"],
    ["one and a half round to the even two", 182_50n, 2023, "2024-02-03", "0.02"],
    ["two and a half round to the even two", 182_50n, 2023, "2024-02-05", "0.02"],
    ["a leap year has 366 days", 183_00n, 2024, "2024-02-03", "0.02"],
    ["the total is rounded, not its days", 100_00n, 2023, "2024-02-10", "0.03"],
  ] as const)("%s", (_name, annual, year, through, sum) => {
    expect(counted(turnover(annual, year), through)[1]).toBe(sum);
  });

  test("5 % of a billion is what the regulation makes of it", () => {
    const terms = {
      ...turnover(1_000_000_000_00n, 2024),
      turnover: { annual: 1_000_000_000_00n, percentOver: 5n, percentUnder: 1n, year: 2024 },
    };
    expect(counted(terms, "2024-02-10")).toEqual([10, "1366120.22", null]);
  });

  test("a cap in money cuts it", () => {
    expect(counted({ ...turnover(365_00n, 2023), caps: { amount: 5n } }, "2024-03-01")).toEqual([5, "0.05", "2024-02-05"]);
  });
});

describe("units", () => {
  test.each(["P1M15D", "PT72H", "P30B", "fortnight", "P0D", "days", ""])("%j is no unit", (text) => {
    expect(parseUnit(text)).toBeNull();
  });

  test("a period of one day is a day, of seven a week", () => {
    expect(parseUnit("P1D")).toEqual({ kind: "day" });
    expect(parseUnit("P7D")).toEqual(parseUnit("week"));
    expect(parseUnit("P1Y")).toEqual(parseUnit("year"));
  });
});
