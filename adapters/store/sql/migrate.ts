import { sql } from "kysely";
import type { Probe } from "../../../src/ports/probe.ts";
import type { Clock } from "../../../src/time/clock.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { MOVING } from "./copied-tables.ts";
import { UnfinishedCopy, type Work } from "./copy-rows.ts";
import type { Database, Engine } from "./engine.ts";
import { MIGRATIONS, type Migration } from "./migrations/index.ts";

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

export interface MigrateOptions {
  /** When a schema is noted to have been reached. */
  readonly clock: Clock;
  readonly probe: Probe;
  /** All that the program knows; a newer one has more of them. */
  readonly migrations?: readonly Migration[];
}

/** Brings the database to the program's schema, in one transaction. Refuses by throwing a sentence that names it. */
export async function migrate(db: Database, engine: Engine, name: string, options: MigrateOptions): Promise<void> {
  const { clock, probe, migrations = MIGRATIONS } = options;
  const wanted = migrations.length;
  if ((await known(db, engine, name, wanted)) === wanted) return;
  await db.transaction().execute(async (tx) => {
    await engine.migrating(tx);
    const written = engine.ddl === undefined ? tx : tx.withPlugin(engine.ddl);
    // Looked at again: another program may have got here first.
    const schema = await known(tx, engine, name, wanted);
    if (schema === 0)
      await sql`create table schema_version (version integer not null primary key, applied_at text not null)`.execute(written);
    const steps = migrations.slice(schema);
    await engine.take?.(tx, await here(tx, engine, steps));
    for (const [index, { run }] of steps.entries()) {
      const version = schema + 1 + index;
      await run(written, engine);
      probe("in-migration");
      await tx.insertInto("schema_version").values({ version, applied_at: clock.now() }).execute();
    }
    await engine.migrated?.(tx);
  });
}

/** Those of the tables that are there already: what an earlier step makes, nobody else sees yet. */
async function here(db: Database, engine: Engine, steps: readonly Migration[]): Promise<readonly string[]> {
  const tables = new Set(await engine.tables(db));
  return [...new Set(steps.flatMap(({ alters }) => alters))].filter((one) => tables.has(one)).toSorted();
}

/** When the register was brought to a schema that it has. */
export async function migratedAt(db: Database, schema: number): Promise<Instant> {
  const found = await db.selectFrom("schema_version").select("applied_at").where("version", "=", schema).executeTakeFirstOrThrow();
  return found.applied_at as Instant;
}

async function known(db: Database, engine: Engine, name: string, wanted: number): Promise<number> {
  const schema = await schemaOf(db, engine, name);
  if (schema === null) throw new Error(`${name} is a database, but not a Curewatch register. Nothing was changed in it.`);
  if (schema > wanted) throw newer(name, schema, wanted);
  return schema;
}

/** What is said of a database that a newer program has migrated, whatever this one was about to do with it. */
export function newer(name: string, schema: number, wanted = SCHEMA): Error {
  return new Error(
    `${name} was written by a newer Curewatch: its schema is ${schema}, this program knows ${wanted}. Update the program, or restore a backup made before.`,
  );
}
