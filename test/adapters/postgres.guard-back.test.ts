import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { startPostgres } from "../support/postgres.ts";

test("a guard that was switched off is named, and is back after the line of docs/operating.md", { timeout: 60_000 }, async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const url = await postgres.database();
  const store = await openStore({ url });
  onTestFinished(() => store.close());
  await postgres.query(url, "alter table ledger disable trigger ledger_no_update");
  expect(await store.ledger.verify()).toMatchObject({ ok: false, fault: { kind: "guard-missing", guard: "ledger_no_update" } });
  await postgres.query(url, "alter table ledger enable trigger ledger_no_update");
  expect(await store.ledger.verify()).toMatchObject({ ok: false });
  await postgres.query(url, "alter table ledger enable always trigger ledger_no_update");
  expect(await store.ledger.verify()).toMatchObject({ ok: true });
});
