import { expect, test } from "vitest";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { fc, SEED } from "../support/seeded.ts";
import { freshLog, type Said, type Story, story, told } from "./story.ts";

const RUNS = 20;

/** What it is about and when it was said, without the figures. */
function written({ contents, due, at }: Said): string {
  if ("watched" in contents) return `${at} digest`;
  const { kind, stage, event, item, reason } = contents;
  return [at, kind, reason, stage, event?.id, item?.id, due].join(" ");
}

/** Every hour of the story. */
function hours({ ticks, end }: Story) {
  const from = millisecondsOf(ticks[0]!);
  const moments = [];
  for (let at = from - (from % 3_600_000); at < millisecondsOf(end); at += 3_600_000) moments.push(instantOf(at));
  return [...moments, end];
}

const settings = fc.record({
  stages: fc.constantFrom(null, [60, 10], []),
  weekdays: fc.constantFrom([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [3]),
  holidays: fc.constantFrom(null, "FR"),
  quiet: fc.constantFrom(null, { from: "19:00", to: "08:00" }, { from: "08:00", to: "11:00" }),
  zone: fc.constantFrom("Europe/Paris", "America/New_York", "Australia/Lord_Howe"),
  digest: fc.constant("off" as const),
});
const filters = fc.constantFrom([], [], [], [], ["state:accruing"], ["due:10d"], ["state:curing"], ["state:capped"]);

test(`a matter that is looked at only when it is due says all that one says that is looked at all the time, at the same moment (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  let [spoken, looks, moments] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.noBias(story), settings, filters, async (one, place, watched) => {
      const ticks = hours(one);
      freshLog();
      const due = await told(one, ticks, { always: false, settings: place, filters: watched });
      freshLog();
      const always = await told(one, ticks, { always: true, settings: place, filters: watched });
      expect(due.map(written)).toEqual(always.map(written));
      spoken += always.length;
      looks += due.looks;
      moments += ticks.length;
    }),
    { numRuns: RUNS },
  );
  expect(spoken).toBeGreaterThan(RUNS / 3);
  expect(looks).toBeLessThan(moments / 10);
});
