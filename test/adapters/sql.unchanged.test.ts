import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { unlessUnchanged } from "../../adapters/store/sql/unchanged-sqlite.ts";

const QUESTION = "SELECT held FROM kept WHERE name = ?";

function twoConnections() {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-"));
  const [one, other] = [new DatabaseSync(join(folder, "kept.db")), new DatabaseSync(join(folder, "kept.db"))];
  onTestFinished(() => {
    one.close();
    other.close();
    rmSync(folder, { recursive: true });
  });
  one.exec("PRAGMA journal_mode=WAL; CREATE TABLE kept (name TEXT, held INTEGER); INSERT INTO kept VALUES ('a', 1), ('b', 1)");
  const unless = unlessUnchanged(one);
  let asked = 0;
  const ask = (name: string) =>
    unless(QUESTION, [name], () => {
      asked += 1;
      return one.prepare(QUESTION).all(name) as { readonly held: number }[];
    }).map(({ held }) => held);
  return { one, other, ask, asked: () => asked };
}

test("a question is asked once as long as nothing is written", () => {
  const { ask, asked } = twoConnections();
  expect([ask("a"), ask("a"), ask("b"), ask("a")]).toEqual([[1], [1], [1], [1]]);
  expect(asked()).toBe(2);
});

test("what this connection or another one wrote is answered at once", () => {
  const { one, other, ask } = twoConnections();
  expect(ask("a")).toEqual([1]);
  one.exec("UPDATE kept SET held = 2");
  expect(ask("a")).toEqual([2]);
  other.exec("UPDATE kept SET held = 3");
  expect(ask("a")).toEqual([3]);
  other.exec("DELETE FROM kept WHERE name = 'a'");
  expect(ask("a")).toEqual([]);
  one.exec("INSERT INTO kept VALUES ('a', 5)");
  expect(ask("a")).toEqual([5]);
});

test("what another connection has not committed is not answered, and then it is", () => {
  const { other, ask } = twoConnections();
  other.exec("BEGIN IMMEDIATE; UPDATE kept SET held = 9");
  expect(ask("a")).toEqual([1]);
  other.exec("COMMIT");
  expect(ask("a")).toEqual([9]);
});

test("long answers are not kept", () => {
  const { one, ask, asked } = twoConnections();
  one.exec("INSERT INTO kept VALUES ('c', 1), ('c', 2), ('c', 3)");
  expect([ask("c"), ask("c")]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(asked()).toBe(2);
});
