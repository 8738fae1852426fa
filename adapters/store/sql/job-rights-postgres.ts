import { sql } from "kysely";
import type { Database } from "./engine.ts";
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

/** Throws a sentence where the role may not do with the jobs what delivering takes: each tick would fail, and each process that posts. */
export async function mustHaveJobs(db: Database, name: string): Promise<void> {
  const [found] = (await MISSING.execute(db)).rows;
  if (found === undefined) return;
  throw new Error(
    `The database ${name} lets this role not use all of ${JOBS} (${found.missing}), so that nothing can be posted: run docs/postgresql-grants.sql with the owner's role.`,
    { cause: new Error(`no right on ${found.missing}`) },
  );
}
