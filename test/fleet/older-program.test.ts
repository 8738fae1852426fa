import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { COPIED, LEFT } from "../../adapters/store/sql/copied-tables.ts";
import { migrate } from "../../adapters/store/sql/migrate.ts";
import { MIGRATIONS, type Migration } from "../../adapters/store/sql/migrations/index.ts";
import { moveRegister } from "../../adapters/store/sql/move.ts";
import { engineOf, inspect, openStore } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { setClock } from "../../src/time/clock.ts";
import { postgresSubjects } from "../adapters/postgres-subject.ts";
import { sqliteSubject } from "../adapters/sql-subject.ts";
import { NOON } from "../app/many-of-test.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { folderOfTest } from "../support/cli.ts";
import { type ServedProcess, servedOn } from "./served-fleet.ts";
import { until } from "./store-fleet.ts";

const subjects = await postgresSubjects();
const { server } = subjects;
afterAll(() => server.stop());

const OLDER = MIGRATIONS.length;
const NEWER = new RegExp(`was written by a newer Curewatch: its schema is ${OLDER + 1}, this program knows ${OLDER}\\. Update the program`);
const TABLES = [...COPIED.map(({ name }) => name), ...LEFT];
const PLACE = "slack:T1/C1";

/**
 * What a migration to come may do at the most: a column more in every table, an index over the one that is written most, and a table of its own.
 * `held` is awaited when all of it is done and nothing of it is committed yet.
 */
function newerThan(held: () => Promise<void> = async () => undefined): readonly Migration[] {
  return [
    ...MIGRATIONS,
    {
      alters: TABLES,
      async run(db) {
        const added = sql.raw("add column later text not null default ''");
        for (const table of TABLES) await sql`alter table ${sql.table(table)} ${added}`.execute(db);
        await sql`create index ledger_later on ledger (later)`.execute(db);
        await sql`create table later_still (desk text not null primary key, said text not null)`.execute(db);
        await held();
      },
    },
  ];
}

const WAITING = "select 1 from pg_locks where not granted";
const REACHED = "select max(version)::int as version from schema_version";
const OWN_TABLES = sql`select oid::text as oid, relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`;
/** By a lock that an INSERT of somebody else's waits for. */
const KEPT = sql`select relation::text as oid from pg_locks where pid = pg_backend_pid() and locktype = 'relation'
  and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`;

/** The same database as whoever owns it opens it. */
function ownerOf(url: string): string {
  return Object.assign(new URL(url), { username: "postgres", password: "tests" }).href;
}

const refOf = (n: number) => `SAN-2023-${100 + n}`;

/** Registers one matter after the other, in one process after the other, until told to end; what was answered, in order. */
function typing(...processes: readonly ServedProcess[]) {
  const terms = '--kind sanction --decided 2023-12-12 --notified 2023-12-18 --item a --order "Order" --period P2M --rate 100 --per day';
  const answers: string[] = [];
  let ended = false;
  async function type(): Promise<void> {
    for (let n = 0; !ended && n < 200; n++)
      answers.push(await processes[n % processes.length]!.ask(PLACE, `register CNIL ${refOf(n)} "Example SA" ${terms}`));
  }
  const done = type();
  async function end(): Promise<void> {
    ended = true;
    await done;
  }
  onTestFinished(end);
  return { answers, end };
}

