import { sql } from "kysely";
import type { Probe } from "../../../src/ports/probe.ts";
import type { Clock } from "../../../src/time/clock.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { MOVING } from "./copied-tables.ts";
import { UnfinishedCopy, type Work } from "./copy-rows.ts";
import type { Database, Engine } from "./engine.ts";
import { migration0001 } from "./migrations/0001.ts";
import { migration0002 } from "./migrations/0002.ts";
import { migration0003 } from "./migrations/0003.ts";
import { migration0004 } from "./migrations/0004.ts";
import { migration0005 } from "./migrations/0005.ts";

/** In their order: the first makes schema 1. */
const MIGRATIONS = [migration0001, migration0002, migration0003, migration0004, migration0005];

/** The schema that this program reads and writes. */
export const SCHEMA = MIGRATIONS.length;

/** The schema of a database: 0 when it is empty, null when it holds tables that are not a register's. Throws UnfinishedCopy where one is half filled. */
export async function schemaOf(db: Database, engine: Engine, name: string): Promise<number | null> {
  const tables = await engine.tables(db);
  if (tables.length === 0) return 0;
  if (tables.includes(MOVING)) throw new UnfinishedCopy(await unfinishedWork(db), name);
  if (!tables.includes("schema_version") || !tables.includes("ledger")) return null;
  return newestOf(db);
}

/** What was begun and has not ended, in a database that is marked as half filled. */
export async function unfinishedWork(db: Database): Promise<Work> {
  const { rows } = await sql<{ readonly work: Work }>`select work from ${sql.table(MOVING)}`.execute(db);
  return rows[0]?.work ?? "move";
}

/** The newest schema that the database was brought to; null where none is noted. */
export async function newestOf(db: Database): Promise<number | null> {
  const newest = await db
    .selectFrom("schema_version")
    .select((of) => of.fn.max("version").as("version"))
    .executeTakeFirst();
  return newest?.version ?? null;
}

/** Brings the database to this program's schema, in one transaction. Refuses by throwing a sentence that names it. */
export async function migrate(db: Database, engine: Engine, name: string, clock: Clock, probe: Probe): Promise<void> {
  if ((await known(db, engine, name)) === SCHEMA) return;
  await db.transaction().execute(async (tx) => {
    await engine.migrating(tx);
    const written = engine.ddl === undefined ? tx : tx.withPlugin(engine.ddl);
    // Looked at again: another program may have got here first.
    const schema = await known(tx, engine, name);
    if (schema === 0)
      await sql`create table schema_version (version integer not null primary key, applied_at text not null)`.execute(written);
    for (let version = schema + 1; version <= SCHEMA; version++) {
      await MIGRATIONS[version - 1]!(written, engine);
      probe("in-migration");
      await tx.insertInto("schema_version").values({ version, applied_at: clock.now() }).execute();
    }
    await engine.migrated?.(tx);
  });
}

/** When the register was brought to a schema that it has. */
export async function migratedAt(db: Database, schema: number): Promise<Instant> {
  const found = await db.selectFrom("schema_version").select("applied_at").where("version", "=", schema).executeTakeFirstOrThrow();
  return found.applied_at as Instant;
}

async function known(db: Database, engine: Engine, name: string): Promise<number> {
  const schema = await schemaOf(db, engine, name);
  if (schema === null) throw new Error(`${name} is a database, but not a Curewatch register. Nothing was changed in it.`);
  if (schema > SCHEMA) {
    throw new Error(
      `${name} was written by a newer Curewatch: its schema is ${schema}, this program knows ${SCHEMA}. Update the program, or restore a backup made before.`,
    );
  }
  return schema;
}
