import { describe, expect, test } from "vitest";
import { standingNow } from "../../src/matter/standing.ts";
import { given, itemOn, ORDER, on, orderWith, sum, TODAY } from "../support/given.ts";

/** EUR 100 a day from 6 March: the window is 15 days. */
const WINDOW = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-20", amount: "1500", ref: "SAN-2024-077" };
const PAID = { on: "2024-05-02", type: "paid", amount: "1500", for: "a" };
const FINED = { fines: [{ id: "fine", amount: "5000", due: "2024-06-30" }] };

describe("a liquidation", () => {
  test("fixes its window; what ran outside of it is open, and the meter runs on", () => {
    const matter = given({}, WINDOW);
    expect(itemOn(matter, "2024-04-09")).toMatchObject({ theoretical: "3500.00", fixed: "0.00", open: "3500.00" });
    expect(itemOn(matter, "2024-04-10")).toMatchObject({
      state: "accruing",
      theoretical: "3600.00",
      fixed: "1500.00",
      open: "2100.00",
      warnings: [],
    });
    expect(itemOn(matter, "2024-04-11")).toMatchObject({ theoretical: "3700.00", fixed: "1500.00", open: "2200.00" });
  });

  test("of a sum that is not rate × units is accepted, with both counts", () => {
    const [item] = on(given({}, { ...WINDOW, amount: "1400" }), "2024-04-10").items;
    expect([sum(item!.fixed), sum(item!.open)]).toEqual(["1400.00", "2100.00"]);
    expect(item!.warnings).toEqual([
      { code: "window-mismatch", args: expect.objectContaining({ liquidation: "SAN-2024-077", counted: 15, implied: 14 }) },
    ]);
  });

  test("after another adds to what is fixed, each for its own window", () => {
    const second = { on: "2024-06-10", type: "liquidated", from: "2024-03-21", to: "2024-03-31", amount: "1100" };
    expect(itemOn(given({}, WINDOW, second), "2024-06-10")).toMatchObject({ theoretical: "9700.00", fixed: "2600.00", open: "7100.00" });
  });

  test("may be fixed after the claim; the sum that is open is that of the days outside", () => {
    const matter = given({}, { on: "2024-03-25", type: "complied" }, WINDOW);
    expect(itemOn(matter, "2024-04-10")).toMatchObject({ state: "claimed", units: 20, open: "500.00", ifRefused: { units: 36 } });
  });

  test("that is announced starts a clock for observations, of fifteen days at the CNIL", () => {
    const matter = given({}, { on: "2024-03-20", type: "intended", from: "2024-03-06", to: "2024-03-20", amount: "1500" });
    const { related, next, items } = on(matter, "2024-03-20");
    expect(related).toMatchObject([{ item: "a", kind: "observations", day: "2024-04-04" }]);
    expect(next).toEqual({ day: "2024-04-04", what: "observations" });
    expect(sum(items[0]!.fixed)).toBe("0.00");
    expect(on(matter, "2024-04-05").next).toBeNull();
  });
});

describe("payments and refunds", () => {
  test("what is paid is shown apart and takes nothing from the other sums", () => {
    const matter = given({}, WINDOW, PAID);
    expect(itemOn(matter, "2024-05-01")).toMatchObject({ paid: "0.00" });
    expect(itemOn(matter, "2024-05-02")).toMatchObject({ paid: "1500.00", fixed: "1500.00", refundDue: "0.00", theoretical: "5800.00" });
  });

  test("an invoice changes no sum", () => {
    expect(itemOn(given({}, WINDOW, { ...PAID, type: "invoiced" }), "2024-05-02")).toMatchObject({ paid: "0.00", fixed: "1500.00" });
  });

  test("a payment goes to the one thing that there is, when it names none", () => {
    const { for: _, ...unnamed } = PAID;
    expect(itemOn(given({}, WINDOW, unnamed), "2024-05-02")).toMatchObject({ paid: "1500.00" });
  });

  test("a liquidation that is lowered after it was paid leaves a refund due", () => {
    const matter = given({}, WINDOW, PAID, { on: "2024-09-01", type: "reduced", for: "SAN-2024-077", to: "1000" });
    expect(itemOn(matter, "2024-08-31")).toMatchObject({ fixed: "1500.00", refundDue: "0.00" });
    expect(itemOn(matter, "2024-09-01")).toMatchObject({ fixed: "1000.00", paid: "1500.00", refundDue: "500.00" });
  });

  test("a refund made settles what was due", () => {
    const reduced = { on: "2024-09-01", type: "reduced", for: "SAN-2024-077", to: "1000" };
    const matter = given({}, WINDOW, PAID, reduced, { on: "2024-10-01", type: "refunded", amount: "500", for: "a" });
    expect(itemOn(matter, "2024-10-01")).toMatchObject({ fixed: "1000.00", refundDue: "0.00" });
  });

  test("what is fixed of an item may be lowered as a whole", () => {
    expect(itemOn(given({}, WINDOW, { on: "2024-09-01", type: "reduced", for: "a", to: "900" }), "2024-09-01")).toMatchObject({
      fixed: "900.00",
    });
  });

  test("a fine lowered after it was paid leaves a refund due", () => {
    const paid = { on: "2024-02-01", type: "paid", amount: "5000", for: "fine" };
    const matter = given({ ...orderWith({}), ...FINED }, paid, { on: "2024-09-01", type: "reduced", for: "fine", to: "3000" });
    expect(on(matter, "2024-08-31").fines[0]).toMatchObject({ amount: { minor: 5000_00n }, refundDue: { minor: 0n } });
    expect(on(matter, "2024-09-01").fines[0]).toMatchObject({
      amount: { minor: 3000_00n },
      paid: { minor: 5000_00n },
      refundDue: { minor: 2000_00n },
    });
  });
});

