import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { onTestFinished } from "vitest";
import { OWN_KEYS } from "../../adapters/index.ts";
import { SQLITE_ACCESS_GUARDS } from "../../adapters/store/sql/guards-access-sqlite.ts";
import { SQLITE_ATTENTION_GUARDS } from "../../adapters/store/sql/guards-attention-sqlite.ts";
import { SQLITE_LATER_GUARDS } from "../../adapters/store/sql/guards-later-sqlite.ts";
import { SQLITE_GUARDS } from "../../adapters/store/sql/guards-sqlite.ts";
import { COLUMNS } from "../../adapters/store/sql/hash.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Attempt, Hands, Kept, LedgerSubject } from "../contracts/ledger.ts";

export interface SqliteSubject extends LedgerSubject {
  readonly file: string;
  readonly store: Store;
  anotherStore(): Promise<Store>;
  /** A back-up as it is now, opened. */
  storeOfCopy(): Promise<Store>;
}

let empty: Promise<Buffer> | null = null;

/** A register without anything, as it stands on the disk: made once, since making its tables anew for every clause is what takes long. */
async function emptyRegister(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-"));
  const file = join(folder, "register.db");
  await (await openStore({ url: `sqlite:${file}` })).close();
  const written = readFileSync(file);
  rmSync(folder, { recursive: true });
  return written;
}

