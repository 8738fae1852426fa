import { describe, expect, test } from "vitest";
import { addDays, day } from "../../src/time/day.ts";
import { given, itemOn, ORDER, on, refusalOf } from "../support/given.ts";
import { fc } from "../support/seeded.ts";

const until = (day: string) => ({ until: day, because: "set by the decision" });
const items = [
  { id: "a", cure: until("2024-01-31"), penalty: { rate: "100", per: "day" } },
  { id: "b", cure: until("2024-02-10"), penalty: { rate: "250", per: "day" } },
];
const SHARED = { ...ORDER, items, jointCap: { items: ["a", "b"], amount: "5000" } };

function sums(facts: object, text: string, ...events: readonly object[]) {
  const matter = given(facts, ...events);
  return ["a", "b"].map((id) => {
    const { units, theoretical, capReached, state } = itemOn(matter, text, id);
    return [units, theoretical, capReached, state];
  });
}

describe("several items share one amount", () => {
  test("it is filled by day, and on the day that fills it in the order of the file", () => {
    // 1,000 of a by 10 February; then 350 a day: 11 days leave 150 of the 350 of the twelfth, 22 February.
    expect(sums(SHARED, "2024-02-21")).toEqual([
      [21, "2100.00", null, "accruing"],
      [11, "2750.00", null, "accruing"],
    ]);
    expect(sums(SHARED, "2024-02-22")).toEqual([
      [22, "2200.00", "2024-02-22", "capped"],
      [12, "2800.00", "2024-02-22", "capped"],
    ]);
    expect(sums(SHARED, "2025-12-31")).toEqual(sums(SHARED, "2024-02-22"));
  });

  test("in another order of the file the last day falls to the other item", () => {
    const turned = { ...SHARED, items: [items[1], items[0]] };
    expect(sums(turned, "2024-03-01")).toEqual([
      [22, "2100.00", "2024-02-22", "capped"],
      [12, "2900.00", "2024-02-22", "capped"],
    ]);
  });

  test("the order in which the cap names them decides nothing", () => {
    expect(sums({ ...SHARED, jointCap: { items: ["b", "a"], amount: "5000" } }, "2024-03-01")).toEqual(sums(SHARED, "2024-03-01"));
  });

  test("an item that was complied with before keeps what it had, and its end", () => {
    const complied = { on: "2024-02-05", type: "complied", item: "a" };
    const accepted = { on: "2024-02-08", type: "accepted", item: "a" };
    expect(sums(SHARED, "2024-03-31", complied, accepted)).toEqual([
      [5, "500.00", null, "complied"],
      [18, "4500.00", "2024-02-28", "capped"],
    ]);
  });

  test("an item whose time ends after the cap was full never runs", () => {
    const late = { ...SHARED, items: [items[0], { ...items[1], cure: until("2024-06-30") }] };
    expect(sums(late, "2024-07-31")).toEqual([
      [50, "5000.00", "2024-03-21", "capped"],
      [0, "0.00", "2024-03-21", "capped"],
    ]);
  });

  test("an annulled item gives its part back", () => {
    const annulled = { on: "2024-03-10", type: "annulled", item: "b" };
    expect(sums(SHARED, "2024-03-31", annulled)).toEqual([
      [50, "5000.00", "2024-03-21", "capped"],
      [expect.any(Number), "0.00", null, "annulled"],
    ]);
  });

  test("as if the claim failed, the shares are those of the claim that failed", () => {
    const matter = given(SHARED, { on: "2024-02-12", type: "complied", item: "b" });
    expect(itemOn(matter, "2024-03-31", "b")).toMatchObject({ units: 2, theoretical: "500.00" });
    expect(itemOn(matter, "2024-03-31", "b").ifRefused).toEqual({ units: 12, theoretical: "2800.00" });
    expect(itemOn(matter, "2024-03-31", "a")).toMatchObject({ theoretical: "4500.00", capReached: "2024-03-16" });
  });

  test("of an item whose time to comply stands still a full cap is not told, whenever that time would have ended", () => {
    for (const expiry of ["2024-02-10", "2024-06-30"]) {
      const still = { ...SHARED, items: [items[0], { ...items[1], cure: until(expiry) }] };
      const stayed = { on: "2024-02-05", type: "stayed", item: "b" };
      expect(sums(still, "2024-04-01", stayed), expiry).toEqual([
        [50, "5000.00", "2024-03-21", "capped"],
        [0, "0.00", null, "stayed"],
      ]);
    }
  });

  test("as if one claim failed, other claims stand, and so does what was withdrawn under one", () => {
    const complied = (id: string) => ({ on: "2024-02-12", type: "complied", item: id });
    const both = given(SHARED, complied("a"), complied("b"));
    // 1,200 of a stand: 3,800 are left for b, which it has on the sixteenth day. 500 of b stand: 4,500 are left for a.
    expect(itemOn(both, "2024-03-31", "b").ifRefused).toEqual({ units: 16, theoretical: "3800.00" });
    expect(itemOn(both, "2024-03-31", "a").ifRefused).toEqual({ units: 45, theoretical: "4500.00" });
    // All of them together come to the cap.
    expect(on(both, "2024-03-31").items.map(({ ifAllRefused }) => ifAllRefused?.minor)).toEqual([2200_00n, 2800_00n]);
    const withdrawn = given(
      SHARED,
      complied("a"),
      { on: "2024-02-20", type: "withdrawn", item: "a" },
      { ...complied("b"), on: "2024-02-21" },
    );
    expect(itemOn(withdrawn, "2024-03-31", "a")).toMatchObject({ theoretical: "1200.00", ifRefused: null });
    expect(itemOn(withdrawn, "2024-03-31", "b").ifRefused).toEqual({ units: 16, theoretical: "3800.00" });
    expect(on(withdrawn, "2024-03-31").items[1]?.ifAllRefused?.minor).toBe(3800_00n);
  });

  test("an item's own cap binds first where it is lower", () => {
    const own = { ...SHARED, items: [{ ...items[0], penalty: { rate: "100", per: "day", cap: { amount: "700" } } }, items[1]] };
    expect(sums(own, "2024-03-31")).toEqual([
      [7, "700.00", "2024-02-07", "capped"],
      [18, "4300.00", "2024-02-28", "capped"],
    ]);
  });

  test("nine tenths of the cap in common bring it near for each of its items", () => {
    const near = (text: string) => on(given(SHARED), text).items.map(({ capNear }) => capNear);
    expect(near("2024-02-19")).toEqual([false, false]);
    expect(near("2024-02-20")).toEqual([true, true]);
    expect(near("2024-02-22")).toEqual([false, false]);
  });

  test("what is open outside a window leaves out no more than what ran in it", () => {
    const window = { on: "2024-04-01", type: "liquidated", item: "b", from: "2024-02-11", to: "2024-03-10", amount: "2800" };
    expect(itemOn(given(SHARED, window), "2024-04-02", "b")).toMatchObject({ open: "0.00", warnings: [] });
  });

  test("an item of an unknown rate leaves the cap to the others, and a warning says so", () => {
    const unknown = { ...SHARED, items: [items[0], { ...items[1], penalty: { rate: "unknown", per: "day" } }] };
    expect(sums(unknown, "2024-03-31")).toEqual([
      [50, "5000.00", "2024-03-21", "capped"],
      [expect.any(Number), null, "2024-03-21", "capped"],
    ]);
    expect(itemOn(given(unknown), "2024-03-31", "a").warnings).toContain("joint-cap-part-unknown");
  });
});

