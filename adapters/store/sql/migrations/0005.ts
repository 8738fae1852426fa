import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";

/** Who has reviewed what, which workspaces and places belong to which desk, and which processes run: what several processes and desks need. */
export async function migration0005(db: QueryExecutorProvider, engine: Engine): Promise<void> {
  const tableEnd = sql.raw(engine.tableEnd);
  for (const step of [...reviews(tableEnd), ...desks(tableEnd), ...fleet(tableEnd), ...matters()]) await step.execute(db);
  await nameMatters(db);
  await takeOverReviews(db);
  for (const guard of engine.laterGuards.values()) await sql.raw(guard).execute(db);
}

function reviews(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table review (
      desk text not null,
      number integer not null,
      subject text not null,
      id text not null,
      reviewer text not null,
      on_day text not null,
      text text not null,
      by_person text not null,
      given_at text not null,
      primary key (desk, number)) ${tableEnd}`,
  ];
}

interface Kept {
  readonly desk: string;
  readonly value: string;
}

/** As they were kept in a desk's own state: a list that only grew, under one key. */
interface KeptReview {
  readonly subject: string;
  readonly id: string;
  readonly by: string;
  readonly on: string;
  readonly text: string;
  readonly enteredBy: string;
  readonly at: string;
}

/** Each desk's reviews into their table, in the order in which they were entered; where they stood before they are no more. */
async function takeOverReviews(db: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<Kept>`select desk, value from keyv where key = 'desk:reviews'`.execute(db);
  for (const { desk, value } of rows) {
    const { value: reviews } = JSON.parse(value, unescaped) as { readonly value: readonly KeptReview[] };
    for (const [index, { subject, id, by, on, text, enteredBy, at }] of reviews.entries()) {
      await sql`insert into review (desk, number, subject, id, reviewer, on_day, text, by_person, given_at)
        values (${desk}, ${index + 1}, ${subject}, ${id}, ${by}, ${on}, ${text}, ${enteredBy}, ${at})`.execute(db);
    }
  }
  await sql`delete from keyv where key = 'desk:reviews'`.execute(db);
}

/** Keyv puts a colon before a text that begins with one. */
function unescaped(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.startsWith(":") ? value.slice(1) : value;
}

function desks(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table desk_member (
      number integer not null primary key,
      member text not null,
      desk text,
      given_at text not null) ${tableEnd}`,
    sql`create index desk_member_member on desk_member (member, number)`,
  ];
}

function fleet(tableEnd: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`create table process (
      id text not null primary key,
      since integer not null,
      seen_at integer not null) ${tableEnd}`,
    sql`create table lead (
      name text not null primary key,
      holder text not null,
      epoch integer not null,
      until integer not null,
      session integer not null) ${tableEnd}`,
    sql`alter table delivery add column process text`,
    sql`alter table delivery add column job text`,
  ];
}

/** By which a matter is found without reading the others, and what decides whether a question about many need read it. */
function matters(): readonly RawBuilder<unknown>[] {
  return [
    sql`alter table matter add column name text not null default ''`,
    sql`alter table matter add column told_version integer not null default 0`,
    sql`alter table matter add column told_at text`,
    sql`alter table matter add column told_by text not null default ''`,
    sql`alter table matter add column states text not null default ''`,
    sql`alter table matter add column visibility text not null default ''`,
    sql`create index matter_name on matter (name, desk)`,
    // By whom a matter is looked for; everything else that people have written is many times as much.
    sql`create index private_text_named on private_text (position)
      where path in ('respondent', 'title', 'set.respondent', 'set.title')`,
  ];
}

const AT_ONCE = 250;

async function nameMatters(db: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ desk: string; stream: string }>`select desk, stream from matter`.execute(db);
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const named = rows.slice(start, start + AT_ONCE).map(({ desk, stream }) => sql`(${desk}, ${stream}, ${nameIn(stream)})`);
    await sql`update matter set name = named.column3 from (values ${sql.join(named)}) as named
      where matter.desk = named.column1 and matter.stream = named.column2`.execute(db);
  }
}

function nameIn(stream: string): string {
  return stream.slice(stream.indexOf(":") + 1).split("/", 1)[0]!;
}
