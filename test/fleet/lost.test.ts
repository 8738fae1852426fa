import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { LeadLost } from "../../src/ports/fleet.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf, parcelOf, START, until } from "./store-fleet.ts";
import { tcpProxy } from "./tcp-proxy.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const A = "a" as DeliveryKey;

async function proxied(fleet: Awaited<ReturnType<typeof fleetOf>>, name: string) {
  const line = await tcpProxy(postgres.port);
  onTestFinished(() => line.close());
  return { line, member: await fleet.join(name, line.port) };
}

describe("a process that is cut off while it posts", () => {
  test("is missed within five seconds: what it had is in doubt, and what it says later counts only where it is that it was delivered", async () => {
    const fleet = await fleetOf(postgres, ["leader"]);
    const [leader] = fleet.members;
    await leader!.store.lead();
    const { line, member: far } = await proxied(fleet, "far");
    far.hold();
    leader!.hold();
    const claims = ["a", "b"].map((name) => claimOf(name));
    await fleet.send(leader!, ...claims);
    await until(() => fleet.begun.length === 2);
    leader!.release();
    // Both may be with the leader: then some more are sent until one is not.
    for (let n = 0; !fleet.begun.some(({ by }) => by === "far"); n++) {
      leader!.hold();
      claims.push(claimOf(`more${n}`));
      await fleet.send(leader!, claims.at(-1)!);
      await until(() => fleet.begun.length === claims.length);
      leader!.release();
    }
    const theirs = fleet.begun.filter(({ by }) => by === "far").map(({ key }) => key);
    expect(await Promise.all(theirs.map(fleet.mayGoOn))).toEqual(theirs.map(() => true));
    const cutAt = performance.now();
    await line.refuse();
    const came = await leader!.store.fleet!.outcomes(theirs);
    expect(performance.now() - cutAt).toBeLessThan(5_000);
    expect(came.map(({ outcome }) => outcome)).toEqual(
      theirs.map(() => ({ kind: "unknown", reason: expect.stringContaining("ended while"), notBefore: START, doubts: 1 })),
    );
    expect(await fleet.query("select * from curewatch_jobs.job")).toEqual([]);
    // One was shown, of the others it thinks that it should be tried again: that is not for it to say any more.
    far.answers((key) =>
      key === theirs[0]
        ? { kind: "delivered", posted: "memory:late" as never }
        : { kind: "never", reason: "the place is gone, thinks one that is thought lost" },
    );
    await line.heal();
    await until(async () => (await far.store.fleet!.vitals()).alive === 2);
    // It is heard again, and has not slept as far as it knows: it asks all the same before it goes on with a card.
    expect(await Promise.all(theirs.map(fleet.mayGoOn))).toEqual(theirs.map(() => false));
    far.release();
    const known = () => leader!.store.deliveries.known(theirs);
    await until(async () => (await known()).get(theirs[0]!)?.outcome?.kind === "delivered");
    expect([...(await known()).values()].map(({ outcome }) => outcome?.kind).sort()).toEqual(
      ["delivered", ...theirs.slice(1).map(() => "unknown")].sort(),
    );
  }, 30_000);
});

describe("what a process holds locked that stands still", () => {
  test("is free as soon as it is missed: its sessions are ended, however many of them wait for one another", async () => {
    const fleet = await fleetOf(postgres, ["leader"]);
    const { line, member: far } = await proxied(fleet, "far");
    const { process } = await far.store.fleet!.vitals();
    const sessions = await Promise.all(
      [1, 2, 3].map(async () => {
        const session = new Client({ connectionString: fleet.url, application_name: `curewatch ${process}` });
        session.on("error", () => undefined);
        await session.connect();
        await session.query("begin");
        return session;
      }),
    );
    const lock = "select pg_advisory_xact_lock(42)";
    await sessions[0]!.query(lock);
    for (const session of sessions.slice(1)) session.query(lock).catch(() => undefined);
    const began = performance.now();
    await line.refuse();
    await fleet.query(lock);
    expect(performance.now() - began).toBeLessThan(5_000);
    await line.heal();
  }, 20_000);
});

describe("a message that a cut-off process has not begun", () => {
  test("is nobody's doubt: it waits, and another takes it", async () => {
    const fleet = await fleetOf(postgres, ["leader"]);
    const [leader] = fleet.members;
    await leader!.store.lead();
    leader!.hold();
    // Taken and being posted: the next in the same place waits for it.
    await fleet.send(leader!, claimOf("first", "memory:same"));
    await until(() => fleet.begun.length === 1);
    await fleet.send(leader!, claimOf("second", "memory:same"));
    const other = await fleet.join("other");
    leader!.release();
    const came = await leader!.store.fleet!.outcomes(["first", "second"] as DeliveryKey[]);
    expect(came.map(({ outcome }) => outcome.kind)).toEqual(["delivered", "delivered"]);
    expect(other.looked()).toBe(0);
  });
});

