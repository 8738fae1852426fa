import { expect, onTestFinished, test } from "vitest";
import { randomOf } from "../faults/random.ts";
import { startPostgres } from "../support/postgres.ts";
import { SEED } from "../support/seeded.ts";
import { slowest } from "./recovery.ts";
import { strikeFleet } from "./strike-fleet.ts";

/** Longer than a lease and a heartbeat, so that others have taken over when it goes on. */
const STILL_SECONDS = 7;

test(`three real processes on one PostgreSQL lose, double and delay nothing when one is ended, stopped or cut off, the database restarts, and all are replaced under load (seed ${SEED})`, {
  timeout: 180_000,
}, async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const random = randomOf(SEED);
  const struck = await strikeFleet(SEED, {
    postgres,
    scripts: [
      random.one(["kill-leader", "kill-worker"]),
      random.one(["stop-leader", "stop-worker"]),
      random.one(["cut", "refused", "half-open", "held"]),
      random.one(["database-fast", "database-immediate"]),
      "rolling",
    ],
    stillSeconds: STILL_SECONDS,
    processes: 3,
    skewed: true,
  });
  expect(struck.violations).toEqual([]);
  expect(struck.recoveries.length).toBeGreaterThanOrEqual(4);
  expect(struck.recoveries.filter(({ posted }) => posted === null || posted > 5_000)).toEqual([]);
  process.stdout.write(
    `fleet: seed ${SEED}, ${struck.scripts.join(", ")}: ${struck.shown} messages shown, ${struck.marked} marked as possible repeats, next post within ${slowest(struck.recoveries).posted} ms\n`,
  );
});
