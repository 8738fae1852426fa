import { describe, expect, test } from "vitest";
import { lookAt } from "../../src/alerts/look.ts";
import { plan } from "../../src/alerts/plan.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { parseUnit } from "../../src/law/unit.ts";
import { knownAt, type Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { explainItem } from "../../src/matter/why.ts";
import { day } from "../../src/time/day.ts";
import { type Instant, momentOf } from "../../src/time/instant.ts";
import { and, given, itemOn, ORDER, on, orderWith, refusalOf, sum, written } from "../support/given.ts";

const because = "it was typed wrongly";
const PAID = { on: "2024-05-02", type: "paid", amount: "9.50", for: "a", id: "p" };
const FIRST = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-19", amount: "1400", ref: "L-1" };
const SECOND = { on: "2024-05-10", type: "liquidated", from: "2024-03-20", to: "2024-03-29", amount: "1000", ref: "L-2" };

function setFacts(set: Record<string, unknown>, more: object = {}): object {
  return { on: "2024-03-10", type: "corrected", event: "registered", set, because, ...more };
}

/** What is planned to be said at 09:00 in Paris of that day. */
function kindsPlanned(matter: Matter, text: string): readonly string[] {
  return plan(lookAt(matter, momentOf("Europe/Paris", day(text), "09:00")), { ...ANY_TIME, snoozedUntil: null }).map(
    ({ utterance }) => utterance.kind,
  );
}

describe("a correction that the currency cannot hold is refused", () => {
  test("an amount with more digits than the currency has", () => {
    const matter = given({}, PAID);
    const correction = { on: "2024-05-03", type: "corrected", event: "p", because };
    expect(refusalOf(matter, { ...correction, set: { amount: "1.23" } })).toBeNull();
    expect(refusalOf(matter, { ...correction, set: { amount: "1.234" } })).toMatchObject({ refused: "amount-decimals" });
  });

  test("a currency in which amounts that are held do not fit, of facts, of events and of their corrections", () => {
    const yen = { on: "2024-05-04", type: "corrected", event: "registered", set: { currency: "JPY" }, because };
    const whole = given({}, { ...PAID, amount: "9" });
    const mended = and(whole, { on: "2024-05-03", type: "corrected", event: "p", set: { amount: "9.50" }, because });
    expect(refusalOf(whole, yen)).toBeNull();
    expect(on(and(whole, yen), "2024-05-04")).toMatchObject({ currency: "JPY" });
    for (const matter of [given({}, PAID), given(orderWith({ penalty: { rate: "99.50", per: "day" } })), mended])
      expect(refusalOf(matter, yen)).toMatchObject({ refused: "amount-decimals" });
  });
});

test("a second notification on another day is refused, on the same day it is accepted", () => {
  const matter = given({ notified: undefined }, { on: "2024-01-05", type: "notified" });
  expect(refusalOf(matter, { on: "2024-01-06", type: "notified" })).toMatchObject({ refused: "notified-otherwise" });
  expect(refusalOf(matter, { on: "2024-01-05", type: "notified" })).toBeNull();
});

describe("what moves a clock is refused of an item that was", () => {
  test.each([
    ["settled", { on: "2024-04-01", type: "settled" }],
    ["closed", { on: "2024-04-01", type: "closed" }],
    ["accepted", { on: "2024-04-01", type: "accepted", from: "2024-03-15" }],
    ["annulled", { on: "2024-04-01", type: "annulled", item: "a" }],
  ])("%s", (_name, end) => {
    const matter = given({}, { on: "2024-03-10", type: "complied" }, end);
    for (const item of [{}, { item: "a" }]) {
      for (const type of ["complied", "rejected", "accepted", "stayed"])
        expect(refusalOf(matter, { on: "2024-04-02", type, ...item }), type).toMatchObject({ refused: "item-ended" });
      const extended = { on: "2024-04-02", type: "extended", until: "2024-06-01", ...item };
      expect(refusalOf(matter, extended)).toMatchObject({ refused: "item-ended" });
    }
  });
});

test("what moves a clock is refused of the item that has ended, and otherwise goes to the one that has not", () => {
  const two = given({ items: [ORDER.items[0], { ...ORDER.items[0], id: "b" }] }, { on: "2024-04-01", type: "settled", item: "a" });
  expect(refusalOf(two, { on: "2024-04-02", type: "stayed", item: "a" })).toMatchObject({ refused: "item-ended" });
  expect(on(and(two, { on: "2024-04-02", type: "stayed" }), "2024-04-02").items).toMatchObject([{ state: "settled" }, { state: "stayed" }]);
});

test("compliance is not found from a day later than the finding", () => {
  const accepted = { on: "2024-04-01", type: "accepted" };
  expect(refusalOf(given({}), { ...accepted, from: "2024-04-02" })).toMatchObject({ refused: "accepted-from-later" });
  expect(refusalOf(given({}), { ...accepted, from: "2024-04-01" })).toBeNull();
});

describe("notified between 5 and 31 January, ten days to comply", () => {
  const matter = given(orderWith({ cure: { period: "P10D" } }, { notified: { between: ["2024-01-05", "2024-01-31"] } }));

  test("in the middle of the window the least is nothing, the most what the earliest day gives", () => {
    const [item] = on(matter, "2024-01-20").items;
    expect(written(item!)).toMatchObject({ expiry: "2024-01-15", units: 0, theoretical: "0.00", open: "0.00" });
    expect([item!.unitsMax, sum(item!.theoreticalMax)]).toEqual([5, "500.00"]);
  });

  test("after both it is a range", () => {
    const [item] = on(matter, "2024-02-12").items;
    expect(written(item!)).toMatchObject({ units: 2, theoretical: "200.00", open: "200.00" });
    expect([item!.unitsMax, sum(item!.theoreticalMax)]).toEqual([28, "2800.00"]);
  });
});

test("a stay in the period to comply holds for what a refused claim would cost too", () => {
  const matter = given({}, { on: "2024-02-01", type: "stayed" }, { on: "2024-03-20", type: "complied" });
  expect(itemOn(matter, "2024-06-01")).toMatchObject({ state: "claimed", units: 0, ifRefused: { units: 0, theoretical: "0.00" } });
});

test("a stay within a fresh period moves its end by its days", () => {
  const matter = given(
    {},
    { on: "2024-03-15", type: "stayed" },
    { on: "2024-04-01", type: "resumed", with: "P1M" },
    { on: "2024-04-10", type: "stayed" },
    { on: "2024-04-20", type: "resumed" },
  );
  expect(itemOn(matter, "2024-04-09")).toMatchObject({ state: "curing", expiry: "2024-05-01", units: 9 });
  expect(itemOn(matter, "2024-04-19")).toMatchObject({ state: "stayed", expiry: null, units: 9 });
  expect(itemOn(matter, "2024-04-20")).toMatchObject({ state: "curing", expiry: "2024-05-11", units: 9 });
  expect(itemOn(matter, "2024-05-11")).toMatchObject({ state: "curing", units: 9 });
  expect(itemOn(matter, "2024-05-12")).toMatchObject({ state: "accruing", units: 10 });
});

test("an extension clears a first day of delay that was set by hand", () => {
  const set = { on: "2024-02-01", type: "overridden", what: "firstPenaltyDay", value: "2024-03-08", because };
  const matter = given({}, set, { on: "2024-02-20", type: "extended", until: "2024-03-20" });
  expect(itemOn(matter, "2024-02-19")).toMatchObject({ firstPenaltyDay: "2024-03-08" });
  expect(itemOn(matter, "2024-02-20")).toMatchObject({ expiry: "2024-03-20", firstPenaltyDay: "2024-03-21" });
  expect(itemOn(matter, "2024-03-20")).toMatchObject({ state: "curing", units: 0 });
  expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 1 });
});

