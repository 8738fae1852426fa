import { describe, expect, test } from "vitest";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, on, orderWith } from "../support/given.ts";

const CURE = { until: "2025-02-06", because: "set by the order" };
const order = (penalty: object, authority = "AP") => ({ ...orderWith({ cure: CURE, penalty }), authority });
/** EUR 100 a day from 7 February 2026. */
const DAILY = { rate: "100", per: "day" };
const collected = (amount: string, to = "2025-03-08") => ({
  on: "2025-03-09",
  type: "liquidated",
  from: "2025-02-07",
  to,
  amount,
  ref: "INV-1",
});
const paid = (amount: string) => ({ on: "2025-05-08", type: "paid", for: "a", amount });
const reduced = (to: string, target = "INV-1") => ({ on: "2025-05-09", type: "reduced", for: target, to });
const ANNULLED = { on: "2025-05-09", type: "annulled", liquidation: "INV-1" };

function refund(facts: object, events: readonly object[], day = "2025-05-09") {
  const matter = given(facts, ...events);
  const told = explainItem(matter, on(matter, day), "a").steps.some(({ code }) => code === "total-refund-due");
  const { refundDue } = itemOn(matter, day);
  expect(told).toBe(refundDue !== "0.00");
  return refundDue;
}

describe("where the debt arises by law as it runs, and a decision only enforces it", () => {
  test("nothing is to be refunded while what is owed exceeds what was paid", () => {
    const before = [collected("3000"), paid("5000")];
    expect(refund(order(DAILY), [...before, reduced("2900")])).toBe("0.00");
    expect(refund(order(DAILY), [...before, reduced("2900", "a")])).toBe("0.00");
    expect(refund(order(DAILY), [...before, ANNULLED])).toBe("0.00");
    expect(refund(order(DAILY, "ACM"), [...before, reduced("2900")])).toBe("0.00");
  });

  test("what was paid beyond it is: the sums fixed as they stand, and what has run outside their windows", () => {
    const capped = order({ ...DAILY, cap: { units: 40 } });
    expect(refund(capped, [collected("3000"), paid("4000"), reduced("2900")])).toBe("100.00");
    expect(refund(capped, [collected("3000"), paid("4000"), reduced("1000", "a")])).toBe("2000.00");
    expect(refund(capped, [collected("3000"), paid("4000"), ANNULLED])).toBe("0.00");
    expect(refund(capped, [collected("3000"), paid("4100"), ANNULLED])).toBe("100.00");
    const annulled = { on: "2025-05-09", type: "annulled", item: "a" };
    expect(refund(capped, [collected("3000"), paid("4000"), annulled])).toBe("4000.00");
  });

  test("while a claim stands it is reckoned as if the claim failed, and not at all where what runs cannot be told", () => {
    const claim = { on: "2025-03-08", type: "complied" };
    const accepted = { on: "2025-05-10", type: "accepted" };
    const events = [claim, collected("3000"), paid("3000"), reduced("2900")].toSorted((a, b) => (a.on < b.on ? -1 : 1));
    expect(refund(order(DAILY), events)).toBe("0.00");
    expect(refund(order(DAILY), [...events, accepted], "2025-05-10")).toBe("100.00");
    expect(refund({ ...order(DAILY), knownThrough: "2025-03-08" }, [collected("3000"), paid("3000"), reduced("2900")])).toBe("0.00");
  });
});

test("where nothing is owed until a sum is fixed, what was paid beyond that sum is to be refunded, whatever runs on", () => {
  expect(refund(order(DAILY, "CNIL"), [collected("3000"), paid("5000"), reduced("2900")])).toBe("2100.00");
});
