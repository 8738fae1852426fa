import { type RawBuilder, sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Outcome, Settled } from "../../../src/ports/delivery-log.ts";
import type { Parcel } from "../../../src/ports/fleet.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { CHANNEL } from "./beat.ts";
import { amid, inOneGo } from "./boss.ts";
import type { Database, Writing } from "./engine.ts";
import { escaped } from "./escape-postgres.ts";
import { JOBS } from "./jobs-schema.ts";

/** A message on its way: its job, which it may share with others, the attempt at it, and what it says. */
export interface Carried {
  readonly job: string;
  readonly retryCount: number;
  readonly desk: string;
  readonly parcel: Parcel;
}

/** The jobs of one register. */
export interface Jobs {
  readonly boss: PgBoss;
  readonly queue: string;
}

/** Tells the other processes what to look at, when the transaction is done. */
export async function tell(db: Database | Writing, ...notices: readonly string[]): Promise<void> {
  for (const notice of new Set(notices)) await telling(notice).execute(db);
}

export function telling(notice: string): RawBuilder<unknown> {
  return sql`select pg_notify(${CHANNEL}, ${notice})`;
}

/** The ids of so many jobs have room in a notice, whose most is 8,000 bytes. */
const NAMED = 128;

/** Something came of messages of the desk: of those of these jobs, or of any where none is named. */
export function settledNotice(desk: string, jobs: readonly string[] = []): string {
  return jobs.length > NAMED ? settledNotice(desk) : [`settled ${desk}`, ...jobs].join("\n");
}

/** The jobs that such a notice names; null where it is about something else. */
export function settledIn(notice: string, desk: string): readonly string[] | null {
  const [about, ...jobs] = notice.split("\n");
  return about === settledNotice(desk) ? jobs : null;
}

/** What JSON shows of a text that is not kept as it is: U+0000, half of a character, or the mark of one that is written otherwise. */
const STRANGE = /\\u(?:0000|d[89a-f])|\uFDD0/i;

/** Rows for a statement. Texts are written as they are kept: in JSON the database takes no U+0000, and no half of a character. */
export function rowsOf(rows: readonly object[], columns: string) {
  const plain = JSON.stringify(rows);
  const text = !STRANGE.test(plain)
    ? plain
    : JSON.stringify(rows, (_, value: unknown) => (typeof value === "string" ? escaped(value.toWellFormed()) : value));
  // Else the driver would write the marks of what is written already once more.
  const bound = text.replaceAll("\uFDD0", "\\ufdd0");
  return sql`jsonb_to_recordset(${bound}::text::jsonb) as given (${sql.raw(columns)})`;
}

const OPEN = sql`(delivery.outcome is null or delivery.outcome <> 'delivered')`;
/**
 * The same, said so that the database finds rows by their keys: it takes the index on what is open for next to empty, as it was when it last
 * counted, and would go through all of it for each key.
 */
const NOT_DELIVERED = sql`delivery.outcome is distinct from 'delivered'`;
export const UNSETTLED = sql`coalesce(delivery.outcome, '') = ''`;

