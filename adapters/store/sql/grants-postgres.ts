import { sql } from "kysely";
import type { Database } from "./engine.ts";
import { JOBS } from "./jobs-schema.ts";
import { SCRUBBED } from "./scrub-postgres.ts";

/** What the program does with its tables, and so what a role needs that only runs it: nothing that an append-only table refuses. */
export const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  select: ["schema_version"],
  "select, insert": [
    "ledger",
    "role_grant",
    "admission",
    "desk_policy",
    "trail",
    "proposal_outcome",
    "erasure",
    "hold",
    "review",
    "desk_member",
  ],
  // A place that names a person who was erased is named otherwise.
  "select, insert, update (place)": ["acknowledgement", "snooze", "place_confirmation", "proposal"],
  "select, insert, update": ["desk", "delivery", "write_check"],
  "select, insert, delete": ["private_text", "proposal_text"],
  "select, insert, update, delete": ["person", "place_setting", "watch", "matter", "live_card", "keyv", "process", "lead"],
};

/**
 * The statements that let a role run the program on tables that another role owns. Said again, they change nothing. What is erased leaves the
 * files only where the tables are written anew, which PostgreSQL lets another role do from 17 on; before, the owner does.
 */
export function registerGrants(role: string, schema: string): readonly string[] {
  const [to, of] = [quoted(role), quoted(schema)];
  const named = (tables: readonly string[]) => tables.map((one) => `${of}.${one}`).join(", ");
  return [
    `grant usage on schema ${of} to ${to}`,
    ...Object.entries(RIGHTS).map(([rights, tables]) => `grant ${rights} on ${named(tables)} to ${to}`),
    maintain(`${named(SCRUBBED)} to ${to}`),
  ];
}

function maintain(what: string): string {
  return `do $$ begin
  if current_setting('server_version_num')::int >= 170000 then
    execute 'grant maintain on ${what}';
  end if;
end $$`;
}

/** The same for what waits to be posted. */
export function jobGrants(role: string): readonly string[] {
  const to = quoted(role);
  return [
    `grant usage on schema ${JOBS} to ${to}`,
    `grant select, insert, update, delete on all tables in schema ${JOBS} to ${to}`,
    `grant usage on all sequences in schema ${JOBS} to ${to}`,
    `grant execute on all functions in schema ${JOBS} to ${to}`,
    maintain(`all tables in schema ${JOBS} to ${to}`),
  ];
}

/** Gives the roles that run the program these rights anew: those that may append to the ledger, and do not own it. */
export async function regrant(db: Database, grants: (role: string, schema: string) => readonly string[]): Promise<void> {
  const found = await sql<{ readonly role: string; readonly schema: string }>`
    select pg_get_userbyid(given.grantee) as role, current_schema() as schema
    from pg_class c, aclexplode(c.relacl) given
    where c.relnamespace = current_schema()::regnamespace and c.relname = 'ledger'
      and given.privilege_type = 'INSERT' and given.grantee not in (c.relowner, 0)`.execute(db);
  for (const { role, schema } of found.rows) for (const grant of grants(role, schema)) await sql.raw(grant).execute(db);
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
