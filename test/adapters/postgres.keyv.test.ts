import keyvTestSuite, { keyvIteratorTests } from "@keyv/test-suite";
import KeyvClass, { Keyv } from "keyv";
import { Kysely } from "kysely";
import * as vitest from "vitest";
import { KeyvStore, type KeyvTable } from "../../adapters/store/keyv/keyv-store.ts";
import { engineOf } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { setClock } from "../../src/time/clock.ts";
import { instantOf } from "../../src/time/instant.ts";
import { postgresSubjects } from "./postgres-subject.ts";

const subjects = await postgresSubjects();
const subject = await subjects.subject();
const { engine } = await engineOf(subject.url);
const db = new Kysely<Tables>({ dialect: engine.dialect });
const store = () => new KeyvStore(db.$pickTables<"keyv">(), { url: "postgres:" });

vitest.afterAll(async () => {
  await db.destroy();
  await subject.close();
  await subjects.server.stop();
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

vitest.test("what has run out is swept by many at once, who are not in each other's way", async () => {
  const others = await Promise.all([subject.anotherStore(), subject.anotherStore()]);
  const seen = others.map((other) => other.state("seen"));
  const old: Pick<KeyvTable, "desk" | "value" | "expires_at"> = {
    desk: "main",
    value: '{"value":1}',
    expires_at: "2001-01-01T00:00:00.000Z",
  };
  for (let round = 0; round < 4; round++) {
    const keys = Array.from({ length: 200 }, (_, index) => `seen:${(index * 67) % 200}`);
    await db
      .insertInto("keyv")
      .values(keys.map((key) => ({ key, ...old })))
      .execute();
    await Promise.all(keys.slice(0, 24).map((key, index) => seen[index % 2]!.set(`fresh ${round} ${key}`, index)));
    vitest.expect(await db.selectFrom("keyv").select("key").where("expires_at", "=", old.expires_at).execute()).toEqual([]);
  }
});

vitest.test("what is kept for a time is gone when it is over", async () => {
  const clock = setClock(instantOf(Date.UTC(2124, 0, 1)));
  const kept = new Keyv({ store: new KeyvStore(db.$pickTables<"keyv">(), { url: "postgres:", clock }), namespace: "timed" });
  await kept.set("event", true, 60_000);
  clock.set(instantOf(Date.UTC(2124, 0, 1, 0, 1, 1)));
  vitest.expect(await kept.get("event")).toBeUndefined();
});