describe("a reduction", () => {
  test("of an item keeps to the liquidations that existed, and a later one adds", () => {
    const matter = given({}, FIRST, { on: "2024-05-01", type: "reduced", for: "a", to: "600" }, SECOND);
    expect(itemOn(matter, "2024-04-30")).toMatchObject({ fixed: "1400.00" });
    expect(itemOn(matter, "2024-05-09")).toMatchObject({ fixed: "600.00" });
    expect(itemOn(matter, "2024-05-10")).toMatchObject({ fixed: "1600.00" });
  });

  test("that raises is refused, of an item, a liquidation and a fine", () => {
    const matter = given({ fines: [{ id: "f", amount: "5000" }] }, FIRST);
    for (const [target, more] of [
      ["a", "1400.01"],
      ["L-1", "1400.01"],
      ["f", "5000.01"],
    ] as const)
      expect(refusalOf(matter, { on: "2024-05-01", type: "reduced", for: target, to: more })).toMatchObject({
        refused: "reduced-not-lower",
      });
  });

  test("of a liquidation that was annulled is refused", () => {
    const matter = given({}, FIRST, { on: "2024-04-20", type: "annulled", liquidation: "L-1" });
    expect(refusalOf(matter, { on: "2024-05-01", type: "reduced", for: "L-1", to: "0" })).toMatchObject({ refused: "reduced-annulled" });
  });
});

