import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { saying } from "../../adapters/store/sql/busy-sqlite.ts";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import type { Step } from "../../adapters/store/sql/engine.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { subjectOfTest } from "./sql-subject.ts";

const INSERT = "insert into heap values (hex(randomblob(100000)))";
const SENTENCES = {
  readonly: /^The register is read-only: attempt to write a readonly database\.$/,
  full: /^There is no room left for the register: database or disk is full\.$/,
};

test.each([
  ["readonly", "pragma query_only=on"],
  ["full", "pragma max_page_count=1"],
] as const)(
  "a register that is %s says so to whatever writes: a statement by itself, in a transaction, and in a script",
  async (why, pragma) => {
    const engine = openSqlite((await subjectOfTest()).file);
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    onTestFinished(() => db.destroy());
    await sql`create table heap (text text) strict`.execute(db);
    await sql.raw(pragma).execute(db);
    function* steps(): Generator<Step, void, readonly number[]> {
      yield { text: INSERT, rows: [[]] };
    }
    const writes = [
      () => sql.raw(INSERT).execute(db),
      () => db.transaction().execute((tx) => sql.raw(INSERT).execute(tx)),
      () => engine.script(db, steps),
    ];
    for (const write of writes) {
      await expect(write()).rejects.toMatchObject({ name: "NotNow", why, undone: true, message: expect.stringMatching(SENTENCES[why]) });
    }
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from heap`.execute(db);
    expect(rows).toEqual([{ rows: 0 }]);
  },
);

test("a lock for which SQLite itself has waited is said to be one", async () => {
  const { file } = await subjectOfTest();
  const [one, other] = [new DatabaseSync(file, { timeout: 0 }), new DatabaseSync(file, { timeout: 0 })];
  one.exec("BEGIN IMMEDIATE");
  expect(() => saying(() => other.exec("DELETE FROM write_check"))).toThrow("The register is busy: another program is writing to it.");
  one.exec("ROLLBACK");
  for (const each of [one, other]) each.close();
});
