import { describe, expect, test } from "vitest";
import { rateOn, run, runWithin } from "../../src/law/accrual.ts";
import { countedDays, isPaused, orderPauses } from "../../src/law/pauses.ts";
import { parseUnit, unitName } from "../../src/law/unit.ts";
import { day } from "../../src/time/day.ts";
import { meter, type Terms } from "../support/meter.ts";

/** EUR 100.00 a day after 31 January 2024: what has run, in whole euros, and the cap that binds. */
function ran(terms: Terms, through: string): string {
  const { units, amount, capReached, cap } = run(meter(terms), day(through));
  return [units, amount === null ? "unknown" : amount / 100n, ...(cap === null ? [] : [cap, capReached])].join(" ");
}

function within(terms: Terms, from: string, to: string): string {
  const { units, amount } = runWithin(meter(terms), day(from), day(to));
  return `${units} ${amount === null ? "unknown" : amount / 100n}`;
}

/** EUR 5,000.00 a day. */
const TURNOVER = { per: "turnover-day", turnover: { annual: 36_500_000_00n, percentOver: 5n, percentUnder: 1n, year: 2023 } } as const;
const SET_ON = day("2024-02-20");
const SET = { set: { on: SET_ON, units: 30 } };
const RISEN = { steps: [{ from: day("2024-02-16"), rate: 200_00n }] };

describe("units that a person has counted", () => {
  test.each<[string, Terms, string, string]>([
    ["are not there before their day", SET, "2024-02-19", "19 1900"],
    ["stand from their day", SET, "2024-02-20", "30 3000"],
    ["are added to", SET, "2024-02-25", "35 3500"],
    ["of an unknown rate have no sum", { ...SET, rate: null }, "2024-02-25", "35 unknown"],
    ["run up to a cap on units", { ...SET, caps: { units: 40 } }, "2024-02-29", "39 3900"],
    ["stop at a cap on units", { ...SET, caps: { units: 40 } }, "2024-03-01", "40 4000 units 2024-03-01"],
    ["stay at a cap on units", { ...SET, caps: { units: 40 } }, "2024-03-09", "40 4000 units 2024-03-01"],
    ["may fill a cap on their day", { ...SET, caps: { units: 30 } }, "2024-02-25", "30 3000 units 2024-02-20"],
    ["stop at a cap by amount", { ...SET, caps: { amount: 3500_00n } }, "2024-03-09", "35 3500 amount 2024-02-25"],
    ["stop at the first of two caps", { ...SET, caps: { amount: 3500_00n, units: 99 } }, "2024-03-09", "35 3500 amount 2024-02-25"],
    ["are cut to the sum", { ...SET, caps: { amount: 3450_00n } }, "2024-02-25", "35 3450 amount 2024-02-25"],
    ["stand after the last day of the order", { ...SET, caps: { until: day("2024-02-10") } }, "2024-02-25", "30 3000 until 2024-02-10"],
    [
      "are cut where they stand after the last day of the order",
      { ...SET, caps: { until: day("2024-02-10"), amount: 2500_00n } },
      "2024-02-25",
      "30 2500 until 2024-02-10",
    ],
    [
      "count sites beside days",
      { per: "unit-day", multiplier: 2, set: { on: day("2024-02-20"), units: 60 }, caps: { units: 40 } },
      "2024-03-09",
      "80 8000 units 2024-03-01",
    ],
    ["take their part of a turnover", { ...SET, ...TURNOVER, rate: null }, "2024-03-01", "40 200000"],
    [
      "take their part of a turnover under a cap for each year",
      { ...SET, ...TURNOVER, rate: null, caps: { perYear: 1_000_000_00n } },
      "2024-03-01",
      "40 200000",
    ],
    ["beyond those counted take the rate of their day", { ...SET, ...RISEN }, "2024-02-21", "31 4700"],
    ["as many as were counted come to what they came to", { set: { on: SET_ON, units: 20 }, ...RISEN }, "2024-02-20", "20 2500"],
    ["fewer keep the first of those counted", { set: { on: SET_ON, units: 17 }, ...RISEN }, "2024-02-20", "17 1900"],
    ["none come to nothing, and later days count", { set: { on: SET_ON, units: 0 }, ...RISEN }, "2024-02-21", "1 200"],
    [
      "of a meter that has stopped take the rate of its last day",
      { set: { on: day("2024-02-25"), units: 22 }, stop: SET_ON, steps: [{ from: day("2024-02-21"), rate: 900_00n }] },
      "2024-03-09",
      "22 2200",
    ],
    [
      "keep the rates of their days where the last day is left out",
      { set: { on: SET_ON, units: 19 }, counting: "exclusive-last", ...RISEN },
      "2024-02-20",
      "19 2300",
    ],
    [
      "may end among the sites of a day",
      { per: "unit-day", multiplier: 4, set: { on: SET_ON, units: 62 }, ...RISEN },
      "2024-02-20",
      "62 6400",
    ],
  ])("%s", (_, terms, through, expected) => {
    expect(ran(terms, through)).toBe(expected);
  });
});

