import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { checkMatter } from "../../src/matter/check.ts";
import { matterSchema } from "../../src/matter/facts.ts";
import { given, itemOn, ORDER, on, sum, TODAY } from "../support/given.ts";

/** An order of the federal commissioner for data protection: one month from 1 October 2024, counted as the BGB has it, then EUR 1,000 a day. */
function german(cure: object = {}, facts: object = {}): object {
  const item = { id: "a", cure: { period: "P1M", rule: "de-bgb", ...cure }, penalty: { rate: "1000", per: "day" } };
  return { ...ORDER, authority: "BFDI", currency: "EUR", decided: "2024-09-30", notified: "2024-10-01", items: [item], ...facts };
}

function problemsOf(facts: object): readonly string[] {
  return checkMatter(matterSchema.parse({ ...ORDER, ...facts }), TODAY).map(({ path, code }) => `${path.join(".")}: ${code}`);
}

describe("a Land can be named in a matter", () => {
  test("All Saints' Day is a holiday in North Rhine-Westphalia, not in Berlin, and nothing is assumed of either", () => {
    expect(itemOn(given(german({ calendar: "DE-NW" })), "2024-11-03")).toMatchObject({
      state: "curing",
      expiry: "2024-11-04",
      units: 0,
      assumptions: [],
    });
    expect(itemOn(given(german({ calendar: "DE-BE" })), "2024-11-03")).toMatchObject({
      expiry: "2024-11-01",
      theoretical: "2000.00",
      assumptions: [],
    });
  });

  test("an extension, a resumption and another clock count with its holidays too", () => {
    const at = { calendar: "DE-NW" };
    const extended = { on: "2024-10-20", type: "extended", by: "P1W" };
    // A week from Friday 25 October ends on All Saints' Day.
    const early = german({ ...at, period: "P24D" });
    expect(itemOn(given(early, extended), "2024-10-20").expiry).toBe("2024-11-04");
    const stayed = [
      { on: "2024-10-10", type: "stayed" },
      { on: "2024-10-17", type: "resumed" },
    ];
    expect(itemOn(given(early, ...stayed), "2024-10-17").expiry).toBe("2024-11-04");
    const clock = { id: "appeal", kind: "appeal", from: "notified", period: "P1M", rule: "de-bgb" };
    const facts = { items: [{ id: "a", cure: { period: "P24D", rule: "de-bgb" }, clocks: [clock, { ...clock, id: "there", ...at }] }] };
    expect(on(given(german({}, facts)), "2024-10-02").related.map(({ day }) => day)).toEqual(["2024-11-01", "2024-11-04"]);
  });

  test("while none is named, the end with the holidays of some Länder and its sum are assumptions", () => {
    const item = on(given(german()), "2024-11-05").items[0]!;
    expect([item.expiry, sum(item.theoretical)]).toEqual(["2024-11-01", "4000.00"]);
    const [found] = item.assumptions;
    expect(found).toMatchObject({
      code: "later-in-parts",
      args: { day: "2024-11-04", parts: ["DE-BW", "DE-BY", "DE-NW", "DE-RP", "DE-SL"] },
    });
    expect(findingText("en", found!)).toContain("Germany: North Rhine-Westphalia");
    expect(findingText("en", found!)).toContain("Mon 4 Nov 2024 at the latest, and the sum would be EUR 1,000");
  });

  test("where all Länder agree, nothing is assumed", () => {
    expect(itemOn(given(german({ period: "P14D" })), "2024-10-15").assumptions).toEqual([]);
  });

  test("a table that is none, and one of another country than the rule's, are refused", () => {
    expect(problemsOf(german({ calendar: "DE-XX" }))).toEqual(["items.0.cure.calendar: calendar-unknown"]);
    expect(problemsOf(german({ calendar: "FR" }))).toEqual(["items.0.cure.calendar: calendar-elsewhere"]);
    const clock = { id: "c", kind: "appeal", from: "notified", period: "P1M", rule: "fr-civil", calendar: "DE-NW" };
    expect(problemsOf({ items: [{ ...ORDER.items[0], clocks: [clock] }] })).toEqual(["items.0.clocks.0.calendar: calendar-elsewhere"]);
    expect(matterSchema.safeParse({ ...ORDER, items: [{ id: "a", cure: { period: "P1M", calendar: "de" } }] }).success).toBe(false);
  });

  test("a rule of no one place takes any (Regulation 1182/71 art. 2(1): those of the State where the act is to be done)", () => {
    const act = (calendar: object) => {
      const facts = { authority: "EC", decided: "2024-06-13", notified: "2024-06-14" };
      const cure = { period: "P1M", rule: "eu-1182-71", ...calendar };
      return itemOn(given({ ...facts, items: [{ id: "a", cure, penalty: { rate: "1", per: "day" } }] }), "2024-06-20").expiry;
    };
    // 14 July 2024 is a Sunday; in Northern Ireland nothing falls on Monday 15.
    expect([act({}), act({ calendar: "GB-NIR" })]).toEqual(["2024-07-15", "2024-07-15"]);
    const later = { period: "P17D", rule: "eu-1182-71", calendar: "LU" };
    const facts = { authority: "EC", decided: "2025-06-05", notified: "2025-06-06" };
    // 23 June is Luxembourg's national day.
    expect(itemOn(given({ ...facts, items: [{ id: "a", cure: later }] }), "2025-06-10").expiry).toBe("2025-06-24");
  });
});

test("a notification within a window that begins before the decision is refused: the clock would run from before the order", () => {
  const between = (from: string) => problemsOf({ decided: "2024-01-02", notified: { between: [from, "2024-01-05"] } });
  expect(between("2023-12-10")).toEqual(["notified: notified-before-decided"]);
  expect(between("2024-01-02")).toEqual([]);
});
