import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Store } from "../../src/ports/store.ts";
import { keptLog } from "../app/kept-log.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, until } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

test("what a lost process had in hand is told of by the desk whose messages they are, and by no other", async () => {
  const url = await postgres.database();
  const store = await openStore({ url });
  const acme = await store.desk("acme");
  const served = [store, acme].map((desk: Store) => {
    const log = keptLog();
    const leave = desk.fleet!.serve({ post: async () => [], nudged: () => undefined, log });
    return { log, leave };
  });
  onTestFinished(async () => {
    for (const { leave } of served) await leave();
    await store.close();
  });
  await until(() => store.lead());
  await acme.lead();
  // Their jobs are no more, as after a process that was lost.
  const claims = ["a", "b"].map((name) => claimOf(name));
  await acme.deliveries.turn([], claims, store.clock.now());
  await postgres.query(url, `update delivery set job = '${randomUUID()}'`);
  await until(() => served.some(({ log }) => log.lines.length > 0));
  expect(served.map(({ log }) => log.lines)).toEqual([
    [],
    [expect.stringMatching(/^warn a process was lost while it was posting: .* \{"deliveries":2\}$/)],
  ]);
}, 30_000);
