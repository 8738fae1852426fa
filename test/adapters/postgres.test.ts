import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { serverRefusal } from "../../adapters/store/sql/dialect-postgres.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { type PostgresSubject, postgresSubjects } from "./postgres-subject.ts";

const subjects = await postgresSubjects();
const { server } = subjects;
afterAll(() => server.stop());

async function subjectOfTest(): Promise<PostgresSubject> {
  const subject = await subjects.subject();
  onTestFinished(() => subject.close());
  return subject;
}

describe("opening a register on PostgreSQL", () => {
  test("at once by many makes its tables once", async () => {
    const url = await server.database();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ url })));
    expect(await server.query(url, "select version::int from schema_version order by 1")).toEqual(
      [1, 2, 3, 4, 5, 6].map((version) => ({ version })),
    );
    await fill(stores[0]!.ledger);
    for (const store of stores) expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    for (const store of stores) await store.close();
  });

  test("refuses a database that a newer program wrote, that is another's, or in which the text has another encoding", async () => {
    const newer = await subjectOfTest();
    await newer.raw.query("insert into schema_version values (99, 'later')");
    await expect(openStore({ url: newer.url })).rejects.toThrow(
      / at 127\.0\.0\.1:\d+ was written by a newer Curewatch: its schema is 99, this program knows 6\./,
    );
    const foreign = await server.database();
    await server.query(foreign, "create table ledger (a int)");
    await expect(openStore({ url: foreign })).rejects.toThrow(/is a database, but not a Curewatch register\. Nothing was changed in it\./);
    await server.query(foreign, "create database latin1 encoding 'LATIN1' locale 'C' template template0");
    await expect(openStore({ url: foreign.replace(/[^/]*$/, "latin1") })).rejects.toThrow(
      /latin1 at \S+ is encoded in LATIN1: Curewatch needs one in UTF8\./,
    );
  });

  test("refuses a server before 14, and takes 14", () => {
    const told = { encoding: "UTF8", schema: "public" };
    expect(serverRefusal({ version: 130_022, said: "13.22", ...told }, "r at h:1")).toBe(
      "The database r at h:1 is PostgreSQL 13.22: Curewatch needs 14 or newer.",
    );
    expect(serverRefusal({ version: 140_000, said: "14.0", ...told }, "r at h:1")).toBeNull();
  });

  test("tells no password, whatever is wrong with the address", async () => {
    const { url } = await subjectOfTest();
    const { hostname, port, pathname } = new URL(url);
    const addresses = [
      `postgres://curewatch_app:s3cret@${hostname}:${port}${pathname}`,
      `postgres://curewatch_app:s3cret@${hostname}:${port}/nowhere`,
      `postgres://curewatch_app:s3cret@${hostname}:9/nowhere`,
      "postgres://curewatch_app:s3cret@[bad/nowhere",
      "postgres://curewatch_app:s3cret#@host:1/nowhere",
      "postgres://curewatch_app:s3cret%@host/nowhere",
    ];
    for (const address of addresses) {
      const failed = await openStore({ url: address }).catch((error: Error) => error);
      expect(failed).toBeInstanceOf(Error);
      expect(inspect(failed, { depth: 9, showHidden: true }), address).not.toContain("s3cret");
    }
    const store = await openStore({ url });
    const password = decodeURIComponent(new URL(url).password);
    for (const held of [store, store.state("slack")]) expect(inspect(held, { depth: 4 })).not.toContain(password);
    await store.close();
  });
});

