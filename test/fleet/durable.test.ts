import { Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { engineOf } from "../../adapters/store/sql/open.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

describe("what is answered as recorded is on the disk, whatever the database is set to", () => {
  test.each([
    ["off", "on"],
    ["local", "on"],
    ["on", "on"],
    ["remote_write", "remote_write"],
    ["remote_apply", "remote_apply"],
  ])("synchronous_commit %s is %s in each session of the program", async (set, spoken) => {
    const url = await postgres.database();
    await postgres.query(url, `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = ${set}`);
    const { engine } = await engineOf(url);
    const db = new Kysely<never>({ dialect: engine.dialect });
    onTestFinished(() => db.destroy());
    const asked = Array.from({ length: 3 }, () =>
      sql<{ how: string }>`select current_setting('synchronous_commit') as how, pg_sleep(0.05)::text`.execute(db),
    );
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]!.how)).toEqual([spoken, spoken, spoken]);
  });
});

test("two registers in two schemas of one database leave each other's messages alone", async () => {
  const one = await fleetOf(postgres, ["one"]);
  await one.query("create schema second");
  const two = await fleetOf(postgres, ["two"], `${one.url}?options=-c%20search_path%3Dsecond`);
  const [first, second] = [one.members[0]!, two.members[0]!];
  await first.store.lead();
  await second.store.lead();
  const claims = Array.from({ length: 60 }, (_, n) => claimOf(`k${n}`));
  await Promise.all([one.send(first, ...claims), two.send(second, ...claims)]);
  const keys = claims.map(({ key }) => key);
  for (const { store } of [first, second])
    expect((await store.fleet!.outcomes(keys)).map(({ outcome }) => outcome.kind)).toEqual(keys.map(() => "delivered"));
  const names = keys.toSorted();
  expect([one, two].map(({ shown }) => shown.map(({ key }) => key).sort())).toEqual([names, names]);
  for (const { store } of [first, second])
    expect([...(await store.deliveries.known(keys)).values()].every(({ attempts }) => attempts === 1)).toBe(true);
});
