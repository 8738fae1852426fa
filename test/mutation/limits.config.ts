import { defineConfig } from "vitest/config";

/** The tests by which mutants of the rules of time limits are tried. Those that start processes are left out. */
export default defineConfig({
  test: {
    include: [
      "test/law/{time-limit,rule-cases,rule-in-force,eu-courts,mutants-limits,mutants-rules,mutants-time-limit}.test.ts",
      "test/matter/clock.test.ts",
    ],
    testTimeout: 30_000,
  },
});
