import { statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const MEMORY = "/dev/shm";
/** In bytes. */
const ROOM = 2 ** 31;

/**
 * Where the registers of tests lie: in memory where there is room, else where the system keeps what is temporary. Each write waits for a flush, and
 * no test asks what a disk keeps when the power goes.
 */
function temporary(): { readonly TMPDIR?: string } {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM ? { TMPDIR: MEMORY } : {};
  } catch {
    return {};
  }
}

/**
 * Files that replace a module for all who load it, or that load a second copy of what a process may load once: each gets a process of its own.
 * All others share theirs, so that what they load is loaded and compiled once (test/house.test.ts sees to the first kind).
 */
export const ALONE = [
  "test/alerts/law-changed.test.ts",
  "test/app/each-minute.test.ts",
  "test/commands/simulate-plan.test.ts",
  "test/face/teams-manifest.test.ts",
  "test/face/teams-package.test.ts",
];

const each = { testTimeout: 30_000, hookTimeout: 30_000, env: temporary() };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...each, name: "together", include: ["test/**/*.test.ts"], exclude: ALONE, isolate: false } },
      { test: { ...each, name: "alone", include: ALONE } },
    ],
  },
});
