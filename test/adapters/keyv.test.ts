import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import keyvTestSuite, { keyvIteratorTests } from "@keyv/test-suite";
import KeyvClass, { Keyv } from "keyv";
import { Kysely } from "kysely";
import * as vitest from "vitest";
import { KeyvStore, type KeyvTable } from "../../adapters/store/keyv/keyv-store.ts";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import { openStore } from "../../adapters/store/sql/open.ts";

const folder = mkdtempSync(join(tmpdir(), "curewatch-keyv-"));
const url = `sqlite:${folder}/register.db`;
await (await openStore({ url })).close();
const db = new Kysely<{ keyv: KeyvTable }>({ dialect: openSqlite(`${folder}/register.db`).dialect });
const store = () => new KeyvStore(db, { url });

vitest.afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

keyvTestSuite(vitest, KeyvClass, store);
keyvIteratorTests(vitest, KeyvClass, store);

vitest.test("a namespace is cleared by its name and not by what looks like it", async () => {
  const [one, other] = ["a_", "ab"].map((namespace) => new Keyv({ store: store(), namespace }));
  await one!.set("key", 1);
  await other!.set("key", 2);
  await one!.clear();
  vitest.expect([await one!.has("key"), await other!.get("key")]).toEqual([false, 2]);
});

vitest.test("many keys are told apart at once", async () => {
  const keyv = new Keyv({ store: store(), namespace: "many" });
  await keyv.set("one", 1);
  vitest.expect(await keyv.hasMany(["one", "two"])).toEqual([true, false]);
});
