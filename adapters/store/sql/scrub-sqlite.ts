import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { sql } from "kysely";
import { isBusy } from "./busy-sqlite.ts";
import type { Database } from "./engine.ts";

/** Lines of a file beside the register: a back-up that is restored in its place does not take them along. */
export function noteErasures(path: string, lines: readonly string[]): void {
  if (path === ":memory:") return;
  const file = openSync(`${path}.erasures`, "a", 0o600);
  try {
    writeSync(file, lines.map((line) => `${line}\n`).join(""));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Overwrites what was deleted; false where other programs held it up for longer than SQLite waits. secure_delete has put zeros where the row
 * was, but that is not all of it: the log holds older copies of the page, and where cells were moved to other pages as rows came and went, a copy
 * of the row may be left in the free space of a page. So the file is written anew, and the log emptied.
 */
export async function scrub(db: Database): Promise<boolean> {
  try {
    await sql`vacuum`.execute(db);
    const done = await sql<{ readonly busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    return Number(done.rows[0]?.busy ?? 0) === 0;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}
