import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Writing } from "./engine.ts";
import { codeOf } from "./errors-postgres.ts";

/** Less than the second after which PostgreSQL looks for a deadlock, and ends whoever looks: that would be a command of somebody's. */
const AT_ONCE = 500;
const TIMES = 10;
/** Not at the pace of whatever keeps a table. */
const PAUSE = 53;

/** Another program keeps a table, or waits for one while it keeps another. */
const BUSY_CODE = /^(57014|55P03|40P01)$/;
const BUSY =
  "The register is busy: another program has held a table that is to be changed for too long. Nothing was changed: run this again.";

/**
 * Takes tables for the rest of the transaction, all of them or none, so that nothing which has one of them waits for another that is taken already.
 * Where they are not to be had for half a second those that were are given back, for others to end what they have begun; then it is tried again,
 * for some five seconds, before it throws.
 */
export async function takeTables(tx: Writing, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const names = sql.join(tables.map((one) => sql.table(one)));
  for (let left = TIMES; ; left--) {
    await sql`savepoint tables`.execute(tx);
    try {
      await sql`set local statement_timeout = ${sql.lit(AT_ONCE)}`.execute(tx);
      await sql`lock table ${names} in access exclusive mode`.execute(tx);
      await sql`set local statement_timeout = 0`.execute(tx);
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (left === 1) throw new Error(BUSY, { cause: error });
    }
    await sql`rollback to savepoint tables`.execute(tx);
    await wait(PAUSE);
  }
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && BUSY_CODE.test(codeOf(cause));
}
