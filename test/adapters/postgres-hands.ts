import type pg from "pg";
import { postgresGuards } from "../../adapters/store/sql/guards-postgres.ts";
import { COLUMNS } from "../../adapters/store/sql/hash.ts";
import type { Attempt, Hands } from "../contracts/ledger.ts";

const { guards, attentionGuards, accessGuards, laterGuards } = postgresGuards("public");
const GUARDS = new Map([...guards, ...attentionGuards, ...accessGuards, ...laterGuards]);

/** Hands of the superuser. */
export function postgresHands(raw: pg.Client, tear: Hands["tear"]): Hands {
  return {
    columns: [...COLUMNS, "marks", "prev_hash", "hash"],
    guards: [...GUARDS.keys()],
    tear,
    attempt: (what, position) => attempt(raw, what, position),
    async change(position, column) {
      const held = await raw.query(`select ${column} as held from ledger where position = $1`, [position]);
      const { held: old } = held.rows[0] as { readonly held: string };
      const changed = ["position", "version"].includes(column) ? Number(old) + 100 : `${old}x`;
      const now = column === "position" ? changed : position;
      await unguarded(raw, () => raw.query(`update ledger set ${column} = $1 where position = $2`, [changed, position]));
      return async () => unguarded(raw, () => raw.query(`update ledger set ${column} = $1 where position = $2`, [old, now]));
    },
    async changeText(position, path) {
      await raw.query("update private_text set text = text || '.' where position = $1 and path = $2", [position, path]);
    },
    swap: (one, other) =>
      unguarded(raw, async () => {
        for (const [to, from] of [
          [1_000, one],
          [one, other],
          [other, 1_000],
        ]) {
          await raw.query("update ledger set position = $1 where position = $2", [to, from]);
        }
      }),
    remove: (position) => unguarded(raw, () => raw.query("delete from ledger where position = $1", [position])),
    async erase(position) {
      await raw.query(
        `insert into erasure (desk, number, kind, stream, event_id, path, row_hash, by_person, erased_at, because)
          select t.desk, (select count(*) from erasure) + row_number() over (), 'text', l.stream, l.event_id, t.path, l.hash, 'p1', l.recorded_at, 'request'
          from private_text t join ledger l on l.desk = t.desk and l.position = t.position where t.position = $1`,
        [position],
      );
      await raw.query("delete from private_text where position = $1", [position]);
    },
    async disarm(guard, how) {
      const made = GUARDS.get(guard)!;
      const table = tableOf(made);
      if (how === "gone") await raw.query(`drop trigger ${guard} on ${table}; drop function ${guard}()`);
      else await raw.query(`${made.slice(0, made.indexOf("$guard$")).replace("create", "create or replace")} $$begin return null; end$$`);
      return async () => {
        await raw.query(`drop trigger if exists ${guard} on ${table}; drop function if exists ${guard}()`);
        await raw.query(made);
      };
    },
  };
}

function tableOf(guard: string): string {
  return /\nalter table (\w+) /.exec(guard)![1]!;
}

/** Runs the work with the ledger's guards put aside, then puts them back as they were. */
export async function unguarded(raw: pg.Client, work: () => Promise<unknown>): Promise<void> {
  await raw.query("begin");
  await raw.query("alter table ledger disable trigger user");
  await work();
  for (const guard of guards.keys()) await raw.query(`alter table ledger enable always trigger ${guard}`);
  await raw.query("commit");
}

/** What PostgreSQL has for SQLite's REPLACE: an INSERT that changes the row in its way. */
async function attempt(raw: pg.Client, what: Attempt, position: number): Promise<void> {
  const [row] = (await raw.query("select * from ledger where position = $1", [position])).rows as [Record<string, unknown>];
  const one = async (text: string, bound: unknown[] = []) => Number((await raw.query(text, bound)).rows[0].next);
  const next = await one("select max(position) + 1 as next from ledger");
  const nextVersion = await one("select max(version) + 1 as next from ledger where stream = $1", [row.stream]);
  const put = async (changes: Record<string, unknown>, key: string) => {
    const forged = { ...row, ...changes };
    const names = Object.keys(forged);
    await raw.query(
      `insert into ledger (${names}) values (${names.map((_, index) => `$${index + 1}`)})
        on conflict (${key}) do update set ${names.map((name) => `${name} = excluded.${name}`)}`,
      Object.values(forged),
    );
  };
  switch (what) {
    case "update":
      await raw.query("update ledger set data = '{}' where position = $1", [position]);
      return;
    case "delete":
      await raw.query("delete from ledger where position = $1", [position]);
      return;
    case "replace by version":
      return put({ position: next, event_id: "forged" }, "desk, stream, version");
    case "replace by position":
      return put({ stream: "forged", version: 1 }, "desk, position");
    case "replace by event id":
      return put({ position: next, version: nextVersion }, "desk, stream, event_id");
  }
}

/** The moments of an append at which its connection can die. */
const MOMENTS = [
  "after insert on ledger",
  "before insert on private_text",
  "after insert on private_text",
  "before insert on matter",
  "after insert on matter",
  "as it is committed",
] as const;

/**
 * Does the work once for each moment, and each time its connection dies there; answers what is made of the database then. What a crash of the
 * server tears is mended from its own log, which is PostgreSQL's to test.
 */
export async function tornAt<Copy>(
  ask: (text: string) => Promise<unknown>,
  work: () => Promise<void>,
  copy: () => Promise<Copy>,
): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  await ask(`create function die() returns trigger language plpgsql security definer as
    $$begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(0); return null; end$$`);
  for (const moment of MOMENTS) {
    const last = moment === "as it is committed";
    const table = last ? "ledger" : moment.split(" on ")[1];
    await ask(
      last
        ? "create constraint trigger die after insert on ledger deferrable initially deferred for each row execute function die()"
        : `create trigger die ${moment} for each statement execute function die()`,
    );
    const survived = await work().then(
      () => true,
      () => false,
    );
    if (survived) throw new Error(`the connection survived ${moment}`);
    await ask(`drop trigger die on ${table}`);
    copies.push(await copy());
  }
  return copies;
}
