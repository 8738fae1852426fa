import { expect, test } from "vitest";
import { matterCard } from "../../src/cards/matter-card.ts";
import { standingJson } from "../../src/commands/json.ts";
import { heldOn, knownAt, type Matter } from "../../src/matter/history.ts";
import { standingOn } from "../../src/matter/standing.ts";
import { explainItem } from "../../src/matter/why.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { fc } from "../support/seeded.ts";
import { history, on } from "./histories.ts";

const RUNS = 1_000;
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
