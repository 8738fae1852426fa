import { expect, test } from "vitest";
import { violations } from "./checker.ts";
import { faultStory } from "./story.ts";

/** CUREWATCH_FAULT_SEED repeats one, CUREWATCH_FAULT_SEEDS runs more. */
const FIRST = Number(process.env.CUREWATCH_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SEEDS = Number(process.env.CUREWATCH_FAULT_SEEDS ?? (process.env.CUREWATCH_FAULT_SEED === undefined ? 4 : 1));

test(`keeps its promise against any script of faults (seeds ${FIRST} to ${FIRST + SEEDS - 1})`, { timeout: 600_000 }, async () => {
  const seen = { attempts: 0, refused: 0, unknown: 0, deaths: 0, dues: 0, asked: 0 };
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
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
  process.stdout.write(`faults: ${SEEDS} seeds from ${FIRST}: ${JSON.stringify(seen)}\n`);
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(SEEDS);
});
