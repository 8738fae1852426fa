import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { writeAmount } from "../../src/law/money.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { given, itemOn, on } from "../support/given.ts";

const order = (notified: unknown, penalty: object = {}, cure: object = {}) => ({
  decided: "2024-01-02",
  notified,
  items: [{ id: "a", cure: { period: "P1M", rule: "cure", ...cure }, penalty: { rate: "100", per: "day", ...penalty } }],
});
type Given = ReturnType<typeof given>;
const assumedOf = (matter: Given, at: string) => on(matter, at).items[0]!.assumptions;
const found = (matter: Given, at: string, code: string) => assumedOf(matter, at).find((one) => one.code.startsWith(code));

describe("notified within a window the sum is a range, and no other sum is told beside it that is one of two", () => {
  test("settled on 20 March: the day counts, and the two sums that it would take away are not told as one", () => {
    // A month from 8 and from 20 January ends on 8 and 20 February: 41 days or 29, without the day 40 or 28.
    const settled = given(order({ between: ["2024-01-08", "2024-01-20"] }), { on: "2024-03-20", type: "settled" });
    const one = found(settled, "2024-03-25", "end-day")!;
    expect(one).toMatchObject({ code: "end-day-counted", args: { day: "2024-03-20", end: "settled" } });
    expect(one.args.sum).toBeUndefined();
    expect(findingText("en", one)).toMatch(/, counts$/);
    expect(findingText("fr", one)).toMatch(/, est compté$/);
  });

  test("where both days give one sum, it stays", () => {
    // The clock runs from the decision, so that the window moves nothing: 2 February, and 46 days without 20 March.
    const facts = order({ between: ["2024-01-08", "2024-01-20"] }, {}, { from: "decided" });
    const one = found(given(facts, { on: "2024-03-20", type: "settled" }), "2024-03-25", "end-day")!;
    expect(writeAmount(one.args.sum as never)).toBe("4600.00");
  });

  test("where the cap is reached from the earliest day alone, the least still hangs on the day of the end", () => {
    // From 9 February 30 units are full on 9 March; from 21 February 29 days by 20 March.
    const facts = order({ between: ["2024-01-08", "2024-01-20"] }, { cap: { units: 30 } });
    const one = found(given(facts, { on: "2024-03-20", type: "settled" }), "2024-03-25", "end-day");
    expect(one).toMatchObject({ code: "end-day-counted", args: { day: "2024-03-20" } });
  });

  test("the end from the latest day is Saturday 17 February: that it does not roll is told, and of which day", () => {
    const matter = given(order({ between: ["2024-01-15", "2024-01-17"] }));
    const one = found(matter, "2024-04-30", "no-roll")!;
    expect(one).toMatchObject({ code: "no-roll-latest", args: { end: "2024-02-17", rolled: "2024-02-19" } });
    expect(findingText("en", one)).toContain("Sat 17 Feb 2024");
    expect(itemOn(matter, "2024-04-30").theoretical).toBe("7300.00");
  });

  test("the end from the earliest day is Saturday 17 February: told with its day, without a sum", () => {
    const matter = given(order({ between: ["2024-01-17", "2024-01-22"] }));
    expect(found(matter, "2024-04-30", "no-roll")).toEqual({ code: "no-roll-inferred", args: { rolled: "2024-02-19" } });
  });
});

describe("a roll is told without a sum where that is the one shown", () => {
  test("while nothing has run, and once a cap is reached either way", () => {
    // To Saturday 17 February: ten units from 18 February are full on 27, from 20 February on 29.
    const matter = given(order("2024-01-17", { cap: { units: 10 } }));
    expect(found(matter, "2024-02-10", "no-roll")?.args).toEqual({ rolled: "2024-02-19" });
    expect(writeAmount(found(matter, "2024-02-27", "no-roll")!.args.sum as never)).toBe("800.00");
    expect(found(matter, "2024-03-10", "no-roll")?.args).toEqual({ rolled: "2024-02-19" });
  });

  test("on every day the assumption stands, the first of delay among them", () => {
    const matter = given(order("2024-01-17"));
    for (const today of ["2024-02-17", "2024-02-18", "2024-02-19", "2024-02-20"]) {
      const codes = standingNow(matter, day(today)).items[0]!.assumptions.map(({ code }) => code);
      expect(codes.filter((code) => code.startsWith("no-roll"))).toHaveLength(1);
    }
  });
});

describe("another reading and what was recorded", () => {
  const facts = order("2024-01-17");

  test("a day that the authority named stands by any reading: extended from Saturday until Sunday 18 February, nothing rolls", () => {
    const matter = given(facts, { on: "2024-02-10", type: "extended", until: "2024-02-18", because: "x" });
    expect(itemOn(matter, "2024-02-29").expiry).toBe("2024-02-18");
    expect(found(matter, "2024-02-29", "no-roll")).toBeUndefined();
  });

  test("what goes on from it goes on from that day: five days from Sunday 18 February are Friday 23 by any reading, six Saturday 24", () => {
    const until = { on: "2024-02-10", type: "extended", until: "2024-02-18", because: "x" };
    const and = (by: string) => given(facts, until, { on: "2024-02-12", type: "extended", by, because: "x" });
    expect(found(and("P5D"), "2024-03-04", "no-roll")).toBeUndefined();
    const one = found(and("P6D"), "2024-03-04", "no-roll")!;
    expect(one.args.rolled).toBe("2024-02-26");
    // 27 February to 4 March.
    expect(writeAmount(one.args.sum as never)).toBe("700.00");
  });

  test("of a fresh period a named day stands too", () => {
    const events = [
      { on: "2024-03-01", type: "stayed" },
      { on: "2024-04-04", type: "resumed", with: "P1M" },
      { on: "2024-04-20", type: "extended", until: "2024-05-05", because: "x" },
    ];
    // The fresh month ends on Saturday 4 May, rolled on Monday 6 May, later than the Sunday that was named: the first end alone would roll.
    const matter = given(facts, ...events);
    expect(itemOn(matter, "2024-05-20").expiry).toBe("2024-05-05");
    expect(found(matter, "2024-05-20", "no-roll")?.args.rolled).toBe("2024-02-19");
    // 18 to 29 February are twelve days, of which two would fall away; 6 to 20 May are fifteen.
    expect(itemOn(matter, "2024-05-20").theoretical).toBe("2700.00");
    expect(writeAmount(found(matter, "2024-05-20", "no-roll")!.args.sum as never)).toBe("2500.00");
  });

  test("where it would refuse what was recorded nothing is told: a window from 18 February cannot be of a time that ends on the 19th", () => {
    const fixed = { on: "2024-03-10", type: "liquidated", from: "2024-02-18", to: "2024-02-29", amount: "1200" };
    expect(found(given(facts), "2024-03-10", "no-roll")).toBeDefined();
    expect(found(given(facts, fixed), "2024-03-10", "no-roll")).toBeUndefined();
  });
});

test("accepted from the day before the claim's own: of the day that the authority found it is said that it counts", () => {
  // Notified on 8 January: from 9 February to 19 March are 40 days, without the last 39.
  const claimed = { on: "2024-03-20", type: "complied", counted: false };
  const matter = given(order("2024-01-08"), claimed, { on: "2024-03-25", type: "accepted", from: "2024-03-19" });
  expect(itemOn(matter, "2024-04-01").theoretical).toBe("4000.00");
  const one = found(matter, "2024-04-01", "end-day")!;
  expect(one).toMatchObject({ code: "end-day-counted", args: { day: "2024-03-19", end: "complied" } });
  expect(writeAmount(one.args.sum as never)).toBe("3900.00");
});
