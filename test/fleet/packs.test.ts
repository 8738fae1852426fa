import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PACKED, packed } from "../../adapters/store/sql/fleet-packs.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { LeadLost } from "../../src/ports/fleet.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf, parcelOf, until } from "./store-fleet.ts";
import { tcpProxy } from "./tcp-proxy.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const JOBS = "select id::text, state::text, data from curewatch_jobs.job order by created_on";

describe("the packs of what is handed out together", () => {
  const claims = Array.from({ length: 2 * PACKED + 1 }, (_, n) => claimOf(`k${n}`));

  test("hold no more than so many messages, each in a lane of its own", () => {
    const packs = [...Map.groupBy(packed(claims, () => null).values(), ({ job }) => job).values()];
    expect(packs.map((some) => some.length)).toEqual([PACKED, PACKED, 1]);
    expect(new Set(packs.map(([one]) => one!.lane)).size).toBe(3);
  });

  test("keep a place in the lane in which something of it is open, and never hold two messages of a place", () => {
    const [a, again, b] = [claimOf("a", "memory:same"), claimOf("again", "memory:same"), claimOf("b", "memory:open")];
    const packs = packed([a, again, b, claimOf("c")], (place) => (place === "memory:open" ? "its lane" : null));
    const of = (name: string) => packs.get(name as DeliveryKey)!;
    expect(of("a").job).not.toBe(of("again").job);
    expect(of("again").lane).toBe(of("a").lane);
    expect(of("b").lane).toBe("its lane");
    expect(of("c")).toEqual(of("a"));
  });

  test("take what several things say in one message as one", () => {
    const [one, other] = [claimOf("a"), { ...claimOf("b", "memory:a"), message: "a" as DeliveryKey }];
    expect(packed([one, other], () => null).size).toBe(1);
  });
});

describe("messages that share a job", () => {
  test("are settled each for itself: one that is slow keeps the others from nothing, and the job ends with the last", async () => {
    const { members, send, query } = await fleetOf(postgres, ["one"]);
    const [one] = members;
    await one!.store.lead();
    one!.hold("slow");
    const names = ["slow", "b", "c"];
    await send(one!, ...names.map((name) => claimOf(name)));
    const others = await one!.store.fleet!.outcomes(["b", "c"] as DeliveryKey[]);
    expect(others.map(({ outcome }) => outcome.kind)).toEqual(["delivered", "delivered"]);
    expect(await query(JOBS)).toHaveLength(1);
    expect(await one!.store.fleet!.vitals()).toMatchObject({ waiting: 0, underWay: 1 });
    // Their places are free for what comes next, though the job that they shared is not over.
    await send(one!, claimOf("next", "memory:b"));
    expect((await one!.store.fleet!.outcomes(["next" as DeliveryKey]))[0]?.outcome.kind).toBe("delivered");
    one!.release();
    expect((await one!.store.fleet!.outcomes(["slow" as DeliveryKey]))[0]?.outcome.kind).toBe("delivered");
    expect(await query(JOBS)).toEqual([]);
  });

  test("are not posted where they were settled meanwhile; the others of the job are", async () => {
    const { members, send, begun, shown, query, clock } = await fleetOf(postgres, ["one"]);
    const [one] = members;
    const { store } = one!;
    await store.lead();
    one!.hold();
    await send(one!, claimOf("a", "memory:1"), claimOf("b", "memory:2"));
    await until(() => begun.length === 2);
    // In the lane of the first two, and so in one job that waits for theirs.
    await send(one!, claimOf("gone", "memory:1"), claimOf("other", "memory:2"));
    expect(await query(JOBS)).toHaveLength(2);
    await store.deliveries.turn([{ key: "gone" as DeliveryKey, outcome: { kind: "never", reason: "nobody is there" } }], [], clock.now());
    one!.release();
    const came = await store.fleet!.outcomes(["a", "b", "gone", "other"] as DeliveryKey[]);
    expect(Object.fromEntries(came.map(({ key, outcome }) => [key, outcome.kind]))).toEqual({
      a: "delivered",
      b: "delivered",
      gone: "never",
      other: "delivered",
    });
    await until(async () => (await query(JOBS)).length === 0);
    expect(shown.map(({ key }) => key).sort()).toEqual(["a", "b", "other"]);
    expect((await store.deliveries.known(["gone" as DeliveryKey])).get("gone" as DeliveryKey)?.outcome?.kind).toBe("never");
  });

  test("are posted too where an earlier program has made the job of one of them", async () => {
    const { members, clock, query, begun, shown } = await fleetOf(postgres, ["one"]);
    const [one] = members;
    const { store } = one!;
    await store.lead();
    one!.hold();
    const claim = claimOf("old");
    await one!.store.fleet!.send([], [claimOf("first", "memory:same")], clock.now(), () => [parcelOf(claimOf("first", "memory:same"))]);
    await until(async () => (await query("select 1 from curewatch_jobs.job where state = 'active'")).length === 1);
    await store.fleet!.send([], [{ ...claim, basis: { ...claim.basis, place: "memory:same" as never } }], clock.now(), () => [
      { ...parcelOf(claim), place: "memory:same" as never },
    ]);
    await query(`update curewatch_jobs.job set data = data - 'parcels' || jsonb_build_object('parcel', (data ->> 'parcels')::json ->> 0)
      where state < 'active'`);
    one!.release("first" as DeliveryKey);
    await until(() => begun.some(({ key }) => key === "old"));
    // A leader of that program finds by this what a process has that is lost.
    expect(await query("select process from delivery where key = 'old'")).toEqual([{ process: (await store.fleet!.vitals()).process }]);
    one!.release();
    await store.fleet!.outcomes(["first", "old"] as DeliveryKey[]);
    expect(shown.map(({ key }) => key)).toEqual(["first", "old"]);
  });
});

