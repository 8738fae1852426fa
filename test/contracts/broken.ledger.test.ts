import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sqliteSubject } from "../adapters/sql-subject.ts";
import { type Broken, failed } from "./clause.ts";
import { LEDGER_CLAUSES, type LedgerSubject } from "./ledger.ts";

const folder = join(import.meta.dirname, "broken/ledger");
const loaded = await Promise.all(
  readdirSync(folder).map(async (file) => ({ file, module: (await import(join(folder, file))) as { default?: Broken<LedgerSubject> } })),
);
const broken = loaded.flatMap(({ file, module }) => (module.default === undefined ? [] : [{ file, ledger: module.default }]));

describe("the ledger contract can tell", () => {
  test("every clause has a ledger that breaks it", () => {
    expect(broken.map(({ ledger }) => ledger.breaks).toSorted()).toEqual(LEDGER_CLAUSES.map((one) => one.clause).toSorted());
  });

  for (const { file, ledger } of broken) {
    test(`${file} fails by "${ledger.breaks}" and by nothing else`, async () => {
      expect(await failed(LEDGER_CLAUSES, ledger, sqliteSubject)).toEqual([ledger.breaks]);
    });
  }
});
