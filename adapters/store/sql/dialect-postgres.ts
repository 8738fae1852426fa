import { readFileSync } from "node:fs";
import { CompiledQuery, type RawBuilder, sql } from "kysely";
import type pg from "pg";
import { addressProblem } from "../keyv/address-postgres.ts";
import { queueOf } from "./boss.ts";
import { withdraw } from "./carried.ts";
import type { PostgresConnection } from "./connection-postgres.ts";
import { DDL } from "./ddl-postgres.ts";
import { postgresDialect } from "./driver-postgres.ts";
import type { Database, Engine, Row, Step, Writing } from "./engine.ts";
import { inWords, unreachable } from "./errors-postgres.ts";
import { registerGrants, regrant } from "./grants-postgres.ts";
import { guardsIn, postgresGuards } from "./guards-postgres.ts";
import { mustHaveJobs, mustHaveTables } from "./job-rights-postgres.ts";
import { clientConfig, cut, nameOf, poolOf } from "./pool-postgres.ts";
import { scrub } from "./scrub-postgres.ts";
import { takeTables } from "./take-tables-postgres.ts";

/** PostgreSQL 14. */
const OLDEST = 140_000;

export interface Opened {
  readonly engine: Engine;
  /** Of the database, without its user and password. */
  readonly name: string;
}

/** Opens a PostgreSQL database and says how to speak to it. Refuses by throwing a sentence that names it, never its password. */
export async function openPostgres(url: string): Promise<Opened> {
  const { config, name } = readUrl(url);
  const { pool, clients } = poolOf(config);
  try {
    const server = await serverOf(pool, name);
    const refusal = serverRefusal(server, name);
    if (refusal !== null) throw new Error(refusal);
    return { engine: engineOf({ pool, connection: config, name, schema: server.schema!, suspect: () => cut(clients) }), name };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function readUrl(url: string): { readonly config: pg.ClientConfig; readonly name: string } {
  const problem = URL.canParse(url) ? addressProblem(url) : null;
  if (problem !== null) throw new Error(problem);
  try {
    return { config: clientConfig(url), name: nameOf(url) };
  } catch {
    // What was thrown quotes the address, and with it the password.
    throw new Error(
      unreadFile(url) ??
        "DATABASE_URL cannot be read: write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % codes for signs such as @ and #.",
    );
  }
}

/** The first file of those that the address names that cannot be read, as a sentence; null where all can. */
function unreadFile(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parameters = new URL(url).searchParams;
  for (const name of ["sslrootcert", "sslcert", "sslkey"]) {
    const path = parameters.getAll(name).at(-1) ?? "";
    try {
      if (path !== "") readFileSync(path);
    } catch (error) {
      return `The file ${path} that ${name} names cannot be read (${(error as NodeJS.ErrnoException).code}).`;
    }
  }
  return null;
}

export interface Server {
  /** As a number: 180004 is 18.4. */
  readonly version: number;
  readonly said: string;
  readonly encoding: string;
  readonly schema: string | null;
}

/** Why a server cannot be used; null where it can. */
export function serverRefusal({ version, said, encoding, schema }: Server, name: string): string | null {
  if (version < OLDEST) return `The database ${name} is PostgreSQL ${said}: Curewatch needs 14 or newer.`;
  if (encoding !== "UTF8") return `The database ${name} is encoded in ${encoding}: Curewatch needs one in UTF8.`;
  if (schema === null) return `The database ${name} has no schema for this user: make the one that its search_path names.`;
  return null;
}

async function serverOf(pool: pg.Pool, name: string): Promise<Server> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(error, name);
  });
  try {
    const { rows } = await client.query<Server>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as said,
        current_setting('server_encoding') as encoding, current_schema()::text as schema`,
    );
    return rows[0]!;
  } catch (error) {
    throw inWords(error, name);
  } finally {
    client.release();
  }
}

interface Reached extends Pick<Engine, "connection" | "suspect"> {
  readonly pool: pg.Pool;
  readonly name: string;
  readonly schema: string;
}

function engineOf({ pool, name, schema, ...server }: Reached): Engine {
  let heldUp = false;
  return {
    ...server,
    dialect: postgresDialect(pool, name),
    ddl: DDL,
    tableEnd: "",
    heapEnd: "",
    ...postgresGuards(schema),
    guardsPresent: guardsIn,
    async migrating(tx) {
      // Whoever comes second waits until the first is done; a lock is not waited for long, since everybody waits behind it.
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`set local idle_in_transaction_session_timeout = '5min'`.execute(tx);
      await sql`set local lock_timeout = '5min'`.execute(tx);
      await lock(tx, "schema");
      await sql`set local lock_timeout = '5s'`.execute(tx);
    },
    take: takeTables,
    script: (db, steps) => db.transaction().execute((tx) => scriptIn(tx, steps)),
    scriptIn,
    ask: async <Answer>(db: Database, text: string, bound: Row) =>
      (await db.executeQuery<Answer>(CompiledQuery.raw(text, [...bound]))).rows,
    serialise: (tx, desk) => lock(tx, desk === null ? "desks" : `desk ${desk}`),
    async patient(tx) {
      await sql`set local statement_timeout = 0`.execute(tx);
    },
    migrated: async (tx) => {
      await regrant(tx, registerGrants);
    },
    member: (column, key) => sql<string>`(${sql.ref(column)}::json ->> ${key})`,
    async tables(db) {
      const found = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
      return found.rows.map((row) => row.name);
    },
    async copyTo() {
      throw new Error("not copied by the engine");
    },
    lead() {
      throw new Error("the lead of several processes is a lease");
    },
    yieldLead() {
      // The lease does.
    },
    async writeCheck(db, desk, at) {
      await mustHaveJobs(db, name);
      await db.transaction().execute(async (tx) => {
        await sql`set local statement_timeout = 2000`.execute(tx);
        await sql`set local lock_timeout = 1000`.execute(tx);
        const held = { written_at: at };
        await tx
          .insertInto("write_check")
          .values({ desk, ...held })
          .onConflict((on) => on.column("desk").doUpdateSet(held))
          .execute();
      });
    },
    rightsCheck: (db) => mustHaveTables(db, name),
    noteErasures() {
      // Nothing lies beside the database: see docs/postgresql.md.
    },
    withdraw: (tx, desk, at) => withdraw(tx, queueOf(schema), desk, at),
    async scrub(db) {
      const scrubbed = await scrub(db);
      heldUp = scrubbed === "held-up";
      return scrubbed;
    },
    async checkpoint(db) {
      if (heldUp) await scrub(db);
    },
  };
}

function scriptIn<Answer>(tx: Writing, steps: () => Generator<Step, Answer, readonly number[]>): Promise<Answer> {
  return tx.getExecutor().provideConnection(async (connection) => {
    const running = steps();
    for (let answer: readonly number[] = []; ; ) {
      const next = running.next(answer);
      if (next.done === true) return next.value;
      answer = await (connection as PostgresConnection).run(next.value);
    }
  });
}

/** Until the transaction ends: whoever asks for the same waits. What it then reads is what the one before it has left. */
async function lock(tx: Database, what: string): Promise<void> {
  const key: RawBuilder<unknown> = sql`hashtextextended(${`curewatch ${what}`}, 0)`;
  await sql`select pg_advisory_xact_lock(${key})`.execute(tx);
}
