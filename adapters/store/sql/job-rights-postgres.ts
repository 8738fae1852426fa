import { sql } from "kysely";
import { NotNow } from "../../../src/ports/not-now.ts";
import type { Database } from "./engine.ts";
import { RIGHTS } from "./grants-postgres.ts";
import { JOBS } from "./jobs-schema.ts";

/**
 * What the role may not do of all that delivering takes: the first that is missing, each in its words. Where the schema itself is not there nothing
 * is missing in it, and whoever needs it says so.
 */
const MISSING = sql<{ missing: string }>`with jobs as (select to_regnamespace(${JOBS}) as id)
  select missing from (
    select 0 as at, 'the schema' as missing from jobs where not has_schema_privilege(id::oid, 'usage')
    union all select 1, 'table ' || relname from pg_class, jobs where relnamespace = id and relkind in ('r', 'p')
      and not (has_table_privilege(pg_class.oid, 'select') and has_table_privilege(pg_class.oid, 'insert')
        and has_table_privilege(pg_class.oid, 'update') and has_table_privilege(pg_class.oid, 'delete'))
    union all select 2, 'function ' || proname from pg_proc, jobs where pronamespace = id and not has_function_privilege(pg_proc.oid, 'execute')
  ) as rights order by at, missing limit 1`;

/** What the program does with its own tables: each right on each of them, and the column where it is on one alone. */
const NEEDED = Object.entries(RIGHTS).flatMap(([rights, tables]) =>
  rights.split(", ").flatMap((one) => {
    const [right = "", column = null] = /^(\w+)(?: \((\w+)\))?$/.exec(one)?.slice(1) ?? [];
    return tables.map((table) => ({ table, right, column: column ?? null }));
  }),
);

const LACKING = sql<{ missing: string }>`select given.right || ' on ' || given.table as missing
  from jsonb_to_recordset(${JSON.stringify(NEEDED)}::text::jsonb) as given ("table" text, "right" text, "column" text)
  join pg_class on pg_class.relname = given.table and relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
  where not case when given.column is null then has_table_privilege(pg_class.oid, given.right)
    else has_column_privilege(pg_class.oid, given.column, given.right) end
  order by given.table, given.right limit 1`;

/** Throws a sentence where the role may not do with the register's tables what the program does: what needs it would fail, and nothing else. */
export async function mustHaveTables(db: Database, name: string): Promise<void> {
  const [found] = (await LACKING.execute(db)).rows;
  if (found === undefined) return;
  throw new NotNow(
    "rights",
    `The database ${name} lets this role not use all of the register (${found.missing}): run docs/postgresql-grants.sql with the owner's role.`,
    { cause: new Error(`no right: ${found.missing}`) },
  );
}

/** Throws a sentence where the role may not do with the jobs what delivering takes: each tick would fail, and each process that posts. */
export async function mustHaveJobs(db: Database, name: string): Promise<void> {
  const [found] = (await MISSING.execute(db)).rows;
  if (found === undefined) return;
  throw new Error(
    `The database ${name} lets this role not use all of ${JOBS} (${found.missing}), so that nothing can be posted: run docs/postgresql-grants.sql with the owner's role.`,
    { cause: new Error(`no right on ${found.missing}`) },
  );
}