describe("texts", () => {
  const TEXTS = ["a\0b", "\0", "\uFDD0", "\uFDD00", "\uFDD0\0", "half \uD800 of a pair", "é", "\u{1F600}", "x\\u0000", ""];

  test("of every kind come back as SQLite keeps them, and are found by what they are", async () => {
    const { store } = await subjectOfTest();
    const file = await openStore({ url: "sqlite::memory:" });
    for (const [index, text] of TEXTS.entries()) {
      const kept = [];
      for (const { people, ledger, state } of [store, file]) {
        const entry = { eventId: "e1", type: "noted", on: null, data: { text }, texts: { note: text } };
        await ledger.append([{ stream: `s${index}${text}`, expectedVersion: 0, entries: [entry] }], stamp(`c${index}${text}`));
        const [row] = await ledger.read(`s${index}${text}`.toWellFormed());
        await state("slack").set(`key${text}`, text);
        const id = await people.idOf(`slack:${index}${text}`, text);
        kept.push({ texts: row?.texts, data: row?.data, state: await state("slack").get(`key${text}`), name: await people.nameOf(id), id });
      }
      expect(kept[0]).toEqual(kept[1]);
      expect(kept[0]!.texts).toEqual({ note: text.toWellFormed() });
    }
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: TEXTS.length });
    await file.close();
  });

  test("are compared by their code points, whatever language the database was made for", async () => {
    const postgres = await server.database();
    // A database has no language of ICU's before 15, and what the machine has for libc is not known.
    const [{ icu }] = (await server.query(postgres, "select current_setting('server_version_num')::int >= 150000 as icu")) as [
      { icu: boolean },
    ];
    const language = icu ? "locale_provider icu icu_locale 'en-US' locale 'C.UTF-8'" : "locale 'C.UTF-8'";
    await server.query(postgres, `create database english ${language} template template0`);
    const url = postgres.replace(/[^/]*$/, "english");
    expect(await server.query(url, "select 'a' < 'B' as natural")).toEqual([{ natural: icu }]);
    const store = await openStore({ url });
    for (const desk of ["b", "É", "B", "a"]) await store.desk(desk);
    expect(await store.desks()).toEqual(["B", "a", "b", "main", "É"]);
    const columns = "select table_name || '.' || column_name as at from information_schema.columns where table_schema = 'public'";
    expect(await server.query(url, `${columns} and data_type = 'text' and collation_name is distinct from 'C'`)).toEqual([]);
    expect(await server.query(url, `${columns} and data_type not in ('text', 'bigint')`)).toEqual([]);
    await store.close();
  });
});

describe("several writers", () => {
  test("take positions in the order in which they are committed: whoever reads sees no gap that is filled later", async () => {
    const subject = await subjectOfTest();
    const writers = await Promise.all(Array.from({ length: 3 }, () => subject.anotherStore()));
    const writing = Promise.all(
      writers.flatMap(({ ledger }, writer) =>
        Array.from({ length: 12 }, (_, index) => ledger.append([to(`${writer} ${index}`, 0, "e1", "e2")], stamp(`${writer} ${index}`))),
      ),
    );
    let done = false;
    void writing.finally(() => {
      done = true;
    });
    let most = 0;
    while (!done) {
      const positions = (await subject.ledger.readAll(0, 1_000)).map(({ position }) => position);
      expect(positions).toEqual(positions.map((_, index) => index + 1));
      expect(positions.length).toBeGreaterThanOrEqual(most);
      most = positions.length;
    }
    expect((await writing).every((one) => one.ok && !one.repeated)).toBe(true);
    expect(await subject.ledger.verify()).toMatchObject({ ok: true, events: 72 });
  });

  function child(...parameters: readonly (string | number)[]) {
    return spawn(process.execPath, [join(import.meta.dirname, "append-in-child.ts"), ...parameters.map(String)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  test("in two processes at once make one chain", async () => {
    const subject = await subjectOfTest();
    const codes = await Promise.all(["one", "other"].map((name) => once(child(subject.url, name, 10, 5), "exit")));
    expect(codes.map(([code]) => code)).toEqual([0, 0]);
    expect(await subject.ledger.verify()).toMatchObject({ ok: true, events: 2 * 10 * 5 * 3 });
  });

  test("leave an append whole or not at all where one is killed", async () => {
    const subject = await subjectOfTest();
    let [events, lost] = [0, 0];
    for (const milliseconds of [5, 150, 300]) {
      const writer = child(subject.url, `killed after ${milliseconds}`, 1, 2_000);
      await once(writer.stdout, "data");
      await wait(milliseconds);
      writer.kill("SIGKILL");
      await once(writer, "exit");
      // Whoever writes next waits until the server has done with it.
      expect(await subject.ledger.append([to(`after ${milliseconds}`, 0, "e1")], stamp(`after ${milliseconds}`))).toMatchObject({
        ok: true,
      });
      const told = await subject.ledger.verify();
      expect(told).toMatchObject({ ok: true });
      const written = told.events - events - 1;
      expect([0, 6_000]).toContain(written);
      if (written === 0) lost++;
      events = told.events;
    }
    expect(lost).toBeGreaterThan(0);
  });
});
