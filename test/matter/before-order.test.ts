import { describe, expect, test } from "vitest";
import { given, itemOn, orderWith, refusalOf } from "../support/given.ts";

const because = "as counted";
const units = { type: "overridden", what: "units", value: 5, because };

/** The order is of 2 January 2024, notified on 5 January; its penalty runs from 6 March. */
describe("before there is an order", () => {
  test.each<[string, object, object]>([
    ["nobody has complied with it", {}, { type: "complied" }],
    ["no compliance is found", {}, { type: "accepted", from: "2023-12-15" }],
    ["it is not broken", orderWith({ penalty: { rate: "100", per: "violation" } }), { type: "violation", count: 1 }],
    ["nothing of it is set by hand", {}, { type: "overridden", what: "expiry", value: "2024-04-01", because }],
    ["no units of it are", {}, units],
  ])("%s", (_name, facts, event) => {
    const matter = given(facts);
    const refused = expect.objectContaining({ refused: "event-before-decided", args: expect.objectContaining({ decided: "2024-01-02" }) });
    expect(refusalOf(matter, { on: "2024-01-01", ...event })).toEqual(refused);
  });

  test("compliance is not found later from a day before it either", () => {
    const accepted = { on: "2024-03-18", type: "accepted", from: "2020-01-01" };
    expect(refusalOf(given({}), accepted)).toMatchObject({
      refused: "accepted-before-decided",
      args: { from: "2020-01-01", decided: "2024-01-02" },
    });
    expect(refusalOf(given({}), { ...accepted, from: "2024-01-02" })).toBeNull();
  });

  test("what is of its very day is taken", () => {
    expect(refusalOf(given({}), { on: "2024-01-02", type: "complied" })).toBeNull();
  });
});

describe("units set by hand", () => {
  test("are of a penalty that runs: on a day of the time to comply they are refused", () => {
    expect(refusalOf(given({}), { on: "2024-03-05", ...units })).toMatchObject({
      refused: "units-before-delay",
      args: { on: "2024-03-05", expiry: "2024-03-05" },
    });
    expect(refusalOf(given({}), { on: "2024-03-06", ...units })).toBeNull();
  });

  test("are refused while the time to comply stands still, before it begins, and before it can end", () => {
    const still = given({}, { on: "2024-02-01", type: "stayed" });
    const waiting = given(orderWith({ cure: { from: { event: "x" }, period: "P1M", rule: "cure" } }));
    const draft = given({ notified: undefined });
    const before = { on: "2024-03-02", ...units };
    for (const matter of [still, waiting, draft]) expect(refusalOf(matter, before)).toMatchObject({ refused: "units-before-delay" });
    expect(refusalOf(draft, { ...before, on: "2024-03-03" })).toBeNull();
  });

  test("go by a first day of delay that a person has set", () => {
    const first = { on: "2024-02-10", type: "overridden", what: "firstPenaltyDay", value: "2024-02-20", because };
    expect(refusalOf(given({}, first), { on: "2024-02-19", ...units })).toMatchObject({ refused: "units-before-delay" });
    expect(refusalOf(given({}, first), { on: "2024-02-20", ...units })).toBeNull();
  });

  test("count nothing once an extension has put their day before the first day of delay, and that is told of", () => {
    const matter = given({}, { on: "2024-03-15", ...units }, { on: "2024-03-20", type: "extended", until: "2024-04-01" });
    expect(itemOn(matter, "2024-03-19")).toMatchObject({ units: 9, warnings: ["overridden"] });
    const now = itemOn(matter, "2024-03-20");
    expect(now).toMatchObject({ state: "curing", units: 0, theoretical: "0.00", open: "0.00" });
    expect(now.warnings).toContain("units-before-delay");
    expect(itemOn(matter, "2024-04-03")).toMatchObject({ units: 2, theoretical: "200.00" });
  });
});
