import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";

/** The first tables. Released, so never edited: what must change is a later migration. */
export async function migration0001(db: QueryExecutorProvider, engine: Engine): Promise<void> {
  const tableEnd = sql.raw(engine.tableEnd);
  const statements: readonly RawBuilder<unknown>[] = [
    sql`create table desk (
      id text not null primary key,
      last_person integer not null) ${tableEnd}`,
    sql`create table ledger (
      desk text not null,
      position integer not null,
      stream text not null,
      version integer not null,
      event_id text not null,
      type text not null,
      on_day text,
      recorded_at text not null,
      by_person text not null,
      via text not null,
      command_id text not null,
      data text not null,
      texts text not null,
      marks text not null,
      prev_hash text not null,
      hash text not null,
      primary key (desk, position),
      unique (desk, stream, version),
      unique (desk, stream, event_id)) ${tableEnd}`,
    sql`create index ledger_command on ledger (desk, command_id)`,
    sql`create table private_text (
      desk text not null,
      position integer not null,
      path text not null,
      salt text not null,
      text text not null,
      primary key (desk, position, path)) ${tableEnd}`,
    sql`create table person (
      desk text not null,
      id text not null,
      ref text not null,
      name text not null,
      primary key (desk, id),
      unique (desk, ref)) ${tableEnd}`,
    sql`create table delivery (
      desk text not null,
      key text not null,
      place text not null,
      kind text not null,
      stream text,
      head text not null,
      shown text not null,
      claimed_at text not null,
      attempts integer not null,
      outcome text,
      posted text,
      reason text,
      not_before text,
      settled_at text,
      primary key (desk, key)) ${tableEnd}`,
    sql`create index delivery_outcome on delivery (desk, outcome, claimed_at)`,
    sql`create table watch (
      desk text not null,
      place text not null,
      filters text not null,
      language text not null,
      zone text not null,
      digest_at text not null,
      by_person text not null,
      since text not null,
      primary key (desk, place)) ${tableEnd}`,
    sql`create table keyv (
      desk text not null,
      key text not null,
      value text not null,
      expires_at text,
      primary key (desk, key)) ${tableEnd}`,
    sql`create index keyv_expiry on keyv (desk, expires_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
  for (const guard of engine.guards.values()) await sql.raw(guard).execute(db);
}
