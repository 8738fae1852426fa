import { realpathSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isBusy } from "./busy-sqlite.ts";
import { makePrivate } from "./private-file.ts";

/** Who leads, of the processes that have the same register open. */
export interface Lead {
  /** True for the one that leads, again and again; false, at once, while another one does. */
  take(): boolean;
  release(): void;
}

interface Held {
  readonly database: DatabaseSync;
  readonly inode: number;
}

/**
 * The lead of a register file is SQLite's own lock on a second, empty file beside it, FILE-lead: an exclusive transaction that is begun and
 * left open for as long as its holder lives. The operating system keeps such a lock for the process and takes it back at the very moment at
 * which the process ends, kill -9 and a crash included; nothing has to be cleaned up, and a file that is left over is held by nobody.
 *
 * A process id in a file would name a stranger once ids are used again, or a process in another container; a heartbeat that goes stale lets two
 * lead when one of them was only slow or asleep, and leaves nobody leading until it is stale.
 *
 * The register's own file cannot serve: the lock would keep readers and writers out. The lead is taken by the file's real path, so that a link
 * to the register is no second one. It holds on one machine: network file systems do not lock reliably, nor does SQLite's log work on them.
 * Nothing else in this process may open FILE-lead: closing it would give the lock away (POSIX locks belong to the process).
 */
export function leadOf(path: string, of = "lead"): Lead {
  if (path === ":memory:") return { take: () => true, release: () => undefined };
  let held: Held | null = null;

  function release(): void {
    held?.database.close();
    held = null;
  }

  return {
    release,
    take() {
      const file = `${realpathSync(path)}-${of}`;
      // A file that was removed or replaced meanwhile can be locked by another one as well: it no longer tells.
      if (held !== null && inodeOf(file) === held.inode) return true;
      release();
      held = lock(file);
      return held !== null;
    },
  };
}

function lock(file: string): Held | null {
  makePrivate(file);
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
    const inode = inodeOf(file);
    if (inode !== null) return { database, inode };
  } catch (error) {
    if (!isBusy(error)) {
      database.close();
      throw error;
    }
  }
  database.close();
  return null;
}

function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
