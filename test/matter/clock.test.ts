import { describe, expect, test } from "vitest";
import { given, itemOn, ORDER, on, orderWith, written } from "../support/given.ts";

const PENALTY = { rate: "100", per: "day" };

describe("the clock of an order: notified on 5 January 2024, two months", () => {
  const matter = given({});

  test.each([
    ["2024-01-04", { state: "pending", expiry: null, firstPenaltyDay: null, units: 0, theoretical: "0.00" }],
    ["2024-01-05", { state: "curing", expiry: "2024-03-05", firstPenaltyDay: "2024-03-06", units: 0, theoretical: "0.00" }],
    ["2024-03-05", { state: "curing", expiry: "2024-03-05", units: 0, theoretical: "0.00", open: "0.00" }],
    ["2024-03-06", { state: "accruing", expiry: "2024-03-05", units: 1, theoretical: "100.00", open: "100.00" }],
  ])("on %s", (day, expected) => {
    expect(itemOn(matter, day)).toMatchObject(expected);
  });

  test("an order without a meter is overdue after its expiry, and owes nothing", () => {
    const plain = given(orderWith({ penalty: undefined }));
    expect(itemOn(plain, "2024-03-05")).toMatchObject({ state: "curing", firstPenaltyDay: null });
    expect(itemOn(plain, "2024-03-06")).toMatchObject({ state: "overdue", units: 0, theoretical: "0.00" });
  });

  test("a day set by the decision needs no notification", () => {
    const fixed = given(orderWith({ cure: { until: "2024-02-18", because: "set by the decision" } }, { notified: undefined }));
    expect(itemOn(fixed, "2024-01-01")).toMatchObject({ state: "pending" });
    expect(itemOn(fixed, "2024-02-18")).toMatchObject({ state: "curing", expiry: "2024-02-18" });
    expect(itemOn(fixed, "2024-02-19")).toMatchObject({ state: "accruing", units: 1 });
  });

  test("a clock can start with the end of the appeal period", () => {
    const appeal = given(orderWith({ cure: { period: "P6M", from: { appeal: "P28D" }, rule: "cure" }, penalty: PENALTY }));
    expect(itemOn(appeal, "2024-06-01")).toMatchObject({ state: "curing", expiry: "2024-08-02" });
  });

  test("a period in hours starts at the time of the notification and ends at that time", () => {
    const hours = given(orderWith({ cure: { period: "PT72H", from: "notified", rule: "cure" } }, { notified: "2024-01-05T14:05" }));
    expect(on(hours, "2024-01-06").items[0]).toMatchObject({
      state: "curing",
      expiry: "2024-01-08",
      expiryTime: "14:05",
      firstPenaltyDay: "2024-01-09",
    });
  });
});

describe("a draft", () => {
  test.each([
    ["notification", orderWith({}, { notified: undefined }), ["notified"], "2024-03-02"],
    ["notification and decision", orderWith({}, { notified: undefined, decided: undefined }), ["notified"], null],
    ["period to comply", orderWith({ cure: undefined }), ["items.a.cure"], null],
    [
      "publication that starts the clock",
      orderWith({ cure: { period: "P2M", from: "published", rule: "cure" } }),
      ["published"],
      "2024-03-02",
    ],
    ["rule", orderWith({ cure: { period: "P2M", from: "notified" } }, { authority: "ICO" }), ["items.a.cure.rule"], "2024-03-05"],
  ])("without the %s says so, and when it can end at the earliest", (_fact, facts, missing, earliestExpiry) => {
    const { items, state, totals } = on(given(facts), "2024-06-01");
    expect(items[0]).toMatchObject({ state: "draft", missing, earliestExpiry, expiry: null, units: null, theoretical: null });
    expect([state, totals.theoretical]).toEqual(["draft", null]);
  });

  test("becomes a running clock with its notification, on that day and not before", () => {
    const matter = given({ notified: undefined }, { on: "2024-01-05", type: "notified" });
    expect(itemOn(matter, "2024-01-04")).toMatchObject({ state: "draft", expiry: null });
    expect(itemOn(matter, "2024-01-05")).toMatchObject({ state: "curing", expiry: "2024-03-05" });
  });

  test("of a rule whose calendar ends too early says why instead of a day", () => {
    const far = given(orderWith({ cure: { period: "P20Y", from: "notified", rule: "eu-1182-71" } }));
    const { items } = on(far, "2024-06-01");
    expect(items[0]).toMatchObject({ state: "draft", expiry: null, earliestExpiry: "2044-01-05" });
    expect(items[0]!.warnings).toContainEqual(expect.objectContaining({ code: "calendar-ends" }));
  });
});

