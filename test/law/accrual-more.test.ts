import { describe, expect, test } from "vitest";
import { exactSum, run, runWithin } from "../../src/law/accrual.ts";
import { parseUnit, unitName } from "../../src/law/unit.ts";
import { addDays, day } from "../../src/time/day.ts";
import { meter } from "../support/meter.ts";

describe("a lump sum", () => {
  test("runs once, on the first day that counts", () => {
    const lump = meter({ per: "once", rate: 500n });
    expect([day("2024-01-31"), day("2024-02-01"), day("2124-02-01")].map((on) => run(lump, on).units)).toEqual([0, 1, 1]);
    const stayed = meter({ per: "once", rate: 500n, stays: ["2024-02-01..2024-02-10"] });
    expect([day("2024-02-10"), day("2024-02-11")].map((on) => run(stayed, on).amount)).toEqual([0n, 500n]);
  });

  test("takes the rate in force on that day", () => {
    const stepped = meter({ per: "once", rate: 500n, stays: ["2024-02-01..2024-02-10"], steps: [{ from: day("2024-02-05"), rate: 900n }] });
    expect(run(stepped, day("2024-03-01")).amount).toBe(900n);
  });
});

describe("what runs within a window", () => {
  const share = { annual: 3_408_000n, percentOver: 5n, percentUnder: 1n, year: 2023 };
  const ofTurnover = meter({ per: "turnover-day", rate: null, turnover: share });

  test("is rounded once, so that windows side by side need not add up to the rounded whole", () => {
    const [from, to] = [day("2024-02-01"), day("2024-02-03")];
    // 466.849… a day: 1,401 for three, 467 for each.
    expect(runWithin(ofTurnover, from, to)).toEqual({ units: 3, amount: 1_401n });
    expect(runWithin(ofTurnover, from, from).amount).toBe(467n);
    expect(exactSum(ofTurnover, to)! - exactSum(ofTurnover, from)!).toBe(2n * share.annual * share.percentOver);
  });

  test("is nothing before the first day of delay and nothing behind a cap", () => {
    const capped = meter({ caps: { amount: 50_000n } });
    expect(runWithin(capped, day("2024-01-01"), day("2024-01-31"))).toEqual({ units: 0, amount: 0n });
    expect(runWithin(capped, day("2024-02-04"), day("2024-02-29"))).toEqual({ units: 2, amount: 20_000n });
  });
});

describe("a cap that other meters share", () => {
  const joint = { on: day("2024-02-10"), most: 95_000n };

  test("stops the meter at the end of its day with its own part", () => {
    const shared = meter({ joint });
    expect(run(shared, day("2024-02-09"))).toMatchObject({ units: 9, amount: 90_000n, capReached: null });
    expect(run(shared, day("2024-02-10"))).toMatchObject({ units: 10, amount: 95_000n, capReached: joint.on, cap: "joint" });
    expect(run(shared, day("2124-02-10"))).toEqual(run(shared, day("2024-02-10")));
  });

  test("leaves a meter alone that had stopped or was capped before", () => {
    expect(run(meter({ joint, stop: day("2024-02-05") }), day("2024-03-01"))).toMatchObject({
      units: 5,
      amount: 50_000n,
      capReached: null,
    });
    const own = meter({ joint, caps: { units: 3 } });
    expect(run(own, day("2024-03-01"))).toMatchObject({ units: 3, capReached: "2024-02-03", cap: "units" });
  });

  test("is told of where a calendar year's cap bound in a year before", () => {
    const yearly = meter({ joint: { on: day("2025-01-10"), most: 100_000n }, caps: { perYear: 50_000n } });
    expect(run(yearly, day("2025-06-01"))).toMatchObject({ amount: 100_000n, capReached: "2025-01-10", cap: "joint" });
  });
});

test("a hundred years of a meter with a cap, a stay and steps are the sum of its days", () => {
  const long = meter({
    stays: ["2030-01-01..2031-12-31"],
    steps: [
      { from: day("2040-01-01"), rate: 20_000n },
      { from: day("2060-01-01"), rate: 5_000n },
    ],
    caps: { until: day("2123-12-31") },
  });
  let sum = 0n;
  for (let on = day("2024-02-01"); on <= "2123-12-31"; on = addDays(on, 1)) {
    if (on >= "2030-01-01" && on <= "2031-12-31") continue;
    sum += on >= "2060-01-01" ? 5_000n : on >= "2040-01-01" ? 20_000n : 10_000n;
  }
  expect(run(long, day("2150-01-01"))).toMatchObject({ amount: sum, capReached: "2123-12-31", cap: "until" });
});

test("at an unknown rate no sum is told, in a calendar year before that of the expiry either", () => {
  const unknown = meter({ rate: null, caps: { perYear: 100_000n } });
  for (const on of ["2023-06-01", "2024-01-15", "2024-03-01"]) expect(run(unknown, day(on)).amount).toBeNull();
});

test("a unit is called by its own word, or period", () => {
  const names = ["day", "week", "P7D", "month", "P6M", "half-year", "P1Y", "once", "P2W", "unit-day"].map((text) =>
    unitName(parseUnit(text)!),
  );
  expect(names).toEqual(["day", "week", "week", "month", "half-year", "half-year", "year", "once", "period", "unit-day"]);
});