/** Whether it is still this process's, and nobody has taken it for lost: a job is taken once, and what is said anew has another one. */
export async function stillCarried(db: Database, { desk, job, parcel }: Carried): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from delivery
    where desk = ${desk} and key in (${sql.join(parcel.dues.map(({ key }) => key))}) and job = ${job} and outcome is null`.execute(db);
  return Number(rows[0]!.count) === parcel.dues.length;
}

/**
 * Locks jobs, and with them what their messages' deliveries say: always in the order of their ids and before the deliveries, so that of two who
 * lock several the one waits for the other, and never both.
 */
export function lockingJobs(queue: string, jobs: readonly string[]): RawBuilder<unknown> {
  return sql`select 1 from ${sql.table(`${JOBS}.job`)} where name = ${queue} and id = any(${[...jobs]}::uuid[]) order by id for update`;
}

/** What is certainly not shown: its job is over, and what is still open of it waits for the leader to say it anew. */
export async function putBack(tx: Writing, { boss, queue }: Jobs, jobs: readonly string[], reason: string, at: Instant): Promise<void> {
  if (jobs.length === 0) return;
  await boss.deleteJob(queue, [...jobs], { db: amid(tx, [lockingJobs(queue, jobs)], []) });
  const { rows } = await sql<{ desk: string }>`update delivery
    set outcome = case when doubts > 0 then 'unknown' else 'later' end, trouble = ${reason}, not_before = ${at}, settled_at = ${at}
    where ${OPEN} and outcome is null and job in (${sql.join(jobs)})
    returning desk`.execute(tx);
  await tell(tx, ...rows.flatMap(({ desk }) => [`settled ${desk}`, `look ${desk}`]));
}

/** What came of a message. */
export interface Ended {
  readonly carried: Carried;
  readonly settled: readonly Settled[];
  /** It was not posted, and the leader is to say it anew at once. */
  readonly isBack?: true;
}

/**
 * What came of messages, with the ends of the jobs of which nothing is left. Delivered is delivered, whoever was thought lost meanwhile; anything
 * else counts only where the message is still this process's, as another may have gone on with it.
 */
export async function settleCarried(
  tx: Writing,
  { boss, queue }: Jobs,
  ended: readonly Ended[],
  over: readonly { readonly id: string; readonly retryCount: number }[],
  at: Instant,
): Promise<void> {
  const all = ended.flatMap(({ carried: { desk, job }, settled }) =>
    settled.map(({ key, outcome }) => ({ desk, job, key, ...columnsOf(outcome) })),
  );
  const columns = "desk text, job text, key text, outcome text, posted text, trouble text, not_before text, doubts integer";
  const delivered = sql`update delivery set outcome = 'delivered', posted = given.posted, trouble = null, not_before = null, superseded = 0,
      doubts = 0, settled_at = ${at}
    from ${rowsOf(all, columns)} where given.outcome = 'delivered' and delivery.desk = given.desk and delivery.key = given.key
      and ${NOT_DELIVERED}`;
  const others = sql`update delivery set outcome = given.outcome, posted = null, trouble = given.trouble, not_before = given.not_before,
      superseded = 0, doubts = case when given.outcome = 'never' then delivery.doubts else given.doubts end,
      announced_at = case when given.outcome = 'never' then null else delivery.announced_at end, settled_at = ${at}
    from ${rowsOf(all, columns)} where given.outcome <> 'delivered' and delivery.desk = given.desk and delivery.key = given.key
      and delivery.job = given.job and ${UNSETTLED}`;
  const statements = [
    delivered,
    ...(all.some(({ outcome }) => outcome !== "delivered") ? [others] : []),
    ...noticesOf(ended).map((notice) => telling(notice)),
  ];
  const jobs = [...new Set(ended.map(({ carried: { job } }) => job))];
  // One that is over is locked as it is deleted.
  const before = jobs.length === 1 && over.length === 1 ? [] : [lockingJobs(queue, jobs)];
  if (over.length === 0) await inOneGo(tx, [...before, ...statements]);
  else await boss.deleteJob(queue, [...over], { db: amid(tx, before, statements) });
}

function noticesOf(ended: readonly Ended[]): readonly string[] {
  return [...Map.groupBy(ended, ({ carried: { desk } }) => desk)].flatMap(([desk, some]) => {
    const settled = settledNotice(desk, [...new Set(some.map(({ carried: { job } }) => job))]);
    return some.some(({ isBack }) => isBack) ? [settled, `look ${desk}`] : [settled];
  });
}

function columnsOf(outcome: Outcome) {
  switch (outcome.kind) {
    case "delivered":
      return { outcome: outcome.kind, posted: outcome.posted };
    case "never":
      return { outcome: outcome.kind, trouble: outcome.reason };
    case "later":
      return { outcome: outcome.kind, trouble: outcome.reason, not_before: outcome.notBefore, doubts: 0 };
    case "unknown":
      return { outcome: outcome.kind, trouble: outcome.reason, not_before: outcome.notBefore, doubts: outcome.doubts };
  }
}

/** What claims shares it with its like, and who erases has it alone: a message is claimed before an erasure, and taken back by it, or after. */
export async function erasing(tx: Writing, desk: string, how: "alone" | "shared"): Promise<void> {
  const lock = sql.raw(how === "alone" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared");
  await sql`select ${lock}(hashtextextended(${`curewatch erasing ${desk}`}, 0))`.execute(tx);
}

/** What waits to be posted of a desk in which something is erased is put back, and what is being posted forgets what it says. */
export async function withdraw(tx: Writing, queue: string, desk: string, at: Instant): Promise<void> {
  await erasing(tx, desk, "alone");
  const jobs = sql.table(`${JOBS}.job`);
  await sql`select 1 from ${jobs} where name = ${queue} and group_id = ${desk} order by id for update`.execute(tx);
  const waiting = await sql<{ id: string }>`delete from ${jobs} where name = ${queue} and state < 'active' and group_id = ${desk}
    returning id::text as id`.execute(tx);
  await sql`update ${jobs} set data = null where name = ${queue} and state = 'active' and group_id = ${desk}`.execute(tx);
  if (waiting.rows.length === 0) return;
  await sql`update delivery set outcome = case when doubts > 0 then 'unknown' else 'later' end,
      trouble = 'Something was erased while it waited to be posted.', not_before = ${at}, settled_at = ${at}
    where desk = ${desk} and ${OPEN} and outcome is null
      and job in (${sql.join(waiting.rows.map(({ id }) => id))})`.execute(tx);
  await tell(tx, `settled ${desk}`, `look ${desk}`);
}
