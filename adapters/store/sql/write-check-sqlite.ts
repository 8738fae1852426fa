import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { whenFree } from "./busy-sqlite.ts";

/** How long a lock may stand in the way, in milliseconds. */
const MOMENT = 1_000;

/**
 * Writes the desk's row in a transaction of its own, over a connection of its own: the other one may be waiting for half a minute, and a disk
 * that has gone since it was opened would not be noticed. Throws what stands in the way.
 */
export async function writeCheck(path: string, desk: string, at: string): Promise<void> {
  // SQLite would make a file that is gone anew, and write to that.
  if (!existsSync(path)) throw new Error(`The register ${path} is gone.`);
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("PRAGMA synchronous=FULL");
    await whenFree(MOMENT, () => {
      // One statement is one transaction, and leaves nothing open where it fails.
      file
        .prepare(
          "INSERT INTO write_check (desk, written_at) VALUES (?, ?) ON CONFLICT (desk) DO UPDATE SET written_at = excluded.written_at",
        )
        .run(desk, at);
    });
  } finally {
    file.close();
  }
}
