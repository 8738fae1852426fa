import { expect, test } from "vitest";
import { lookAt } from "../../src/alerts/look.ts";
import { latestStep, stepsOf } from "../../src/alerts/steps.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { addDays, day } from "../../src/time/day.ts";
import { dayIn, momentOf } from "../../src/time/instant.ts";
import { given } from "../support/given.ts";
import { fc, SEED } from "../support/seeded.ts";
import { later } from "./desk-of-test.ts";

const ZONE = "Europe/Paris";
/** Registered on 2 January 2024; the end is 5 March. */
const ORDINARY = given({});
const MOVED = given({}, { on: "2024-02-20", type: "extended", until: "2024-03-10" });

/** What a place has settled, and the minute of a day at which it begins to watch and at which it is looked at. */
const CASES = fc.record({
  matter: fc.constantFrom(ORDINARY, MOVED),
  on: fc.integer({ min: -40, max: 6 }).map((days) => addDays(day("2024-03-05"), days)),
  since: fc.integer({ min: 0, max: 24 * 60 - 1 }),
  after: fc.integer({ min: 0, max: 4 * 24 * 60 }),
  view: fc.record({
    weekdays: fc.constantFrom([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [2, 4]),
    quiet: fc.constantFrom(null, { from: "20:00", to: "08:00" }, { from: "08:30", to: "10:00" }),
    stages: fc.constantFrom(null, [7], [20, 10, 5], []),
    snoozedUntil: fc.constantFrom(null, day("2024-02-28"), day("2024-03-04")),
  }),
});

test(`beginning to watch silences nothing: what is said is the same, or a later stage that was to be said that day (seed ${SEED})`, () => {
  let earlier = 0;
  fc.assert(
    fc.property(CASES, ({ matter, on, since, after, view: settings }) => {
      const view = { ...ANY_TIME, zone: ZONE, ...settings };
      const heardSince = later(momentOf(ZONE, on), since);
      const now = later(heardSince, after);
      const scene = lookAt(matter, now);
      const [item] = scene.standing.items;
      const usual = stepsOf(scene, item!, view);
      const [was, is] = [usual, stepsOf(scene, item!, { ...view, heardSince })].map((steps) => latestStep(steps, now));
      if (was?.kind === is?.kind && was?.stage === is?.stage && was?.day === is?.day) return;
      earlier += 1;
      expect(is!.kind).toBe("reminder");
      // Something would have been said at once, and this that very day.
      expect(was).not.toBeNull();
      expect(is!.day > was!.day).toBe(true);
      const own = usual.find(({ stage, kind }) => kind === "reminder" && stage === is!.stage)!;
      expect(own.at > now && dayIn(ZONE, own.at) === on && dayIn(ZONE, now) === on).toBe(true);
    }),
    { numRuns: 1500 },
  );
  expect(earlier).toBeGreaterThan(0);
});

test(`nor does it a sum: what is said is the same, or the sum of that day in the stead of what is past (seed ${SEED})`, () => {
  let earlier = 0;
  const after = fc.record({ days: fc.integer({ min: 1, max: 30 }), since: fc.integer({ min: 0, max: 24 * 60 - 1 }), on: CASES });
  fc.assert(
    fc.property(after, ({ days, since, on: { matter, after: minutes, view: settings } }) => {
      const view = { ...ANY_TIME, zone: ZONE, ...settings };
      const on = addDays(day("2024-03-05"), days);
      const heardSince = later(momentOf(ZONE, on), since);
      const now = later(heardSince, minutes);
      const scene = lookAt(matter, now);
      const [item] = scene.standing.items;
      const usual = stepsOf(scene, item!, view);
      const [was, is] = [usual, stepsOf(scene, item!, { ...view, heardSince })].map((steps) => latestStep(steps, now));
      if (was?.kind === is?.kind && was?.stage === is?.stage && was?.day === is?.day) return;
      if (is!.kind === "total") earlier += 1;
      expect(was).not.toBeNull();
      expect(is!.day > was!.day).toBe(true);
      const own = usual.find(({ kind, stage, day: its }) => kind === is!.kind && stage === is!.stage && its === is!.day)!;
      expect(own.at > now && dayIn(ZONE, own.at) === on && dayIn(ZONE, now) === on).toBe(true);
    }),
    { numRuns: 1500 },
  );
  expect(earlier).toBeGreaterThan(0);
});
