import { describe, expect, test } from "vitest";
import { given, itemOn, ORDER } from "../support/given.ts";

/** Questions on which an independent count and this one once differed; each answer is that of docs/contract.md. */
const until = { until: "2024-01-31", because: "set by the decision" };

function order(penalty: object, more: object = {}): object {
  return { ...ORDER, items: [{ id: "a", cure: until, penalty: { rate: "100", per: "day", ...penalty } }], ...more };
}

const SHARE = { rate: undefined, per: "turnover-day", turnover: { annual: "36500000", percent: "5", year: 2023 } };
const fixed = (on: string, from: string, to: string, amount: string, ref: string) => ({ on, type: "liquidated", from, to, amount, ref });
const overridden = (on: string, what: string, value: unknown) => ({ on, type: "overridden", what, value, because: "by hand" });
const TWO = [
  fixed("2024-04-01", "2024-02-01", "2024-02-29", "2900", "SAN-1"),
  fixed("2024-05-01", "2024-03-01", "2024-03-31", "3100", "SAN-2"),
  { on: "2024-06-01", type: "reduced", for: "a", to: "1000" },
];

describe("what was lowered as a whole", () => {
  test("is the most that those sums come to, however one of them is lowered or annulled later", () => {
    const lowered = { on: "2024-07-01", type: "reduced", for: "SAN-2", to: "600" };
    expect(itemOn(given(order({}), ...TWO, lowered), "2024-07-02").fixed).toBe("1000.00");
    const annulled = (ref: string) => ({ on: "2024-07-01", type: "annulled", liquidation: ref });
    expect(itemOn(given(order({}), ...TWO, annulled("SAN-2")), "2024-07-02").fixed).toBe("1000.00");
    expect(itemOn(given(order({}), ...TWO, annulled("SAN-1"), annulled("SAN-2")), "2024-07-02").fixed).toBe("0.00");
  });

  test("does not touch a sum that is fixed later", () => {
    const later = fixed("2024-07-01", "2024-04-01", "2024-04-10", "500", "SAN-3");
    expect(itemOn(given(order({}), ...TWO, later), "2024-07-02").fixed).toBe("1500.00");
  });
});

describe("of two ends the first of the list of states is shown", () => {
  const claimed = { on: "2024-02-10", type: "complied" };
  test("compliance that was accepted outlasts a lapse", () => {
    const events = [claimed, { on: "2024-02-20", type: "accepted" }, { on: "2024-03-01", type: "lapsed" }];
    expect(itemOn(given(order({}), ...events), "2024-03-02")).toMatchObject({ state: "complied", units: 10 });
  });

  test("a settlement outlasts a remittal, and a withdrawal a settlement", () => {
    const settled = { on: "2024-02-10", type: "settled" };
    expect(itemOn(given(order({}), settled, { on: "2024-03-01", type: "remitted" }), "2024-03-02").state).toBe("settled");
    expect(itemOn(given(order({}), settled, { on: "2024-03-01", type: "withdrawn" }), "2024-03-02").state).toBe("withdrawn");
  });

  test.each(["lapsed", "remitted"])("a claim that stands when the order has %s is decided all the same", (type) => {
    const matter = [claimed, { on: "2024-02-12", type }];
    expect(itemOn(given(order({}), ...matter), "2024-03-20")).toMatchObject({
      state: "claimed",
      ifRefused: { units: 12, theoretical: "1200.00" },
    });
    expect(itemOn(given(order({}), ...matter, { on: "2024-03-01", type: "rejected" }), "2024-03-20").units).toBe(12);
    const accepted = { on: "2024-03-01", type: "accepted", from: "2024-02-09" };
    expect(itemOn(given(order({}), ...matter, accepted), "2024-03-20")).toMatchObject({ state: "complied", units: 9 });
  });
});

describe("caps together", () => {
  test("days that a yearly cap left out are no units of a cap of units", () => {
    const both = given(order({ cap: { perYear: "950", units: 20 } }));
    expect(itemOn(both, "2024-12-31")).toMatchObject({ units: 10, theoretical: "950.00" });
    expect(itemOn(both, "2025-03-01")).toMatchObject({ units: 20, theoretical: "1900.00", capReached: "2025-01-10", state: "capped" });
  });

  test("a yearly cap counts the same units before and after the order's last day", () => {
    const both = given(order({ counting: "exclusive-last", cap: { perYear: "950", until: "2024-02-20" } }));
    expect(itemOn(both, "2024-02-15").units).toBe(10);
    expect(itemOn(both, "2024-03-01")).toMatchObject({ units: 10, theoretical: "950.00" });
  });

  test("an order limited to a day within its time to comply was never capped", () => {
    const idle = given(order({ cap: { until: "2024-01-20" } }));
    expect(itemOn(idle, "2024-01-20")).toMatchObject({ state: "curing", capReached: null });
    expect(itemOn(idle, "2024-02-20")).toMatchObject({ state: "lapsed", capReached: null, units: 0 });
  });
});

