import { expect, test } from "vitest";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, on } from "../support/given.ts";

/** DPC, notified on 30 April 2025: 28 days with that one among them end on 27 May, and six months from 28 May on 27 November. */
const order = (cure: object, ...others: readonly object[]) => ({
  authority: "DPC",
  decided: "2025-04-25",
  notified: "2025-04-30",
  items: [...others, { id: "b", cure: { rule: "ie-interpretation", ...cure }, penalty: { rate: "100", per: "day" } }],
});
const first = { id: "a", cure: { period: "P28D", rule: "ie-interpretation" }, penalty: { rate: "100", per: "day" } };

test("six months after 28 days end on one day, whether they stand in a list, follow an appeal period or another item, or extend", () => {
  const ways = [
    given(order({ period: ["P28D", "P6M"] })),
    given(order({ period: "P6M", from: { appeal: "P28D" } })),
    given(order({ period: "P6M", from: { item: "a" } }, first)),
    given(order({ period: "P28D" }), { on: "2025-05-20", type: "extended", by: "P6M", because: "x" }),
  ];
  expect(ways.map((matter) => itemOn(matter, "2025-06-10", "b").expiry)).toEqual(Array(4).fill("2025-11-27"));
});

test("a clock of its own from the end of the time to comply begins on the day after it: 28 May to 24 June", () => {
  const clock = { id: "c", kind: "appeal", from: "expiry", period: "P28D", rule: "ie-interpretation" };
  const facts = order({ period: "P28D" });
  const matter = given({ ...facts, items: [{ ...facts.items[0], clocks: [clock] }] });
  expect(on(matter, "2025-05-10").related[0]?.day).toBe("2025-06-24");
});

test("why says which day the other item's time ends on, and which is the first of its own", () => {
  const matter = given(order({ period: "P6M", from: { item: "a" } }, first));
  const { steps } = explainItem(matter, on(matter, "2025-06-10"), "b");
  expect(steps.find(({ code }) => code === "start-item")?.args).toMatchObject({ day: "2025-05-27" });
  expect(steps.find(({ code }) => code === "start-included")?.args).toMatchObject({ day: "2025-05-28" });
});

/** All 28 days are left of a period that stood still from its first one: resumed on 10 May they end on 6 June. */
test.each(["2025-04-28", "2025-04-30"])("stayed on %s, on or before the first day, none of its days has run", (stayed) => {
  const facts = order({ period: "P28D" });
  const stands = given(facts, { on: stayed, type: "stayed" });
  const said = on(stands, "2025-05-05").items[0]!.warnings.find(({ code }) => code === "cure-stands-still");
  expect(said?.args).toMatchObject({ left: 28, unit: "days" });
  const resumed = given(facts, { on: stayed, type: "stayed" }, { on: "2025-05-10", type: "resumed" });
  expect(itemOn(resumed, "2025-05-10").expiry).toBe("2025-06-06");
});

test("stayed on its second day 27 are left: resumed on 10 May they end on 5 June", () => {
  const resumed = given(order({ period: "P28D" }), { on: "2025-05-01", type: "stayed" }, { on: "2025-05-10", type: "resumed" });
  expect(itemOn(resumed, "2025-05-10").expiry).toBe("2025-06-05");
});
