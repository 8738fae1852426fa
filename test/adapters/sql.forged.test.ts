import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { hashOf, marksOf } from "../../adapters/store/sql/hash.ts";
import type { LedgerTable } from "../../adapters/store/sql/schema.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { subjectOfTest, unguarded } from "./sql-subject.ts";

describe("what verify tells of a register that was forged with care", () => {
  async function forged(forge: (raw: DatabaseSync) => void) {
    const { file, ledger } = await subjectOfTest();
    await fill(ledger);
    const raw = new DatabaseSync(file);
    unguarded(raw, () => forge(raw));
    raw.close();
    return ledger.verify();
  }

  function rowAt(raw: DatabaseSync, position: number): LedgerTable {
    return raw.prepare("SELECT * FROM ledger WHERE position = ?").get(position) as unknown as LedgerTable;
  }

  test("a row rewritten with its checksums and its hash is found by the row after it", async () => {
    const told = await forged((raw) => {
      const row = { ...rowAt(raw, 2), data: '{"amount":"1.00"}' };
      const put = raw.prepare("UPDATE ledger SET data = ?, marks = ?, hash = ? WHERE position = 2");
      put.run(row.data, marksOf(row), hashOf(row.prev_hash, row));
    });
    expect(told).toMatchObject({ fault: { kind: "row", position: 2, column: "hash" } });
  });

  test("a row rewritten with its checksums alone is found by its hash", async () => {
    const told = await forged((raw) => {
      const row = { ...rowAt(raw, 2), data: '{"amount":"1.00"}' };
      raw.prepare("UPDATE ledger SET data = ?, marks = ? WHERE position = 2").run(row.data, marksOf(row));
    });
    expect(told).toMatchObject({ fault: { kind: "row", position: 2, column: "content" } });
  });

  test("a removed row is found when the rows after it were renumbered", async () => {
    const told = await forged((raw) => {
      raw.exec("DELETE FROM ledger WHERE position = 3");
      for (const position of [4, 5]) raw.exec(`UPDATE ledger SET position = ${position - 1} WHERE position = ${position}`);
    });
    expect(told).toMatchObject({ events: 4, fault: { kind: "missing-row", position: 3 } });
  });

  test("two rows that exchanged what they say are a swapped pair", async () => {
    const told = await forged((raw) => {
      const [one, other] = [rowAt(raw, 1), rowAt(raw, 3)];
      raw.exec("UPDATE ledger SET stream = 'nowhere' WHERE position = 3");
      const put = raw.prepare("UPDATE ledger SET stream = ?, event_id = ?, data = ?, texts = ? WHERE position = ?");
      for (const [said, at] of [
        [other, 1],
        [one, 3],
      ] as const) {
        put.run(said.stream, said.event_id, said.data, said.texts, at);
      }
    });
    expect(told).toMatchObject({ fault: { kind: "order", position: 1 } });
  });

  test("a row that skips a version of its stream is out of order, be its hash right", async () => {
    const told = await forged((raw) => {
      const last = rowAt(raw, 5);
      const row = { ...last, position: 6, version: 9, event_id: "e9", prev_hash: last.hash };
      const whole = { ...row, marks: marksOf(row), hash: hashOf(last.hash, row) };
      const names = Object.keys(whole);
      raw.prepare(`INSERT INTO ledger (${names}) VALUES (${names.map(() => "?")})`).run(...Object.values(whole));
    });
    expect(told).toMatchObject({ fault: { kind: "order", position: 6 } });
  });

  test("a text that is gone though nobody has erased it is missed by its name", async () => {
    let path = "";
    const told = await forged((raw) => {
      path = String(raw.prepare("SELECT path FROM private_text WHERE position = 2").get()!.path);
      raw.exec("DELETE FROM private_text WHERE position = 2");
    });
    expect(told).toMatchObject({ fault: { kind: "row", position: 2, column: `texts.${path}` } });
  });

  test("a text under a path that was never recorded is a changed text", async () => {
    const told = await forged((raw) => raw.exec("INSERT INTO private_text VALUES ('main', 2, 'note', 'aa', 'Paid in full')"));
    expect(told).toMatchObject({ fault: { kind: "row", position: 2, column: "texts.note" } });
  });
});

test("an upsert is refused like any other change", async () => {
  const { file, ledger } = await subjectOfTest();
  await fill(ledger);
  const raw = new DatabaseSync(file);
  const upsert = "INSERT INTO ledger SELECT * FROM ledger WHERE position = 3 ON CONFLICT DO UPDATE SET data = '{}'";
  expect(() => raw.exec(upsert)).toThrow("append-only");
  raw.close();
  expect(await ledger.verify()).toMatchObject({ ok: true, events: 5 });
});
