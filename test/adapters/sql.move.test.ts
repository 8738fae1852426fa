import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { describe, expect, test } from "vitest";
import { COPIED, LEFT } from "../../adapters/store/sql/copied-tables.ts";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import { moveRegister } from "../../adapters/store/sql/move.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { folderOfTest } from "../support/cli.ts";
import { contentsOfFile, fillFile } from "./filled-register.ts";

interface Ends {
  readonly source: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

async function ends(rows = 40): Promise<Ends> {
  const folder = folderOfTest();
  const [source, target] = [join(folder, "source.db"), join(folder, "target.db")];
  await fillFile(source, rows);
  return { source, target, from: `sqlite:${source}`, to: `sqlite:${target}` };
}

test("every table of the schema is copied, or is named among those that stay", async () => {
  const folder = folderOfTest();
  const file = join(folder, "register.db");
  await (await openStore({ url: `sqlite:${file}` })).close();
  const engine = openSqlite(file);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  const tables = [...(await engine.tables(db))].sort();
  await db.destroy();
  expect([...COPIED.map(({ name }) => name), ...LEFT].sort()).toEqual(tables);
});

describe("a move", () => {
  test("brings every row of every desk along, proves the chains and leaves the source as it was", async () => {
    const { source, target, from, to } = await ends();
    const before = contentsOfFile(source);
    for (const { name } of COPIED) expect([name, before[name]!.length > 1]).toEqual([name, true]);
    const bytes = readFileSync(source);
    const taken = await moveRegister({ from, to });
    expect(taken.desks.map(({ desk, events }) => [desk, events])).toEqual([
      ["main", 80],
      ["slack-t1", 80],
    ]);
    expect(contentsOfFile(target)).toEqual(before);
    expect(readFileSync(source).equals(bytes)).toBe(true);
    const store = await openStore({ url: to });
    expect(await store.ledger.verify(taken.desks[0]!.head)).toMatchObject({ ok: true, events: 80 });
    await store.close();
  });

  test("that breaks off at any page is taken up again, and comes to the same", { timeout: 60_000 }, async () => {
    const { source, target, from, to } = await ends(520);
    const before = contentsOfFile(source);
    let stops = 0;
    for (let after = 1; ; after += 7) {
      let told = 0;
      try {
        const progress = () => {
          told += 1;
          if (told > after) throw new Error("broken off");
        };
        await moveRegister({ from, to, progress });
        break;
      } catch (error) {
        expect((error as Error).message).toBe("broken off");
        stops += 1;
        if (existsSync(target))
          await expect(openStore({ url: to })).rejects.toThrow("was begun and has not ended. Run the same move again");
      }
    }
    expect(stops).toBeGreaterThan(8);
    expect(contentsOfFile(target)).toEqual(before);
  });

  test("that is taken up again after the source has gone on brings what was added and what was changed", async () => {
    const { source, target, from, to } = await ends();
    await expect(moveRegister({ from, to, progress: breakingAt(40) })).rejects.toThrow("broken off");
    const raw = new DatabaseSync(source);
    raw.exec("UPDATE keyv SET value = 'other' WHERE desk = 'main'; DELETE FROM live_card WHERE place LIKE '% 7'");
    raw.exec("INSERT INTO hold SELECT desk, max(number) + 1, stream, 0, by_person, given_at FROM hold WHERE desk = 'main' GROUP BY desk");
    raw.close();
    await moveRegister({ from, to });
    expect(contentsOfFile(target)).toEqual(contentsOfFile(source));
  });

  test("of a source that was written to meanwhile is not done, and brings the rest when it is run again", async () => {
    const { source, target, from, to } = await ends();
    const progress = (done: number, of: number) => {
      if (done !== of) return;
      const raw = new DatabaseSync(source);
      raw.exec("INSERT INTO keyv VALUES ('main', 'late', '1', NULL)");
      raw.close();
    };
    await expect(moveRegister({ from, to, progress })).rejects.toMatchObject({ code: "move-source-changed" });
    await moveRegister({ from, to });
    expect(contentsOfFile(target).keyv).toHaveLength(81);
  });

  test("writes beside a file what was erased, so that a back-up of it forgets it too", async () => {
    const { target, from, to } = await ends(3);
    await moveRegister({ from, to });
    const lines = readFileSync(`${target}.erasures`, "utf8").trim().split("\n");
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[5]!)).toMatchObject({ desk: "slack-t1" });
  });
});

describe("a move refuses", () => {
  test("a target that holds something else, and changes nothing in it", async () => {
    const { target, from, to } = await ends(3);
    const store = await openStore({ url: to });
    await store.people.idOf("slack:T1/U1" as never, "ana");
    await store.close();
    const before = contentsOfFile(target);
    await expect(moveRegister({ from, to })).rejects.toMatchObject({ code: "move-not-empty", args: { table: "desk", rows: 1 } });
    expect(contentsOfFile(target)).toEqual(before);
  });

  test("to go on in a target into which another register was being moved", async () => {
    const [one, other] = [await ends(3), await ends(5)];
    await expect(moveRegister({ from: one.from, to: one.to, progress: breakingAt(20) })).rejects.toThrow("broken off");
    await expect(moveRegister({ from: other.from, to: one.to })).rejects.toMatchObject({ code: "move-holds-other" });
  });

  test("a source that is served, one whose chain is broken, one that is none and one that is half moved into", async () => {
    const { source, target, from, to } = await ends(3);
    const store = await openStore({ url: from });
    expect(await store.lead()).toBe(true);
    await expect(moveRegister({ from, to })).rejects.toMatchObject({ code: "move-source-served" });
    await store.close();
    await expect(moveRegister({ from, to, progress: breakingAt(20) })).rejects.toThrow("broken off");
    await expect(moveRegister({ from: to, to: `${to}2` })).rejects.toMatchObject({ code: "move-source-half" });
    await expect(moveRegister({ from: `${to}3`, to })).rejects.toMatchObject({ code: "move-source-absent" });
    await expect(moveRegister({ from, to: from })).rejects.toMatchObject({ code: "move-same" });
    const raw = new DatabaseSync(source);
    const guard = raw.prepare("SELECT sql FROM sqlite_master WHERE name = 'ledger_no_update'").get()!.sql as string;
    raw.exec(`DROP TRIGGER ledger_no_update; UPDATE ledger SET type = 'other' WHERE desk = 'slack-t1' AND position = 2; ${guard}`);
    raw.close();
    await expect(moveRegister({ from, to: `${to}4` })).rejects.toMatchObject({ code: "move-broken", args: { desk: "slack-t1" } });
    expect(existsSync(target)).toBe(true);
  });
});

/** Ends the move as a kill does, once it has told that often how far it is. */
function breakingAt(times: number): () => void {
  let told = 0;
  return () => {
    told += 1;
    if (told > times) throw new Error("broken off");
  };
}
