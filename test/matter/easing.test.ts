import { describe, expect, test } from "vitest";
import { eases } from "../../src/matter/easing.ts";
import { EVENTS, type MatterEvent } from "../../src/matter/events.ts";
import type { Matter } from "../../src/matter/history.ts";
import { standingOn } from "../../src/matter/standing.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { and, given, ORDER, orderWith, refusalOf } from "../support/given.ts";
import { fc } from "../support/seeded.ts";

const START = day("2024-01-05");
/** Nothing is recorded of a later day. */
const TODAY = addDays(START, 150);

function isAsked(matter: Matter, event: object, today = TODAY): boolean {
  return eases(matter, EVENTS[(event as MatterEvent).type].parse(event) as MatterEvent, today);
}

describe("an event that lowers or postpones by what it changes", () => {
  test("takes a clock up again with a period of its own", () => {
    const stayed = given({}, { type: "stayed", on: "2024-04-20" });
    expect(isAsked(stayed, { type: "resumed", on: "2024-04-21", with: "P5Y" })).toBe(true);
    expect(isAsked(stayed, { type: "resumed", on: "2024-04-21" })).toBe(false);
  });

  test("lowers a rate between two changes of it, though today's stays or rises", () => {
    const changed = given(
      {},
      { type: "rate-changed", on: "2024-04-01", rate: "500" },
      { type: "rate-changed", on: "2024-05-01", rate: "100" },
    );
    expect(isAsked(changed, { type: "rate-changed", on: "2024-04-15", rate: "120" })).toBe(true);
    expect(isAsked(changed, { type: "rate-changed", on: "2024-05-15", rate: "120" })).toBe(false);
  });

  test("raises a rate, which reaches its cap in fewer days and for no lower sum", () => {
    for (const amount of ["9000", "20000", "1000000"]) {
      const capped = given(orderWith({ penalty: { rate: "100", per: "day", cap: { amount } } }));
      for (const on of ["2024-02-01", "2024-06-01"]) {
        expect([amount, on, isAsked(capped, { type: "rate-changed", on, rate: "200" })]).toEqual([amount, on, false]);
        expect([amount, on, isAsked(capped, { type: "rate-changed", on, rate: "50" })]).toEqual([amount, on, true]);
      }
    }
  });

  test("says on which day of a window it was notified, where that is a later one", () => {
    const between = given({ notified: { between: ["2024-01-05", "2024-02-05"] } });
    expect(isAsked(between, { type: "notified", on: "2024-02-05" })).toBe(true);
    expect(isAsked(given({ notified: undefined }), { type: "notified", on: "2024-02-05" })).toBe(false);
  });

  test("shows a matter to fewer people as to more, and not to the same", () => {
    const desk = given({});
    for (const to of ["public", "restricted"]) expect(isAsked(desk, { type: "visibility", on: "2024-04-20", to })).toBe(true);
    expect(isAsked(desk, { type: "visibility", on: "2024-04-20", to: "desk" })).toBe(false);
  });

  test("is none of these where it makes matters worse, or only tells of them", () => {
    const claimed = given({ fines: [{ id: "fine", amount: "5000" }] }, { type: "complied", on: "2024-04-10" });
    for (const event of [
      { type: "rejected", on: "2024-05-10" },
      { type: "paid", on: "2024-05-10", amount: "5000", for: "fine" },
      { type: "appealed", on: "2024-05-10", suspends: "no" },
      { type: "assigned", on: "2024-05-10", to: "ana" },
      { type: "note", on: "2024-05-10", text: "asked" },
      { type: "rate-changed", on: "2024-04-01", rate: "500" },
    ])
      expect(isAsked(claimed, event)).toBe(false);
  });
});

const on = fc.integer({ min: 0, max: 150 }).map((days) => addDays(START, days));
const amount = fc.integer({ min: 0, max: 900 }).map(String);
const ITEM = fc.constantFrom<object>({}, { item: "a" });

/** Events that say nothing of easing by their kind, and those that make a history in which they can. */
const event: fc.Arbitrary<object> = fc
  .oneof(
    fc.tuple(fc.record({ on, type: fc.constantFrom("stayed", "rejected", "partly-complied", "notified", "complied") }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constant("resumed"), with: fc.constantFrom("remainder", "P1M", "P5Y", undefined) }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constant("appealed"), suspends: fc.constantFrom("yes", "no", "by-order") }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constant("extended"), until: on }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constantFrom("rate-changed", "partly-complied"), rate: amount }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constant("violation"), count: fc.integer({ min: 1, max: 9 }) }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constantFrom("liquidated", "intended"), from: on, to: on, amount }), ITEM),
    fc.tuple(fc.record({ on, type: fc.constantFrom("paid", "refunded", "invoiced"), amount, for: fc.constantFrom("a", "fine") })),
  )
  .map(([one, item]) => JSON.parse(JSON.stringify({ ...one, ...item })) as object);

const facts = fc.constantFrom<object>(
  {},
  { fines: [{ id: "fine", amount: "5000" }] },
  { notified: { between: ["2024-01-05", "2024-02-15"] } },
  { notified: undefined },
  orderWith({ penalty: { rate: "100", per: "week", cap: { amount: "900" } } }),
  orderWith({ penalty: undefined }),
  orderWith({ penalty: { rate: "100", per: "day", cap: { until: "2024-08-20" } } }),
  orderWith({ penalty: { rate: "200", per: "violation" } }),
  { items: [ORDER.items[0], { ...ORDER.items[0], id: "b", cure: { period: "P8M", from: "notified", rule: "cure" } }] },
);

/** A history in which every event made sense when it was recorded, and one more that may be recorded. */
const recorded = fc
  .tuple(facts, fc.array(event, { maxLength: 5 }), event)
  .map(([terms, events, last]) => {
    const matter = events.reduce<Matter>((made, one) => (refusalOf(made, one) === null ? and(made, one) : made), given(terms));
    return { matter, last };
  })
  .filter(({ matter, last }) => refusalOf(matter, last) === null);

/** What is asked of the addressee on a day, each so that less is less. */
function asked(matter: Matter, at: Day): readonly (readonly [string, number])[] {
  return standingOn(matter, at).items.flatMap(({ id, state, expiry, units, theoretical, fixed }) => [
    [
      `${id} runs`,
      ["claimed", "stayed"].includes(state) ? 1 : ["complied", "closed", "settled", "lapsed"].includes(state) ? 0 : 2,
    ] as const,
    [`${id} expiry`, expiry === null ? Number.NEGATIVE_INFINITY : -Date.parse(expiry)] as const,
    [`${id} units`, theoretical === null ? (units ?? -1) : Number.POSITIVE_INFINITY] as const,
    [`${id} theoretical`, Number(theoretical?.minor ?? -1)] as const,
    [`${id} fixed`, Number(fixed.minor)] as const,
  ]);
}

test("no event that lowers or postpones anything on any day from today on is recorded unasked", () => {
  fc.assert(
    fc.property(recorded, fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 6, maxLength: 6 }), ({ matter, last }, days) => {
      if (isAsked(matter, last)) return;
      const after = and(matter, last);
      for (const at of [0, ...days].map((count) => addDays(TODAY, count))) {
        const then = new Map(asked(after, at));
        for (const [what, was] of asked(matter, at)) expect([at, what, then.get(what)! >= was]).toEqual([at, what, true]);
      }
    }),
    { numRuns: 1_500 },
  );
}, 60_000);
