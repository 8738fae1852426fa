import { describe, expect, test } from "vitest";
import { missingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, ORDER, on, refusalOf } from "../support/given.ts";

/**
 * Czech Republic v Poland (C-121/21 R), order of 20 September 2021: EUR 500,000 for each day from the day of its notification until it is complied
 * with. The last of five decisions to set it off was for the days through 3 February 2022 (OJ C 276, 18.7.2022, p. 19); the whole is 137 days.
 */
const TUROW = {
  ...ORDER,
  ref: "C-121/21 R",
  authority: "CJEU",
  respondent: "Republic of Poland",
  kind: "order",
  decided: "2021-09-20",
  notified: "2021-09-20",
  items: [{ id: "extraction", penalty: { from: "notified", rate: "500000", per: "day" } }],
};
const removed = { on: "2022-02-03", type: "withdrawn", because: "an agreement; the case was removed from the register" };
const setOff = (on: string, from: string, to: string, amount: string, ref: string) => ({ on, type: "liquidated", from, to, amount, ref });

describe("a penalty that runs at once", () => {
  test("counts the day of the notification itself, and comes to what was set off in the end", () => {
    const matter = given(TUROW);
    expect(itemOn(matter, "2021-09-20")).toMatchObject({
      state: "accruing",
      firstPenaltyDay: "2021-09-20",
      units: 1,
      theoretical: "500000.00",
    });
    const last = setOff("2022-05-16", "2022-01-18", "2022-02-03", "8500000", "Ares-5");
    expect(itemOn(given(TUROW, removed, last), "2022-06-01")).toMatchObject({
      ...{ state: "withdrawn", units: 137, theoretical: "68500000.00", fixed: "8500000.00", warnings: [] },
    });
  });

  test("says so in why, and names no time to comply that would have ended", () => {
    const matter = given(TUROW, removed);
    const codes = explainItem(matter, on(matter, "2022-06-01"), "extraction").steps.map(({ code }) => code);
    expect(codes).toContain("penalty-at-once");
    expect(codes).not.toContain("expiry");
  });

  test("waits for a notification that is not known, and has not started before it", () => {
    const unknown = itemOn(given({ ...TUROW, notified: undefined }), "2021-10-01");
    expect(unknown).toMatchObject({ state: "draft", units: null, theoretical: null });
    const [item] = on(given({ ...TUROW, notified: undefined }), "2021-10-01").items;
    expect(item?.missing.map((path) => missingText("en", path))).toEqual(["the notification date"]);
    const later = given({ ...TUROW, notified: "2021-09-25" });
    expect(itemOn(later, "2021-09-24")).toMatchObject({ state: "pending", units: 0, theoretical: "0.00" });
    expect(itemOn(later, "2021-09-25")).toMatchObject({ state: "accruing", units: 1 });
  });

  test("of a notification within a window is a range, and of an event counts from its day", () => {
    const between = given({ ...TUROW, notified: { between: ["2021-09-20", "2021-09-22"] } });
    const [item] = on(between, "2021-09-30").items;
    expect([item?.units, item?.unitsMax]).toEqual([9, 11]);
    const served = { ...TUROW, items: [{ id: "x", penalty: { from: { event: "go" }, rate: "1", per: "day" } }] };
    const go = { id: "go", on: "2021-10-01", type: "note", text: "it was served by hand" };
    expect(itemOn(given(served), "2021-10-05")).toMatchObject({ state: "pending" });
    expect(itemOn(given(served, go), "2021-10-05")).toMatchObject({ state: "accruing", units: 5 });
  });

  test("is stayed, lowered, extended and fixed like any other, and no window begins before it", () => {
    const stay = [
      { on: "2021-09-25", type: "stayed" },
      { on: "2021-09-28", type: "resumed" },
    ];
    expect(itemOn(given(TUROW, ...stay), "2021-09-30")).toMatchObject({ units: 8 });
    expect(itemOn(given(TUROW, { on: "2021-09-25", type: "rate-changed", rate: "250000" }), "2021-09-26")).toMatchObject({
      theoretical: "3000000.00",
    });
    expect(itemOn(given(TUROW, { on: "2021-09-25", type: "extended", until: "2021-09-26" }), "2021-09-30")).toMatchObject({ units: 4 });
    const early = setOff("2021-10-20", "2021-09-19", "2021-10-18", "1", "x");
    expect(refusalOf(given(TUROW), early)).toMatchObject({ refused: "window-before-expiry" });
    expect(itemOn(given(TUROW, setOff("2021-10-20", "2021-09-20", "2021-10-18", "14500000", "x")), "2021-10-20").warnings).toEqual([]);
  });
});

describe("a cap on a sum that is a range", () => {
  const capped = { ...ORDER, notified: { between: ["2024-01-05", "2024-01-10"] } };
  const of = (cap: object) => given({ ...capped, items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap } }] });

  test("is reached once it is from the latest day of notification too: until then the sum lies between two", () => {
    const matter = of({ amount: "800" });
    expect(itemOn(matter, "2024-03-13")).toMatchObject({ state: "accruing", capReached: null, theoretical: "300.00" });
    const [item] = on(matter, "2024-03-15").items;
    expect([item?.units, item?.unitsMax, item?.theoreticalMax?.minor, item?.capNear]).toEqual([5, 8, 80_000n, true]);
    expect(item?.oneMoreDay?.minor).toBe(10_000n);
    expect(itemOn(matter, "2024-03-18")).toMatchObject({ state: "capped", capReached: "2024-03-18", theoretical: "800.00" });
  });

  test("of a day that ends the order is that day for both", () => {
    expect(itemOn(of({ until: "2024-03-15" }), "2024-03-15")).toMatchObject({ state: "capped", capReached: "2024-03-15", units: 5 });
  });
});

test("of two ends on one day, the one that does not count it leaves it out", () => {
  const ends = [
    { on: "2024-03-15", type: "remitted" },
    { on: "2024-03-15", type: "lapsed", counted: false },
  ];
  expect(itemOn(given(ORDER, ...ends), "2024-04-01")).toMatchObject({ units: 9, theoretical: "900.00" });
});
