import { type Kysely, sql } from "kysely";
import type { Engine } from "./engine.ts";

type Guards = ReadonlyMap<string, string>;

/** Where a guard stands, and what it does. */
interface Guard {
  readonly table: string;
  readonly when: string;
  readonly body: string;
  /** The unique keys of the table on which it relies. */
  readonly keys?: readonly string[];
}

/** Tables whose rows are numbered within these columns, each row after the one before it. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  acknowledgement: ["desk", "stream"],
  snooze: ["desk", "stream"],
  desk_member: [],
};

/**
 * What keeps the ledger and the other tables append-only in PostgreSQL, under the names that the guards have in SQLite: as the migrations make them,
 * changed only by a later one. Each is a trigger and a function of the same name that looks at the tables of the register's own schema, whatever
 * a session searches first. They fire for every session, replication's included; TRUNCATE counts as DELETE. An INSERT is looked at once for all of
 * its rows: the unique keys refuse what SQLite's REPLACE would have put in a row's place, so that a gap is all that is left to look for; the keys
 * count as part of that guard.
 */
export function postgresGuards(schema: string): Pick<Engine, "guards" | "attentionGuards" | "accessGuards" | "laterGuards" | "remade"> {
  const attention = ["acknowledgement", "snooze"];
  const access = ["role_grant", "admission", "place_confirmation", "desk_policy", "trail", "proposal", "erasure", "hold"];
  const later = ["review", "desk_member"];
  return {
    guards: written(schema, {
      ledger_no_update: noUpdate("ledger", "the ledger"),
      ledger_no_delete: noDelete("ledger", "the ledger"),
      ledger_next_only: nextOnly(
        "ledger",
        ["desk, position", "desk, stream, event_id", "desk, stream, version"],
        [
          follows("ledger", "position", ["desk"], "the ledger is append-only: not the next position"),
          follows("ledger", "version", ["desk", "stream"], "the ledger is append-only: not the next version of the stream"),
        ],
      ),
    }),
    attentionGuards: written(schema, Object.assign({}, ...attention.map(appendOnly))),
    accessGuards: written(schema, {
      ...Object.fromEntries(attention.map((table) => [`${table}_no_update`, noUpdateButErased(table)])),
      ...Object.assign({}, ...access.map(appendOnly)),
      ...Object.fromEntries(["place_confirmation", "proposal"].map((table) => [`${table}_no_update`, noUpdateButErased(table)])),
      proposal_outcome_no_update: noUpdate("proposal_outcome"),
      proposal_outcome_no_delete: noDelete("proposal_outcome"),
      proposal_outcome_once: {
        table: "proposal_outcome",
        keys: ["desk, number"],
        when: "before insert on proposal_outcome for each row",
        body: `begin
  if exists (select from proposal_outcome where desk = new.desk and number = new.number) then
    raise 'proposal_outcome is append-only: the proposal is settled';
  end if;
  return new;
end`,
      },
    }),
    laterGuards: written(schema, Object.assign({}, ...later.map(appendOnly))),
    remade: attention.map((table) => `drop trigger ${table}_no_update on ${table}; drop function ${table}_no_update()`),
  };
}

function appendOnly(table: string): Readonly<Record<string, Guard>> {
  const within = WITHIN[table] ?? ["desk"];
  const keys = [[...within, "number"].join(", "), ...(table === "acknowledgement" ? ["desk, stream, item, deadline, stage"] : [])];
  const what = within.includes("stream") ? "not the next number of the stream" : "not the next number";
  return {
    [`${table}_no_update`]: noUpdate(table),
    [`${table}_no_delete`]: noDelete(table),
    [`${table}_next_only`]: nextOnly(table, keys, [follows(table, "number", within, `${table} is append-only: ${what}`)]),
  };
}

function noUpdate(table: string, name = table): Guard {
  const when = `before update on ${table} for each statement`;
  return { table, when, body: `begin raise '${name} is append-only: no row is changed'; end` };
}

/** The one thing that may change is a place that names a person who was erased. */
function noUpdateButErased(table: string): Guard {
  return {
    table,
    when: `before update on ${table} for each row`,
    body: `begin
  if new.place not like '%:erased/%' or to_jsonb(new) - 'place' <> to_jsonb(old) - 'place' then
    raise '${table} is append-only: no row is changed';
  end if;
  return new;
end`,
  };
}

