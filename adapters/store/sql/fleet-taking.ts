import { sql } from "kysely";
import { amid, prepared } from "./boss.ts";
import { type Carried, type Jobs, rowsOf, UNSETTLED } from "./carried.ts";
import type { Writing } from "./engine.ts";
import { type JobData, parcelsIn } from "./fleet-packs.ts";
import { JOBS } from "./jobs-schema.ts";

/**
 * Mostly no job waits, and so few the database counts on when it plans how to fetch: where hundreds wait it would compare each with each, unless
 * it may not.
 */
const FEW = sql`set local enable_nestloop = off`;
const MANY = sql`set local enable_nestloop to default`;

export interface Taken {
  /** The messages of the jobs that were taken. */
  readonly messages: readonly Carried[];
  /** Those of them of which something is settled already: another way was found. */
  readonly over: ReadonlySet<Carried>;
  /** As many jobs came as were asked for, and there may be others. */
  readonly isMore: boolean;
}

export const NOTHING: Taken = { messages: [], over: new Set(), isMore: false };

/** A desk that this process does not serve: nothing was taken, and its messages are for the others. */
export class Unserved extends Error {
  readonly desks: readonly string[];
  constructor(desks: readonly string[]) {
    super();
    this.desks = desks;
  }
}

export interface Taking extends Jobs {
  readonly process: string;
  serves(desk: string): boolean;
  readonly unserved: ReadonlySet<string>;
}

/** In one transaction they are taken and known who has them: whatever happens in between, they are either nobody's or this process's. */
export async function takeJobs(tx: Writing, { boss, queue, process, serves, unserved }: Taking, most: number): Promise<Taken> {
  const jobs = await boss.fetch<JobData>(queue, { batchSize: most, ignoreGroups: [...unserved], db: amid(tx, [FEW], [MANY]) });
  if (jobs.length === 0) return NOTHING;
  const strange = jobs.map(({ data }) => data.desk).filter((desk) => !serves(desk));
  if (strange.length > 0) throw new Unserved(strange);
  const messages = jobs.flatMap(({ id, retryCount, data }) =>
    parcelsIn(data).map((parcel): Carried => ({ job: id, retryCount, desk: data.desk, parcel })),
  );
  const before = new Set(jobs.filter(({ data }) => data.parcels === undefined).map(({ id }) => id));
  if (before.size > 0)
    await noteAsBefore(
      tx,
      messages.filter(({ job }) => before.has(job)),
      process,
    );
  return { messages, over: await noteCarrier(tx, queue, messages, process), isMore: jobs.length === most };
}

/** Notes who has their jobs, and answers those of which something is settled already, by anybody. */
async function noteCarrier(tx: Writing, queue: string, carried: readonly Carried[], process: string): Promise<ReadonlySet<Carried>> {
  const jobs = [...new Set(carried.map(({ job }) => job))];
  const dues = carried.flatMap(({ desk, job, parcel }, message) => parcel.dues.map(({ key }) => ({ desk, key, job, message, process })));
  // That all are this process's is said once more so that the database takes them for few, and finds them by their keys.
  const noted = sql<{ message: number }>`with noted as (
      update ${sql.table(`${JOBS}.job`)} set output = jsonb_build_object('process', ${process}::text)
      where name = ${queue} and id = any(${jobs}::uuid[]))
    select distinct given.message from ${rowsOf(dues, "desk text, key text, job text, message integer, process text")}
      left join delivery on delivery.desk = given.desk and delivery.key = given.key and delivery.job = given.job and ${UNSETTLED}
      where given.process = ${process} and delivery.key is null`;
  return new Set((await prepared(tx, noted)).map(({ message }) => carried[message]!));
}

/** As the program notes it that has made their jobs: it may lead, and looks there for what a process has that is lost. */
async function noteAsBefore(tx: Writing, carried: readonly Carried[], process: string): Promise<void> {
  const dues = carried.flatMap(({ desk, job, parcel }) => parcel.dues.map(({ key }) => ({ desk, key, job })));
  await sql`update delivery set process = ${process} from ${rowsOf(dues, "desk text, key text, job text")}
    where delivery.desk = given.desk and delivery.key = given.key and delivery.job = given.job and ${UNSETTLED}`.execute(tx);
}

/** The jobs that the process has, as far as the database knows. */
export async function heldBy(tx: Writing, queue: string, process: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id::text as id from ${sql.table(`${JOBS}.job`)}
    where name = ${queue} and state = 'active' and output ->> 'process' = ${process}`.execute(tx);
  return rows.map(({ id }) => id);
}