describe("a cap that meters share", () => {
  const JOINT = { joint: { on: day("2024-02-10"), most: 950_00n } };
  test.each<[string, Terms, string, string]>([
    ["is not there before its day", JOINT, "2024-02-09", "9 900"],
    ["cuts the meter to its part", JOINT, "2024-02-10", "10 950 joint 2024-02-10"],
    ["stops it", JOINT, "2024-03-10", "10 950 joint 2024-02-10"],
    ["does not bind what had stopped the day before", { ...JOINT, stop: day("2024-02-09") }, "2024-03-10", "9 900"],
    ["binds what stopped on its day", { ...JOINT, stop: day("2024-02-10") }, "2024-03-10", "10 950 joint 2024-02-10"],
    ["leaves what an own cap stopped before", { ...JOINT, caps: { units: 5 } }, "2024-03-10", "5 500 units 2024-02-05"],
    ["is told where an own cap binds on its day", { ...JOINT, caps: { units: 10 } }, "2024-03-10", "10 950 joint 2024-02-10"],
    ["is told where a cap bound for its year only", { ...JOINT, caps: { perYear: 300_00n } }, "2024-03-10", "3 300 joint 2024-02-10"],
    ["has no sum of an unknown rate", { ...JOINT, rate: null }, "2024-03-10", "10 unknown joint 2024-02-10"],
  ])("%s", (_, terms, through, expected) => {
    expect(ran(terms, through)).toBe(expected);
  });
});

describe("what runs within a window", () => {
  test.each<[string, Terms, string]>([
    ["is that of its days, both ends counted", {}, "6 600"],
    ["is not known of an unknown rate", { rate: null }, "6 unknown"],
    ["is what a cap leaves", { caps: { amount: 700_00n } }, "3 300"],
    ["is what a cap in common leaves", { joint: { on: day("2024-02-08"), most: 750_00n } }, "4 350"],
    ["takes a turnover's share, rounded once", { ...TURNOVER, rate: null }, "6 30000"],
    ["takes the rates of its days", { steps: [{ from: day("2024-02-10"), rate: 200_00n }] }, "6 700"],
  ])("%s", (_, terms, expected) => {
    expect(within(terms, "2024-02-05", "2024-02-10")).toBe(expected);
  });

  test("is never less than nothing, where a person counted fewer than the days before", () => {
    expect(runWithin(meter({ set: { on: day("2024-02-20"), units: 5 } }), day("2024-02-20"), day("2024-02-20")).amount).toBe(0n);
  });
});

describe("caps to the day", () => {
  test.each<[string, Terms, string, string]>([
    ["a year's cap the day before it binds", { caps: { perYear: 500_00n } }, "2024-02-04", "4 400"],
    ["a year's cap that is met to the cent", { caps: { perYear: 500_00n } }, "2024-02-05", "5 500 per-year 2024-02-05"],
    [
      "a year's cap with its last day left out, in a new year",
      { caps: { perYear: 300_00n }, counting: "exclusive-last" },
      "2025-01-01",
      "4 400",
    ],
    [
      "a year's cap with its last day left out, in a new year of which no day counts",
      { caps: { perYear: 300_00n, units: 4 }, counting: "exclusive-last", stays: ["2024-06-01.."] },
      "2025-01-01",
      "3 300",
    ],
    ["a year's cap behind its day", { caps: { perYear: 500_00n } }, "2024-02-09", "5 500 per-year 2024-02-05"],
    ["a year's cap in the next year", { caps: { perYear: 500_00n } }, "2025-01-03", "8 800"],
    ["a year's cap met in the next year", { caps: { perYear: 500_00n } }, "2025-02-03", "10 1000 per-year 2025-01-05"],
    ["a year's cap and one on units", { caps: { perYear: 500_00n, units: 8 } }, "2025-02-03", "8 800 units 2025-01-03"],
    ["a year's cap and one by amount", { caps: { perYear: 500_00n, amount: 750_00n } }, "2025-02-03", "8 750 amount 2025-01-03"],
    ["a year's cap of an unknown rate", { rate: null, caps: { perYear: 500_00n } }, "2024-02-09", "9 unknown"],
    ["a year's cap of an unknown rate, the year before", { rate: null, caps: { perYear: 500_00n } }, "2023-12-31", "0 unknown"],
    ["the last day of the order", { caps: { until: day("2024-02-10") } }, "2024-02-10", "10 1000 until 2024-02-10"],
    ["the day before it", { caps: { until: day("2024-02-10") } }, "2024-02-09", "9 900"],
    [
      "the last day and a cap on units that falls on it",
      { caps: { until: day("2024-02-10"), units: 10 } },
      "2024-03-01",
      "10 1000 until 2024-02-10",
    ],
    ["a cap by amount before one on units", { caps: { amount: 400_00n, units: 5 } }, "2024-03-01", "4 400 amount 2024-02-04"],
    ["a cap on units before one by amount", { caps: { amount: 500_00n, units: 4 } }, "2024-03-01", "4 400 units 2024-02-04"],
    ["a step on the day itself", { steps: [{ from: day("2024-02-10"), rate: 200_00n }] }, "2024-02-10", "10 1100"],
    ["one lump sum on the expiry", { per: "once" }, "2024-01-31", "0 0"],
    ["one lump sum on the first day of delay", { per: "once" }, "2024-02-01", "1 100"],
    ["one lump sum ever after", { per: "once" }, "2025-02-01", "1 100"],
    ["one lump sum while a stay lasts", { per: "once", stays: ["2024-02-01..2024-02-05"] }, "2024-02-05", "0 0"],
    ["a month that its stay moves", { per: "month", stays: ["2024-02-10..2024-02-12"] }, "2024-03-02", "0 0"],
    ["the day to which it is moved", { per: "month", stays: ["2024-02-10..2024-02-12"] }, "2024-03-03", "1 100"],
    ["weeks up to the day before the second", { per: "week" }, "2024-02-13", "1 100"],
    ["weeks on the day of the second", { per: "week" }, "2024-02-14", "2 200"],
    ["a month that has begun", { per: "month", counting: "started" }, "2024-02-01", "1 100"],
    ["a second month that has not", { per: "month", counting: "started" }, "2024-02-29", "1 100"],
    ["a second month that has", { per: "month", counting: "started" }, "2024-03-01", "2 200"],
  ])("%s", (_, terms, through, expected) => {
    expect(ran(terms, through)).toBe(expected);
  });

  test("the rate of a day is that of the last step by then", () => {
    const stepped = meter({ steps: [{ from: day("2024-02-10"), rate: 200_00n }] });
    expect([rateOn(stepped, day("2024-02-09")), rateOn(stepped, day("2024-02-10"))]).toEqual([100_00n, 200_00n]);
    expect(rateOn(meter({ rate: null }), day("2024-02-10"))).toBeNull();
  });
});

