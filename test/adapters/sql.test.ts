import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { inspect, openStore } from "../../adapters/store/sql/open.ts";
import { setClock } from "../../src/time/clock.ts";
import { instantOf } from "../../src/time/instant.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

describe("opening a register", () => {
  test("refuses a path whose folder is not there, and makes none", async () => {
    const { folder } = await subjectOfTest();
    const before = readdirSync(folder);
    await expect(openStore({ url: `sqlite:${folder}/a/b/register.db` })).rejects.toThrow(`There is no folder ${folder}/a/b`);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("keeps nothing when it is in memory", async () => {
    const store = await openStore({ url: "sqlite::memory:" });
    await fill(store.ledger);
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    await store.close();
    const again = await openStore({ url: "sqlite::memory:" });
    expect(await again.ledger.head()).toMatchObject({ events: 0 });
    await again.close();
  });

  test("refuses what is not a register, in a sentence that names it", async () => {
    const { folder } = await subjectOfTest();
    const text = join(folder, "text.db");
    writeFileSync(text, "not a database, but long enough to be looked at. ".repeat(100));
    await expect(openStore({ url: `sqlite:${text}` })).rejects.toThrow(`The register ${text} cannot be opened: file is not a database.`);
    await expect(openStore({ url: `sqlite:${folder}` })).rejects.toThrow(`The register ${folder} cannot be opened: `);
    const under = join(text, "register.db");
    await expect(openStore({ url: `sqlite:${under}` })).rejects.toThrow(`The register ${under} cannot be opened: `);
    const foreign = join(folder, "foreign.db");
    const database = new DatabaseSync(foreign);
    database.exec("CREATE TABLE ledger (a)");
    database.close();
    await expect(openStore({ url: `sqlite:${foreign}` })).rejects.toThrow(`${foreign} is a database, but not a Curewatch register.`);
    for (const [url, shown] of [
      ["", ""],
      ["sqlite:", "sqlite:"],
      ["register.db", "register.db"],
      ["mysql://me:s3cret@localhost", "mysql://…"],
    ] as const) {
      await expect(openStore({ url })).rejects.toThrow(`No register can be opened at "${shown}"`);
    }
  });

  test("refuses a database that a newer program wrote, and leaves it alone", async () => {
    const { file, store } = await subjectOfTest();
    await fill(store.ledger);
    const raw = new DatabaseSync(file);
    raw.exec("INSERT INTO schema_version VALUES (99, 'later')");
    raw.close();
    await expect(openStore({ url: `sqlite:${file}` })).rejects.toThrow(
      `${file} was written by a newer Curewatch: its schema is 99, this program knows 6.`,
    );
    expect(await inspect(file)).toMatchObject({ ok: true, schema: 99, newer: true, head: { events: 5 } });
  });

  test("keeps desks apart: each has its own chain, people and places", async () => {
    const { file, store } = await subjectOfTest();
    const client = await openStore({ url: `sqlite:${file}`, desk: "client" });
    await fill(store.ledger);
    await client.ledger.append([to("alpha", 0, "e1")], stamp("fill 1"));
    expect(await client.ledger.verify()).toMatchObject({ ok: true, events: 1 });
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    expect([await store.people.idOf("console:a", "Ada"), await client.people.idOf("console:b", "Bea")]).toEqual(["p1", "p1"]);
    expect(await client.people.nameOf("p1")).toBe("Bea");
    await client.close();
  });
});

describe("people", () => {
  test("are numbered at first sight and keep their newest name", async () => {
    const { store, anotherStore } = await subjectOfTest();
    const { people } = store;
    expect(await people.idOf("slack:T1/U1", "Ada")).toBe("p1");
    expect(await people.idOf("slack:T1/U2", "Bea")).toBe("p2");
    expect(await people.idOf("slack:T1/U1", "Ada L.")).toBe("p1");
    expect([await people.nameOf("p1"), await people.nameOf("p2"), await people.nameOf("p3")]).toEqual(["Ada L.", "Bea", null]);
    expect([await people.known("slack:T1/U2"), await people.known("slack:T1/U4"), await people.known("slack:T1/U4")]).toEqual([
      "p2",
      null,
      null,
    ]);
    const other = (await anotherStore()).people;
    const ids = await Promise.all([people, other, people, other].map((one) => one.idOf("slack:T1/U3", "Cleo")));
    expect(ids).toEqual(["p3", "p3", "p3", "p3"]);
  });

  test("are found by their id and by their name, however it is written", async () => {
    const { people } = (await subjectOfTest()).store;
    for (const [ref, name] of [
      ["slack:T1/U1", "Éva"],
      ["slack:T1/U2", "Bea"],
      ["teams:U3", "@ÉVA "],
      ["teams:U4", ""],
    ] as const)
      await people.idOf(ref, name);
    expect([await people.refOf("p3"), await people.refOf("p9")]).toEqual(["teams:U3", null]);
    expect(await people.named("@éva")).toEqual(["p1", "p3"]);
    expect([await people.named("Ev"), await people.named("@")]).toEqual([[], []]);
    await people.idOf("slack:T1/U1", "Eva Martin");
    expect(await people.named("Éva")).toEqual(["p3"]);
  });

  test("who were erased leave their id to nobody", async () => {
    const { file, store } = await subjectOfTest();
    await store.people.idOf("slack:T1/U1", "Ada");
    const raw = new DatabaseSync(file);
    raw.exec("DELETE FROM person");
    raw.close();
    expect(await store.people.nameOf("p1")).toBeNull();
    expect(await store.people.idOf("slack:T1/U2", "Bea")).toBe("p2");
  });
});

describe("what an adapter keeps by key", () => {
  test("is apart from every other adapter's and there after a restart", async () => {
    const { file, store } = await subjectOfTest();
    await store.state("slack").set("T1", { token: "x", list: [1, null] });
    await store.state("teams").set("T1", "y");
    expect(await store.state("slack").delete("T2")).toBe(false);
    await store.close();
    const again = await openStore({ url: `sqlite:${file}` });
    expect(await again.state("slack").get("T1")).toEqual({ token: "x", list: [1, null] });
    expect(await again.state("teams").get("T1")).toBe("y");
    expect(await again.state("console").get("T1")).toBeUndefined();
    await again.close();
  });

  test("is gone when its time is over", async () => {
    const clock = setClock(instantOf(Date.UTC(2124, 0, 1)));
    const store = await openStore({ url: "sqlite::memory:", clock });
    const seen = store.state("slack");
    await seen.set("event", true, 60_000);
    clock.set(instantOf(Date.UTC(2124, 0, 1, 0, 1)));
    expect(await seen.get("event")).toBe(true);
    clock.set(instantOf(Date.UTC(2124, 0, 1, 0, 1, 1)));
    expect(await seen.get("event")).toBeUndefined();
    await store.close();
  });
});