describe("a process that is lost in the midst of a job", () => {
  test("has settled what it had settled: only the rest is in doubt", async () => {
    const fleet = await fleetOf(postgres, ["leader"]);
    const [leader] = fleet.members;
    const line = await tcpProxy(postgres.port);
    onTestFinished(() => line.close());
    const far = await fleet.join("far", line.port);
    for (const member of [leader!, far]) member.hold();
    for (let n = 0; !fleet.begun.some(({ by }) => by === "far"); n++) {
      await fleet.send(leader!, claimOf(`a${n}`), claimOf(`b${n}`), claimOf(`c${n}`));
      await until(() => fleet.begun.length === 3 * (n + 1));
    }
    const [done, ...rest] = fleet.begun.filter(({ by }) => by === "far").map(({ key }) => key);
    far.release(done!);
    expect((await leader!.store.fleet!.outcomes([done!]))[0]?.outcome.kind).toBe("delivered");
    await line.refuse();
    const came = await leader!.store.fleet!.outcomes(rest);
    expect(came.map(({ outcome }) => outcome)).toEqual(rest.map(() => expect.objectContaining({ kind: "unknown", doubts: 1 })));
    expect((await leader!.store.deliveries.known([done!])).get(done!)?.outcome?.kind).toBe("delivered");
    expect(rest).toHaveLength(2);
    leader!.release();
    await until(async () => (await fleet.query(JOBS)).length === 0);
    await line.heal();
  }, 20_000);
});

/** When the database heard of its processes last, in milliseconds. */
async function heard({ query }: Awaited<ReturnType<typeof fleetOf>>): Promise<number> {
  return Number((await query("select max(seen_at)::text as at from process"))[0]!.at);
}

describe("what a new leader says in a place where something of the one before is under way", () => {
  test("waits for it", async () => {
    const fleet = await fleetOf(postgres, []);
    const line = await tcpProxy(postgres.port);
    onTestFinished(() => line.close());
    const first = await fleet.join("first", line.port);
    expect(await first.store.lead()).toBe(true);
    const second = await fleet.join("second");
    for (const member of [first, second]) member.hold();
    for (let n = 0; !fleet.begun.some(({ by }) => by === "second"); n++) {
      await fleet.send(first, claimOf(`k${n}`));
      await until(() => fleet.begun.length === n + 1);
    }
    const theirs = fleet.begun.find(({ by }) => by === "second")!.key;
    await line.refuse();
    await until(() => second.store.lead());
    await fleet.send(second, claimOf("after", `memory:${theirs}`), claimOf("elsewhere"));
    // It is taken, and so is what else there is to take.
    await until(() => fleet.begun.some(({ key }) => key === "elsewhere"));
    expect(fleet.begun.some(({ key }) => key === "after")).toBe(false);
    second.release();
    await second.store.fleet!.outcomes(["after" as DeliveryKey]);
    const shown = fleet.shown.map(({ key }) => key);
    expect(shown.indexOf("after" as DeliveryKey)).toBeGreaterThan(shown.indexOf(theirs));
    expect((await second.store.deliveries.known([theirs])).get(theirs)?.outcome?.kind).toBe("delivered");
    await line.heal();
  }, 20_000);

  test("also where it is the same one, which did not know for a while whether it still led", async () => {
    const fleet = await fleetOf(postgres, []);
    const line = await tcpProxy(postgres.port);
    onTestFinished(() => line.close());
    const only = await fleet.join("only", line.port);
    expect(await only.store.lead()).toBe(true);
    only.hold();
    await fleet.send(only, claimOf("first", "memory:same"), claimOf("beside", "memory:other"));
    await until(() => fleet.begun.length === 2);
    const waiting = only.store.fleet!.outcomes(["first" as DeliveryKey]);
    await line.refuse();
    await expect(waiting).rejects.toThrow(LeadLost);
    await line.heal();
    await until(() => only.store.lead().catch(() => false));
    expect(await fleet.query("select epoch::int from lead where name = 'delivery'")).toEqual([{ epoch: 1 }]);
    await fleet.send(only, claimOf("after", "memory:same"), claimOf("elsewhere"));
    await until(() => fleet.begun.some(({ key }) => key === "elsewhere"));
    expect(fleet.begun.some(({ key }) => key === "after")).toBe(false);
    // What shared its job waits for it no longer than its own place takes.
    only.release("beside" as DeliveryKey);
    const beside = async () => (await fleet.query("select outcome from delivery where key = 'beside'"))[0]?.outcome;
    await until(async () => (await beside()) === "delivered");
    // The leader has looked twice since, though nobody waits for it.
    const beats = await heard(fleet);
    await until(async () => (await heard(fleet)) > beats + 1_000);
    await fleet.send(only, claimOf("next", "memory:other"));
    await until(() => fleet.begun.some(({ key }) => key === "next"));
    expect(fleet.shown.map(({ key }) => key)).toEqual(["beside"]);
    only.release();
    await only.store.fleet!.outcomes(["after" as DeliveryKey]);
    const shown = fleet.shown.map(({ key }) => key);
    expect(shown.indexOf("after" as DeliveryKey)).toBeGreaterThan(shown.indexOf("first" as DeliveryKey));
  }, 20_000);
});
