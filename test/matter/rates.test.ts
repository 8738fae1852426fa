import { describe, expect, test } from "vitest";
import { given, on, orderWith, sum } from "../support/given.ts";

/** EUR 100 a day from 6 March 2024. */
const CURE = { until: "2024-03-05", because: "set by the order" };
const PENALTY = { rate: "100", per: "day" };
const order = (penalty: object = PENALTY) => orderWith({ cure: CURE, penalty });
const STAY = [
  { on: "2024-04-01", type: "stayed" },
  { on: "2024-04-11", type: "resumed" },
];

function rates(facts: object, day: string, ...events: readonly object[]) {
  const { firstRate, rate, rateSince } = on(given(facts, ...events), day).items[0]!;
  return {
    first: firstRate?.amount == null ? (firstRate ?? null) : sum(firstRate.amount),
    now: rate && sum(rate.amount!),
    since: rateSince,
  };
}

describe("the rate of the first day of delay, while that day is ahead", () => {
  const stepped = order({ ...PENALTY, steps: [{ from: "2024-03-04", rate: "500" }] });

  test("is what a step has made of it before then", () => {
    expect(rates(stepped, "2024-02-01")).toEqual({ first: "500.00", now: "100.00", since: null });
    expect(rates(order({ ...PENALTY, steps: [{ from: "2024-03-07", rate: "500" }] }), "2024-03-05")).toMatchObject({ first: "100.00" });
  });

  test("is told of a fresh period too, and of nothing once the time has ended or while it stands still", () => {
    expect(rates(stepped, "2024-03-06")).toEqual({ first: null, now: "500.00", since: "2024-03-06" });
    expect(rates(order(), "2024-02-10", { on: "2024-02-05", type: "stayed" })).toMatchObject({ first: null, since: null });
    const fresh = [STAY[0]!, { ...STAY[1]!, with: "P10D" }, { on: "2024-04-12", type: "rate-changed", rate: "300" }];
    expect(rates(order(), "2024-04-12", ...fresh)).toEqual({ first: "300.00", now: "300.00", since: null });
    expect(rates(order(), "2024-04-30", ...fresh)).toEqual({ first: null, now: "300.00", since: "2024-04-22" });
  });
});

describe("the day since which the rate has applied", () => {
  test("is the first day of delay, and after a step or a stay the day of that", () => {
    expect(rates(order(), "2024-03-31").since).toBe("2024-03-06");
    expect(rates(order(), "2024-04-05", ...STAY.slice(0, 1)).since).toBeNull();
    expect(rates(order(), "2024-04-11", ...STAY).since).toBe("2024-04-11");
    const changed = { on: "2024-05-01", type: "rate-changed", rate: "150" };
    expect(rates(order(), "2024-05-02", ...STAY, changed)).toMatchObject({ now: "150.00", since: "2024-05-01" });
    expect(rates(order(), "2024-05-02", ...STAY, { ...changed, rate: "100" }).since).toBe("2024-04-11");
  });

  test("is none where a claim, an end or a cap has stopped it, and begins anew with the year after a year's cap", () => {
    expect(rates(order(), "2024-03-20", { on: "2024-03-20", type: "complied" }).since).toBeNull();
    expect(rates(order(), "2024-03-21", { on: "2024-03-20", type: "withdrawn" }).since).toBeNull();
    const capped = order({ ...PENALTY, cap: { amount: "500" } });
    expect(rates(capped, "2024-03-10").since).toBe("2024-03-06");
    expect(rates(capped, "2024-03-11").since).toBeNull();
    const yearly = order({ ...PENALTY, cap: { perYear: "500" } });
    expect(rates(yearly, "2024-03-11").since).toBeNull();
    expect(rates(yearly, "2025-01-02").since).toBe("2025-01-01");
  });

  test("is not told where it depends on a notification that is known within a window", () => {
    const order = { id: "a", cure: { period: "P1M", rule: "cure" }, penalty: PENALTY };
    const between = { ...orderWith(order), notified: { between: ["2024-01-10", "2024-01-12"] } };
    expect(rates(between, "2024-02-20").since).toBeNull();
    expect(rates(between, "2024-03-02", { on: "2024-03-01", type: "rate-changed", rate: "150" }).since).toBe("2024-03-01");
  });
});
