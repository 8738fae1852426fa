import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { inspect, openStore } from "../../adapters/store/sql/open.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

describe("a backup", () => {
  test("is whole while others write, and opens as a register", async () => {
    const { folder, ledger, store } = await subjectOfTest();
    await fill(ledger);
    const copy = join(folder, "copies", "one.db");
    mkdirSync(join(folder, "copies"));
    const appends = Array.from({ length: 10 }, (_, index) => ledger.append([to(`stream ${index}`, 0, "e1", "e2")], stamp(`c${index}`)));
    await Promise.all([...appends, store.backup(copy)]);
    const looked = await inspect(copy);
    if (!looked.ok) throw new Error(looked.reason);
    expect(looked).toMatchObject({ schema: 6, newer: false });
    expect((looked.head.events - 5) % 2).toBe(0);
    expect(readdirSync(join(folder, "copies"))).toEqual(["one.db"]);
    const restored = await openStore({ url: `sqlite:${copy}` });
    expect(await restored.ledger.verify(looked.head.hash)).toMatchObject({ ok: true, events: looked.head.events });
    await restored.close();
    expect(await ledger.verify(looked.head.hash)).toMatchObject({ ok: true, events: 25 });
  });

  test("does not write over a file", async () => {
    const { file, store } = await subjectOfTest();
    await expect(store.backup(file)).rejects.toThrow(`${file} exists already`);
  });

  test("that is none is told apart before anything is restored", async () => {
    const { folder } = await subjectOfTest();
    const text = join(folder, "text.db");
    writeFileSync(text, "not a database, but long enough to be looked at. ".repeat(100));
    mkdirSync(join(folder, "empty"));
    new DatabaseSync(join(folder, "empty.db")).close();
    expect(await inspect(join(folder, "none.db"))).toEqual({ ok: false, reason: "absent" });
    expect(await inspect(text)).toEqual({ ok: false, reason: "unreadable", detail: expect.stringContaining("file is not a database") });
    expect(await inspect(join(folder, "empty"))).toMatchObject({ ok: false });
    expect(await inspect(join(folder, "empty.db"))).toEqual({ ok: false, reason: "not-a-register" });
  });

  test("of a register that was not closed can be looked at", async () => {
    const { file, folder, ledger } = await subjectOfTest();
    await fill(ledger);
    copyFileSync(file, join(folder, "copy.db"));
    copyFileSync(`${file}-wal`, join(folder, "copy.db-wal"));
    expect(await inspect(join(folder, "copy.db"))).toMatchObject({ ok: true, head: { events: 5 } });
  });
});
