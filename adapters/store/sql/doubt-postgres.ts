import { setTimeout as pauseFor } from "node:timers/promises";
import type pg from "pg";
import { InDoubt } from "../../../src/ports/in-doubt.ts";
import { stopwatch } from "../../../src/time/clock.ts";
import { isUnreachable, LostConnection } from "./errors-postgres.ts";

/** A transaction that is under way. */
export interface Transacting {
  /** As PostgreSQL numbers them; null for one that only reads. */
  readonly id: string | null;
  /** The server's process that runs it. */
  readonly process: number;
}

/** How long the database is asked what became of it, in milliseconds: as long as a restart takes. */
const PATIENCE = 10_000;
const PAUSE = 50;

/**
 * The connection was lost while the transaction was being committed: asks over another one what became of it. Returns where it is committed, and
 * throws where it is not, or where it cannot be known. A server that has not seen that we are gone would go on waiting for our word: it is
 * told to end, so that what it says is final.
 */
export async function afterDoubt(
  pool: pg.Pool,
  name: string,
  { id, process }: Transacting,
  cause: unknown,
  patience = PATIENCE,
): Promise<void> {
  const began = stopwatch();
  for (;;) {
    const status = id === null ? "aborted" : await statusOf(pool, id, process);
    if (status === "committed") return;
    if (status === "aborted") {
      throw new LostConnection(`The connection to the database ${name} was lost. Nothing was recorded.`, { cause });
    }
    if (stopwatch() - began >= patience) {
      throw new InDoubt(
        `The connection to the database ${name} was lost as something was being recorded, and it cannot be asked: look whether it was recorded before you record it again.`,
        { cause },
      );
    }
    await pauseFor(PAUSE);
  }
}

/** Null where it cannot be said now. */
async function statusOf(pool: pg.Pool, id: string, process: number): Promise<string | null> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch {
    return null;
  }
  try {
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_xid = $2::xid8::xid", [
      process,
      id,
    ]);
    const { rows } = await client.query<{ readonly status: string | null }>("select pg_xact_status($1::xid8) as status", [id]);
    client.release();
    return rows[0]?.status ?? null;
  } catch (error) {
    client.release(isUnreachable(error));
    return null;
  }
}