describe("a leader", () => {
  test("that is cut off is followed by another, at once, and can claim and settle nothing when it is back", async () => {
    const fleet = await fleetOf(postgres, []);
    const { line, member: first } = await proxied(fleet, "first");
    expect(await first.store.lead()).toBe(true);
    const second = await fleet.join("second");
    expect(await second.store.lead()).toBe(false);
    const cutAt = performance.now();
    await line.refuse();
    await until(() => second.store.lead());
    expect(performance.now() - cutAt).toBeLessThan(2_000);
    await line.heal();
    const { fleet: stale, deliveries } = first.store;
    await expect(stale!.send([], [claimOf("a")], START, () => [parcelOf(claimOf("a"))])).rejects.toThrow(LeadLost);
    await expect(deliveries.turn([], [claimOf("a")], START)).rejects.toThrow(LeadLost);
    await expect(deliveries.abandon(START)).rejects.toThrow(LeadLost);
    expect(await second.store.deliveries.known([A])).toEqual(new Map());
    await until(() => !stale!.leads());
    await expect(stale!.outcomes([A])).rejects.toThrow(LeadLost);
  }, 20_000);

  test("that another has replaced between two of its questions is refused by the database itself, though it still thinks that it leads", async () => {
    const fleet = await fleetOf(postgres, ["only"]);
    const [only] = fleet.members;
    expect(await only!.store.lead()).toBe(true);
    await fleet.query(
      "update lead set holder = 'another', epoch = epoch + 1, until = until + 60000, session = (select min(pid) from pg_stat_activity)",
    );
    await expect(only!.store.deliveries.turn([], [claimOf("a")], START)).rejects.toThrow(LeadLost);
    expect(await only!.store.deliveries.known([A])).toEqual(new Map());
  });

  test("that waits for what comes of its messages stops waiting when another leads", async () => {
    const fleet = await fleetOf(postgres, ["only"]);
    const [only] = fleet.members;
    await only!.store.lead();
    only!.hold();
    await fleet.send(only!, claimOf("a"));
    const waiting = only!.store.fleet!.outcomes([A]);
    await fleet.query(
      "update lead set holder = 'another', epoch = epoch + 1, until = until + 60000, session = (select min(pid) from pg_stat_activity)",
    );
    await expect(waiting).rejects.toThrow(LeadLost);
  });

  test("that ends gives up the lead for another to take at once", async () => {
    const fleet = await fleetOf(postgres, ["first", "second"]);
    const [first, second] = fleet.members;
    expect([await first!.store.lead(), await second!.store.lead()]).toEqual([true, false]);
    const began = performance.now();
    await first!.leave();
    await until(() => second!.store.lead());
    expect(performance.now() - began).toBeLessThan(500);
    expect(await fleet.query("select id from process")).toHaveLength(1);
  });
});

describe("a claim whose job is gone, as after a restore", () => {
  test("is in doubt, and is asked for before it is said again", async () => {
    const fleet = await fleetOf(postgres, ["only"]);
    const [only] = fleet.members;
    await only!.store.lead();
    only!.hold();
    await fleet.send(only!, claimOf("first", "memory:same"));
    await until(() => fleet.begun.length === 1);
    await fleet.send(only!, claimOf("a", "memory:same"));
    await fleet.query("delete from curewatch_jobs.job where state < 'active'");
    const [came] = await only!.store.fleet!.outcomes([A]);
    expect(came?.outcome).toMatchObject({ kind: "unknown", doubts: 1 });
  });
});

describe("a job whose process is gone when another begins to lead", () => {
  test("ends with what it had under way, and what comes after it is put back, to be said anew after it", async () => {
    const fleet = await fleetOf(postgres, ["only"]);
    const [only] = fleet.members;
    const { store } = only!;
    await store.lead();
    only!.hold();
    await fleet.send(only!, claimOf("first", "memory:same"), claimOf("beside"));
    await until(() => fleet.begun.length === 2);
    await fleet.send(only!, claimOf("after", "memory:same"));
    // As if it had been taken by one that is gone: and the leader looks before any beat does.
    await fleet.query(`with gone as (update curewatch_jobs.job set output = '{"process": "gone"}' where state = 'active')
      update lead set until = until`);
    expect(await store.deliveries.abandon(START)).toBe(2);
    const known = await store.deliveries.known(["first", "beside", "after"] as DeliveryKey[]);
    expect([...known].map(([key, { outcome }]) => `${key} ${outcome?.kind}`).toSorted()).toEqual([
      "after later",
      "beside unknown",
      "first unknown",
    ]);
    expect(fleet.begun.map(({ key }) => key)).not.toContain("after");
    expect(await fleet.query("select state::text from curewatch_jobs.job")).toEqual([]);
  });
});
