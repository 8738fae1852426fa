import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Keyv } from "keyv";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { KeyvStore } from "../../adapters/store/keyv/keyv-store.ts";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import { migration0001 } from "../../adapters/store/sql/migrations/0001.ts";
import { migration0002 } from "../../adapters/store/sql/migrations/0002.ts";
import { migration0003 } from "../../adapters/store/sql/migrations/0003.ts";
import { migration0004 } from "../../adapters/store/sql/migrations/0004.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import type { Review } from "../../src/ports/reviews.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { subjectOfTest } from "./sql-subject.ts";

function review(by: string, on: string): Review {
  return { subject: "rule", id: "cure", by, on: day(on), text: "ab12", enteredBy: "p1", at: "2026-01-15T09:00:00.000Z" as Instant };
}

const MAIN = [review(": Me X", "2026-01-10"), review("Me Y", "2026-01-02"), review("Me Y", "2026-01-02")];
const CLIENT = [review("Me Z", "2026-01-12")];

/** A register of the fourth schema whose desks keep reviews by key, as that program wrote them. */
async function registerOfSchema4(): Promise<string> {
  const file = join((await subjectOfTest()).folder, "old.db");
  const engine = openSqlite(file);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  await sql`create table schema_version (version integer not null primary key, applied_at text not null)`.execute(db);
  for (const [index, step] of [migration0001, migration0002, migration0003, migration0004].entries()) {
    await step(db, engine);
    await db
      .insertInto("schema_version")
      .values({ version: index + 1, applied_at: "2026-01-01T00:00:00.000Z" })
      .execute();
  }
  for (const [desk, reviews] of [
    ["main", MAIN],
    ["client", CLIENT],
  ] as const) {
    await db.insertInto("desk").values({ id: desk, last_person: 1 }).execute();
    const store = new KeyvStore(db.$pickTables<"keyv">(), { url: `sqlite:${file}`, desk });
    const kept = new Keyv({ store, namespace: "desk", throwOnErrors: true });
    await kept.set("reviews", reviews);
    await kept.set("other", "stays");
  }
  await db.destroy();
  return file;
}

test("what desks kept by key is taken over when the register is brought to this schema: whole, in its order, each by its desk", async () => {
  const store = await openStore({ url: `sqlite:${await registerOfSchema4()}` });
  expect(await store.reviews.all()).toEqual(MAIN);
  expect(await (await store.desk("client")).reviews.all()).toEqual(CLIENT);
  await store.close();
});

test("it is taken over once: nothing of it is left by key, what else was kept there stays, and a later one comes after", async () => {
  const url = `sqlite:${await registerOfSchema4()}`;
  await (await openStore({ url })).close();
  const store = await openStore({ url });
  const state = store.state("desk");
  expect([await state.get("reviews"), await state.get("other")]).toEqual([undefined, "stays"]);
  const later = review("Me W", "2026-01-14");
  await store.reviews.add(later);
  expect(await store.reviews.all()).toEqual([...MAIN, later]);
  await store.close();
});

test("a migration that ends halfway has moved none of it", async () => {
  const file = await registerOfSchema4();
  const probe = () => {
    throw new Error("ended here");
  };
  await expect(openStore({ url: `sqlite:${file}`, probe })).rejects.toThrow("ended here");
  const raw = new DatabaseSync(file);
  expect(raw.prepare("SELECT count(*) AS held FROM keyv WHERE key = 'desk:reviews'").get()).toEqual({ held: 2 });
  expect(raw.prepare("SELECT count(*) AS made FROM sqlite_master WHERE name = 'review'").get()).toEqual({ made: 0 });
  raw.close();
});