describe("notified between 5 and 10 January", () => {
  const matter = given({ notified: { between: ["2024-01-05", "2024-01-10"] } });

  test("deadlines are those of the earliest day, sums a range from the latest", () => {
    const [item] = on(matter, "2024-03-12").items;
    expect(written(item!)).toMatchObject({
      expiry: "2024-03-05",
      firstPenaltyDay: "2024-03-06",
      units: 2,
      theoretical: "200.00",
      open: "200.00",
    });
    expect(item).toMatchObject({ unitsMax: 7, theoreticalMax: { minor: 700_00n } });
    expect(written(item!).assumptions).toContain("notified-between");
  });

  test("while only the earliest day has run out the lower sum is nothing", () => {
    expect(on(matter, "2024-03-07").items[0]).toMatchObject({ state: "accruing", units: 0, unitsMax: 2, theoretical: { minor: 0n } });
  });

  test("the day, once known, ends the range", () => {
    const known = given({ notified: { between: ["2024-01-05", "2024-01-10"] } }, { on: "2024-01-08", type: "notified" });
    expect(on(known, "2024-03-12").items[0]).toMatchObject({ expiry: "2024-03-08", units: 4, unitsMax: null, theoreticalMax: null });
  });
});

describe("an extension", () => {
  test("before the expiry gives a new one, from the day on which it was given", () => {
    const matter = given({}, { on: "2024-02-20", type: "extended", until: "2024-03-20" });
    expect(itemOn(matter, "2024-02-19")).toMatchObject({ expiry: "2024-03-05" });
    expect(itemOn(matter, "2024-02-20")).toMatchObject({
      state: "curing",
      expiry: "2024-03-20",
      firstPenaltyDay: "2024-03-21",
      warnings: [],
    });
    expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 1 });
  });

  test("by a period runs from the old expiry, and each from the one before", () => {
    const matter = given({}, { on: "2024-02-20", type: "extended", by: "P15D" }, { on: "2024-02-21", type: "extended", by: "P1M" });
    expect(itemOn(matter, "2024-02-20")).toMatchObject({ expiry: "2024-03-20" });
    expect(itemOn(matter, "2024-02-21")).toMatchObject({ expiry: "2024-04-20" });
  });

  test("after the expiry takes away what had run between, and says so", () => {
    const matter = given({}, { on: "2024-03-15", type: "extended", until: "2024-03-20" });
    expect(itemOn(matter, "2024-03-14")).toMatchObject({ state: "accruing", units: 9, theoretical: "900.00" });
    expect(itemOn(matter, "2024-03-15")).toMatchObject({ state: "curing", units: 0, theoretical: "0.00", warnings: ["extended-late"] });
    expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 1, warnings: ["extended-late"] });
  });
});

