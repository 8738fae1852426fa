import { describe, expect, test } from "vitest";
import { heldOn, type Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { given, ORDER } from "../support/given.ts";
import { fc } from "../support/seeded.ts";
import { facts, historyOf, on } from "./histories.ts";

const RUNS = 1_500;

const penalty = (more: object) => ({ items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", ...more } }] });

const capped = fc.constantFrom<object>(
  penalty({ cap: { amount: "2050" } }),
  penalty({ cap: { amount: "2050" }, steps: [{ from: "2024-03-20", rate: "700" }] }),
  penalty({ cap: { perYear: "3000" } }),
  penalty({ cap: { units: 12 }, counting: "exclusive-first" }),
  { ...penalty({ cap: { amount: "2050" } }), notified: { between: ["2024-01-05", "2024-01-15"] } },
);

function itemNow(matter: Matter, today: Day) {
  return standingNow(matter, today).items[0]!;
}

test("what one more day adds is what the sums of the next day are higher by, whatever was recorded today", () => {
  fc.assert(
    fc.property(historyOf(fc.oneof(facts, capped)), on, (matter, today) => {
      const next = addDays(today, 1);
      fc.pre(heldOn(matter.events, next).length === heldOn(matter.events, today).length);
      fc.pre(matter.events.every(({ event: one }) => one.on !== next));
      const [now, after] = [itemNow(matter, today), itemNow(matter, next)];
      if (now.lacksDays === true) expect(standingNow(matter, today).since).not.toEqual([]);
      if (now.lacksDays === true || now.oneMoreDay === null || now.theoretical === null || after.theoretical === null) return;
      const grown = [after.theoretical.minor - now.theoretical.minor];
      if (after.theoreticalMax !== null && now.theoreticalMax !== null) grown.push(after.theoreticalMax.minor - now.theoreticalMax.minor);
      expect(grown).toContain(now.oneMoreDay.minor);
    }),
    { numRuns: RUNS },
  );
});

describe("an event of today that changes nothing of the sum", () => {
  /** From 6 March; ten days fill the cap on the 15th. */
  const order = penalty({ cap: { amount: "1000" }, steps: [{ from: "2024-03-11", rate: "300" }] });
  const adds = (matter: Matter, text: string) => itemNow(matter, day(text)).oneMoreDay?.minor;

  test("leaves what today adds as it was: no step of tomorrow, no cap that binds tonight", () => {
    for (const [today, minor] of [
      ["2024-03-10", 10_000n],
      ["2024-03-11", 30_000n],
      ["2024-03-12", 20_000n],
      ["2024-03-13", 0n],
    ] as const) {
      expect(adds(given(order), today)).toBe(minor);
      expect(adds(given(order, { on: today, type: "assigned", to: "Ana" }), today)).toBe(minor);
      expect(adds(given(order, { on: today, type: "partly-complied" }), today)).toBe(minor);
    }
  });

  test("a stay of today takes today, and a rate of today counts today", () => {
    expect(adds(given(order, { on: "2024-03-10", type: "stayed" }), "2024-03-10")).toBe(0n);
    expect(adds(given(order, { on: "2024-03-10", type: "rate-changed", rate: "250" }), "2024-03-10")).toBe(25_000n);
    expect(adds(given(order, { on: "2024-03-10", type: "annulled", item: "a" }), "2024-03-10")).toBe(0n);
  });
});

describe("an event of today that changes what had run before it", () => {
  const lacks = (matter: Matter, today: string) => itemNow(matter, day(today)).lacksDays === true;
  const stayed = given({}, { on: "2024-03-10", type: "stayed", id: "s1" });
  const because = "as it was found";
  const raised = { on: "2024-03-20", type: "corrected", event: "registered", set: { "items.a.penalty.cap.amount": "2000" }, because };
  const raisedFrom = (amount: string) => given(penalty({ cap: { amount } }), raised);

  test.each<[string, Matter, string, boolean]>([
    [
      "a stay that is struck out",
      given({}, { on: "2024-03-10", type: "stayed", id: "s1" }, { on: "2024-03-20", type: "corrected", event: "s1", void: true, because }),
      "2024-03-20",
      true,
    ],
    ["a stay that ends", given({}, { on: "2024-03-10", type: "stayed" }, { on: "2024-03-20", type: "resumed" }), "2024-03-20", false],
    [
      "an appeal that does not suspend after all",
      given(
        {},
        { on: "2024-03-10", type: "appealed", suspends: "yes", id: "s1" },
        { on: "2024-03-20", type: "corrected", event: "s1", set: { suspends: "no" }, because },
      ),
      "2024-03-20",
      true,
    ],
    ["a cap that is raised once it was reached", raisedFrom("500"), "2024-03-20", true],
    ["a cap that is raised before it was reached", raisedFrom("1900"), "2024-03-20", false],
    [
      "a claim that is refused the day after it counted",
      given({}, { on: "2024-03-19", type: "complied" }, { on: "2024-03-20", type: "rejected" }),
      "2024-03-20",
      false,
    ],
    [
      "a claim that is refused later",
      given({}, { on: "2024-03-10", type: "complied" }, { on: "2024-03-20", type: "rejected" }),
      "2024-03-20",
      true,
    ],
    [
      "units that are set by hand",
      given({}, { on: "2024-03-20", type: "overridden", what: "units", value: 40, because }),
      "2024-03-20",
      true,
    ],
  ])("%s", (_what, matter, today, expected) => {
    expect(lacks(matter, today)).toBe(expected);
    expect(lacks(matter, addDays(day(today), 1))).toBe(false);
  });

  test("leaves what today adds by itself", () => {
    expect(itemNow(stayed, day("2024-03-20")).oneMoreDay?.minor).toBe(0n);
    const struck = given(
      {},
      { on: "2024-03-10", type: "stayed", id: "s1" },
      { on: "2024-03-20", type: "corrected", event: "s1", void: true, because },
    );
    expect(itemNow(struck, day("2024-03-20")).oneMoreDay?.minor).toBe(10_000n);
  });
});
