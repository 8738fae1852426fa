import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { deliverAll } from "../../src/alerts/deliver.ts";
import { type DeliveryHost, freshMemory, type Message } from "../../src/alerts/delivery.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { setClock } from "../../src/time/clock.ts";
import { keptLog } from "../app/kept-log.ts";
import { NOON } from "../app/many-of-test.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type ServedProcess, servedOn } from "./served-fleet.ts";
import { claimOf, fleetOf, type Member, until } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const C1 = "slack:T1/C1";
const SAME = "memory:same";
/** As if whoever posts now were lost: the next beat misses it. */
const LOST = `update curewatch_jobs.job set output = '{"process": "gone"}' where state = 'active'`;

function messageOf(name: string, place = SAME): Message {
  const { key, basis } = claimOf(name, place);
  const card = () => ({ title: name, tone: "calm", blocks: [] }) as const;
  return { place: place as Place, language: "en", once: key, dues: [{ key, basis, before: null }], card };
}

type Fleet = Awaited<ReturnType<typeof fleetOf>>;

function hostOf({ clock }: Fleet, { store }: Member): DeliveryHost {
  return {
    ...{ clock, log: keptLog(), probe: noProbe, adapterOf: () => null, stopping: () => false },
    ...{ deliveries: store.deliveries, fleet: store.fleet!, memory: freshMemory() },
  };
}

const inSame = ({ begun }: Fleet) => begun.map(({ key }) => key).filter((key) => key !== "beside");

describe("a place in which a process was lost while it posted", () => {
  test("hears nothing else before it was looked how much of the message stands there; other places wait for nothing", async () => {
    const fleet = await fleetOf(postgres, ["leader", "other"]);
    const [leader, other] = fleet.members as [Member, Member];
    leader.hold("a");
    other.hold("a");
    const said = deliverAll(hostOf(fleet, leader), [messageOf("a"), messageOf("b"), messageOf("beside", "memory:beside")]);
    const beside = async () => [...(await leader.store.deliveries.known(["beside"] as DeliveryKey[])).values()];
    await until(async () => fleet.begun.length === 2 && (await beside())[0]?.outcome?.kind === "delivered");
    await fleet.query(LOST);
    const { outcomes, again } = await said;
    expect(inSame(fleet)).toEqual(["a"]);
    expect([...outcomes].map(([key, { kind }]) => [key, kind]).toSorted()).toEqual([
      ["a", "unknown"],
      ["beside", "delivered"],
    ]);
    expect(again).toBe(fleet.clock.now());
  });

  test("hears nothing that another leader had sent there meanwhile: it is put back, and is nobody's doubt", async () => {
    const fleet = await fleetOf(postgres, ["first", "second"]);
    const [first, second] = fleet.members as [Member, Member];
    for (const member of fleet.members) member.hold("a");
    await fleet.send(first, claimOf("a", SAME));
    await until(() => fleet.begun.length === 1);
    expect(await first.store.fleet!.giveWay()).toBe(true);
    await until(() => second.store.lead());
    await fleet.send(second, claimOf("b", SAME));
    const came = second.store.fleet!.outcomes(["b"] as DeliveryKey[]);
    await fleet.query(LOST);
    expect((await came).map(({ outcome }) => outcome.kind)).toEqual(["later"]);
    expect(inSame(fleet)).toEqual(["a"]);
    const known = await second.store.deliveries.known(["a"] as DeliveryKey[]);
    expect([...known.values()].map(({ outcome }) => outcome)).toMatchObject([{ kind: "unknown", doubts: 1 }]);
    expect(await fleet.query("select * from curewatch_jobs.job")).toEqual([]);
  });

  test("is shown the rest of a digest before what became due meanwhile, though that goes first otherwise", async () => {
    const url = await postgres.database();
    const clock = setClock(NOON);
    const processes = [await servedOn(url, clock), await servedOn(url, clock)];
    const shown: string[] = [];
    const gate = Promise.withResolvers<void>();
    onTestFinished(() => gate.resolve());
    for (const one of processes) inParts(one, shown, gate.promise);
    await processes[0]!.ask(C1, "watch");
    await until(() => shown.length === 1);
    await processes[0]!.hold();
    await postgres.query(url, LOST);
    await until(() => shown.length >= 3);
    expect(shown.slice(0, 3)).toEqual(["digest, part 1", "digest, part 2", "total"]);
  }, 30_000);
});

/** A digest has two parts, between which its first attempt ends. */
function inParts({ adapter }: ServedProcess, shown: string[], ended: Promise<void>): void {
  adapter.find = async () => (shown.includes("digest, part 2") ? (`${C1}/2.0` as never) : "partly");
  adapter.post = async (to, _, once) => {
    const kind = /digest|total/.exec(once)?.[0] ?? once;
    const isBegun = shown.includes("digest, part 1");
    shown.push(kind !== "digest" ? kind : isBegun ? "digest, part 2" : "digest, part 1");
    if (kind === "digest" && !isBegun) {
      await ended;
      return { ok: false, retry: "later", reason: "ended" };
    }
    return { ok: true, posted: `${to}/${shown.length}.0` as never };
  };
}
