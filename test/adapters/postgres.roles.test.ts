import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { jobGrants, RIGHTS, registerGrants, regrant } from "../../adapters/store/sql/grants-postgres.ts";
import { moveRegister } from "../../adapters/store/sql/move.ts";
import { engineOf, openStore } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { fill, stamp } from "../contracts/ledger-fixtures.ts";
import { folderOfTest } from "../support/cli.ts";
import { startPostgres } from "../support/postgres.ts";
import { fillFile } from "./filled-register.ts";
import { type PostgresSubject, postgresSubjects } from "./postgres-subject.ts";

const subjects = await postgresSubjects();
const { server } = subjects;
afterAll(() => server.stop());

async function subjectOfTest(): Promise<PostgresSubject> {
  const subject = await subjects.subject();
  onTestFinished(() => subject.close());
  await fill(subject.ledger);
  return subject;
}

/** Those that refuse to be changed. */
const APPEND_ONLY = Object.entries(RIGHTS).flatMap(([rights, tables]) =>
  rights.startsWith("select, insert") && !/update$|delete$/.test(rights) ? tables : [],
);

describe("the role that runs the program", () => {
  test("may do with each table what the program does, and nothing else", async () => {
    const { raw } = await subjectOfTest();
    const { rows } = await raw.query<{ readonly table: string; readonly rights: string }>(
      `select c.relname as table, string_agg(distinct lower(given.privilege_type), ', ' order by lower(given.privilege_type)) as rights
        from pg_class c left join aclexplode(c.relacl) given on given.grantee = 'curewatch_app'::regrole
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`,
    );
    const sorted = (rights: string) => rights.split(", ").toSorted().join(", ");
    const wanted = Object.entries(RIGHTS).flatMap(([rights, tables]) =>
      tables.map((table) => [table, sorted(rights.replace(", update (place)", ""))]),
    );
    expect(Object.fromEntries(rows.map(({ table, rights }) => [table, sorted(rights.replace("maintain, ", ""))]))).toEqual(
      Object.fromEntries(wanted),
    );
  });

  test.each(APPEND_ONLY)("cannot change %s, empty it, or take its guards away", async (table) => {
    const { url } = await subjectOfTest();
    const guard = table === "proposal_outcome" ? "proposal_outcome_once" : `${table}_next_only`;
    const attempts = [
      `update ${table} set desk = 'x'`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger ${guard}`,
      `drop trigger ${guard} on ${table}`,
      `create or replace function ${guard}() returns trigger language plpgsql as $$begin return null; end$$`,
      `alter table ${table} rename to other`,
      `drop table ${table}`,
      `create trigger more before insert on ${table} for each row execute function ${guard}()`,
    ];
    for (const attempt of attempts) await expect(server.query(url, attempt), attempt).rejects.toThrow(/permission denied|must be owner/);
  });

  test("cannot make a table or a function of its own beside them", async () => {
    const { url } = await subjectOfTest();
    for (const attempt of [
      "create table public.mine (a int)",
      "create function public.mine() returns int language sql as 'select 1'",
      "set session_replication_role = replica",
    ]) {
      await expect(server.query(url, attempt), attempt).rejects.toThrow("permission denied");
    }
  });

  test("is told in words where the tables are still to be made, and makes nothing", async () => {
    const empty = new URL(await server.database());
    await server.query(empty.href, "revoke create on schema public from public");
    const { username, password } = new URL((await subjectOfTest()).url);
    const url = Object.assign(new URL(empty), { username, password }).href;
    await expect(openStore({ url })).rejects.toThrow(/^The database register_\S+ at \S+ refuses: permission denied for schema public\./);
  });

  test("erases without leaving anything behind from 17 on, and before says that the owner has to see to the rest", async () => {
    const { store, raw } = await subjectOfTest();
    const person = await store.people.idOf("slack:T1/U1", "Ada Exemple");
    const erase = (one: string) => store.privacy.erase([{ kind: "person", person: one }], "p1", stamp("erase").recordedAt, "request");
    const isOld = (await server.version()) < 170_000;
    expect(await erase(person)).toEqual({ erased: [expect.anything()], ...(isOld ? { lingers: "not-ours" } : {}) });
    if (!isOld) await raw.query("revoke maintain on all tables in schema public from curewatch_app");
    const other = await store.people.idOf("slack:T1/U2", "Ben Exemple");
    expect(await erase(other)).toEqual({ erased: [expect.anything()], lingers: "not-ours" });
  });

  test("keeps what it needs when a migration makes tables anew, and so does no other role", async () => {
    const { raw, url } = await subjectOfTest();
    await raw.query("create role stranger");
    await raw.query("revoke all on matter from curewatch_app");
    await expect(server.query(url, "select from matter")).rejects.toThrow("permission denied");
    const { engine } = await engineOf(Object.assign(new URL(url), { username: "postgres", password: "tests" }).href);
    const owner = new Kysely<Tables>({ dialect: engine.dialect });
    await regrant(owner, registerGrants);
    await owner.destroy();
    expect(await server.query(url, "select stream from matter order by 1")).toEqual([{ stream: "alpha" }, { stream: "beta" }]);
    expect((await raw.query("select has_table_privilege('stranger', 'matter', 'select') as may")).rows).toEqual([{ may: false }]);
  });
});

describe("docs/postgresql-grants.sql", () => {
  const said = readFileSync(join(import.meta.dirname, "../../docs/postgresql-grants.sql"), "utf8");

  test("says what the program needs", () => {
    const wanted = [...registerGrants("curewatch_app", "public"), ...jobGrants("curewatch_app")].map((one) => `${one};\n`).join("");
    expect(said.slice(said.indexOf("grant usage on schema public"))).toBe(wanted);
  });

  test("followed from its first line to its last, lets the program run as a role that owns nothing", async () => {
    const fresh = await startPostgres(["fsync=off"]);
    onTestFinished(() => fresh.stop());
    const first = new URL(await fresh.database());
    const inside = new URL("/curewatch", first).href;
    for (const [, statement] of said.matchAll(/^-- {6}(.*);$/gm)) {
      await fresh.query(statement!.startsWith("alter schema") ? inside : first.href, statement!.replace("…", "pw"));
    }
    const as = (username: string) => Object.assign(new URL(inside), { username, password: "pw" }).href;
    await (await openStore({ url: as("curewatch_owner") })).close();
    // What begins with a backslash is psql's own.
    await fresh.query(as("curewatch_owner"), said.replaceAll(/^\\.*$/gm, ""));
    const store = await openStore({ url: as("curewatch_app") });
    await fill(store.ledger);
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    expect(await store.lead()).toBe(true);
    await store.close();
    await expect(fresh.query(as("curewatch_app"), "update ledger set data = '{}'")).rejects.toThrow("permission denied");
  });

  test("can be followed after a move, with nothing opened in between", { timeout: 60_000 }, async () => {
    const source = join(folderOfTest(), "source.db");
    await fillFile(source, 3);
    const empty = new URL(await server.database());
    await moveRegister({ from: `sqlite:${source}`, to: empty.href });
    // A role that may do nothing yet with this database, as the file has it.
    await server.query(empty.href, said.replaceAll(/^\\.*$/gm, ""));
    const { username, password } = new URL((await subjectOfTest()).url);
    const store = await openStore({ url: Object.assign(new URL(empty), { username, password }).href });
    onTestFinished(() => store.close());
    await store.canWrite();
    expect(await store.ledger.verify()).toMatchObject({ ok: true });
  });
});

describe("a guard", () => {
  const TAMPERED = {
    "switched off": "alter table ledger disable trigger ledger_no_update",
    "switched off for replication": "alter table ledger enable trigger ledger_no_update",
    "that fires for replication alone": "alter table ledger enable replica trigger ledger_no_update",
    "with a condition": `drop trigger ledger_no_update on ledger; create trigger ledger_no_update before update on ledger for each row
      when (new.desk = 'x') execute function ledger_no_update(); alter table ledger enable always trigger ledger_no_update`,
    "on another table": `drop trigger ledger_no_update on ledger; create trigger ledger_no_update before update on keyv for each statement
      execute function ledger_no_update(); alter table keyv enable always trigger ledger_no_update`,
    "that calls another's function": `drop trigger ledger_no_update on ledger; create trigger ledger_no_update before update on ledger for each statement
      execute function trail_no_update(); alter table ledger enable always trigger ledger_no_update`,
    "that calls a function of another schema": `create schema evil; create function evil.ledger_no_update() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$begin raise 'the ledger is append-only: no row is changed'; end$$;
      drop trigger ledger_no_update on ledger; create trigger ledger_no_update before update on ledger for each statement
      execute function evil.ledger_no_update(); alter table ledger enable always trigger ledger_no_update`,
    "that looks elsewhere": "alter function ledger_no_update() set search_path = evil, public",
    "that looks where the session does": "alter function ledger_no_update() reset search_path",
    "with its owner's rights": "alter function ledger_no_update() security definer",
    "after the change": `drop trigger ledger_no_update on ledger; create trigger ledger_no_update after update on ledger for each statement
      execute function ledger_no_update(); alter table ledger enable always trigger ledger_no_update`,
  };

  test.each(Object.entries(TAMPERED))("%s is named by verify", async (_, statement) => {
    const { ledger, raw } = await subjectOfTest();
    await raw.query(statement);
    expect(await ledger.verify()).toMatchObject({ ok: false, fault: { kind: "guard-missing", guard: "ledger_no_update" } });
  });

  test("whose table has lost a key is named by verify", async () => {
    const { ledger, raw } = await subjectOfTest();
    await raw.query("alter table ledger drop constraint ledger_desk_stream_event_id_key");
    expect(await ledger.verify()).toMatchObject({ ok: false, fault: { kind: "guard-missing", guard: "ledger_next_only" } });
  });

  test("holds for the superuser, for replication, for TRUNCATE, and for a gap", async () => {
    const { ledger, raw } = await subjectOfTest();
    await raw.query("set session_replication_role = replica");
    const columns = "desk, stream, event_id, type, on_day, recorded_at, by_person, via, command_id, data, texts, marks, prev_hash, hash";
    const copied = (position: number, version: number) =>
      `insert into ledger (position, version, ${columns}) select ${position}, ${version}, ${columns.replace("event_id", "'forged'")} from ledger where position = 1`;
    for (const attempt of [
      "update ledger set data = '{}'",
      "update ledger set data = '{}' where false",
      "delete from ledger",
      "truncate ledger",
      "truncate ledger, private_text",
      copied(7, 5),
      copied(6, 6),
      copied(0, 5),
    ]) {
      await expect(raw.query(attempt), attempt).rejects.toThrow("append-only");
    }
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 5 });
  });
});