describe("units that were set by hand", () => {
  test("are paid for at a share of turnover too, and fill its cap", () => {
    const share = given(order({ ...SHARE, cap: { amount: "400000" } }), overridden("2024-02-20", "units", 30));
    expect(itemOn(share, "2024-03-01")).toMatchObject({ units: 40, theoretical: "200000.00" });
    expect(itemOn(share, "2024-05-01")).toMatchObject({ theoretical: "400000.00", capReached: "2024-04-10" });
  });

  test("after the order's last day do not move the day on which it was capped", () => {
    const set = given(order({ cap: { until: "2024-02-20", amount: "2500" } }), overridden("2024-02-25", "units", 25));
    expect(itemOn(set, "2024-03-01")).toMatchObject({ units: 25, theoretical: "2500.00", capReached: "2024-02-20" });
  });
});

describe("a fresh period", () => {
  test("whose end is set by hand runs to that end, and what ran before the stay is kept", () => {
    const events = [
      { on: "2024-02-10", type: "stayed" },
      { on: "2024-02-20", type: "resumed", with: "P10D" },
    ];
    const matter = (value: string) => given(order({}), ...events, overridden("2024-02-25", "expiry", value));
    expect(itemOn(matter("2024-03-15"), "2024-03-05")).toMatchObject({ state: "curing", expiry: "2024-03-15", units: 9 });
    expect(itemOn(matter("2024-03-15"), "2024-03-20")).toMatchObject({ units: 14 });
    expect(itemOn(matter("2024-02-26"), "2024-03-05")).toMatchObject({ state: "accruing", expiry: "2024-02-26", units: 17 });
  });

  test("is replaced by a second, shorter one", () => {
    const first = [
      { on: "2024-02-05", type: "stayed" },
      { on: "2024-02-10", type: "resumed", with: "P1M" },
    ];
    const second = [
      { on: "2024-02-15", type: "stayed" },
      { on: "2024-02-18", type: "resumed", with: "P5D" },
    ];
    expect(itemOn(given(order({}), ...first, ...second), "2024-04-10")).toMatchObject({ expiry: "2024-02-23", units: 51 });
  });
});

describe("a clock that was moved", () => {
  test("forgets no stay, should its end be set by hand to before it", () => {
    const stay = [
      { on: "2024-01-20", type: "stayed" },
      { on: "2024-01-25", type: "resumed" },
    ];
    expect(itemOn(given(order({}), ...stay, overridden("2024-02-20", "expiry", "2024-01-10")), "2024-03-01").units).toBe(46);
  });

  test("is not stayed by an appeal against an order that has ended", () => {
    const events = [
      { on: "2024-02-10", type: "lapsed" },
      { on: "2024-02-20", type: "appealed", suspends: "yes" },
    ];
    expect(itemOn(given(order({}), ...events), "2024-03-01")).toMatchObject({ state: "lapsed", units: 10 });
  });

  test("is extended as it is counted: to the end of a month from the end of a month, where the order counts so", () => {
    const cure = { period: "P3M", from: "2023-11-30", rule: "cure", stickyMonthEnd: true };
    const sticky = given({ ...ORDER, items: [{ ...ORDER.items[0], cure }] }, { on: "2024-02-10", type: "extended", by: "P1M" });
    expect(itemOn(sticky, "2024-02-11").expiry).toBe("2024-03-31");
  });
});

test("parts of a share of turnover are taken from one another before anything is rounded", () => {
  const share = order({ ...SHARE, turnover: { annual: "3408000", percent: "5", year: 2023 } }, { currency: "JPY" });
  const matter = given(share, fixed("2024-05-01", "2024-02-24", "2024-04-04", "4153", "SAN-1"));
  expect(itemOn(matter, "2024-05-30")).toMatchObject({ theoretical: "56022", open: "36881" });
});

test("a sum at an unknown rate is not told, whether the clock has started or may yet", () => {
  const between = { between: ["2024-01-05", "2024-01-28"] };
  const unknown = {
    ...ORDER,
    notified: between,
    items: [{ ...ORDER.items[0], cure: { period: "P1M", rule: "cure" }, penalty: { rate: "unknown", per: "day" } }],
  };
  expect(itemOn(given(unknown), "2024-01-19")).toMatchObject({ units: 0, theoretical: null, open: null });
});
