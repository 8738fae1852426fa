import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from "kysely";
import type { Engine } from "./engine.ts";
import { SQLITE_GUARDS } from "./guards-sqlite.ts";

/** How long a write waits for another connection's before it gives up, in attempts of at most 25 ms each. */
const ATTEMPTS = 1_200;
const BUSY = 5;
/** Distinct statements kept prepared; `in` lists of many lengths would otherwise pile up. */
const PREPARED = 64;

/** Opens a SQLite file (or ":memory:") and says how to speak to it. Makes the file's folder; `readOnly` makes nothing. */
export function openSqlite(path: string, readOnly = false): Engine {
  if (path !== ":memory:" && !readOnly) mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { readOnly, timeout: 5_000 });
  try {
    if (!readOnly) {
      // secure_delete overwrites what is erased; recursive_triggers lets the delete guard see what REPLACE deletes.
      file.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON");
    }
    file.exec("PRAGMA foreign_keys=ON");
    file.prepare("SELECT count(*) FROM sqlite_master").get();
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    dialect: {
      createDriver: () => immediateDriver(kyselyDatabase(file), file),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
    tableEnd: "strict, without rowid",
    guards: SQLITE_GUARDS,
    async guardsPresent(db) {
      const found = await sql<{ name: string; sql: string }>`select name, sql from sqlite_master where type = 'trigger'`.execute(db);
      return new Map(found.rows.map((row) => [row.name, row.sql]));
    },
    async serialise() {
      // BEGIN IMMEDIATE has done it.
    },
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
      mkdirSync(dirname(target), { recursive: true });
      await sql`vacuum into ${part}`.execute(db);
      const written = openSync(part, "r+");
      fsyncSync(written);
      closeSync(written);
      renameSync(part, target);
    },
  };
}

/** A DatabaseSync as Kysely wants it: parameters in a list, and statements that know whether they answer rows. */
function kyselyDatabase(file: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
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
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
  };
}

/**
 * Takes the write lock when a transaction begins: every transaction here writes, and a deferred one that read first is refused instead of
 * made to wait when another has written. It waits without SQLite's own busy handler, which would stop the whole process, the holder of the
 * lock included where that is another connection of ours.
 */
function immediateDriver(database: SqliteDatabase, file: DatabaseSync): Driver {
  const driver: Driver = new SqliteDriver({ database });
  driver.beginTransaction = async (connection) => {
    for (let attempt = 1; ; attempt++) {
      if (await tryBegin(connection, file)) return;
      if (attempt === ATTEMPTS) throw new Error("The register is busy: another program has been writing to it for half a minute.");
      await wait(Math.min(attempt, 25));
    }
  };
  return driver;
}

async function tryBegin(connection: DatabaseConnection, file: DatabaseSync): Promise<boolean> {
  file.exec("PRAGMA busy_timeout=0");
  try {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY) return false;
    throw error;
  } finally {
    file.exec("PRAGMA busy_timeout=5000");
  }
}
