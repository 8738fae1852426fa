import { describe, expect, test } from "vitest";
import { given, itemOn, on, orderWith } from "../support/given.ts";

const CLAIM = { on: "2024-03-15", type: "complied" };

describe("what changes the meter (EUR 100 a day from 6 March 2024)", () => {
  test("a new rate counts from its day", () => {
    const matter = given({}, { on: "2024-03-10", type: "rate-changed", rate: "200" });
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ units: 4, theoretical: "400.00" });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ units: 5, theoretical: "600.00" });
  });

  test("partial compliance is noted; a rate given with it counts from that day", () => {
    expect(itemOn(given({}, { on: "2024-03-10", type: "partly-complied" }), "2024-03-12")).toMatchObject({
      state: "accruing",
      theoretical: "700.00",
    });
    expect(itemOn(given({}, { on: "2024-03-10", type: "partly-complied", rate: "50" }), "2024-03-12")).toMatchObject({
      theoretical: "550.00",
    });
  });

  test("violations add to their meter, none before the first day of delay", () => {
    const facts = orderWith({ penalty: { rate: "100", per: "violation" } });
    const matter = given(facts, { on: "2024-03-01", type: "violation", count: 9 }, { on: "2024-03-10", type: "violation", count: 3 });
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ units: 0, theoretical: "0.00", warnings: ["violation-before-expiry"] });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ units: 3, theoretical: "300.00" });
  });

  test("a violation while the penalty is stayed does not count, and that it does not is said", () => {
    const facts = orderWith({ penalty: { rate: "100", per: "violation" } });
    const stay = [
      { on: "2024-03-08", type: "stayed" },
      { on: "2024-03-10", type: "violation", count: 9 },
      { on: "2024-03-12", type: "resumed" },
    ];
    const matter = given(facts, ...stay, { on: "2024-03-12", type: "violation", count: 2 });
    expect(itemOn(matter, "2024-03-12")).toMatchObject({ units: 2, theoretical: "200.00", warnings: ["violation-while-stayed"] });
  });

  test("a step of the decision, a unit-day and a cap come from the file", () => {
    const penalty = { rate: "100", per: "unit-day", units: 3, cap: { amount: "2000" }, steps: [{ from: "2024-03-08", rate: "200" }] };
    const matter = given(orderWith({ penalty }));
    expect(itemOn(matter, "2024-03-07")).toMatchObject({ units: 6, theoretical: "600.00" });
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ units: 12, theoretical: "1800.00", capReached: null });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ state: "capped", units: 15, theoretical: "2000.00", capReached: "2024-03-10" });
    expect(itemOn(matter, "2024-06-10")).toMatchObject({ state: "capped", units: 15, theoretical: "2000.00" });
  });

  test("the higher of an amount and a multiple of the gain is a cap", () => {
    const penalty = { rate: "100", per: "day", cap: { higherOf: { amount: "500", gain: "300", times: 3 } } };
    expect(itemOn(given(orderWith({ penalty })), "2024-12-31")).toMatchObject({
      units: 9,
      theoretical: "900.00",
      capReached: "2024-03-14",
    });
  });

  test("its last day passed, an order lapses: on that day it is capped, then lapsed", () => {
    const matter = given(orderWith({ penalty: { rate: "100", per: "day", cap: { until: "2024-03-31" } } }));
    expect(itemOn(matter, "2024-03-31")).toMatchObject({ state: "capped", units: 26, capReached: "2024-03-31" });
    expect(itemOn(matter, "2024-04-01")).toMatchObject({ state: "lapsed", units: 26, theoretical: "2600.00" });
  });
});

describe("a stay after the expiry", () => {
  const stayed = { on: "2024-03-11", type: "stayed" };

  test("its days do not count, the day of the resumption does", () => {
    const matter = given({}, stayed, { on: "2024-03-21", type: "resumed" });
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ state: "accruing", units: 5 });
    expect(itemOn(matter, "2024-03-11")).toMatchObject({ state: "stayed", units: 5 });
    expect(itemOn(matter, "2024-03-20")).toMatchObject({ state: "stayed", units: 5, theoretical: "500.00" });
    expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 6, theoretical: "600.00" });
  });

  test("resumed with a fresh period keeps what had run and counts on after that period", () => {
    const matter = given({}, stayed, { on: "2024-03-21", type: "resumed", with: "P1M" });
    expect(itemOn(matter, "2024-04-21")).toMatchObject({ state: "curing", expiry: "2024-04-21", units: 5, theoretical: "500.00" });
    expect(itemOn(matter, "2024-04-22")).toMatchObject({ state: "accruing", units: 6, theoretical: "600.00" });
  });

  test("of collection only changes no sum, and is shown", () => {
    const matter = given({}, { ...stayed, scope: "collection" }, { on: "2024-03-21", type: "resumed" });
    expect(itemOn(matter, "2024-03-12")).toMatchObject({ state: "accruing", units: 7, warnings: ["collection-stayed"] });
    expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 16, warnings: [] });
  });

  test.each([
    ["yes", { state: "stayed", units: 5, assumptions: [] }],
    ["no", { state: "accruing", units: 10, assumptions: [] }],
    ["by-order", { state: "accruing", units: 10, assumptions: [] }],
    [undefined, { state: "accruing", units: 10, assumptions: ["appeal-does-not-suspend"] }],
  ])("an appeal that suspends: %s", (suspends, expected) => {
    const matter = given({}, { on: "2024-03-11", type: "appealed", ...(suspends === undefined ? {} : { suspends }) });
    expect(itemOn(matter, "2024-03-15")).toMatchObject(expected);
  });
});

