import { createHash } from "node:crypto";
import { CompiledQuery, type QueryResult, type RawBuilder, sql, type Transaction } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import type { PostgresConnection } from "./connection-postgres.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import { jobGrants, regrant } from "./grants-postgres.ts";
import { JOBS } from "./jobs-schema.ts";

/**
 * The one queue of the register in a schema: a job is a message that is to be posted. Registers in several schemas of one database have pg-boss's
 * tables together, and take nothing of one another's.
 */
export function queueOf(schema: string): string {
  return schema === "public" ? "posts" : `posts-${createHash("sha256").update(schema).digest("hex").slice(0, 16)}`;
}

/**
 * pg-boss on the register's own connections. It looks after nothing by itself: jobs are few, short-lived, and deleted as they end. It is not
 * started where it only makes, takes and deletes jobs, since it needs no timers for that.
 */
export function bossOn(db: Database, migrate: boolean): PgBoss {
  const boss = new PgBoss({
    db: within(db),
    schema: JOBS,
    migrate,
    supervise: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
  });
  // Unheard, it would end the process; what matters comes as a rejection as well.
  boss.on("error", () => undefined);
  return boss;
}

const known = new WeakSet<PgBoss>();
/** No job has it. */
const NONE = "00000000-0000-0000-0000-000000000000";

/**
 * To be asked before a transaction in which pg-boss takes part. It looks up its queue once, over a connection of its own, as soon as it needs it: to
 * wait for one in the midst of a transaction may take longer than the server lets a transaction rest.
 */
export async function queueKnown(boss: PgBoss, queue: string): Promise<void> {
  if (known.has(boss)) return;
  await boss.deleteJob(queue, NONE);
  known.add(boss);
}

/** What pg-boss is to run its statements in: with the register's own, or not at all. */
export function within(db: Database | Writing): ReturnType<typeof fromKysely> {
  return fromKysely(db as Transaction<unknown>);
}

/** The same, with statements of ours sent before its own and after it in one go: none of them waits for the answer to another. */
export function amid(
  tx: Writing,
  before: readonly RawBuilder<unknown>[],
  after: readonly RawBuilder<unknown>[],
): ReturnType<typeof fromKysely> {
  return {
    async executeSql(text, values) {
      const answers = await inOneGo(tx, [...before, CompiledQuery.raw(text, values ?? []), ...after]);
      return { rows: [...(answers[before.length]!.rows as object[])] };
    },
  };
}

/** Sends statements in one go, each of which the database plans once on each connection: to plan what carries a message takes longer than to do it. */
export function inOneGo(
  tx: Database | Writing,
  some: readonly (RawBuilder<unknown> | CompiledQuery)[],
): Promise<readonly QueryResult<unknown>[]> {
  const all = some.map((one) => ("compile" in one ? one.compile(tx) : one));
  return tx.getExecutor().provideConnection((connection) => (connection as PostgresConnection).executePrepared(all));
}

/** The same of one, with what it answers. */
export async function prepared<Row>(tx: Database | Writing, one: RawBuilder<Row>): Promise<readonly Row[]> {
  const [answer] = await inOneGo(tx, [one]);
  return answer!.rows as readonly Row[];
}

/** What this pg-boss calls the schema of its tables. */
export const JOBS_SCHEMA = 43;

/**
 * Makes or renews pg-boss's tables and the queue, one program at a time, by a role that may make a schema. Where all is there, or a newer program
 * has made it, it only looks. Answers the queue.
 */
export async function installJobs(db: Database, engine: Engine): Promise<string> {
  const { rows } = await sql<{ schema: string }>`select current_schema()::text as schema`.execute(db);
  const queue = queueOf(rows[0]!.schema);
  if (await isInstalled(db, queue)) return queue;
  await db.transaction().execute(async (tx) => {
    await engine.migrating(tx);
    if (await isInstalled(db, queue)) return;
    await install(db, queue);
    await regrant(db, jobGrants);
  });
  return queue;
}

async function isInstalled(db: Database, named: string): Promise<boolean> {
  const there = await sql<{ there: boolean }>`select to_regclass(${`${JOBS}.queue`}) is not null as there`.execute(db);
  if (!there.rows[0]!.there) return false;
  const [version, queue] = [sql.table(`${JOBS}.version`), sql.table(`${JOBS}.queue`)];
  const found = await sql<{ version: number; queues: number }>`select (select max(version) from ${version}) as version,
    (select count(*) from ${queue} where name = ${named}) as queues`.execute(db);
  return found.rows[0]!.version >= JOBS_SCHEMA && Number(found.rows[0]!.queues) === 1;
}

async function install(db: Database, queue: string): Promise<void> {
  const boss = bossOn(db, true);
  try {
    await boss.start();
    // One message at a time in a place, in the order in which they were given: a message is held back by the one that is under way.
    if ((await boss.getQueue(queue)) === null) await boss.createQueue(queue, { policy: "key_strict_fifo", retryLimit: 0 });
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}