describe("while a newer program migrates the database that they serve, processes of the older one", () => {
  test("append, read and deliver, and hand over to the newer one, without a word lost or said twice", { timeout: 60_000 }, async () => {
    const { url, close } = await subjects.subject();
    onTestFinished(close);
    const clock = setClock(NOON);
    const older = [await servedOn(url, clock), await servedOn(url, clock)] as const;
    await older[0].ask(PLACE, "watch");
    const typed = typing(...older);
    await until(() => typed.answers.length >= 4);

    let before = 0;
    const held = async () => {
      before = typed.answers.length;
      // The moment that matters: what the older program asks waits for the migration.
      await until(async () => (await server.query(ownerOf(url), WAITING)).length > 0);
    };
    await (await openStore({ url: ownerOf(url), migrations: newerThan(held) })).close();
    expect(await server.query(ownerOf(url), REACHED)).toEqual([{ version: OLDER + 1 }]);
    await until(() => typed.answers.length >= before + 6);
    await typed.end();

    const newer = await servedOn(url, clock, { migrations: newerThan() });
    const ask = (n: number) => newer.ask(PLACE, `show ${refOf(n)}`);
    const last = typed.answers.length - 1;
    expect(await ask(last)).toContain(refOf(last));
    // What the newer one records, the older one reads and builds on.
    await newer.ask(PLACE, `assign ${refOf(last)} to me`);
    expect(await older[1].ask(PLACE, `show ${refOf(last)}`)).toContain("ana");
    await older[0].ask(PLACE, `paid ${refOf(last)} --on 2024-06-01 --amount 4321`);
    expect(await newer.ask(PLACE, `history ${refOf(last)}`)).toMatch(/4[,.]?321/);
    const verified = await older[0].store.ledger.verify();
    expect(verified).toMatchObject({ ok: true });
    expect(await newer.store.ledger.verify()).toEqual(verified);

    const all = [...older, newer];
    const posted = () => all.flatMap(({ adapter }) => adapter.posted);
    for (const process of older) await process.stop();
    await until(async () => (await newer.ready()).leading);
    await until(() => typed.answers.every((_, n) => posted().some(({ text }) => text.includes(refOf(n)))));
    for (const { log } of all) expect(log.lines.filter((line) => /^(error|warn)/.test(line))).toEqual([]);
    expect(typed.answers.filter((answer, n) => !answer.includes(refOf(n)))).toEqual([]);
    expect(new Set(posted().map(({ text }) => text)).size).toBe(posted().length);
  });

  test("are refused in words what they could do by halves alone: a copy, and to start again", async () => {
    const { url, store, raw, close } = await subjects.subject();
    onTestFinished(close);
    await fill(store.ledger);
    await (await openStore({ url: ownerOf(url), migrations: newerThan() })).close();
    const file = join(folderOfTest(), "copy.db");
    await expect(store.backup(file)).rejects.toThrow(NEWER);
    for (const path of [file, `${file}.part`]) expect(existsSync(path)).toBe(false);
    await expect(openStore({ url })).rejects.toThrow(NEWER);
    await expect(moveRegister({ from: url, to: `sqlite:${file}` })).rejects.toMatchObject({ code: "move-source-newer" });
    expect(existsSync(file)).toBe(false);
    expect((await raw.query("select 1 from ledger")).rowCount).toBe(5);
    await store.ledger.append([to("beta", 1, "e2")], stamp("older"));
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 6 });
  });

  test("are never ended for a deadlock with it: it gives back what it has, and takes all tables when they are free", {
    timeout: 30_000,
  }, async () => {
    const { url, store, raw, close } = await subjects.subject();
    onTestFinished(close);
    const [first, last] = [TABLES.toSorted()[0]!, TABLES.toSorted().at(-1)!];
    await raw.query(`begin; lock table ${last} in row exclusive mode`);
    const migrating = openStore({ url: ownerOf(url), migrations: newerThan() });
    await until(async () => (await server.query(ownerOf(url), WAITING)).length > 0);
    await raw.query(`lock table ${first} in row exclusive mode`);
    await raw.query("commit");
    await (await migrating).close();
    await fill(store.ledger);
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
  });

  test("go on undisturbed where it cannot have a table within its time: it changes nothing, and says so", { timeout: 30_000 }, async () => {
    const { url, store, raw, close } = await subjects.subject();
    onTestFinished(close);
    await raw.query("begin; select from review");
    await expect(openStore({ url: ownerOf(url), migrations: newerThan() })).rejects.toThrow(
      /^The register is busy: another program has held a table .* Nothing was changed: run this again\.$/,
    );
    await raw.query("rollback");
    await fill(store.ledger);
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    expect((await raw.query(REACHED)).rows).toEqual([{ version: OLDER }]);
    await (await openStore({ url })).close();
  });
});

test("each migration names all the tables that it keeps others from", async () => {
  const url = await server.database();
  const { engine, name } = await engineOf(url);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  onTestFinished(() => db.destroy());
  for (const [index, migration] of MIGRATIONS.entries()) {
    let before: readonly { readonly oid: string; readonly name: string }[] = [];
    let kept: readonly string[] = [];
    const looked: Migration = {
      // Without taking any first.
      alters: [],
      async run(tx, with_) {
        before = (await sql<{ oid: string; name: string }>`${OWN_TABLES}`.execute(tx)).rows;
        await migration.run(tx, with_);
        const locked = new Set((await sql<{ oid: string }>`${KEPT}`.execute(tx)).rows.map(({ oid }) => oid));
        kept = before.filter(({ oid }) => locked.has(oid)).map((one) => one.name);
      },
    };
    const migrations = [...MIGRATIONS.slice(0, index), looked];
    await migrate(db, engine, name, { clock: setClock(NOON), probe: noProbe, migrations });
    expect([index + 1, kept.filter((one) => one !== "schema_version").toSorted()]).toEqual([index + 1, [...migration.alters].toSorted()]);
  }
});

test("on SQLite a process of the older program goes on when a newer one has migrated its file: its copy is whole, and it opens neither any more", async () => {
  const { file, store, close } = await sqliteSubject();
  onTestFinished(close);
  await fill(store.ledger);
  const newer = await openStore({ url: `sqlite:${file}`, migrations: newerThan() });
  onTestFinished(() => newer.close());
  await newer.ledger.append([to("beta", 1, "e2")], stamp("newer"));
  expect(await store.ledger.read("beta")).toHaveLength(2);
  await store.ledger.append([to("beta", 2, "e3")], stamp("older"));
  await store.people.idOf("slack:T1/U1", "ana");
  for (const { ledger } of [store, newer]) expect(await ledger.verify()).toMatchObject({ ok: true, events: 7 });
  await expect(openStore({ url: `sqlite:${file}` })).rejects.toThrow(NEWER);
  const copy = join(folderOfTest(), "copy.db");
  await store.backup(copy);
  expect(await inspect(copy)).toMatchObject({ ok: true, schema: OLDER + 1, newer: true, head: { events: 7 } });
  await expect(openStore({ url: `sqlite:${copy}` })).rejects.toThrow(NEWER);
});
