import { describe, expect, test } from "vitest";
import { given, itemOn, ORDER, on, orderWith } from "../support/given.ts";

const a = ORDER.items[0];
const b = { id: "b", cure: { from: { item: "a" }, period: "P1M", rule: "cure" }, penalty: { rate: "50", per: "day" } };
const CHAIN = { ...ORDER, items: [b, a] };

describe("one item after another", () => {
  test("its time runs from the end of the other's, known and waited for as soon as that end is", () => {
    expect(itemOn(given(CHAIN), "2024-02-01", "b")).toMatchObject({ state: "pending", expiry: "2024-04-05", units: 0 });
    expect(itemOn(given(CHAIN), "2024-03-10", "b")).toMatchObject({ state: "curing", expiry: "2024-04-05" });
    expect(itemOn(given(CHAIN), "2024-04-10", "b")).toMatchObject({ state: "accruing", firstPenaltyDay: "2024-04-06", units: 5 });
  });

  test("an extension of the first moves the second from the day on which it is granted", () => {
    const matter = given(CHAIN, { on: "2024-02-20", type: "extended", item: "a", until: "2024-03-31" });
    expect(itemOn(matter, "2024-02-19", "b")).toMatchObject({ expiry: "2024-04-05" });
    expect(itemOn(matter, "2024-02-20", "b")).toMatchObject({ expiry: "2024-04-30" });
  });

  test("while the first stands still the second has no end", () => {
    const matter = given(CHAIN, { on: "2024-02-20", type: "stayed", item: "a" });
    expect(itemOn(matter, "2024-02-25", "b")).toMatchObject({ state: "pending", expiry: null });
  });

  test("three in a row follow whatever their order in the file", () => {
    const c = { id: "c", cure: { from: { item: "b" }, period: "P10D", rule: "cure" } };
    expect(itemOn(given({ ...ORDER, items: [c, b, a] }), "2024-03-10", "c")).toMatchObject({ state: "pending", expiry: "2024-04-15" });
  });

  test.each([
    ["itself", [{ ...a, cure: { from: { item: "a" }, period: "P1M", rule: "cure" } }], "items-in-circle"],
    ["one that follows it", [b, { ...a, cure: { from: { item: "b" }, period: "P1M", rule: "cure" } }], "items-in-circle"],
    ["one that is not there", [{ ...b, cure: { from: { item: "z" }, period: "P1M", rule: "cure" } }], "item-unknown"],
  ])("an item after %s is refused", (_name, items, code) => {
    expect(() => given({ ...ORDER, items })).toThrow(code);
  });
});

describe("another event as a start", () => {
  const facts = orderWith({ cure: { from: { event: "inspection" }, period: "P10D", rule: "cure" } });
  const inspection = { on: "2024-04-02", type: "note", id: "inspection", text: "The site was inspected" };

  test("until it has happened the clock has not started, and nothing is missing", () => {
    expect(itemOn(given(facts), "2024-04-01")).toMatchObject({ state: "pending", expiry: null, units: 0, theoretical: "0.00" });
  });

  test("its day is the trigger, not counted", () => {
    expect(itemOn(given(facts, inspection), "2024-04-15")).toMatchObject({ state: "accruing", expiry: "2024-04-12", units: 3 });
  });
});

describe("periods in hours and business days go on as such", () => {
  const hours = orderWith({ cure: { period: "PT72H", rule: "cure" } }, { notified: "2024-01-05T14:05" });

  test("an extension in hours runs from the hour at which the time ended", () => {
    const matter = given(hours, { on: "2024-01-07", type: "extended", by: "PT48H" });
    expect(on(matter, "2024-01-07").items[0]).toMatchObject({ expiry: "2024-01-10", expiryTime: "14:05" });
  });

  test("an extension to a day ends with that day", () => {
    const matter = given(hours, { on: "2024-01-07", type: "extended", until: "2024-01-12" });
    expect(on(matter, "2024-01-07").items[0]).toMatchObject({ expiry: "2024-01-12", expiryTime: null });
  });

  test("a fresh period in hours runs from the hour of the resumption", () => {
    const matter = given(hours, { on: "2024-01-06", type: "stayed" }, { on: "2024-01-20", type: "resumed", with: "PT24H", at: "09:30" });
    expect(on(matter, "2024-01-20").items[0]).toMatchObject({ expiry: "2024-01-21", expiryTime: "09:30" });
  });

  test("an extension by business days leaves out weekends and holidays", () => {
    const matter = given({}, { on: "2024-02-20", type: "extended", by: "P20B" });
    // From Tuesday 5 March, Easter Monday 1 April left out.
    expect(itemOn(matter, "2024-02-20").expiry).toBe("2024-04-03");
  });
});

describe("a lump sum", () => {
  const lump = orderWith({ penalty: { rate: "5000", per: "once" } });

  test("is due once, on the first day of delay", () => {
    expect(itemOn(given(lump), "2024-03-05")).toMatchObject({ state: "curing", units: 0 });
    expect(itemOn(given(lump), "2024-03-06")).toMatchObject({ units: 1, theoretical: "5000.00" });
    expect(itemOn(given(lump), "2025-03-06")).toMatchObject({ units: 1, theoretical: "5000.00" });
  });

  test("waits for the first day that counts", () => {
    const stayed = given(lump, { on: "2024-03-06", type: "stayed" }, { on: "2024-03-20", type: "resumed" });
    expect(itemOn(stayed, "2024-03-19").units).toBe(0);
    expect(itemOn(stayed, "2024-03-20").units).toBe(1);
  });

  test("never comes due where it was complied with in time", () => {
    expect(itemOn(given(lump, { on: "2024-03-05", type: "complied" }), "2024-06-01").units).toBe(0);
  });
});
