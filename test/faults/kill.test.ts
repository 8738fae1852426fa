import { expect, test } from "vitest";
import { POINTS } from "../../src/ports/probe.ts";
import { SEED } from "../support/seeded.ts";
import { type Struck, strike } from "./strike.ts";

/** npm run faults -- --seeds 200 is the long run. */
const SEEDS = 20;
/** Most of a run is waiting for the platform's pace. */
const AT_ONCE = 4;

test(`what is ended by SIGKILL at any point is finished by the next process, and nothing is lost, doubled or wrong (seeds ${SEED} to ${SEED + SEEDS - 1})`, {
  timeout: 300_000,
}, async () => {
  const left = Array.from({ length: SEEDS }, (_, index) => SEED + index);
  const struck: Struck[] = [];
  const worker = async () => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) struck.push(await strike(seed));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const wrong = struck.filter(({ violations, hit }) => violations.length > 0 || !hit);
  expect(wrong).toEqual([]);
  expect(new Set(struck.map(({ point }) => point)).size).toBe(POINTS.length);
  const marked = struck.reduce((sum, one) => sum + one.marked, 0);
  const shown = struck.reduce((sum, one) => sum + one.shown, 0);
  process.stdout.write(
    `kill: ${struck.length} processes ended from seed ${SEED}, ${shown} messages shown, ${marked} marked as possible repeats\n`,
  );
});