test("a liquidation of a window that is not over is refused", () => {
  expect(refusalOf(given({}), { ...FIRST, on: "2024-03-18" })).toMatchObject({ refused: "window-not-over" });
  expect(refusalOf(given({}), { ...FIRST, on: "2024-03-19" })).toBeNull();
});

test("units and sum stop together at a cap per year, and begin anew on 1 January", () => {
  const matter = given(
    orderWith({ cure: { until: "2024-12-20", because }, penalty: { rate: "100", per: "day", cap: { perYear: "1000" } } }),
  );
  const stood = (text: string) => {
    const { state, units, theoretical, capReached } = itemOn(matter, text);
    return [state, units, theoretical, capReached];
  };
  expect(stood("2024-12-29")).toEqual(["accruing", 9, "900.00", null]);
  expect(stood("2024-12-30")).toEqual(["capped", 10, "1000.00", "2024-12-30"]);
  expect(stood("2024-12-31")).toEqual(["capped", 10, "1000.00", "2024-12-30"]);
  expect(stood("2025-01-01")).toEqual(["accruing", 11, "1100.00", null]);
  expect(stood("2025-01-10")).toEqual(["capped", 20, "2000.00", "2025-01-10"]);
  expect(stood("2025-12-31")).toEqual(["capped", 20, "2000.00", "2025-01-10"]);
  expect(stood("2026-01-01")).toEqual(["accruing", 21, "2100.00", null]);
});

test("on the morning of the day that will reach a cap it still accrues and the cap is near; the day after it is reached", () => {
  const matter = given(orderWith({ penalty: { rate: "100", per: "day", cap: { units: 10 } } }));
  const now = (text: string) => standingNow(matter, day(text)).items[0];
  expect(now("2024-03-15")).toMatchObject({ state: "accruing", units: 9, capReached: null, capNear: true });
  expect(kindsPlanned(matter, "2024-03-15")).toContain("cap-near");
  expect(kindsPlanned(matter, "2024-03-15")).not.toContain("cap-reached");
  expect(now("2024-03-16")).toMatchObject({ state: "capped", units: 10, capReached: "2024-03-15" });
  expect(kindsPlanned(matter, "2024-03-16")).toEqual(["cap-reached"]);
});

test("a unit named as something that every object has is no unit", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) expect(parseUnit(name), name).toBeNull();
});