describe("an annulment, from its day", () => {
  test("of a liquidation: what was fixed is nothing, what had run is open again, what was paid comes back", () => {
    const matter = given({}, WINDOW, PAID, { on: "2024-09-01", type: "annulled", liquidation: "SAN-2024-077" });
    expect(itemOn(matter, "2024-08-31")).toMatchObject({ fixed: "1500.00", refundDue: "0.00" });
    expect(itemOn(matter, "2024-09-01")).toMatchObject({ state: "accruing", fixed: "0.00", paid: "1500.00", refundDue: "1500.00" });
    const { theoretical, open } = itemOn(matter, "2024-09-01");
    expect(open).toBe(theoretical);
  });

  test("of an item: nothing has run and nothing is fixed; what was paid comes back", () => {
    const matter = given({}, WINDOW, PAID, { on: "2024-09-01", type: "annulled", item: "a" });
    expect(itemOn(matter, "2024-08-31")).toMatchObject({ state: "accruing", fixed: "1500.00" });
    expect(itemOn(matter, "2024-09-01")).toMatchObject({
      state: "annulled",
      theoretical: "0.00",
      fixed: "0.00",
      open: "0.00",
      paid: "1500.00",
      refundDue: "1500.00",
    });
  });

  test("of a fine: the items stay", () => {
    const paid = { on: "2024-02-01", type: "paid", amount: "5000", for: "fine" };
    const { fines, state, totals } = on(given(FINED, paid, { on: "2024-09-01", type: "annulled", fine: "fine" }), "2024-09-01");
    expect(fines[0]).toMatchObject({ annulled: true, amount: { minor: 0n }, paid: { minor: 5000_00n }, refundDue: { minor: 5000_00n } });
    expect([state, sum(totals.fines)]).toEqual(["accruing", "0.00"]);
  });

  test("of the matter: every item and every fine", () => {
    const matter = given(FINED, WINDOW, PAID, { on: "2024-09-01", type: "annulled", matter: true });
    const { state, items, fines, totals } = on(matter, "2024-09-01");
    expect([state, items[0]!.state, fines[0]!.annulled]).toEqual(["annulled", "annulled", true]);
    expect([sum(totals.theoretical), sum(totals.fixed), sum(totals.paid), sum(totals.fines)]).toEqual(["0.00", "0.00", "1500.00", "0.00"]);
    expect(sum(items[0]!.refundDue)).toBe("1500.00");
  });
});

describe("a matter of a fine alone", () => {
  const fine = { ...ORDER, items: undefined, ...FINED };

  test("is pending until it is paid, then closed; the day of payment is the next one", () => {
    const matter = given(
      fine,
      { on: "2024-03-01", type: "paid", amount: "2000", for: "fine" },
      { on: "2024-04-01", type: "paid", amount: "3000" },
    );
    expect(on(matter, "2024-02-29")).toMatchObject({ state: "pending", next: { day: "2024-06-30", what: "payment" } });
    expect(on(matter, "2024-03-31")).toMatchObject({ state: "pending", fines: [{ paid: { minor: 2000_00n } }] });
    expect(on(matter, "2024-04-01")).toMatchObject({ state: "closed", next: null });
  });

  test("of an unknown amount has no total", () => {
    const unknown = given({ ...fine, fines: [{ id: "fine", amount: "unknown" }] });
    expect(on(unknown, "2024-04-01")).toMatchObject({ state: "pending", totals: { fines: null }, fines: [{ amount: null }] });
  });

  test.each(["settled", "withdrawn", "lapsed", "closed"])("%s says so", (type) => {
    expect(on(given(fine, { on: "2024-04-01", type }), "2024-04-01").state).toBe(type);
  });
});

test("where it stands now: states as of today, sums through yesterday, today's events apart", () => {
  const matter = given({}, { on: TODAY, type: "paid", amount: "100", for: "a" });
  const now = standingNow(matter, TODAY);
  expect([now.on, now.through]).toEqual([TODAY, "2026-01-14"]);
  expect([sum(now.items[0]!.theoretical), sum(now.items[0]!.paid)]).toEqual([sum(on(matter, "2026-01-14").items[0]!.theoretical), "0.00"]);
  expect(now.since.map(({ event }) => event.type)).toEqual(["paid"]);
});
