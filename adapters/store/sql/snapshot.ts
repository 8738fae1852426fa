import { sql } from "kysely";
import type { Database, Engine } from "./engine.ts";

/** A database at one end of a copy. */
export interface End {
  readonly db: Database;
  readonly engine: Engine;
  /** How it is named to people: a password is never in it. */
  readonly name: string;
}

/** A process that was not seen for so long, by the database's clock, serves no more; in milliseconds. */
const SILENT = 10_000;

/** Whether the database is a file, of which no server takes care. */
export function isFile({ connection }: Engine): boolean {
  return connection === undefined;
}

/** Works on one unchanging view of a database, however much is written to it meanwhile. */
export function inSnapshot<T>({ db, engine }: End, work: (view: Database) => Promise<T>): Promise<T> {
  if (!isFile(engine)) {
    const reading = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
    return reading.execute(async (view) => {
      await unhurried(view);
      return work(view);
    });
  }
  // A transaction of ours takes the write lock, which a file that is only read does not have.
  return db.connection().execute(async (view) => {
    await sql`begin`.execute(view);
    try {
      return await work(view);
    } finally {
      await sql`rollback`.execute(view);
    }
  });
}

/** PostgreSQL ends what takes longer than a statement or a pause of ours should: a copy of a large register takes as long as it takes. */
export async function unhurried(view: Database): Promise<void> {
  for (const limit of ["statement_timeout", "idle_in_transaction_session_timeout"]) {
    await sql.raw(`set local ${limit} = 0`).execute(view);
  }
}

/** Whether some process serves the register of this database, or posts from it, now. */
export async function isServed({ db, engine }: End): Promise<boolean> {
  if (isFile(engine)) return !engine.lead(null);
  const tables = await engine.tables(db);
  if (!tables.includes("process")) return false;
  const since = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint - ${sql.lit(SILENT)}`;
  return (await db.selectFrom("process").select("id").where("seen_at", ">", since).limit(1).execute()).length > 0;
}
