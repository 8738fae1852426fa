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

/**
 * Renewed by its holder; taken by another when it has run out, or when the session in which it was renewed has ended: a process that is killed is
 * missed at once, one that hangs after three seconds. One that runs out later than any could was renewed before the clock was set back, and is
 * nobody's any more. The epoch grows whenever the holder changes.
 */
const TAKE = `insert into lead as held (name, holder, epoch, until, session) values ($1, $2, 1, ${NOW} + ${LOST}, pg_backend_pid())
  on conflict (name) do update set holder = excluded.holder, until = excluded.until, session = excluded.session,
    epoch = held.epoch + case when held.holder = excluded.holder then 0 else 1 end
  where held.holder = excluded.holder or held.until < ${NOW} or held.until > ${NOW} + ${LOST + SET_BACK}
    or not exists (select 1 from pg_stat_activity as session where session.pid = held.session)
  returning epoch`;

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
 * Throws LeadLost unless the lead is still held as it was; keeps it so until the transaction ends. One that sleeps in the midst of it is ended by
 * the database, or nobody else could take the lead.
 */
export async function fence(tx: Writing, { name, holder, epoch }: Acting): Promise<void> {
  const held = sql`select set_config('idle_in_transaction_session_timeout', '2000', true) from lead
    where name = ${name} and holder = ${holder} and epoch = ${epoch} for share`;
  if ((await held.execute(tx)).rows.length === 0) throw new LeadLost();
}