function noDelete(table: string, name = table): Guard {
  const when = `before delete or truncate on ${table} for each statement`;
  return { table, when, body: `begin raise '${name} is append-only: no row is deleted'; end` };
}

function nextOnly(table: string, keys: readonly string[], checks: readonly string[]): Guard {
  return {
    table,
    keys,
    when: `after insert on ${table} referencing new table as added for each statement`,
    body: `begin\n${checks.join("\n")}\n  return null;\nend`,
  };
}

/** That the rows added count on from the last of those before them, without a gap. */
function follows(table: string, number: string, within: readonly string[], refusal: string): string {
  const grouped = within.length === 0 ? "" : ` group by ${within.join(", ")}`;
  const same = within.map((column) => `held.${column} = given.${column} and `).join("");
  const columns = [...within, `min(${number}) as first`, `max(${number}) as last`, "count(*) as many"].join(", ");
  return `  if exists (
    select from (select ${columns} from added${grouped}) given
    where last - first + 1 <> many
      or first - 1 <> coalesce((select max(held.${number}) from ${table} held where ${same}held.${number} < given.first), 0)
      or exists (select from ${table} held where ${same}held.${number} > given.last)
  ) then
    raise '${refusal}';
  end if;`;
}

function written(schema: string, guards: Readonly<Record<string, Guard>>): Guards {
  const config = searchPath(schema);
  return new Map(Object.entries(guards).map(([name, guard]) => [name, statements({ ...guard, name, config, enabled: "A" })]));
}

/** As pg_proc keeps it. */
function searchPath(schema: string): string {
  return `search_path=pg_catalog, ${/^[a-z_][a-z0-9_]*$/.test(schema) ? schema : `"${schema.replaceAll('"', '""')}"`}, pg_temp`;
}

interface Present extends Guard {
  readonly name: string;
  /** The setting of the function, as pg_proc keeps it. */
  readonly config: string;
  /** A for always; anything else is a guard that can be gone round. */
  readonly enabled: string;
}

function statements({ name, table, when, body, config, enabled, keys }: Present): string {
  const relied = keys === undefined ? "" : `\n-- on ${keys.toSorted().join("; ")}`;
  const [setting, value] = config.split(/=(.*)/s);
  return `create function ${name}() returns trigger language plpgsql set ${setting} = ${value} as $guard$${body}$guard$;
create trigger ${name} ${when} execute function ${name}();
alter table ${table} enable ${enabled === "A" ? "always" : enabled} trigger ${name}${relied}`;
}

interface Found extends Omit<Present, "keys"> {
  readonly definition: string;
  readonly called: string;
  readonly kind: string;
  readonly keys: readonly string[] | null;
}

/** The guards of the schema as they stand, written as they would be made: whatever was changed of one is seen by comparing. */
export async function guardsIn(db: Pick<Kysely<unknown>, "getExecutor">): Promise<Guards> {
  const found = await sql<Found>`
    select t.tgname as name, c.relname as "table", pg_get_triggerdef(t.oid, true) as definition, t.tgenabled as enabled,
      p.proname as called, p.prosrc as body, coalesce(array_to_string(p.proconfig, ';'), 'none=') as config,
      concat_ws(' ', l.lanname, p.provolatile, p.prosecdef, p.pronargs, p.pronamespace = c.relnamespace) as kind,
      case when t.tgname ~ '_(next_only|once)$' then coalesce((
        select json_agg((select string_agg(a.attname, ', ' order by at.place) from unnest(i.indkey::int2[]) with ordinality at (number, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = at.number))
        from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null), '[]') end as keys
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid join pg_language l on l.oid = p.prolang
    where c.relnamespace = current_schema()::regnamespace and not t.tgisinternal`.execute(db as Kysely<unknown>);
  return new Map(
    found.rows.map((row) => {
      const said = /^CREATE TRIGGER \S+ (.*) EXECUTE FUNCTION (\S+)\(\)$/s.exec(row.definition);
      const when = said === null || row.called !== row.name || row.kind !== KIND ? row.definition : inOurs(said[1]!);
      const { keys, ...guard } = row;
      return [row.name, statements({ ...guard, when, ...(keys === null ? {} : { keys }) })];
    }),
  );
}

/** In plpgsql, volatile, without its owner's rights, without arguments, and in the table's own schema. */
const KIND = "plpgsql v f 0 t";

/** PostgreSQL writes its own words in capitals, and names in small letters. */
function inOurs(when: string): string {
  return when.toLowerCase();
}
