import { describe, expect, test } from "vitest";
import { type Counting, type Meter, run } from "../../src/law/accrual.ts";
import { countedByDays } from "../../src/law/by-days.ts";
import { countedBySearch, denominatorOf } from "../../src/law/counted.ts";
import { orderPauses } from "../../src/law/pauses.ts";
import { parseUnit } from "../../src/law/unit.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { fc } from "../support/seeded.ts";
import { slowRun, slowYears } from "../support/slow-meter.ts";

const RUNS = 1_000;
const EXPIRY = day("2023-12-31");

function daysOn(days: number): Day {
  return addDays(EXPIRY, days);
}

function sometimes<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(of, { freq: 2 });
}

const offset = fc.integer({ min: -20, max: 200 }).map(daysOn);
const rate = fc.bigInt({ min: 0n, max: 50_000n });
const stay = fc
  .tuple(offset, sometimes(fc.nat({ max: 40 })))
  .map(([from, more]) => ({ from, to: more === null ? null : addDays(from, more) }));

function metersPer(units: readonly string[], countings: readonly Counting[]): fc.Arbitrary<Meter> {
  return fc
    .record({
      shift: fc.nat({ max: 70 }),
      per: fc.constantFrom(...units),
      counting: fc.constantFrom(...countings),
      rate: fc.option(rate, { freq: 10 }),
      multiplier: fc.constantFrom(1, 1, 1, 7),
      steps: fc.uniqueArray(fc.record({ from: offset, rate }), { maxLength: 3, selector: ({ from }) => from }),
      stays: fc.array(stay, { maxLength: 3 }),
      stop: sometimes(offset),
      amount: sometimes(fc.bigInt({ min: 1n, max: 2_000_000n })),
      cap: sometimes(fc.integer({ min: 1, max: 90 })),
      until: sometimes(offset),
    })
    .map(({ shift, per, stays, steps, amount, cap, until, ...terms }) => {
      const expiry = addDays(EXPIRY, -shift);
      return {
        ...terms,
        expiry,
        per: parseUnit(per)!,
        turnover: null,
        caps: { amount, units: cap, until, perYear: null },
        steps: steps.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
        pauses: orderPauses(expiry, stays),
        violations: [],
      };
    });
}

function agrees(meters: fc.Arbitrary<Meter>): void {
  fc.assert(
    fc.property(meters, offset, (meter, through) => {
      const { units, amount, capReached } = run(meter, through);
      const slow = slowRun(meter, through);
      expect({ units, amount, capReached }).toEqual({ units: slow.units, amount: slow.amount, capReached: slow.capReached });
    }),
    { numRuns: RUNS },
  );
}

describe("the closed form says what a count from day to day says", () => {
  test("per day, with steps, stays, caps, an end, and either end left out", () => {
    agrees(metersPer(["day", "unit-day"], ["inclusive", "exclusive-last", "exclusive-first"]));
  });

  test("per week, completed and started", () => {
    agrees(metersPer(["week", "P2W", "P10D"], ["inclusive", "completed", "started"]));
  });

  test("one pass over the stretches of one rate says what a search for the days of the caps says", () => {
    fc.assert(
      fc.property(metersPer(["day", "unit-day"], ["inclusive"]), offset, fc.boolean(), (of, through, share) => {
        const turnover = { annual: 36_600_001n, percentOver: 15n, percentUnder: 10n, year: 2024 };
        const meter = share ? { ...of, per: parseUnit("turnover-day")!, rate: null, steps: [], multiplier: 1, turnover } : of;
        expect(countedByDays(meter, through, denominatorOf(meter))).toEqual(countedBySearch(meter, through));
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test("a lump sum, with steps, stays, caps and an end", () => {
    agrees(metersPer(["once"], ["inclusive"]));
  });

  test("per day and per violation under a calendar-year cap, over several years", () => {
    const years = fc
      .record({
        of: metersPer(["day", "violation"], ["inclusive"]),
        perYear: fc.bigInt({ min: 1n, max: 3_000_000n }),
        violations: fc.array(fc.record({ on: fc.integer({ min: -20, max: 900 }).map(daysOn), count: fc.integer({ min: 1, max: 4 }) }), {
          maxLength: 8,
        }),
      })
      .map(({ of, perYear, violations }) => ({
        ...of,
        rate: of.rate ?? 700n,
        multiplier: 1,
        violations: violations.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
        caps: { amount: null, units: null, until: of.caps.until, perYear },
      }));
    fc.assert(
      fc.property(years, fc.integer({ min: -20, max: 900 }).map(daysOn), (meter, through) => {
        const { units, amount } = run(meter, through);
        expect({ units, amount }).toEqual(slowYears(meter, through));
      }),
      { numRuns: RUNS },
    );
  });

  test("per month and half-year, completed and started", () => {
    agrees(metersPer(["month", "P2M", "half-year"], ["inclusive", "completed", "started"]));
  });

  test("the count from day to day is no echo: it finds a meter that is off by one day", () => {
    const meter = fc.sample(metersPer(["day"], ["inclusive"]), 200);
    const off = meter.filter(
      (one) => slowRun({ ...one, expiry: addDays(one.expiry, 1) }, daysOn(150)).units !== run(one, daysOn(150)).units,
    );
    expect(off.length).toBeGreaterThan(20);
  });
});

describe("whatever the terms", () => {
  const any = fc.oneof(
    metersPer(["day"], ["inclusive", "exclusive-last", "exclusive-first"]),
    metersPer(["week", "month"], ["inclusive", "completed", "started"]),
  );

  test("neither units nor sum ever go down from a day to a later one", () => {
    fc.assert(
      fc.property(any, offset, fc.nat({ max: 60 }), (meter, through, more) => {
        const [one, other] = [run(meter, through), run(meter, addDays(through, more))];
        expect(other.units).toBeGreaterThanOrEqual(one.units);
        if (one.amount !== null) expect(other.amount! >= one.amount).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("exclusive-last is one fewer than inclusive on every day, and never below nothing", () => {
    fc.assert(
      fc.property(metersPer(["day"], ["inclusive"]), offset, (meter, through) => {
        const open = { ...meter, caps: { amount: null, units: null, until: meter.caps.until, perYear: null }, multiplier: 1 };
        const whole = run(open, through).units;
        expect(run({ ...open, counting: "exclusive-last" }, through).units).toBe(Math.max(0, whole - 1));
        expect(run({ ...open, counting: "exclusive-first" }, through).units).toBe(Math.max(0, whole - 1));
      }),
      { numRuns: RUNS },
    );
  });
});