describe("a claim of compliance", () => {
  test("stops the meter on its day, conditionally, with both sums", () => {
    expect(itemOn(given({}, CLAIM), "2024-03-20")).toMatchObject({
      state: "claimed",
      units: 10,
      theoretical: "1000.00",
      conditional: true,
      ifRefused: { units: 15, theoretical: "1500.00" },
      assumptions: ["end-day-counted"],
    });
    expect(on(given({}, CLAIM), "2024-03-20").items[0]!.assumptions[0]!.args).toMatchObject({ day: "2024-03-15", sum: { minor: 900_00n } });
  });

  test("that leaves its own day out counts one less, and says what the other way gives", () => {
    const matter = given({}, { ...CLAIM, counted: false });
    expect(itemOn(matter, "2024-03-20")).toMatchObject({ units: 9, theoretical: "900.00", assumptions: ["end-day-not-counted"] });
    expect(on(matter, "2024-03-20").items[0]!.assumptions[0]!.args).toMatchObject({ sum: { minor: 1000_00n } });
  });

  test("within the period leaves nothing, if it is accepted", () => {
    expect(itemOn(given({}, { on: "2024-03-01", type: "complied" }), "2024-03-10")).toMatchObject({
      state: "claimed",
      units: 0,
      theoretical: "0.00",
      ifRefused: { units: 5, theoretical: "500.00" },
    });
  });

  test("rejected counts the days since after all, from the day of the rejection", () => {
    const matter = given({}, CLAIM, { on: "2024-03-18", type: "rejected" });
    expect(itemOn(matter, "2024-03-17")).toMatchObject({ state: "claimed", units: 10 });
    expect(itemOn(matter, "2024-03-18")).toMatchObject({ state: "accruing", units: 13, conditional: false, ifRefused: null });
  });

  test("claimed, rejected, claimed anew and accepted with an earlier day: counted through that day", () => {
    const events = [
      CLAIM,
      { on: "2024-03-18", type: "rejected" },
      { on: "2024-03-20", type: "complied" },
      { on: "2024-03-25", type: "accepted", from: "2024-03-12" },
    ];
    const matter = given({}, ...events);
    expect(itemOn(matter, "2024-03-24")).toMatchObject({ state: "claimed", units: 15, ifRefused: { units: 19 } });
    expect(itemOn(matter, "2024-03-25")).toMatchObject({
      state: "complied",
      units: 7,
      theoretical: "700.00",
      conditional: false,
      ifRefused: null,
    });
  });

  test("accepted without a day counts through the claimed one", () => {
    expect(itemOn(given({}, CLAIM, { on: "2024-04-25", type: "accepted" }), "2024-04-25")).toMatchObject({ state: "complied", units: 10 });
  });

  test("accepted with a day within the period leaves nothing", () => {
    const matter = given({}, CLAIM, { on: "2024-04-25", type: "accepted", from: "2024-03-05" });
    expect(itemOn(matter, "2024-04-24")).toMatchObject({ state: "claimed", units: 10 });
    expect(itemOn(matter, "2024-04-25")).toMatchObject({ state: "complied", units: 0, theoretical: "0.00" });
  });

  test("the authority may find a day that nobody claimed", () => {
    const matter = given({}, { on: "2024-04-25", type: "accepted", from: "2024-03-12" });
    expect(itemOn(matter, "2024-04-24")).toMatchObject({ state: "accruing", units: 50 });
    expect(itemOn(matter, "2024-04-25")).toMatchObject({ state: "complied", units: 7 });
  });
});

describe("an end", () => {
  test.each(["settled", "withdrawn", "lapsed"])("%s stops the meter on its day; what has run stays", (type) => {
    const matter = given({}, { on: "2024-03-15", type });
    expect(itemOn(matter, "2024-03-14")).toMatchObject({ state: "accruing", units: 9 });
    expect(itemOn(matter, "2024-06-01")).toMatchObject({ state: type, units: 10, theoretical: "1000.00", conditional: false });
  });

  test("remitted stops the meter too, and leaves its day out where told", () => {
    expect(itemOn(given({}, { on: "2024-03-15", type: "remitted" }), "2024-06-01")).toMatchObject({ units: 10 });
    expect(itemOn(given({}, { on: "2024-03-15", type: "remitted", counted: false }), "2024-06-01")).toMatchObject({ units: 9 });
  });

  test("closed leaves the meter where the claim left it", () => {
    const matter = given({}, CLAIM, { on: "2024-06-01", type: "closed" });
    expect(itemOn(matter, "2024-06-01")).toMatchObject({ state: "closed", units: 10, conditional: false, ifRefused: null });
  });

  test("closed leaves the meter where the acceptance left it", () => {
    const matter = given({}, CLAIM, { on: "2024-04-01", type: "accepted", from: "2024-03-10" }, { on: "2024-06-01", type: "closed" });
    expect(itemOn(matter, "2024-06-01")).toMatchObject({ state: "closed", units: 5 });
  });

  test("closed without either stops it on that day", () => {
    expect(itemOn(given({}, { on: "2024-03-15", type: "closed" }), "2024-06-01")).toMatchObject({ state: "closed", units: 10 });
  });
});
