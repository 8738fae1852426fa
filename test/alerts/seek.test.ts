import { expect, test } from "vitest";
import { type DeliveryHost, freshMemory, type Message } from "../../src/alerts/delivery.ts";
import { parcelOf } from "../../src/alerts/post-one.ts";
import { seek } from "../../src/alerts/seek.ts";
import type { DeliveryKey, Found, Place } from "../../src/ports/chat.ts";
import type { Delivery } from "../../src/ports/delivery-log.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { setClock } from "../../src/time/clock.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";
import { keptLog, NOW } from "../app/kept-log.ts";

const KEY = "k" as DeliveryKey;
const PLACE = "slack:T1/C1" as Place;
const BASIS = {
  place: PLACE,
  kind: "reminder",
  reason: "stage-reached",
  stream: "s",
  version: 1,
  head: "",
  rulebook: "",
  shown: null,
} as const;

/** What is left to be said of a message whose last attempt nobody knows the end of, and what was written down meanwhile. */
async function sought(found: Found) {
  const before: Delivery = {
    ...{ key: KEY, message: KEY, basis: BASIS, firstAt: NOW, claimedAt: NOW, settledAt: NOW, attempts: 1 },
    outcome: { kind: "unknown", reason: "no answer", notBefore: NOW, doubts: 1 },
  } as never;
  const message: Message = {
    ...{ place: PLACE, language: "en", once: KEY, dues: [{ key: KEY, basis: BASIS, before }] },
    card: () => ({ title: "due", tone: "calm", blocks: [] }),
  };
  const written: unknown[] = [];
  const host = {
    ...{ clock: setClock(NOW), log: keptLog(), probe: noProbe, memory: freshMemory(), stopping: () => false },
    adapterOf: () => ({ ...adapterOfTest("slack"), find: async () => found }),
    deliveries: { turn: async (settled: readonly unknown[]) => void written.push(...settled) },
  } as unknown as DeliveryHost;
  const { messages } = await seek(host, [message]);
  const parcels = messages.map(parcelOf);
  return { cards: parcels.map(({ card }) => JSON.stringify(card)), doubts: parcels.map(({ dues }) => dues[0]!.doubts), written };
}

test("what stands there in part goes on with the rest as it was, unmarked, and is still open: the doubt is kept", async () => {
  const { cards, doubts, written } = await sought("partly");
  expect(doubts).toEqual([1]);
  expect(cards).toHaveLength(1);
  expect(cards[0]).not.toContain("repeat");
  expect(written).toEqual([]);
});

test("what nobody can tell is marked, what is not there is not, and what is there is said no more", async () => {
  expect((await sought("cannot-tell")).cards[0]).toContain("may be a repeat");
  const absent = await sought(null);
  expect(absent.cards[0]).not.toContain("repeat");
  expect(absent.written).toMatchObject([{ outcome: { kind: "unknown", doubts: 0 } }]);
  expect((await sought("slack:T1/C1/1.0" as Found)).cards).toEqual([]);
});
