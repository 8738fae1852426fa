import { sql } from "kysely";
import { LeadLost } from "../../../src/ports/fleet.ts";
import { type Ask, LOST } from "./beat.ts";
import type { Writing } from "./engine.ts";

/** The database's clock in milliseconds: those of the machines may differ by as much as they like. */
export const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

/** The lead of those who deliver to the platforms. */
export const LEAD = "delivery";

/** A moment that lies further ahead than one could be set by so many milliseconds was set by a clock that was set back since. */
export const SET_BACK = 1_000;

/** The right to act that a lead gives, until another takes it. */
export interface Acting {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
}

/** Until when it is held by who takes it now. */
const UNTIL = `${NOW} + ${LOST}`;

/**
 * Renewed by its holder; taken by another when it has run out, or when the session in which it was renewed has ended: a process that is killed is
 * missed at once, one that hangs after three seconds. One that runs out later than any could was renewed before the clock was set back, and is
 * nobody's any more. The epoch grows whenever the holder changes. While it is fenced it is renewed, and nobody else takes it or waits for it: over a
 * slow line a transaction of the holder's takes longer than anybody's beat may.
 */
const TAKE = `with renewed as (
    update lead set until = ${UNTIL}, session = pg_backend_pid() where name = $1 and holder = $2 returning epoch),
  free as (
    select name from lead where name = $1 and holder <> $2 and (until < ${NOW} or until > ${NOW} + ${LOST + SET_BACK}
      or not exists (select 1 from pg_stat_activity as session where session.pid = lead.session))
    for update skip locked),
  taken as (
    update lead set holder = $2, until = ${UNTIL}, session = pg_backend_pid(), epoch = lead.epoch + 1 from free where lead.name = free.name
    returning epoch),
  made as (
    insert into lead (name, holder, epoch, until, session) values ($1, $2, 1, ${UNTIL}, pg_backend_pid()) on conflict do nothing returning epoch)
  select epoch from renewed union all select epoch from taken union all select epoch from made`;

/** Takes or renews it; null while another one has it. */
export async function takeLease(ask: Ask, name: string, holder: string): Promise<Acting | null> {
  const [row] = await ask(TAKE, [name, holder]);
  return row === undefined ? null : { name, holder, epoch: Number(row.epoch) };
}

/** The row stays, for the next epoch to be a greater one. */
export async function giveUpLease(ask: Ask, name: string, holder: string): Promise<void> {
  await ask("update lead set until = 0 where name = $1 and holder = $2", [name, holder]);
}

/**
 * Throws LeadLost unless the lead is still held as it was; keeps it so until the transaction ends, and lets its holder renew it. One that sleeps in the midst of it is ended by
 * the database, or nobody else could take the lead.
 */
export async function fence(tx: Writing, { name, holder, epoch }: Acting): Promise<void> {
  const held = sql`select set_config('idle_in_transaction_session_timeout', '2000', true) from lead
    where name = ${name} and holder = ${holder} and epoch = ${epoch} for key share`;
  if ((await held.execute(tx)).rows.length === 0) throw new LeadLost();
}
