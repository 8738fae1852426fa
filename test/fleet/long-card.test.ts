import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliverAll } from "../../src/alerts/deliver.ts";
import { type DeliveryHost, freshMemory, type Message } from "../../src/alerts/delivery.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Fleet } from "../../src/ports/fleet.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { keptLog } from "../app/kept-log.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function hostOfTest() {
  const fleet = await fleetOf(postgres, ["one"]);
  const { store } = fleet.members[0]!;
  await store.lead();
  const log = keptLog();
  let isOpen = false;
  const watched: Fleet = {
    ...store.fleet!,
    async send(...sent) {
      isOpen = true;
      return store.fleet!.send(...sent).finally(() => {
        isOpen = false;
      });
    },
  };
  const host: DeliveryHost = {
    ...{ clock: fleet.clock, log, probe: noProbe, adapterOf: () => null },
    ...{ deliveries: store.deliveries, fleet: watched, memory: freshMemory(), stopping: () => false },
  };
  return { ...fleet, host, log, isOpen: () => isOpen };
}

function messageOf(name: string, card: Message["card"], place = `memory:${name}`): Message {
  const { key, basis } = claimOf(name, place);
  return { place: place as Place, language: "en", once: key, dues: [{ key, basis, before: null }], card };
}

describe("a card", () => {
  // The server ends a transaction in which nothing is said for two seconds, and the card of a large register's digest takes longer.
  test("is made before the transaction begins in which it is claimed, and all are said in their order", async () => {
    const { host, shown, isOpen } = await hostOfTest();
    const within: string[] = [];
    const of = (name: string, place?: string) =>
      messageOf(
        name,
        () => {
          if (isOpen()) within.push(name);
          return { title: name, tone: "calm", blocks: [] };
        },
        place,
      );
    const many = Array.from({ length: 40 }, (_, n) => `many${n}`);
    const { outcomes } = await deliverAll(host, [
      ...many.map((name) => of(name, "memory:same")),
      ...many.map((name) => of(`other ${name}`)),
    ]);
    expect(within).toEqual([]);
    expect([...outcomes.values()].filter(({ kind }) => kind === "delivered")).toHaveLength(2 * many.length);
    expect(shown.map(({ key }) => key).filter((key) => !key.startsWith("other"))).toEqual(many);
  });

  test("that cannot be made is one delivery that failed, named once in the log", async () => {
    const { host, log, shown } = await hostOfTest();
    const broken = messageOf("broken", () => {
      throw new Error("no card");
    });
    const { outcomes } = await deliverAll(host, [broken, messageOf("well", () => ({ title: "well", tone: "calm", blocks: [] }))]);
    expect([...outcomes].map(([key, { kind }]) => [key, kind]).toSorted()).toEqual([
      ["broken", "unknown"],
      ["well", "delivered"],
    ]);
    expect(shown.map(({ key }) => key)).toEqual(["well"]);
    expect(log.lines.filter((line) => line.includes("a fault of ours"))).toHaveLength(1);
  });
});
