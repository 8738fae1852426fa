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

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: 2, env: temporary() },
});