describe("pauses", () => {
  const EXPIRY = day("2024-01-31");
  function ordered(...pauses: readonly string[]): string {
    const read = pauses
      .map((one) => one.split(".."))
      .map(([from, to]) => ({ from: day(`2024-${from}`), to: to === "" ? null : day(`2024-${to}`) }));
    return orderPauses(EXPIRY, read)
      .map(({ from, to }) => `${from.slice(5)}..${to?.slice(5) ?? ""}`)
      .join(" ");
  }

  test.each<[string, readonly string[], string]>([
    ["none", [], ""],
    ["one that ended by the expiry", ["01-20..01-31"], ""],
    ["one that began before the expiry", ["01-20..02-05"], "02-01..02-05"],
    ["one that began on the expiry and lasts", ["01-31.."], "02-01.."],
    ["one of the first day after it", ["02-01..02-01"], "02-01..02-01"],
    ["two that touch", ["02-01..02-05", "02-06..02-10"], "02-01..02-10"],
    ["two with a day between them", ["02-01..02-05", "02-07..02-10"], "02-01..02-05 02-07..02-10"],
    ["one within another", ["02-01..02-20", "02-05..02-10"], "02-01..02-20"],
    ["two that overlap", ["02-01..02-08", "02-05..02-10"], "02-01..02-10"],
    ["the later one first", ["02-10..02-12", "02-01..02-03"], "02-01..02-03 02-10..02-12"],
    ["one after one that lasts", ["02-05..", "02-10..02-12"], "02-05.."],
    ["one that lasts after another", ["02-01..02-10", "02-05.."], "02-01.."],
    ["one that lasts, apart from another", ["02-01..02-03", "02-05.."], "02-01..02-03 02-05.."],
  ])("in order: %s", (_, pauses, expected) => {
    expect(ordered(...pauses)).toBe(expected);
  });

  test("both ends of a pause are paused, and their neighbours are not", () => {
    const pauses = orderPauses(EXPIRY, [{ from: day("2024-02-05"), to: day("2024-02-07") }]);
    const found = ["04", "05", "06", "07", "08"].map((date) => isPaused(day(`2024-02-${date}`), pauses));
    expect(found).toEqual([false, true, true, true, false]);
    expect(["04", "05", "06", "07", "08"].map((date) => countedDays(EXPIRY, day(`2024-02-${date}`), pauses))).toEqual([4, 4, 4, 4, 5]);
    const lasting = [{ from: day("2024-02-05"), to: null }];
    expect([isPaused(day("2024-02-04"), lasting), isPaused(day("2030-01-01"), lasting)]).toEqual([false, true]);
    expect(countedDays(EXPIRY, day("2024-01-30"), [])).toBe(0);
  });
});

test.each([
  ["day", "day"],
  ["P1D", "day"],
  ["P1W", "week"],
  ["P7D", "week"],
  ["P2W", "period"],
  ["P1M", "month"],
  ["P3M", "period"],
  ["P6M", "half-year"],
  ["P12M", "year"],
  ["P1Y", "year"],
  ["once", "once"],
  ["violation", "violation"],
  ["unit-day", "unit-day"],
  ["turnover-day", "turnover-day"],
])("a unit of %s is called %s", (text, name) => {
  expect(unitName(parseUnit(text)!)).toBe(name);
});

test.each(["", "days", "P1M15D", "P5B", "PT24H", "toString", "P0D"])("%s is no unit", (text) => {
  expect(parseUnit(text)).toBeNull();
});
