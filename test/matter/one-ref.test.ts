import { describe, expect, test } from "vitest";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, ORDER, on, refusalOf } from "../support/given.ts";

const TWO = { items: [ORDER.items[0], { ...ORDER.items[0], id: "b" }] };
const window = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-20", amount: "1500", ref: "SAN-9" };
const BOTH = [
  { ...window, item: "a" },
  { ...window, item: "b" },
];
const annulled = { on: "2024-05-01", type: "annulled", liquidation: "SAN-9" };
const reduced = { on: "2024-05-01", type: "reduced", for: "SAN-9", to: "100" };

function fixed(events: readonly object[]) {
  const matter = given(TWO, ...events);
  return ["a", "b"].map((id) => itemOn(matter, "2024-08-01", id).fixed);
}

describe("one decision that fixes sums of two items under one ref", () => {
  test("is annulled as a whole by its ref, and in part with the item", () => {
    expect(fixed([...BOTH, annulled])).toEqual(["0.00", "0.00"]);
    expect(fixed([...BOTH, { ...annulled, item: "b" }])).toEqual(["1500.00", "0.00"]);
    expect(fixed([...BOTH, { ...annulled, item: "b" }, { ...annulled, on: "2024-05-02" }])).toEqual(["0.00", "0.00"]);
    expect(refusalOf(given(TWO, ...BOTH, annulled), { ...annulled, on: "2024-05-02" })).toMatchObject({ refused: "annulled-already" });
  });

  test("is lowered where the item is named, or the id of its event, and else told apart", () => {
    expect(refusalOf(given(TWO, ...BOTH), reduced)).toEqual({
      refused: "reduced-several",
      args: expect.objectContaining({ target: "SAN-9", ids: ["a (e1)", "b (e2)"] }),
    });
    expect(fixed([...BOTH, { ...reduced, item: "b" }])).toEqual(["1500.00", "100.00"]);
    expect(fixed([...BOTH, { ...reduced, for: "e1" }])).toEqual(["100.00", "1500.00"]);
  });

  test("is listed once among what there is", () => {
    const refusal = refusalOf(given(TWO, ...BOTH), { ...reduced, for: "SAN-8" });
    expect(refusal).toMatchObject({ refused: "target-unknown", args: { ids: ["a", "b", "SAN-9"] } });
  });

  test("is explained at each item by what became of its own sum", () => {
    const matter = given(TWO, ...BOTH, { ...reduced, item: "b" }, { ...annulled, item: "a" });
    const codes = (id: string) =>
      explainItem(matter, on(matter, "2024-08-01"), id).steps.flatMap(({ code }) => (/^why-(annulled|reduced)/.test(code) ? [code] : []));
    expect([codes("a"), codes("b")]).toEqual([["why-annulled-liquidation"], ["why-reduced"]]);
  });
});

describe("a sum that was annulled and fixed anew under its ref", () => {
  const again = { ...window, on: "2024-06-01", from: "2024-03-06", to: "2024-03-10", amount: "500" };

  test("is annulled and lowered by that ref again, and each annulment names its own window", () => {
    const matter = given({}, window, annulled, again, { ...annulled, on: "2024-07-01" });
    expect(itemOn(matter, "2024-06-30").fixed).toBe("500.00");
    expect(itemOn(matter, "2024-07-01").fixed).toBe("0.00");
    const { steps } = explainItem(matter, on(matter, "2024-07-01"), "a");
    const windows = steps.filter(({ code }) => code === "why-annulled-liquidation").map(({ args }) => args.to);
    expect(windows).toEqual(["2024-03-20", "2024-03-10"]);
    expect(itemOn(given({}, window, annulled, again, { ...reduced, on: "2024-07-01" }), "2024-07-01").fixed).toBe("100.00");
  });
});
