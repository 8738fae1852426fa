import { defineConfig } from "vitest/config";

/** The tests by which mutants of the meter are tried: those that are quick, since each mutant asks for them. */
export default defineConfig({
  test: {
    include: [
      "test/law/{accrual,random-matters-kept,mutants-accrual,mutants-by-days}.test.ts",
      "test/matter/{meter,money,standing}*.test.ts",
    ],
    testTimeout: 30_000,
  },
});
