import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";

/**
 * Who may do and see what, who did and looked, what waits for another person, what was erased and what must not be. A place that is told of
 * matters already counts as confirmed by whoever set it up, or it would fall silent. Released, so never edited: what must change is a later
 * migration.
 */
export async function migration0004(db: QueryExecutorProvider, engine: Engine): Promise<void> {
  const tableEnd = sql.raw(engine.tableEnd);
  for (const step of [...access(tableEnd), ...deeds(tableEnd), ...privacy(tableEnd)]) await step.execute(db);
  for (const drop of engine.remade) await sql.raw(drop).execute(db);
  for (const guard of engine.accessGuards.values()) await sql.raw(guard).execute(db);
}

function access(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table role_grant (
      desk text not null,
      number integer not null,
      person text not null,
      role text,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index role_grant_person on role_grant (desk, person, number)`,
    sql`create table admission (
      desk text not null,
      number integer not null,
      stream text not null,
      person text not null,
      admitted integer not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index admission_stream on admission (desk, stream, number)`,
    sql`create table place_confirmation (
      desk text not null,
      number integer not null,
      place text not null,
      internal integer not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`insert into place_confirmation (desk, number, place, internal, by_person, given_at)
      select desk, row_number() over (partition by desk order by since, place), place, 1, by_person, since from place_setting`,
    sql`create table desk_policy (
      desk text not null,
      number integer not null,
      change text not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
  ];
}

function deeds(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table trail (
      desk text not null,
      number integer not null,
      noted_at text not null,
      by_person text not null,
      from_place text not null,
      action text not null,
      stream text,
      verb text not null,
      detail text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index trail_stream on trail (desk, stream, number) where stream is not null`,
    sql`create index trail_person on trail (desk, by_person, number)`,
    sql`create table proposal (
      desk text not null,
      number integer not null,
      stream text not null,
      version integer not null,
      event text not null,
      by_person text not null,
      proposed_at text not null,
      place text,
      expires_at text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index proposal_stream on proposal (desk, stream, number)`,
    sql`create table proposal_outcome (
      desk text not null,
      number integer not null,
      kind text not null,
      by_person text,
      settled_at text not null,
      event_id text,
      primary key (desk, number)) ${tableEnd}`,
    sql`create index proposal_outcome_settled on proposal_outcome (desk, settled_at)`,
    sql`create table proposal_text (
      desk text not null,
      number integer not null,
      path text not null,
      text text not null,
      primary key (desk, number, path)) ${tableEnd}`,
  ];
}

function privacy(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table erasure (
      desk text not null,
      number integer not null,
      kind text not null,
      stream text,
      event_id text,
      path text,
      person text,
      row_hash text,
      by_person text not null,
      erased_at text not null,
      because text not null,
      primary key (desk, number)) ${tableEnd}`,
    sql`create table hold (
      desk text not null,
      number integer not null,
      stream text not null,
      held integer not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
  ];
}
