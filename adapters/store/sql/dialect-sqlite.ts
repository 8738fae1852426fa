import { closeSync, existsSync, fsyncSync, openSync, renameSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from "kysely";
import { inTurn, orNoRoom, PATIENCE, saying } from "./busy-sqlite.ts";
import type { Database, Engine, Row } from "./engine.ts";
import { REMADE, SQLITE_ACCESS_GUARDS } from "./guards-access-sqlite.ts";
import { SQLITE_ATTENTION_GUARDS } from "./guards-attention-sqlite.ts";
import { SQLITE_LATER_GUARDS } from "./guards-later-sqlite.ts";
import { SQLITE_GUARDS } from "./guards-sqlite.ts";
import { type Lead, leadOf } from "./lead-sqlite.ts";
import { makePrivate, mustHaveFolder } from "./private-file.ts";
import { noteErasures, scrub } from "./scrub-sqlite.ts";
import { unlessUnchanged } from "./unchanged-sqlite.ts";
import { writeCheck } from "./write-check-sqlite.ts";

/** Distinct statements kept prepared; `in` lists of many lengths would otherwise pile up. */
const PREPARED = 64;

/** How long SQLite itself waits for another program's lock, in milliseconds, where no transaction of ours is begun. */
const BUSY_TIMEOUT = 5_000;

export interface SqliteOptions {
  /** Makes and changes nothing. */
  readonly readOnly?: boolean;
  /** How long a write waits for another program's before it gives up, in milliseconds; half a minute where it is not said. */
  readonly patience?: number;
}

/** Opens a SQLite file (or ":memory:") and says how to speak to it. Refuses a path whose folder is not there. */
export function openSqlite(path: string, { readOnly = false, patience = PATIENCE }: SqliteOptions = {}): Engine {
  if (path !== ":memory:" && !readOnly) {
    mustHaveFolder(path);
    makePrivate(path);
  }
  const file = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT });
  try {
    if (!readOnly) {
      // The log is brought in every 4,000 pages, not every 1,000: what is due at nine is drained before, and it stays under 17 MB.
      file.exec("PRAGMA wal_autocheckpoint=4000");
      // secure_delete overwrites what is erased; recursive_triggers lets the delete guard see what REPLACE deletes.
      file.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON");
    }
    file.exec("PRAGMA foreign_keys=ON");
    file.prepare("SELECT count(*) FROM sqlite_master").get();
  } catch (error) {
    file.close();
    throw orNoRoom(path, error);
  }
  const leads = new Map<string, Lead>();
  let lingers = false;
  const timeout = busyTimeout(file);
  const begin = beginner(file, patience, timeout);
  const database = kyselyDatabase(file, timeout);
  const unless = unlessUnchanged(file);
  return {
    dialect: {
      createDriver: () => immediateDriver(database, file, begin),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
    tableEnd: "strict, without rowid",
    heapEnd: "strict",
    guards: SQLITE_GUARDS,
    attentionGuards: SQLITE_ATTENTION_GUARDS,
    accessGuards: SQLITE_ACCESS_GUARDS,
    laterGuards: SQLITE_LATER_GUARDS,
    remade: REMADE.map((name) => `drop trigger ${name}`),
    async guardsPresent(db) {
      const found = await sql<{ name: string; sql: string }>`select name, sql from sqlite_master where type = 'trigger'`.execute(db);
      return new Map(found.rows.map((row) => [row.name, row.sql]));
    },
    script: scripts(file, begin),
    async ask<Answer>(db: Database, text: string, bound: Row) {
      // What is under way on this connection is not to be seen before it is done.
      if (file.isTransaction) return (await db.executeQuery<Answer>(CompiledQuery.raw(text, [...bound]))).rows;
      return unless(text, bound, () => database.prepare(text).all(bound) as readonly Answer[]);
    },
    async migrating() {
      // BEGIN IMMEDIATE has done it.
    },
    async serialise() {
      // Likewise.
    },
    member: (column, key) => sql<string>`json_extract(${sql.ref(column)}, ${`$.${key}`})`,
    async tables(db) {
      const found = await sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(
        db,
      );
      return found.rows.map((row) => row.name);
    },
    async copyTo(db, target) {
      // VACUUM INTO reads one snapshot and leaves out the free pages, in which erased texts might linger.
      const part = `${target}.part`;
      if (existsSync(part)) throw new Error(`${part} is in the way: it was left by a backup that did not finish. Remove it first.`);
      mustHaveFolder(target);
      makePrivate(part);
      await sql`vacuum into ${part}`.execute(db);
      const written = openSync(part, "r+");
      fsyncSync(written);
      closeSync(written);
      renameSync(part, target);
    },
    lead(of) {
      const name = of === null ? "lead" : `lead-${of}`;
      const lead = leads.get(name) ?? leadOf(path, name);
      leads.set(name, lead);
      return lead.take();
    },
    yieldLead() {
      for (const lead of leads.values()) lead.release();
    },
    async rightsCheck() {
      // A file has no roles.
    },
    async writeCheck(db, desk, at) {
      if (path !== ":memory:") return writeCheck(path, desk, at);
      const held = { written_at: at };
      const put = db.insertInto("write_check").values({ desk, ...held });
      await put.onConflict((on) => on.column("desk").doUpdateSet(held)).execute();
    },
    noteErasures: (lines) => noteErasures(path, lines),
    async scrub(db) {
      lingers = !(await scrub(db));
      return lingers ? "held-up" : "gone";
    },
    async checkpoint(db) {
      if (lingers) await scrub(db);
      // Not waited for: where others still read, SQLite leaves the rest to whoever closes last.
      await sql`pragma busy_timeout=0`.execute(db);
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
  };
}

/** A DatabaseSync as Kysely wants it: parameters in a list, and statements that know whether they answer rows. */
function kyselyDatabase(file: DatabaseSync, timeout: BusyTimeout): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
      timeout.set(BUSY_TIMEOUT);
      const known = prepared.get(text);
      if (known !== undefined) return known;
      if (prepared.size >= PREPARED) prepared.clear();
      const made = kyselyStatement(file.prepare(text));
      prepared.set(text, made);
      return made;
    },
  };
}

function kyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => saying(() => statement.all(...(parameters as SQLInputValue[]))),
    run: (parameters) => saying(() => statement.run(...(parameters as SQLInputValue[]))),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
  };
}

/** Whether SQLite itself waits for another program's lock, and so stops this process: for a write outside a transaction it does. */
interface BusyTimeout {
  set(milliseconds: number): void;
}

/** Set only where it changes: it is parsed anew each time. */
function busyTimeout(file: DatabaseSync): BusyTimeout {
  let current = BUSY_TIMEOUT;
  return {
    set(milliseconds) {
      if (milliseconds !== current) file.exec(`PRAGMA busy_timeout=${milliseconds}`);
      current = milliseconds;
    },
  };
}

/**
 * Takes the write lock when a transaction begins: every transaction here writes, and a deferred one that read first is refused instead of
 * made to wait when another has written.
 */
function beginner(file: DatabaseSync, patience: number, timeout: BusyTimeout): () => Promise<void> {
  let begin: StatementSync | null = null;
  const whenFree = inTurn(patience);
  return () =>
    whenFree(() => {
      timeout.set(0);
      begin ??= file.prepare("BEGIN IMMEDIATE");
      begin.run();
    });
}

function immediateDriver(database: SqliteDatabase, file: DatabaseSync, begin: () => Promise<void>): Driver {
  const driver: Driver = new SqliteDriver({ database });
  const rollback = driver.rollbackTransaction.bind(driver);
  driver.beginTransaction = begin;
  driver.rollbackTransaction = async (connection) => {
    // A full disk or a failing one has ended the transaction already; rolling back once more would hide why.
    if (file.isTransaction) await rollback(connection);
  };
  return driver;
}

/** Kysely keeps the connection for it meanwhile; between the beginning and the end nothing else of the process runs. */
function scripts(file: DatabaseSync, begin: () => Promise<void>): Engine["script"] {
  const prepared = new Map<string, StatementSync>();

  function statement(text: string): StatementSync {
    let made = prepared.get(text);
    if (made === undefined) {
      made = file.prepare(text);
      prepared.set(text, made);
    }
    return made;
  }

  return (db, steps) =>
    db.getExecutor().provideConnection(async () => {
      await begin();
      try {
        const running = steps();
        for (let answer: readonly number[] = []; ; ) {
          const next = running.next(answer);
          if (next.done === true) {
            saying(() => statement("COMMIT").run());
            return next.value;
          }
          const { text, rows } = next.value;
          const run = statement(text);
          answer = saying(() => rows.map((row) => Number(run.run(...row).changes)));
        }
      } catch (error) {
        if (file.isTransaction) file.exec("ROLLBACK");
        throw error;
      }
    });
}
