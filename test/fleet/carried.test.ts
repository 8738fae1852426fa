import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { JOBS_SCHEMA } from "../../adapters/store/sql/boss.ts";
import type { DeliveryKey, PersonRef, PostRef } from "../../src/ports/chat.ts";
import { ErasedSince } from "../../src/ports/delivery-log.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf, parcelOf, START, until } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const JOBS = "select id::text, state::text, data from curewatch_jobs.job";

describe("what the leader hands out", () => {
  test("is claimed and has its job together, or neither", async () => {
    const { members, clock, query } = await fleetOf(postgres, ["one"]);
    const { store } = members[0]!;
    members[0]!.hold();
    expect(await store.lead()).toBe(true);
    const broken = store.fleet!.send([], [claimOf("a")], clock.now(), () => {
      throw new Error("no card can be made");
    });
    await expect(broken).rejects.toThrow("no card can be made");
    expect(await store.deliveries.known(["a" as DeliveryKey])).toEqual(new Map());
    expect(await query(JOBS)).toEqual([]);
    expect([...(await store.fleet!.send([], [claimOf("a")], clock.now(), () => [parcelOf(claimOf("a"))]))]).toEqual(["a"]);
    expect(await query(JOBS)).toHaveLength(1);
    expect((await store.deliveries.known(["a" as DeliveryKey])).get("a" as DeliveryKey)?.outcome).toBe(null);
  });

  test("is posted by any of them, once each, and the leader learns what came of it; no job and no card is left", async () => {
    const { members, send, begun, shown, query } = await fleetOf(postgres, ["one", "two", "three"]);
    const [leader] = members;
    expect(await leader!.store.lead()).toBe(true);
    const claims = Array.from({ length: 120 }, (_, n) => claimOf(`k${n}`));
    // None takes more than 64 at once: while each waits with what it has, the rest is for others, however soon they come.
    for (const member of members) member.hold();
    await send(leader!, ...claims);
    await until(() => begun.length === claims.length);
    for (const member of members) member.release();
    const came = await leader!.store.fleet!.outcomes(claims.map(({ key }) => key));
    expect(came.map(({ outcome }) => outcome.kind)).toEqual(claims.map(() => "delivered"));
    expect(shown.map(({ key }) => key).sort()).toEqual(claims.map(({ key }) => key).sort());
    expect(new Set(shown.map(({ by }) => by)).size).toBeGreaterThan(1);
    expect(await query(JOBS)).toEqual([]);
  });

  test("is posted one message at a time in a place, in the order in which it was handed out", async () => {
    const { members, send, begun, shown } = await fleetOf(postgres, ["one", "two"]);
    const [one, two] = members;
    await one!.store.lead();
    for (const member of [one!, two!]) member.hold();
    const claims = ["a", "b", "c"].map((name) => claimOf(name, "memory:same"));
    for (const claim of claims) await send(one!, claim);
    for (let n = 1; n <= 3; n++) {
      await until(() => begun.length >= n);
      expect([begun.length, shown.length]).toEqual([n, n - 1]);
      for (const member of [one!, two!]) {
        member.release();
        member.hold();
      }
      await until(() => shown.length === n);
    }
    await one!.store.fleet!.outcomes(claims.map(({ key }) => key));
    expect(shown.map(({ key }) => key)).toEqual(["a", "b", "c"]);
  });
});

describe("what waits when something is erased", () => {
  test("is put back to be said anew, and what is being posted forgets what it says", async () => {
    const { members, send, begun, query } = await fleetOf(postgres, ["one"]);
    const { store } = members[0]!;
    await store.lead();
    members[0]!.hold();
    const claims = ["first", "second"].map((name) => claimOf(name, "memory:same"));
    await send(members[0]!, claims[0]!);
    await until(() => begun.length === 1);
    await send(members[0]!, claims[1]!);
    expect(JSON.stringify(await query(JOBS))).toContain("text of second");
    const person = await store.people.idOf("memory:ann" as PersonRef, "Ann");
    await store.privacy.erase([{ kind: "person", person }], person, START, "asked for");
    const left = await query(JOBS);
    expect(left.map(({ state, data }) => [state, data])).toEqual([["active", null]]);
    const [put] = await store.fleet!.outcomes(["second" as DeliveryKey]);
    expect(put?.outcome).toEqual({ kind: "later", reason: "Something was erased while it waited to be posted.", notBefore: START });
    members[0]!.release();
    expect((await store.fleet!.outcomes(["first" as DeliveryKey]))[0]?.outcome.kind).toBe("delivered");
    expect(await query(JOBS)).toEqual([]);
  });
});

