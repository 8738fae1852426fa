import { expect, test } from "vitest";
import { matterCard } from "../../src/cards/matter-card.ts";
import { standingJson } from "../../src/commands/json.ts";
import { heldOn, knownAt, type Matter } from "../../src/matter/history.ts";
import { standingOn } from "../../src/matter/standing.ts";
import { explainItem } from "../../src/matter/why.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { and, given, ORDER, refusalOf } from "../support/given.ts";
import { fc } from "../support/seeded.ts";

const RUNS = 1_000;
const START = day("2024-01-05");
const because = "as it was found";

const on = fc.integer({ min: 0, max: 150 }).map((days) => addDays(START, days));
const amount = fc.integer({ min: 0, max: 9_000 }).map(String);
const target = fc.constantFrom("e1", "e2", "e3", "e4");

/** Events of one order and one fine, whether or not they make sense. */
const event: fc.Arbitrary<object> = fc.oneof(
  fc.record({ on, type: fc.constantFrom("stayed", "resumed", "rejected", "accepted", "closed", "partly-complied", "appealed") }),
  fc.record({ on, type: fc.constantFrom("complied", "remitted", "settled", "withdrawn", "lapsed"), counted: fc.boolean() }),
  fc.record({ on, type: fc.constant("accepted"), from: on }),
  fc.record({ on, type: fc.constant("resumed"), with: fc.constantFrom("remainder", "P1M", "P10D") }),
  fc.record({ on, type: fc.constant("appealed"), suspends: fc.constantFrom("yes", "no", "by-order") }),
  fc.record({ on, type: fc.constant("extended"), until: on }),
  fc.record({ on, type: fc.constant("extended"), by: fc.constantFrom("P1M", "P5B") }),
  fc.record({ on, type: fc.constant("rate-changed"), rate: amount }),
  fc.record({ on, type: fc.constantFrom("liquidated", "intended"), from: on, to: on, amount }),
  fc.record({ on, type: fc.constantFrom("paid", "refunded", "invoiced"), amount, for: fc.constantFrom("a", "fine") }),
  fc.record({ on, type: fc.constant("reduced"), for: fc.constantFrom("a", "fine", "e1", "e2"), to: amount }),
  fc.record({ on, type: fc.constant("annulled"), item: fc.constant("a") }),
  fc.record({ on, type: fc.constant("annulled"), liquidation: target }),
  fc.record({
    on,
    type: fc.constant("overridden"),
    what: fc.constantFrom("expiry", "firstPenaltyDay"),
    value: on,
    because: fc.constant(because),
  }),
  fc.record({
    on,
    type: fc.constant("overridden"),
    what: fc.constant("units"),
    value: fc.integer({ min: 1, max: 90 }),
    because: fc.constant(because),
  }),
  fc.record({ on, type: fc.constant("corrected"), event: target, void: fc.constant(true), because: fc.constant(because) }),
  fc.record({ on, type: fc.constant("corrected"), event: target, set: fc.record({ on }), because: fc.constant(because) }),
);

const facts = fc.constantFrom<object>(
  { fines: [{ id: "fine", amount: "5000" }] },
  { notified: { between: ["2024-01-05", "2024-01-15"] } },
  { notified: undefined },
  { knownThrough: "2024-04-10" },
  { items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "week", cap: { amount: "900" } } }] },
  { items: [{ ...ORDER.items[0], penalty: undefined }] },
  { items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", counting: "exclusive-last", cap: { until: "2024-04-20" } } }] },
);

/** A history in which every event made sense when it was recorded, a day after the one before. */
const history = fc.tuple(facts, fc.array(event, { maxLength: 7 })).map(([terms, events]) =>
  events.reduce<Matter>((matter, one) => {
    const recordedAt = `2025-01-0${matter.events.length + 1}T12:00:00.000Z`;
    return refusalOf(matter, one) === null ? and(matter, { ...one, recordedAt }) : matter;
  }, given(terms)),
);

function comparable(matter: Matter, at: Day): unknown {
  return standingJson(standingOn(matter, at), "en");
}

test("whatever has happened, where it stands can be told, explained and shown on any day, in every language", () => {
  fc.assert(
    fc.property(history, on, (matter, at) => {
      const standing = standingOn(matter, at);
      for (const language of ["en", "fr"] as const)
        expect(JSON.stringify([matterCard(language, standing, at), standingJson(standing, language)])).not.toMatch(
          /\bundefined\b|\[object|\bNaN\b/,
        );
      for (const { id } of standing.items) explainItem(matter, standing, id);
      for (const { theoretical, open, fixed, refundDue, units } of standing.items) {
        expect(units ?? 0).toBeGreaterThanOrEqual(0);
        expect([theoretical, open, fixed, refundDue].every((sum) => sum === null || sum.minor >= 0n)).toBe(true);
        if (open !== null && theoretical !== null) expect(open.minor <= theoretical.minor).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
});

test("no event of a later day reaches back into where it stood", () => {
  fc.assert(
    fc.property(history, on, (matter, at) => {
      // What a correction names stays, whatever its day: the correction may move it.
      const named = new Set(matter.events.map(({ event: one }) => (one.type === "corrected" && one.on <= at ? one.event : null)));
      const held = { ...matter, events: matter.events.filter(({ id, event: one }) => one.on <= at || named.has(id)) };
      expect(comparable(matter, at)).toEqual(comparable(held, at));
    }),
    { numRuns: RUNS },
  );
});

test("nothing that is recorded changes what was believed before", () => {
  fc.assert(
    fc.property(history, on, fc.nat({ max: 7 }), (matter, at, count) => {
      const then = `2025-01-0${count + 1}T11:59:59.999Z` as Instant;
      const earlier = { ...matter, events: matter.events.slice(0, count) };
      expect(comparable(knownAt(matter, then)!, at)).toEqual(comparable(earlier, at));
    }),
    { numRuns: RUNS },
  );
});

test("from a day to the next, on which nothing happened, what has run never falls", () => {
  fc.assert(
    fc.property(history, on, (matter, at) => {
      const next = addDays(at, 1);
      fc.pre(heldOn(matter.events, next).length === heldOn(matter.events, at).length);
      fc.pre(matter.events.every(({ event: one }) => one.on !== next));
      const [before, after] = [standingOn(matter, at).items[0]!, standingOn(matter, next).items[0]!];
      if (before.theoretical !== null && after.theoretical !== null) expect(after.theoretical.minor >= before.theoretical.minor).toBe(true);
      if (before.units !== null && after.units !== null) expect(after.units).toBeGreaterThanOrEqual(before.units);
    }),
    { numRuns: RUNS },
  );
});