test("whatever the items, each has on each day what a filling from day to day gives it", () => {
  const terms = fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 25 }),
      rate: fc.integer({ min: 1, max: 400 }),
      cap: fc.option(fc.integer({ min: 1, max: 4000 })),
    }),
    { minLength: 2, maxLength: 4 },
  );
  fc.assert(
    fc.property(terms, fc.integer({ min: 1, max: 9000 }), fc.nat({ max: 60 }), (made, most, days) => {
      const facts = made.map(({ after, rate, cap }, index) => ({
        id: `i${index}`,
        cure: until(addDays(day("2024-01-31"), after)),
        penalty: { rate: String(rate), per: "day", ...(cap === null ? {} : { cap: { amount: String(cap) } }) },
      }));
      const matter = given({ ...ORDER, items: facts, jointCap: { items: facts.map(({ id }) => id), amount: String(most) } });
      const shares = made.map(() => 0);
      for (let at = 1; at <= days && shares.reduce((sum, one) => sum + one, 0) < most; at++) {
        for (const [index, { after, rate, cap }] of made.entries()) {
          const left = most - shares.reduce((sum, one) => sum + one, 0);
          if (at > after) shares[index] = shares[index]! + Math.min(rate, left, (cap ?? Infinity) - shares[index]!);
        }
      }
      const standing = on(matter, addDays(day("2024-01-31"), days));
      expect(standing.items.map(({ theoretical }) => Number(theoretical!.minor) / 100)).toEqual(shares);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["an item that is not there", { items: ["a", "c"], amount: "5000" }, "item-unknown"],
  ["an item twice", { items: ["a", "a"], amount: "5000" }, "id-twice"],
  ["a sum that the currency cannot hold", { items: ["a", "b"], amount: "5000.005" }, "amount-decimals"],
])("a cap in common with %s is refused", (_name, jointCap, code) => {
  expect(() => given({ ...SHARED, jointCap })).toThrow(code);
});

test("a cap in common over an order without a penalty is refused", () => {
  expect(() => given({ ...SHARED, items: [items[0], { id: "b", cure: until("2024-02-10") }] })).toThrow("jointCap.items.1: no-meter");
});

test("the cap in common can be corrected", () => {
  const correction = { on: "2024-05-01", type: "corrected", event: "registered", set: { "jointCap.amount": "3000" }, because: "misread" };
  expect(refusalOf(given(SHARED), correction)).toBeNull();
  expect(sums(SHARED, "2024-05-01", correction).map(([, sum]) => sum)).toEqual(["1600.00", "1400.00"]);
});
