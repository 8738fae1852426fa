import { describe, expect, test } from "vitest";
import { given, ORDER, on, orderWith, sum } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

/** EUR 100 a day from 6 March, forfeited by law; five days at most. */
const FORFEITED = {
  ...orderWith({ cure: { until: "2024-03-05", because: "set by the order" }, penalty: { rate: "100", per: "day", cap: { units: 5 } } }),
  authority: "AP",
};
const FINED = { fines: [{ id: "fine", amount: "5" }], items: undefined };
const WINDOW = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-06", amount: "100" };
const paid = (amount: string, more: object = {}) => ({ on: "2024-05-02", type: "paid", amount, for: "a", ...more });
const ofFine = (amount: string, more: object = {}) => ({ ...paid(amount), for: "fine", ...more });

function warned(facts: object, events: readonly object[], day = "2024-06-01") {
  const { items, warnings } = on(given(facts, ...events), day);
  return [...items.flatMap((item) => item.warnings), ...warnings].map(({ code, args }) => ({
    code,
    ...Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === "object" ? sum(value as never) : value])),
  }));
}

describe("a payment of more than is owed is told of", () => {
  test("where the debt arises as it runs", () => {
    expect(warned(FORFEITED, [paid("9000")])).toEqual([{ code: "paid-above-owed", sum: "9000.00", owed: "500.00" }]);
    expect(warned(FORFEITED, [paid("500")])).toEqual([]);
  });

  test("with what a decision has fixed of a window, and by as much as the rest can come to while a claim stands", () => {
    const less = { ...WINDOW, amount: "40" };
    expect(warned(FORFEITED, [less, paid("440")])).toEqual([expect.objectContaining({ code: "window-mismatch" })]);
    expect(warned(FORFEITED, [less, paid("440.01")])).toContainEqual({ code: "paid-above-owed", sum: "440.01", owed: "440.00" });
    const claim = { on: "2024-03-07", type: "complied" };
    expect(warned(FORFEITED, [claim, paid("500")])).toEqual([]);
    expect(warned(FORFEITED, [claim, paid("501")])).toEqual([{ code: "paid-above-owed", sum: "501.00", owed: "500.00" }]);
  });

  test("before anything is forfeited, and not where it cannot be told what is", () => {
    expect(warned(FORFEITED, [paid("1", { on: "2024-02-01" })], "2024-02-01")).toEqual([
      { code: "paid-above-owed", sum: "1.00", owed: "0.00" },
    ]);
    expect(warned({ ...FORFEITED, knownThrough: "2024-03-07" }, [paid("9000")]).map(({ code }) => code)).toEqual(["known-through-sum"]);
    const unpriced = {
      ...FORFEITED,
      items: [{ id: "a", cure: { until: "2024-03-05", because: "set" }, penalty: { rate: "unknown", per: "day" } }],
    };
    expect(warned(unpriced, [paid("9000")])).toEqual([]);
  });

  test("of a fine, of what was given up, and of what was annulled", () => {
    expect(warned(FINED, [ofFine("5")])).toEqual([]);
    expect(warned(FINED, [ofFine("500")])).toEqual([{ code: "fine-paid-above-owed", fine: "fine", sum: "500.00", owed: "5.00" }]);
    const off = { how: "write-off" };
    expect(warned(FINED, [ofFine("3"), ofFine("2", off)])).toEqual([]);
    expect(warned(FINED, [ofFine("3"), ofFine("4", off)])).toEqual([
      { code: "fine-given-up-above", fine: "fine", sum: "4.00", left: "2.00" },
    ]);
    expect(warned({}, [WINDOW, paid("500", off)])).toEqual([{ code: "given-up-above", sum: "500.00", left: "100.00" }]);
    const annulled = { on: "2024-05-01", type: "annulled", fine: "fine" };
    expect(warned(FINED, [{ ...ofFine("5"), on: "2024-04-01" }, annulled])).toEqual([]);
    expect(warned(FINED, [annulled, ofFine("5")])).toEqual([{ code: "fine-paid-since-annulled", fine: "fine", sum: "5.00" }]);
    expect(warned({}, [{ ...annulled, fine: undefined, item: "a" }, paid("5")])).toEqual([{ code: "paid-since-annulled", sum: "5.00" }]);
  });

  test("when it is refunded no more, and when the fine was lowered as what is to be refunded", () => {
    expect(warned(FINED, [ofFine("7"), { ...ofFine("2"), on: "2024-05-03", type: "refunded" }])).toEqual([]);
    expect(warned(FINED, [{ on: "2024-05-01", type: "reduced", for: "fine", to: "3" }, ofFine("5")])).toEqual([]);
  });

  test("by an import too, which names the fine", async () => {
    const session = await sessionOfTest();
    const { answer } = await session.bring({ ...ORDER, ...FINED, events: [ofFine("500")] });
    expect(answer).toMatchObject({ warnings: [{ ref: "SAN-2024-001", fine: "fine", code: "fine-paid-above-owed" }] });
    expect(await session.ask("show SAN-2024-001")).toMatchObject({
      state: "closed",
      warnings: [{ code: "fine-paid-above-owed", text: "Fine fine: EUR 500 was paid, more than the EUR 5 that is owed" }],
    });
  });
});
