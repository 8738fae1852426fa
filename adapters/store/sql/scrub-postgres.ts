import { sql } from "kysely";
import type { Database, Scrubbed } from "./engine.ts";
import { JOBS } from "./jobs-schema.ts";

/** What may hold a text or a name that was erased. */
export const SCRUBBED = ["private_text", "proposal_text", "person", "keyv"] as const;

/** Where messages wait to be posted, as they will be read. */
const WAITING = `${JOBS}.job_common`;

/** PostgreSQL 17, from which on a role may be let do it that does not own the table. */
const MAINTAIN = 170_000;

/**
 * Writes the tables anew from which something was deleted, so that their files hold nothing of it. PostgreSQL's own log holds older pages until it
 * writes over them, and back-ups hold what they hold: see docs/postgresql.md.
 */
export async function scrub(db: Database): Promise<Scrubbed> {
  for (const table of [...SCRUBBED, WAITING]) {
    if (!(await mayRewrite(db, table))) return "not-ours";
    try {
      await rewrite(db, table);
    } catch {
      // Another program held the table, or the connection was lost: the next one does it.
      return "held-up";
    }
  }
  return "gone";
}

/** It takes as long as it takes; nobody else is kept waiting for long before it begins. */
async function rewrite(db: Database, table: string): Promise<void> {
  await db.connection().execute(async (own) => {
    await sql`set statement_timeout = 0`.execute(own);
    await sql`set lock_timeout = 2000`.execute(own);
    try {
      await sql`vacuum (full) ${sql.table(table)}`.execute(own);
    } finally {
      await sql`reset statement_timeout`.execute(own);
      await sql`reset lock_timeout`.execute(own);
    }
  });
}

/** Where it may not, PostgreSQL passes the table over with a warning. */
async function mayRewrite(db: Database, table: string): Promise<boolean> {
  const { rows } = await sql<{ readonly owned: boolean; readonly version: number }>`
    select pg_has_role(relowner, 'usage') as owned, current_setting('server_version_num')::int as version
    from pg_class where oid = to_regclass(${table})`.execute(db);
  const [found] = rows;
  if (found?.owned !== false || found.version < MAINTAIN) return found?.owned === true;
  const asked = await sql<{ readonly may: boolean }>`select has_table_privilege(${table}, 'maintain') as may`.execute(db);
  return asked.rows[0]!.may;
}
