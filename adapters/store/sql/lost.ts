import { type RawBuilder, sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Instant } from "../../../src/time/instant.ts";
import { queueKnown, within } from "./boss.ts";
import { putBack, tell } from "./carried.ts";
import type { Database, Writing } from "./engine.ts";
import { JOBS } from "./jobs-schema.ts";
import { type Acting, fence, NOW } from "./lease.ts";
import type { Seen } from "./sightings.ts";

/** Processes that were lost are told of for so long, in milliseconds. */
export const TOLD_FOR = 3_600_000;

const now = sql.raw(NOW);

export interface Sweep {
  readonly boss: PgBoss;
  readonly queue: string;
  /** The processes that are lost, each as it was last seen: one that says meanwhile that it lives is not. */
  readonly gone: readonly Seen[];
}

/**
 * Claims that nobody will settle: the process that has them is lost, or their job is no more, as after a restore. They become `unknown` with a
 * doubt more, and are due at once. A claim whose job waits is nobody's doubt. Answers how many there were, desk by desk.
 */
export async function findLost(
  db: Database,
  sweep: Sweep,
  acting: Acting,
  at: Instant,
  found: () => void,
): Promise<ReadonlyMap<string, number>> {
  const { boss, queue, gone } = sweep;
  if ((await astray(db, sweep)).length === 0) return new Map();
  found();
  await queueKnown(boss, queue);
  return db.transaction().execute(async (tx) => {
    await fence(tx, acting);
    // One that says just now that it lives is not lost: it is waited for, and looked at again.
    if (gone.length > 0) await sql`select 1 from process where ${isIn(gone)} order by id for update`.execute(tx);
    const lost = await astray(tx, sweep);
    if (lost.length === 0) return new Map();
    await endJobs(
      tx,
      sweep,
      lost.map(({ job }) => job),
      at,
    );
    return abandonJobs(tx, lost, at);
  });
}

/**
 * Ends jobs of which nobody knows what they have shown. What waits behind them, and nobody has begun, would be posted between what stands of them and
 * the rest: it is put back, to be said anew after them.
 */
async function endJobs(tx: Writing, { boss, queue }: Omit<Sweep, "gone">, lost: readonly string[], at: Instant): Promise<void> {
  const job = sql.table(`${JOBS}.job`);
  const ids = sql`any(${[...new Set(lost)]}::uuid[])`;
  const { rows } = await sql<{ readonly id: string; readonly isLost: boolean }>`select id::text as id, id = ${ids} as "isLost" from ${job}
    where name = ${queue} and (id = ${ids} or state < 'active'
      and singleton_key in (select singleton_key from ${job} where name = ${queue} and id = ${ids}))
    order by ${job}.id for update`.execute(tx);
  const [ended, behind] = [rows.filter(({ isLost }) => isLost), rows.filter(({ isLost }) => !isLost)].map((some) =>
    some.map(({ id }) => id),
  );
  if (ended!.length > 0) await boss.deleteJob(queue, ended!, { db: within(tx) });
  await putBack(tx, { boss, queue }, behind!, "What was to be said before it in its place has to be looked for.", at);
}

interface Astray {
  readonly desk: string;
  readonly job: string;
}

function isIn(gone: readonly Seen[]): RawBuilder<boolean> {
  const rows = gone.map(({ id, seenAt }) => sql`(${id}::text, ${sql.lit(seenAt)}::bigint)`);
  return sql<boolean>`(process.id, process.seen_at) in (${sql.join(rows)})`;
}

async function astray(db: Database | Writing, { queue, gone }: Omit<Sweep, "boss">): Promise<readonly Astray[]> {
  const isAlive = gone.length === 0 ? sql`true` : sql`not ${isIn(gone)}`;
  const { rows } = await sql<Astray>`select distinct desk, job from delivery
    left join ${sql.table(`${JOBS}.job`)} as held on held.name = ${queue} and held.id = delivery.job::uuid
    where (delivery.outcome is null or delivery.outcome <> 'delivered') and delivery.outcome is null and delivery.job is not null
      and (held.id is null or held.state = 'active'
        and not exists (select 1 from process where process.id = coalesce(delivery.process, held.output ->> 'process') and ${isAlive}))`.execute(
    db,
  );
  return rows;
}

/** In the words in which a crash on one machine is told. */
export const ENDED = "The program ended while it was being posted.";

async function abandonJobs(tx: Writing, lost: readonly Astray[], at: Instant): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{
    readonly desk: string;
  }>`update delivery set outcome = 'unknown', trouble = ${ENDED}, not_before = ${at}, settled_at = ${at}, doubts = doubts + 1
    where (outcome is null or outcome <> 'delivered') and outcome is null and job in (${sql.join(lost.map(({ job }) => job))})
    returning desk`.execute(tx);
  await tell(tx, ...lost.flatMap(({ desk }) => [`settled ${desk}`, `look ${desk}`]));
  return new Map([...Map.groupBy(rows, ({ desk }) => desk)].map(([desk, some]) => [desk, some.length]));
}

/** Those that ended without a word long ago are forgotten. */
export async function forgetLost(db: Database): Promise<void> {
  await sql`delete from process where seen_at < ${now} - ${sql.lit(TOLD_FOR)}`.execute(db);
}

/** Of one desk, for the process that begins to lead: besides, whatever was claimed to be posted without a job. */
export async function abandonOpen(tx: Writing, sweep: Sweep, desk: string, at: Instant, adapter?: string): Promise<number> {
  const jobs = (await astray(tx, sweep)).filter((one) => one.desk === desk).map(({ job }) => job);
  // Nobody would find them again once nothing of them is open, and what comes after them would wait for ever. Of one platform's there may be more in them.
  if (jobs.length > 0 && adapter === undefined) await endJobs(tx, sweep, jobs, at);
  const { rows } =
    await sql`update delivery set outcome = 'unknown', trouble = ${ENDED}, not_before = ${at}, settled_at = ${at}, doubts = doubts + 1
    where desk = ${desk} and (outcome is null or outcome <> 'delivered') and outcome is null
      and place like ${adapter === undefined ? "%" : `${adapter}:%`}
      and (job is null ${jobs.length === 0 ? sql`` : sql`or job in (${sql.join(jobs)})`})
    returning 1`.execute(tx);
  return rows.length;
}
