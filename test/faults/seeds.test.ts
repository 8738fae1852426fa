import { expect, test } from "vitest";
import { SEED } from "../support/seeded.ts";
import { violations } from "./checker.ts";
import { faultStory } from "./story.ts";

const SEEDS = 2;

test(`keeps its promise against any script of faults (seeds ${SEED} to ${SEED + SEEDS - 1})`, { timeout: 600_000 }, async () => {
  const seen = { attempts: 0, refused: 0, unknown: 0, deaths: 0, dues: 0, asked: 0 };
  for (let seed = SEED; seed < SEED + SEEDS; seed++) {
    const { evidence, faults } = await faultStory(seed);
    const found = violations(evidence).map(({ invariant, what }) => `${invariant}: ${what}`);
    expect(found, `seed ${seed}`).toEqual([]);
    expect(faults, `seed ${seed}`).toEqual([]);
    seen.attempts += evidence.attempts.length;
    seen.refused += evidence.attempts.filter(({ answered }) => answered === "later" || answered === "never").length;
    seen.unknown += evidence.attempts.filter(({ answered }) => answered === "unknown").length;
    seen.deaths += evidence.deaths.length;
    seen.dues += evidence.dues.length;
    seen.asked += evidence.asks.length;
  }
  process.stdout.write(`faults: ${SEEDS} seeds from ${SEED}: ${JSON.stringify(seen)}\n`);
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(SEEDS);
});