describe("a stay while the period to comply runs", () => {
  const stayed = { on: "2024-02-01", type: "stayed" };

  test("has no expiry while it lasts, and nothing runs, however long", () => {
    const matter = given({}, stayed);
    expect(itemOn(matter, "2024-02-01")).toMatchObject({ state: "stayed", expiry: null, units: 0 });
    expect(itemOn(matter, "2025-02-01")).toMatchObject({ state: "stayed", expiry: null, units: 0, theoretical: "0.00" });
  });

  test("resumed with the remainder moves the expiry by the days of the stay", () => {
    const matter = given({}, stayed, { on: "2024-02-11", type: "resumed" });
    expect(itemOn(matter, "2024-02-10")).toMatchObject({ state: "stayed" });
    expect(itemOn(matter, "2024-02-11")).toMatchObject({ state: "curing", expiry: "2024-03-15" });
    expect(itemOn(matter, "2024-03-16")).toMatchObject({ state: "accruing", units: 1 });
  });

  test("resumed with a period starts that one on the day", () => {
    const matter = given({}, stayed, { on: "2024-02-11", type: "resumed", with: "P1M" });
    expect(itemOn(matter, "2024-02-11")).toMatchObject({ state: "curing", expiry: "2024-03-11" });
  });

  test("that outlasts the old expiry leaves the remainder after it", () => {
    const matter = given({}, { on: "2024-02-25", type: "stayed" }, { on: "2024-03-20", type: "resumed" });
    expect(itemOn(matter, "2024-03-19")).toMatchObject({ state: "stayed", units: 0 });
    expect(itemOn(matter, "2024-03-20")).toMatchObject({ state: "curing", expiry: "2024-03-29" });
  });

  test("on the last day leaves that day when it is over", () => {
    const matter = given({}, { on: "2024-03-05", type: "stayed" }, { on: "2024-03-08", type: "resumed" });
    expect(itemOn(matter, "2024-03-08")).toMatchObject({ state: "curing", expiry: "2024-03-08" });
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ state: "accruing", units: 1 });
  });
});

describe("a person may override", () => {
  const because = "agreed with the authority";

  test("the expiry: shown as overridden, with the computed day beside it", () => {
    const matter = given({}, { on: "2024-02-01", type: "overridden", what: "expiry", value: "2024-03-10", because });
    expect(itemOn(matter, "2024-01-31")).toMatchObject({ expiry: "2024-03-05", warnings: [] });
    expect(itemOn(matter, "2024-03-12")).toMatchObject({ expiry: "2024-03-10", firstPenaltyDay: "2024-03-11", units: 2 });
    expect(on(matter, "2024-03-12").items[0]!.warnings).toEqual([
      { code: "overridden", args: { what: "expiry", computed: "2024-03-05", value: "2024-03-10", because } },
    ]);
  });

  test("a first day of the penalty before the expiry: a stay after it is one of the penalty, and leaves that day alone", () => {
    const set = { on: "2024-02-01", type: "overridden", what: "firstPenaltyDay", value: "2024-02-10", because };
    const stayed = { on: "2024-02-20", type: "stayed" };
    const resumed = given({}, set, stayed, { on: "2024-02-25", type: "resumed" });
    expect(itemOn(resumed, "2024-02-29")).toMatchObject({
      state: "accruing",
      firstPenaltyDay: "2024-02-10",
      expiry: "2024-03-05",
      units: 15,
    });
    const before = given({}, set, { ...stayed, on: "2024-02-05" }, { on: "2024-02-08", type: "resumed" });
    expect(itemOn(before, "2024-02-29")).toMatchObject({ state: "curing", firstPenaltyDay: "2024-03-09", expiry: "2024-03-08", units: 0 });
  });

  test("the first day of the penalty: the expiry stays", () => {
    const matter = given({}, { on: "2024-02-01", type: "overridden", what: "firstPenaltyDay", value: "2024-03-08", because });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({
      expiry: "2024-03-05",
      firstPenaltyDay: "2024-03-08",
      units: 3,
      theoretical: "300.00",
    });
  });

  test("the units: from that day on, later days add to them, and the computed number is beside them", () => {
    const matter = given({}, { on: "2024-03-15", type: "overridden", what: "units", value: 5, because });
    expect(itemOn(matter, "2024-03-14")).toMatchObject({ units: 9, warnings: [] });
    expect(itemOn(matter, "2024-03-15")).toMatchObject({ units: 5, theoretical: "500.00", warnings: ["overridden"] });
    expect(itemOn(matter, "2024-03-17")).toMatchObject({ units: 7, theoretical: "700.00" });
    expect(on(matter, "2024-03-17").items[0]!.warnings[0]!.args).toMatchObject({ what: "units", because });
  });
});

test("a notice has a clock and no money: it is overdue, never accruing", () => {
  const notice = given({ ...ORDER, kind: "notice", items: [{ id: "a", cure: { period: "P2M", from: "notified" } }] });
  expect(on(notice, "2024-03-06")).toMatchObject({
    state: "overdue",
    items: [{ state: "overdue", rate: null, theoretical: { minor: 0n } }],
  });
});