describe("a fact of the matter is corrected under the id registered", () => {
  const capped = given(orderWith({ penalty: { rate: "100", per: "day", cap: { units: 50 } } }));

  test("by its path, from the correction's own day", () => {
    const matter = and(capped, setFacts({ "items.a.penalty.rate": "200" }));
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ units: 4, theoretical: "400.00" });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ units: 5, theoretical: "1000.00" });
    expect(itemOn(and(capped, setFacts({ notified: "2024-01-07" })), "2024-03-10")).toMatchObject({ expiry: "2024-03-07", units: 3 });
  });

  test("a number as a number or as the command line writes it", () => {
    for (const seven of [7, "7"]) {
      const matter = and(capped, setFacts({ "items.a.penalty.cap.units": seven }));
      expect(itemOn(matter, "2024-04-01")).toMatchObject({ state: "capped", units: 7, capReached: "2024-03-12" });
    }
  });

  test("what is no such fact, or makes the facts wrong, is refused", () => {
    const wrong = [{ "items.b.penalty.rate": "200" }, { nonsense: "1" }, { "items.a.penalty.rate": "much" }, { "__proto__.x": "1" }];
    for (const set of wrong) expect(refusalOf(capped, setFacts(set))).toMatchObject({ refused: "correction-invalid" });
    expect(refusalOf(capped, setFacts({ notified: "2023-12-01" }))).toMatchObject({ refused: "notified-before-decided" });
  });

  test("has no effect from the day on which it is voided", () => {
    const mended = and(capped, setFacts({ "items.a.penalty.rate": "200" }, { id: "mended" }));
    const voided = and(mended, { on: "2024-03-12", type: "corrected", event: "mended", void: true, because });
    expect(itemOn(voided, "2024-03-11")).toMatchObject({ units: 6, theoretical: "1200.00" });
    expect(itemOn(voided, "2024-03-12")).toMatchObject({ units: 7, theoretical: "700.00" });
  });

  test("but not what the matter is by its key, and the registration is not voided", () => {
    for (const set of [{ ref: "SAN-2024-002" }, { authority: "ICO" }, { addressee: "other" }])
      expect(refusalOf(capped, setFacts(set))).toMatchObject({ refused: "correction-of-key" });
    expect(refusalOf(capped, setFacts({}, { set: undefined, void: true }))).toMatchObject({ refused: "registration-not-void" });
  });

  test("and what was believed before stays answerable", () => {
    const matter = and(capped, setFacts({ "items.a.penalty.rate": "200" }, { recordedAt: "2024-05-01T09:00:00.000Z" }));
    expect(itemOn(matter, "2024-03-15")).toMatchObject({ theoretical: "2000.00" });
    const before = knownAt(matter, "2024-04-30T00:00:00.000Z" as Instant)!;
    expect(itemOn(before, "2024-03-15")).toMatchObject({ theoretical: "1000.00" });
  });
});

test("a clock that starts with the end of the appeal period is pending until then with its end known, and explained from the notification", () => {
  const matter = given(orderWith({ cure: { period: "P2M", from: { appeal: "P28D" }, rule: "cure" } }));
  expect(itemOn(matter, "2024-01-04")).toMatchObject({ state: "pending", expiry: null });
  expect(itemOn(matter, "2024-02-01")).toMatchObject({ state: "pending", expiry: "2024-04-02" });
  expect(itemOn(matter, "2024-02-02")).toMatchObject({ state: "curing", expiry: "2024-04-02" });
  for (const text of ["2024-02-01", "2024-02-10"]) {
    const days = explainItem(matter, on(matter, text), "a").steps.map((step) => step.day);
    expect([days[0], days.includes(day("2024-02-02")), days.includes(day("2024-04-02"))]).toEqual(["2024-01-05", true, true]);
  }
});

test("fines and their total agree on the day on which a fine is annulled, and the day after", () => {
  const fines = Object.entries({ f: "5000", g: "300" }).map(([id, amount]) => ({ id, amount }));
  const matter = given({ fines }, { on: "2024-03-01", type: "annulled", fine: "f" });
  const told = (text: string) => {
    const { fines: shown, totals } = standingNow(matter, day(text));
    return [...shown.map(({ amount, annulled }) => [sum(amount), annulled]), sum(totals.fines)];
  };
  expect(told("2024-03-01")).toEqual([["5000.00", false], ["300.00", false], "5300.00"]);
  expect(told("2024-03-02")).toEqual([["0.00", true], ["300.00", false], "300.00"]);
});
