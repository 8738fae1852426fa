import { Kysely } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Ask, openBeat } from "../../adapters/store/sql/beat.ts";
import { fence, giveUpLease, takeLease } from "../../adapters/store/sql/lease.ts";
import { engineOf, openStore } from "../../adapters/store/sql/open.ts";
import { clientConfig, leaveWhenSilent } from "../../adapters/store/sql/pool-postgres.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { stopwatch } from "../../src/time/clock.ts";
import { randomOf } from "../faults/random.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { SEED } from "../support/seeded.ts";
import { servedOn } from "./served-fleet.ts";
import { slowLine, type Way } from "./slow-line.ts";
import { until } from "./store-fleet.ts";
import { tcpProxy } from "./tcp-proxy.ts";

const PLACE = "slack:T1/C1";
/** In milliseconds, in each direction. */
const [FAST, SLOW] = [[0, 0] as const, [400, 900] as const];

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const through = (url: string, port: number) => url.replace(`:${postgres.port}/`, `:${port}/`);

async function lineOf(way: Way) {
  const line = await slowLine(postgres.port, randomOf(SEED), way);
  onTestFinished(() => line.close());
  return line;
}

test(`a process on a slow line answers, is not taken for lost, keeps its connections, and leads when nobody else does (seed ${SEED})`, async () => {
  const url = await postgres.database();
  const near = await servedOn(url);
  // Whoever is new to it asks some fifty questions more.
  await near.ask(PLACE, "watch");
  await near.hold();
  await until(async () => (await near.ready()).leading);
  let isSlow = true;
  // To open the register takes one connection; it would take the same answers as long.
  const line = await lineOf(() => (isSlow && line.taken > 1 ? SLOW : FAST));
  const far = await servedOn(through(url, line.port));
  // To end is not what is tried.
  onTestFinished(() => {
    isSlow = false;
  });
  const answers = await Promise.all(["list", "show SAN-2024-001", "ack SAN-2024-001"].map((text) => far.ask(PLACE, text)));
  for (const answer of answers) expect(answer).toContain("SAN-2024-001");
  expect((await near.ready()).fleet).toMatchObject({ alive: 2, lost: 0 });
  expect(await far.store.lead()).toBe(false);
  await near.stop();
  await until(() => far.store.lead());
  expect(line.lost).toBe(0);
  expect(far.log.lines.filter((said) => /^(warn|error)/.test(said))).toEqual([]);
}, 120_000);

describe("a connection that is being made", () => {
  test("may take longer than each of its answers, and is given up where one does not come", async () => {
    const url = await postgres.database();
    const patience = 400;
    const line = await lineOf(() => [120, 120]);
    const slow = new pg.Client(clientConfig(through(url, line.port)));
    leaveWhenSilent(slow, patience);
    const began = stopwatch();
    await slow.connect();
    expect(stopwatch() - began).toBeGreaterThan(patience);
    await slow.end();

    const dead = await tcpProxy(postgres.port);
    onTestFinished(() => dead.close());
    dead.stall();
    const stalled = new pg.Client(clientConfig(through(url, dead.port)));
    stalled.on("error", () => undefined);
    leaveWhenSilent(stalled, patience);
    await expect(stalled.connect()).rejects.toThrow("timeout expired");
  });
});

describe("a beat", () => {
  test("whose line stalls is not well within three seconds, however often it was said, and well on a new connection", async () => {
    const url = await postgres.database();
    const line = await tcpProxy(postgres.port);
    onTestFinished(() => line.close());
    const said: boolean[] = [];
    const say = async (ask: Ask) => void (await ask("select 1", []));
    const beat = openBeat(clientConfig(through(url, line.port)), { say, heard: () => undefined, said: (well) => void said.push(well) });
    onTestFinished(() => beat.close());
    await until(() => said.includes(true));
    const began = stopwatch();
    line.stall();
    await until(() => said.includes(false));
    expect(stopwatch() - began).toBeLessThan(3_000);
    expect(beat.fresh()).toBe(false);
    await line.heal();
    await until(() => beat.fresh());
  });
});

describe("a lead that is fenced by a transaction of its holder's", () => {
  test("is renewed meanwhile, keeps nobody's beat waiting, and is nobody else's before the transaction ends, though it ran out", async () => {
    const url = await postgres.database();
    await (await openStore({ url })).close();
    const { engine } = await engineOf(url);
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    onTestFinished(() => db.destroy());
    const ask: Ask = async (text, bound) => (await engine.ask(db, text, bound as never)) as never;
    const held = (await takeLease(ask, "delivery", "one"))!;
    expect(held.epoch).toBe(1);
    await db.transaction().execute(async (tx) => {
      await fence(tx, held);
      expect(await takeLease(ask, "delivery", "one")).toEqual(held);
      expect(await takeLease(ask, "delivery", "two")).toBeNull();
      await giveUpLease(ask, "delivery", "one");
      expect(await takeLease(ask, "delivery", "two")).toBeNull();
    });
    expect(await takeLease(ask, "delivery", "two")).toMatchObject({ holder: "two", epoch: 2 });
    await expect(db.transaction().execute((tx) => fence(tx, held))).rejects.toMatchObject({ name: "LeadLost" });
    expect(await takeLease(ask, "delivery", "one")).toBeNull();
  });
});