describe("what was read before something was erased", () => {
  test("is not handed out after it, nor while it is being erased", async () => {
    const { members, url, clock, query } = await fleetOf(postgres, ["one"]);
    const { store } = members[0]!;
    await store.lead();
    members[0]!.hold();
    const send = (name: string, erasures: number) =>
      store.fleet!.send([], [claimOf(name)], clock.now(), () => [parcelOf(claimOf(name))], erasures);
    await send("before", 0);
    const eraser = new pg.Client({ connectionString: url });
    await eraser.connect();
    onTestFinished(() => eraser.end());
    await eraser.query("begin");
    await withdrawOn(eraser);
    let isRefused = false;
    const refused = send("meanwhile", 0).catch((error: unknown) => {
      isRefused = true;
      return error;
    });
    await until(async () => (await query("select 1 from pg_locks where locktype = 'advisory' and not granted")).length === 1);
    expect(isRefused).toBe(false);
    await eraser.query("commit");
    expect(await refused).toBeInstanceOf(ErasedSince);
    await expect(send("after", 0)).rejects.toThrow(ErasedSince);
    expect(await store.deliveries.known(["meanwhile", "after"] as DeliveryKey[])).toEqual(new Map());
    await expect(store.deliveries.turn([], [claimOf("after")], clock.now(), 0)).rejects.toThrow(ErasedSince);
    expect([...(await send("after", 1))]).toEqual(["after"]);
  });
});

/** As an erasure does it, up to the moment at which it is committed. */
async function withdrawOn(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('curewatch erasing main', 0))");
  await client.query(`insert into erasure (desk, number, kind, person, by_person, erased_at, because)
    values ('main', 1, 'person', 'p1', 'p1', '2024-03-05T09:00:00.000Z', 'request')`);
}

describe("a process that ends", () => {
  test("finishes what it has taken and takes nothing more; the rest is the others' at once, in whoever's name it was handed out", async () => {
    const { members, send, begun, shown, join } = await fleetOf(postgres, ["one"]);
    const [one] = members;
    await one!.store.lead();
    one!.hold();
    await send(one!, claimOf("first", "memory:same"));
    await until(() => begun.length === 1);
    await send(one!, claimOf("second", "memory:same"));
    let isGone = false;
    const leaving = one!.leave().then(() => {
      isGone = true;
    });
    const two = await join("two");
    expect([isGone, shown]).toEqual([false, []]);
    one!.release();
    await leaving;
    await until(() => shown.length === 2);
    expect(shown).toEqual([
      { by: "one", key: "first" },
      { by: "two", key: "second" },
    ]);
    await until(() => two.store.lead());
    await until(async () => (await two.store.deliveries.tally()).delivered === 2);
  });
});

describe("a message for a desk that a process does not serve", () => {
  test("is left to those that do", async () => {
    const { members, send, shown, clock } = await fleetOf(postgres, ["one"]);
    const other = await members[0]!.store.desk("slack-t1");
    await other.lead();
    await other.fleet!.send([], [claimOf("there")], clock.now(), () => [parcelOf(claimOf("there"))]);
    await members[0]!.store.lead();
    await send(members[0]!, claimOf("here"));
    await members[0]!.store.fleet!.outcomes(["here" as DeliveryKey]);
    expect(await other.fleet!.vitals()).toMatchObject({ waiting: 1, underWay: 0 });
    expect((await other.deliveries.known(["there" as DeliveryKey])).get("there" as DeliveryKey)?.outcome).toBe(null);
    const leave = other.fleet!.serve({
      post: async ({ dues }) => dues.map(({ key }) => ({ key, outcome: { kind: "delivered", posted: "memory:1" as PostRef } })),
      nudged: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    expect((await other.fleet!.outcomes(["there" as DeliveryKey]))[0]?.outcome.kind).toBe("delivered");
    await leave();
    expect(shown.map(({ key }) => key)).toEqual(["here"]);
  });
});

test("pg-boss calls its schema by the number that this program looks for", async () => {
  const { query } = await fleetOf(postgres, ["one"]);
  expect(await query("select version from curewatch_jobs.version")).toEqual([{ version: JOBS_SCHEMA }]);
});