/** A register in a file of its own, gone when closed. */
export async function sqliteSubject(): Promise<SqliteSubject> {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-"));
  const file = join(folder, "register.db");
  empty ??= emptyRegister();
  writeFileSync(file, await empty);
  const opened: Store[] = [];
  const open = async (path: string) => {
    const store = await openStore({ url: `sqlite:${path}`, ownKeys: OWN_KEYS });
    opened.push(store);
    return store;
  };
  const store = await open(file);
  const raw = new DatabaseSync(file, { timeout: 5_000 });
  raw.exec("PRAGMA synchronous=OFF");
  return {
    file,
    store,
    ledger: store.ledger,
    access: store.access,
    async reopen() {
      await store.close();
      return (await open(file)).ledger;
    },
    anotherStore: () => open(file),
    async storeOfCopy() {
      const copy = join(folder, `copy-${opened.length}.db`);
      await store.backup(copy);
      return open(copy);
    },
    another: async () => (await open(file)).ledger,
    hands: sqliteHands(raw, (work) => tear(file, work, open)),
    async close() {
      raw.close();
      for (const one of opened) await one.close().catch(() => undefined);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The same for one test, and closed at its end. */
export async function subjectOfTest(): Promise<SqliteSubject & { readonly folder: string }> {
  const subject = await sqliteSubject();
  onTestFinished(() => subject.close());
  return { ...subject, folder: dirname(subject.file) };
}

const GUARDS = new Map([...SQLITE_GUARDS, ...SQLITE_ATTENTION_GUARDS, ...SQLITE_ACCESS_GUARDS, ...SQLITE_LATER_GUARDS]);

function sqliteHands(raw: DatabaseSync, tear: Hands["tear"]): Hands {
  return {
    columns: [...COLUMNS, "marks", "prev_hash", "hash"],
    guards: [...GUARDS.keys()],
    tear,
    attempt: async (what, position) => attempt(raw, what, position),
    async change(position, column) {
      const old = raw.prepare(`SELECT ${column} AS held FROM ledger WHERE position = ?`).get(position)?.held as SQLInputValue;
      const changed = typeof old === "number" ? old + 100 : `${old}x`;
      const now = column === "position" ? Number(changed) : position;
      unguarded(raw, () => raw.prepare(`UPDATE ledger SET ${column} = ? WHERE position = ?`).run(changed, position));
      return async () => unguarded(raw, () => raw.prepare(`UPDATE ledger SET ${column} = ? WHERE position = ?`).run(old, now));
    },
    async changeText(position, path) {
      raw.prepare("UPDATE private_text SET text = text || '.' WHERE position = ? AND path = ?").run(position, path);
    },
    async swap(one, other) {
      unguarded(raw, () => {
        const move = raw.prepare("UPDATE ledger SET position = ? WHERE position = ?");
        for (const [to, from] of [
          [1_000, one],
          [one, other],
          [other, 1_000],
        ] as const) {
          move.run(to, from);
        }
      });
    },
    async remove(position) {
      unguarded(raw, () => raw.prepare("DELETE FROM ledger WHERE position = ?").run(position));
    },
    async erase(position) {
      raw
        .prepare(
          `INSERT INTO erasure (desk, number, kind, stream, event_id, path, row_hash, by_person, erased_at, because)
          SELECT t.desk, (SELECT count(*) FROM erasure) + row_number() OVER (), 'text', l.stream, l.event_id, t.path, l.hash, 'p1', l.recorded_at, 'request'
          FROM private_text t JOIN ledger l ON l.desk = t.desk AND l.position = t.position WHERE t.position = ?`,
        )
        .run(position);
      raw.prepare("DELETE FROM private_text WHERE position = ?").run(position);
    },
    async disarm(guard, how) {
      raw.exec(`DROP TRIGGER ${guard}`);
      if (how === "hollow") raw.exec(`CREATE TRIGGER ${guard} BEFORE UPDATE ON ledger BEGIN SELECT 1; END`);
      return async () => {
        raw.exec(`DROP TRIGGER IF EXISTS ${guard}`);
        raw.exec(GUARDS.get(guard)!);
      };
    },
  };
}

/** Runs the work with the guards dropped, then makes them again as they were. */
export function unguarded(raw: DatabaseSync, work: () => void): void {
  const guards = raw.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all();
  raw.exec("BEGIN IMMEDIATE");
  for (const { name } of guards) raw.exec(`DROP TRIGGER ${name}`);
  work();
  for (const { sql } of guards) raw.exec(String(sql));
  raw.exec("COMMIT");
}

/** On a connection that leaves recursive_triggers off, as any SQLite tool does. */
export function attempt(raw: DatabaseSync, what: Attempt, position: number): void {
  const row = raw.prepare("SELECT * FROM ledger WHERE position = ?").get(position) as Record<string, SQLInputValue>;
  const next = Number(raw.prepare("SELECT max(position) + 1 AS next FROM ledger").get()?.next);
  const nextVersion = Number(raw.prepare("SELECT max(version) + 1 AS next FROM ledger WHERE stream = ?").get(row.stream!)?.next);
  const put = (changes: Record<string, SQLInputValue>) => {
    const forged = { ...row, ...changes };
    const names = Object.keys(forged);
    raw
      .prepare(`INSERT OR REPLACE INTO ledger (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`)
      .run(...Object.values(forged));
  };
  switch (what) {
    case "update":
      raw.prepare("UPDATE ledger SET data = '{}' WHERE position = ?").run(position);
      return;
    case "delete":
      raw.prepare("DELETE FROM ledger WHERE position = ?").run(position);
      return;
    case "replace by version":
      put({ position: next, event_id: "forged" });
      return;
    case "replace by position":
      put({ stream: "forged", version: 1 });
      return;
    case "replace by event id":
      put({ position: next, version: nextVersion });
      return;
  }
}

/** Does the work, then copies the database with its log cut, or garbled, at several places within what the work wrote. */
async function tear(file: string, work: () => Promise<void>, open: (path: string) => Promise<Kept>): Promise<readonly Kept[]> {
  const log = `${file}-wal`;
  const before = statSync(log).size;
  await work();
  const after = statSync(log).size;
  const torn: Kept[] = [];
  for (const share of [0, 0.01, 0.3, 0.6, 0.99]) {
    const at = Math.floor(before + share * (after - before));
    for (const how of ["cut", "garbled"] as const) {
      const copy = `${file}.${how}-${share}`;
      copyFileSync(file, copy);
      copyFileSync(log, `${copy}-wal`);
      if (how === "cut") truncateSync(`${copy}-wal`, at);
      else writeFileSync(`${copy}-wal`, readFileSync(log).fill(0xa5, at));
      torn.push(await open(copy));
    }
  }
  return torn;
}
