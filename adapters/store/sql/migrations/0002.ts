import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";

/** Before every moment: such a matter is due at once. */
const AT_ONCE = "1970-01-01T00:00:00.000Z";

/**
 * What alerts rest on: deliveries with their reason and message, places with several watches, what people took note of or put off, one derived
 * row a matter, and the cards that are kept up to date. Released, so never edited: what must change is a later migration.
 */
export async function migration0002(db: QueryExecutorProvider, engine: Engine): Promise<void> {
  const tableEnd = sql.raw(engine.tableEnd);
  const steps = [deliveries(sql.raw(engine.heapEnd)), subscriptions(tableEnd), attention(tableEnd), matters(tableEnd)].flat();
  for (const step of steps) await step.execute(db);
  for (const guard of engine.attentionGuards.values()) await sql.raw(guard).execute(db);
}

/**
 * Draining is what this table is laid out for: rows are kept in the order in which they come, and every index but the one on streams grows at
 * its end, so that a turn writes few pages. Kept by their keys, sixteen deliveries to as many places would be as many pages, thrice.
 */
function deliveries(heapEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`alter table delivery rename to delivery_0001`,
    sql`create table delivery (
      desk text not null,
      key text not null,
      message text not null,
      place text not null,
      kind text not null,
      reason text not null,
      stream text,
      version integer,
      head text not null,
      rulebook text not null,
      shown text not null,
      first_at text not null,
      claimed_at text not null,
      attempts integer not null,
      doubts integer not null default 0,
      superseded integer not null default 0,
      outcome text,
      posted text,
      trouble text,
      not_before text,
      settled_at text,
      announced_at text,
      primary key (desk, key)) ${heapEnd}`,
    sql`insert into delivery (desk, key, message, place, kind, reason, stream, version, head, rulebook, shown, first_at, claimed_at, attempts, doubts,
        outcome, posted, trouble, not_before, settled_at, announced_at)
      select desk, key, key, place, kind,
        case when kind in ('total', 'cap-near', 'cap-reached', 'overdue', 'digest') then kind else 'stage-reached' end,
        stream, null, head, '', shown, claimed_at, claimed_at, attempts, case when outcome = 'unknown' then attempts else 0 end,
        outcome, posted, reason, case when outcome = 'unknown' then settled_at else not_before end, settled_at, null
      from delivery_0001`,
    sql`drop table delivery_0001`,
    sql`create index delivery_open on delivery (desk, claimed_at) where outcome is null or outcome <> 'delivered'`,
    sql`create index delivery_said on delivery (desk, kind, settled_at, place) where outcome = 'delivered'`,
    sql`create index delivery_about on delivery (desk, stream, first_at) where stream is not null`,
  ];
}

function subscriptions(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`alter table desk add column last_watch integer not null default 0`,
    sql`alter table watch rename to watch_0001`,
    sql`create table place_setting (
      desk text not null,
      place text not null,
      language text not null,
      zone text not null,
      digest_at text not null,
      weekdays text not null,
      holidays text,
      stages text,
      quiet text,
      digest text not null,
      reminders integer not null,
      escalation text,
      by_person text not null,
      since text not null,
      primary key (desk, place)) ${tableEnd}`,
    sql`create table watch (
      desk text not null,
      number integer not null,
      place text not null,
      filters text not null,
      by_person text not null,
      since text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index watch_place on watch (desk, place)`,
    sql`insert into place_setting (desk, place, language, zone, digest_at, weekdays, holidays, stages, quiet, digest, reminders, escalation,
        by_person, since)
      select desk, place, language, zone, digest_at, '[1,2,3,4,5,6,7]', null, null, null, 'daily', 1, null, by_person, since from watch_0001`,
    sql`insert into watch (desk, number, place, filters, by_person, since)
      select desk, row_number() over (partition by desk order by since, place), place, filters, by_person, since from watch_0001`,
    sql`update desk set last_watch = (select count(*) from watch where watch.desk = desk.id)`,
    sql`drop table watch_0001`,
  ];
}

function attention(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table acknowledgement (
      desk text not null,
      stream text not null,
      number integer not null,
      item text not null,
      deadline text not null,
      stage text not null,
      place text not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, stream, number),
      unique (desk, stream, item, deadline, stage)) ${tableEnd}`,
    sql`create table snooze (
      desk text not null,
      stream text not null,
      number integer not null,
      place text not null,
      until_day text,
      by_person text not null,
      given_at text not null,
      primary key (desk, stream, number)) ${tableEnd}`,
  ];
}

function matters(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table matter (
      desk text not null,
      stream text not null,
      version integer not null,
      woken integer not null,
      wake_at text,
      touched_at text not null,
      authority text not null,
      ref text not null,
      kind text not null,
      state text not null,
      next_day text,
      primary key (desk, stream)) ${tableEnd}`,
    sql`insert into matter (desk, stream, version, woken, wake_at, touched_at, authority, ref, kind, state, next_day)
      select desk, stream, max(version), 0, ${sql.lit(AT_ONCE)}, ${sql.lit(AT_ONCE)}, '', '', '', '', null from ledger group by desk, stream`,
    sql`create index matter_wake on matter (desk, wake_at, touched_at)`,
    sql`create index matter_touched on matter (desk, touched_at)`,
    sql`create table live_card (
      desk text not null,
      stream text not null,
      place text not null,
      posted text not null,
      shows text not null,
      updated_at text not null,
      primary key (desk, stream, place)) ${tableEnd}`,
    sql`create table write_check (
      desk text not null primary key,
      written_at text not null) ${tableEnd}`,
  ];
}
