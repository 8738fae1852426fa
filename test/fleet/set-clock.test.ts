import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openSightings } from "../../adapters/store/sql/sightings.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf, until } from "./store-fleet.ts";
import { tcpProxy } from "./tcp-proxy.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** A leader and another process that has begun to post something. */
async function posting() {
  const fleet = await fleetOf(postgres, ["leader"]);
  const leader = fleet.members[0]!;
  await leader.store.lead();
  const line = await tcpProxy(postgres.port);
  onTestFinished(() => line.close());
  const far = await fleet.join("far", line.port);
  far.hold();
  const claims = [];
  for (let n = 0; !fleet.begun.some(({ by }) => by === "far"); n++) {
    const claim = claimOf(`k${n}`);
    claims.push(claim);
    await fleet.send(leader, claim);
    await until(() => fleet.begun.length === claims.length);
  }
  const theirs = fleet.begun.filter(({ by }) => by === "far").map(({ key }) => key);
  return { fleet, leader, line, far, theirs };
}

test("a clock of the database that is set forward makes nobody lost: what is being posted is not said again", async () => {
  const { fleet, leader, far, theirs } = await posting();
  // Watched for as long as it takes to tell who is lost.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  for (let times = 0; times < 30; times++) {
    await fleet.query("update process set seen_at = seen_at - 30000");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  far.release();
  const came = await leader.store.fleet!.outcomes(theirs);
  expect(came.map(({ outcome }) => outcome.kind)).toEqual(theirs.map(() => "delivered"));
  expect([...(await leader.store.deliveries.known(theirs)).values()].map(({ attempts }) => attempts)).toEqual(theirs.map(() => 1));
}, 20_000);

test("a process that dies after the clock was set back is missed all the same, within five seconds", async () => {
  const { fleet, leader, line, far, theirs } = await posting();
  const cutAt = performance.now();
  await line.refuse();
  await fleet.query("update process set seen_at = seen_at + 60000 where id <> (select holder from lead)");
  const came = await leader.store.fleet!.outcomes(theirs);
  expect(performance.now() - cutAt).toBeLessThan(5_500);
  expect(came.map(({ outcome }) => outcome)).toEqual(theirs.map(() => expect.objectContaining({ kind: "unknown", doubts: 1 })));
  expect(await leader.store.fleet!.vitals()).toMatchObject({ alive: 1, lost: 1 });
  far.release();
  await line.heal();
}, 20_000);

test("a lead that was taken before the clock was set back is free when its holder hangs", async () => {
  const fleet = await fleetOf(postgres, ["only"]);
  const held = (until: string) =>
    fleet.query(`insert into lead values ('delivery', 'hung', 7, ${until}, (select min(pid) from pg_stat_activity))
      on conflict (name) do update set holder = excluded.holder, epoch = excluded.epoch, until = excluded.until, session = excluded.session`);
  const now = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
  const { store, leave } = fleet.members[0]!;
  await leave();
  await held(`${now} + 3500`);
  expect(await store.lead()).toBe(false);
  await held(`${now} + 60000`);
  expect(await store.lead()).toBe(true);
});

test("who says nothing is lost after three seconds by either clock, but never before two by one's own", async () => {
  let at = 0;
  let rows: readonly Record<string, unknown>[] = [];
  const sightings = openSightings(() => at);
  const gone = async (moment: number, seenAt: number, age: number, steady = moment) => {
    at = moment;
    rows = [{ id: "p", seen_at: seenAt, age }];
    await sightings.look(async () => rows);
    return sightings.gone(steady).length === 1;
  };
  expect(await gone(0, 100, 60_000)).toBe(false);
  expect(await gone(1_900, 100, 60_000)).toBe(false);
  expect(await gone(2_000, 100, 60_000)).toBe(true);
  // It speaks again, by a clock that was set back.
  expect(await gone(2_100, 50, 0)).toBe(false);
  expect(await gone(5_000, 50, -60_000)).toBe(false);
  expect(await gone(5_100, 50, -60_000)).toBe(true);
  // One that was cut off itself waits until the others could speak again.
  expect(await gone(60_000, 50, 54_000, 1_900)).toBe(false);
  expect(await gone(60_100, 50, 54_100, 2_000)).toBe(true);
});
