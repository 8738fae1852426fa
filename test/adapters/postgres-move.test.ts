import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moveRegister } from "../../adapters/store/sql/move.ts";
import { inspect, openStore } from "../../adapters/store/sql/open.ts";
import { stamp, to as toStream } from "../contracts/ledger-fixtures.ts";
import { bareEnvironment, call, folderOfTest, nodeArguments } from "../support/cli.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { SEED } from "../support/seeded.ts";
import { ROOT } from "../support/source.ts";
import { contentsOfFile, fillFile } from "./filled-register.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** A filled register file of so many rows a table and desk, and an empty database. */
async function ends(
  rows: number,
): Promise<{ readonly folder: string; readonly source: string; readonly from: string; readonly to: string }> {
  const folder = folderOfTest();
  const source = join(folder, "source.db");
  await fillFile(source, rows);
  return { folder, source, from: `sqlite:${source}`, to: await postgres.database() };
}

describe("a move to PostgreSQL", () => {
  test("and back again comes to the same, row by row and desk by desk", { timeout: 60_000 }, async () => {
    const { folder, source, from, to } = await ends(30);
    const there = await moveRegister({ from, to });
    const store = await openStore({ url: to });
    for (const { desk, head, events } of there.desks) {
      expect(await (await store.desk(desk)).ledger.verify(head)).toEqual({ ok: true, head, events });
    }
    await store.close();
    const back = await moveRegister({ from: to, to: `sqlite:${join(folder, "back.db")}` });
    expect(back).toEqual(there);
    expect(contentsOfFile(join(folder, "back.db"))).toEqual(contentsOfFile(source));
  });

  test("that is killed at any moment is taken up again by the same command, and comes to the same", { timeout: 120_000 }, async () => {
    const { folder, source, from, to } = await ends(500);
    const seed = SEED % 1_000_000;
    console.log(`kills by seed ${seed}`);
    let random = seed;
    let kills = 0;
    for (let attempt = 0; attempt < 4; attempt++) {
      random = (random * 48_271) % 2_147_483_647;
      const child = spawn(process.execPath, [...nodeArguments(["move", "--from", from, "--to", to])], {
        env: bareEnvironment(folder),
        stdio: "ignore",
      });
      const exit = once(child, "exit");
      await untilMoving(to, child);
      // The first time it is in the midst for certain; how long it takes to start differs from machine to machine.
      const timer = setTimeout(() => child.kill("SIGKILL"), kills === 0 ? 0 : random % 1_000);
      const [status] = await exit;
      clearTimeout(timer);
      if (status !== null) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    console.log(`killed ${kills} times`);
    const isBegun = (await postgres.query(to, "select 1 from pg_tables where tablename = 'moving'")).length > 0;
    if (isBegun) await expect(openStore({ url: to })).rejects.toThrow("has not ended");
    // The last one may have come to its end before it was killed.
    const [held] = isBegun ? [] : await postgres.query(to, "select 1 from pg_tables where tablename = 'ledger'");
    const isDone = held !== undefined && (await postgres.query(to, "select 1 from ledger limit 1")).length > 0;
    if (!isDone) await moveRegister({ from, to });
    await moveRegister({ from: to, to: `sqlite:${join(folder, "back.db")}` });
    expect(contentsOfFile(join(folder, "back.db"))).toEqual(contentsOfFile(source));
  });

  test("keeps what PostgreSQL's text cannot hold as it stands", async () => {
    const folder = folderOfTest();
    const from = `sqlite:${join(folder, "source.db")}`;
    const store = await openStore({ url: from });
    await store.ledger.append([toStream("alpha", 0, "e1")], stamp("c1"));
    await store.close();
    const to = await postgres.database();
    const taken = await moveRegister({ from, to });
    const moved = await openStore({ url: to });
    expect((await moved.ledger.read("alpha"))[0]!.texts["items.0.order"]).toBe("Stop\u0000 doing that, and that\n");
    expect(await moved.ledger.verify(taken.desks[0]!.head)).toMatchObject({ ok: true });
    await moved.close();
  });

  test("is refused where a process serves the source or the target, and where the target holds something", {
    timeout: 60_000,
  }, async () => {
    const { folder, from, to } = await ends(2);
    const other = await postgres.database();
    const store = await openStore({ url: other });
    await postgres.query(
      other,
      "insert into process (id, since, seen_at) values ('p', 0, (extract(epoch from clock_timestamp()) * 1000)::bigint)",
    );
    await expect(moveRegister({ from, to: other })).rejects.toMatchObject({ code: "move-target-served" });
    await expect(moveRegister({ from: other, to: `sqlite:${folder}/x.db` })).rejects.toMatchObject({ code: "move-source-served" });
    await postgres.query(other, "delete from process");
    await store.people.idOf("slack:T1/U1" as never, "ana");
    await store.close();
    await expect(moveRegister({ from, to: other })).rejects.toMatchObject({ code: "move-not-empty" });
    await expect(moveRegister({ from, to: to.replace(":tests@", ":wrong@") })).rejects.toThrow(
      /^The database register_\w+ at .* cannot be reached/,
    );
  });
});

describe("a backup from PostgreSQL", () => {
  test("is a register file with whole events, though others write while it is made", { timeout: 60_000 }, async () => {
    const { folder, from, to } = await ends(300);
    await moveRegister({ from, to });
    const [store, writer] = [await openStore({ url: to }), await openStore({ url: to })];
    const heads = new Set([(await store.ledger.head()).hash]);
    let isDone = false;
    let written = 0;
    const writing = (async () => {
      for (; !isDone; written++) {
        const appended = await writer.ledger.append([toStream(`late ${written}`, 0, "e1", "e2")], stamp(`late ${written}`));
        if (appended.ok) heads.add(appended.head.hash);
      }
    })();
    const files = ["one.db", "two.db"].map((name) => join(folder, name));
    for (const file of files) await store.backup(file);
    isDone = true;
    await writing;
    expect(written).toBeGreaterThan(3);
    for (const file of files) {
      const looked = await inspect(file);
      expect(looked).toMatchObject({ ok: true, newer: false });
      const copy = await openStore({ url: `sqlite:${file}` });
      const verified = await copy.ledger.verify();
      expect(verified.ok && heads.has(verified.head)).toBe(true);
      expect(verified.events % 2).toBe(0);
      await copy.close();
    }
    await expect(store.backup(files[0]!)).rejects.toThrow("exists already");
    expect(readFileSync(files[0]!).subarray(0, 15).toString()).toBe("SQLite format 3");
    await Promise.all([store.close(), writer.close()]);
  });
});

const KOUROU = "CNIL:SAN-2023-018";

describe("a restore into PostgreSQL", () => {
  /** The command line on a database whose address stands in the environment alone. */
  function on(url: string, folder: string) {
    return (...words: string[]) => call(words, folder, { ...bareEnvironment(folder), DATABASE_URL: url });
  }

  test("brings a backup back, and what was erased since is erased again by the list", { timeout: 90_000 }, async () => {
    const folder = folderOfTest();
    const [one, other] = [await postgres.database(), await postgres.database()];
    expect(await on(one, folder)("import", join(ROOT, "examples/kourou.yaml"))).toMatchObject({ status: 0, err: "" });
    expect(await on(one, folder)("backup", "copy.db")).toMatchObject({ status: 0, err: "" });
    const later = await openStore({ url: one });
    const [{ eventId }] = (await later.ledger.read(KOUROU)) as unknown as readonly [{ readonly eventId: string }];
    await later.privacy.erase([{ kind: "text", stream: KOUROU, eventId, path: "respondent" }], "p1", stamp("").recordedAt, "asked");
    await later.close();
    const list = await on(one, folder)("erasures");
    expect(JSON.parse(list.out)).toMatchObject({ desk: "main", because: "asked" });
    writeFileSync(join(folder, "list"), list.out);

    const restored = await on(other, folder)("restore", "copy.db");
    expect(restored).toMatchObject({ status: 0, err: "" });
    expect(restored.out).toContain("run restored --erasures");
    expect(await respondentIn(other)).toBe("Commune de Kourou");
    const told = await on(other, folder)("restored", "--erasures", "list", "--json");
    expect(JSON.parse(told.out)).toEqual({ desks: 1, erased: 1, list: { file: "list", erasures: 1, strange: 0, cut: false } });
    expect(await respondentIn(other)).toBeUndefined();
    expect(await on(other, folder)("verify")).toMatchObject({ status: 0, err: "" });

    const refused = await on(other, folder)("restore", "copy.db");
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/the register at postgres:\/\/127\.0\.0\.1:\d+\/register_\w+ already holds 4 events/);
    expect(refused.err).not.toContain("tests");
  });

  test("leaves its note where adapters keep theirs, and is refused in words where a process serves", { timeout: 60_000 }, async () => {
    const { folder, from } = await ends(2);
    const [one, keyv] = [await postgres.database(), await postgres.database()];
    const source = await openStore({ url: from });
    await source.backup(join(folder, "copy.db"));
    await source.close();
    const environment = { ...bareEnvironment(folder), DATABASE_URL: one, CUREWATCH_KEYV_URL: keyv };
    await (await openStore({ url: one })).close();
    const alive =
      "insert into process (id, since, seen_at) values ('p', 0, (extract(epoch from clock_timestamp()) * 1000 + 60000)::bigint)";
    await postgres.query(one, alive);
    const refused = await call(["restore", "copy.db"], folder, environment);
    expect([refused.status, refused.err.includes("Curewatch is running on")]).toEqual([1, true]);
    await postgres.query(one, "delete from process");
    expect(await call(["restore", "copy.db"], folder, environment)).toMatchObject({ status: 0, err: "" });
    const store = await openStore({ url: one, keyv });
    expect(await store.state("desk").get("restored")).toMatchObject({ lookedAt: null });
    await store.close();
  });

  async function respondentIn(url: string): Promise<string | undefined> {
    const store = await openStore({ url });
    const [first] = await store.ledger.read(KOUROU);
    await store.close();
    return first!.texts.respondent;
  }
});

/** Returns when a move into the database has begun, or its process is no more. */
async function untilMoving(to: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const begun = await postgres.query(to, "select 1 from pg_tables where tablename = 'moving'");
    if (begun.length > 0) return;
  }
}
