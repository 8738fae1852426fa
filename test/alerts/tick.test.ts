import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import { countUndelivered, tick, watchedBy } from "../../src/alerts/tick.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { ChatAdapter, DeliveryKey, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import type { Basis, Watch } from "../../src/ports/delivery-log.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { given, ORDER } from "../support/given.ts";

const MINUTE = 60_000;

interface Post {
  readonly at: Instant;
  readonly to: Place;
  readonly key: DeliveryKey;
  readonly card: string;
}

function moment(text: string): Instant {
  return `${text}:00.000Z` as Instant;
}

function later(instant: Instant, minutes: number): Instant {
  return instantOf(millisecondsOf(instant) + minutes * MINUTE);
}

/** A real register in memory with an adapter that records what it is given and answers as told. */
async function deskOfTest(answer: PostResult = { ok: true, posted: "posted" as PostRef }) {
  const clock = setClock(moment("2024-01-02T12:00"));
  const store = await openStore({ url: "sqlite::memory:", clock });
  onTestFinished(() => store.close());
  const register = openRegister(store.ledger);
  const posts: Post[] = [];
  const faults: object[] = [];
  const adapter = {
    name: "memory",
    async post(to: Place, card: unknown, key: DeliveryKey) {
      posts.push({ at: clock.now(), to, key, card: JSON.stringify(card) });
      return answer;
    },
  } as unknown as ChatAdapter;
  let count = 0;
  const stamp = (commandId = `c${++count}`) => ({ recordedAt: clock.now(), by: "p1", commandId, via: "command" as const });
  return {
    clock,
    store,
    register,
    posts,
    faults,
    stamp,
    async hold(facts: object = {}, ...events: readonly object[]) {
      const matter = given(facts);
      await register.record(() => [{ key: matter.key, facts: matter.facts, events: events as MatterEvent[] }], stamp());
      return matter.key;
    },
    async record(key: string, event: object) {
      await register.record(() => [{ key, facts: null, events: [event as MatterEvent] }], stamp());
    },
    async watch(place: string, watch: Partial<Watch> = {}) {
      const fields = { filters: [], language: "en" as const, zone: "Europe/Paris", at: "09:00", by: "p1", since: clock.now() };
      await store.watches.set({ ...fields, place: place as Place, ...watch });
    },
    async tickAt(instant: Instant, over: { register?: Register } = {}) {
      clock.set(instant);
      const log = { info: () => undefined, warn: () => undefined, error: (about: object) => void faults.push(about) };
      const { deliveries, watches } = store;
      return tick({ register, deliveries, watches, clock, log, adapterOf: () => adapter, ...over });
    },
  };
}

type Said = Awaited<ReturnType<typeof tick>>[number];

function utterances(said: readonly Said[]) {
  return said.flatMap((one) => ("utterance" in one ? [one.utterance] : []));
}

function digests(said: readonly Said[]) {
  return said.flatMap((one) => ("digest" in one ? [one.digest] : []));
}

/** Quiet until nearly midnight: only reminders and news are said. */
const NO_DIGEST = { at: "23:59" };

test("a place that watches since later is not told what was recorded before", async () => {
  const desk = await deskOfTest();
  const key = await desk.hold();
  await desk.watch("memory:old", NO_DIGEST);
  desk.clock.set(moment("2024-03-08T12:00"));
  await desk.record(key, { on: "2024-03-08", type: "paid", amount: "9", for: "a" });
  desk.clock.set(moment("2024-03-08T13:00"));
  await desk.watch("memory:new", NO_DIGEST);
  desk.clock.set(moment("2024-03-08T14:00"));
  await desk.record(key, { on: "2024-03-08", type: "appealed", suspends: "no" });
  await desk.tickAt(moment("2024-03-08T15:00"));
  const told = (place: string) => desk.posts.filter(({ to, key: name }) => to === place && name.includes('"event"')).length;
  expect([told("memory:old"), told("memory:new")]).toEqual([2, 1]);
});

test("what may or may not have been shown is tried six times in all, each after a longer pause, and then never", async () => {
  const desk = await deskOfTest({ ok: false, retry: "unknown", reason: "a time-out" });
  await desk.hold();
  await desk.watch("memory:one", NO_DIGEST);
  const start = moment("2024-03-05T09:00");
  for (let minutes = 0; minutes <= 150; minutes++) await desk.tickAt(later(start, minutes));
  const keys = [...new Set(desk.posts.map(({ key }) => key))];
  expect(keys).toHaveLength(1);
  const after = desk.posts.map(({ at }) => (millisecondsOf(at) - millisecondsOf(start)) / MINUTE);
  expect(after).toEqual([0, 1, 3, 7, 15, 31]);
  expect(desk.posts.map(({ card }) => card === desk.posts[0]!.card)).toEqual([true, false, false, false, false, false]);
  const known = await desk.store.deliveries.known(keys);
  expect(known.get(keys[0]!)).toMatchObject({ attempts: 6, outcome: { kind: "never", reason: expect.stringContaining("a time-out") } });
});

test("a matter that cannot be told silences no other, and is logged", async () => {
  const desk = await deskOfTest();
  await desk.hold({ ref: "SAN-2024-002" });
  await desk.watch("memory:one");
  await desk.watch("memory:filtered", { filters: ["state:curing"] });
  const sound = (await desk.register.all())[0]!;
  const items = [{ ...ORDER.items[0], penalty: { rate: "1.2345", per: "day" } }];
  const poisoned: Matter = { ...sound, key: "CNIL:POISONED", facts: { ...sound.facts, items } as unknown as Facts };
  const register = { ...desk.register, all: async () => [poisoned, sound] };
  const said = await desk.tickAt(moment("2024-03-05T09:00"), { register });
  expect(utterances(said).map(({ standing }) => standing.key)).toEqual([sound.key, sound.key]);
  expect(digests(said).map(({ actNow }) => actNow.map(({ standing }) => standing.key))).toEqual([[sound.key], [sound.key]]);
  expect(desk.faults).toEqual([expect.objectContaining({ stream: "CNIL:POISONED" })]);
});

test("a command that is tried again after a restart is answered, not refused by its own effect", async () => {
  const desk = await deskOfTest();
  const { key, facts } = given({});
  const change = [{ key, facts, events: [] }];
  expect(await desk.register.record(() => change, desk.stamp("typed-once"))).toMatchObject({ repeated: false });
  const head = await desk.store.ledger.head();
  const restarted = openRegister(desk.store.ledger);
  const refusing = () => ({ refused: "matter-known", args: {} });
  expect(await restarted.record(refusing, desk.stamp("typed-once"))).toEqual({ head, repeated: true });
  expect(await restarted.record(refusing, desk.stamp("typed-again"))).toMatchObject({ refused: "matter-known" });
  expect(await desk.store.ledger.head()).toEqual(head);
});

describe("a digest", () => {
  test("east of the authority does not say that a period has ended while hours are left", async () => {
    const desk = await deskOfTest();
    await desk.hold();
    await desk.watch("memory:tokyo", { zone: "Asia/Tokyo", at: "00:30" });
    const [early] = digests(await desk.tickAt(moment("2024-03-05T15:30")));
    expect(early).toMatchObject({ day: "2024-03-06", running: [], actNow: [{ item: { state: "curing", expiry: "2024-03-05" } }] });
    const shown = JSON.stringify(digestCard("en", early!));
    expect(shown).toContain("Tue 5 Mar");
    expect(shown).not.toMatch(/ended|has been running/);
    const [next] = digests(await desk.tickAt(moment("2024-03-06T15:30")));
    expect(next).toMatchObject({ day: "2024-03-07", actNow: [{ item: { state: "accruing" } }] });
  });

  test("says to act on a fine that is unpaid past its day, until it is paid", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold({ items: undefined, fines: [{ id: "f", amount: "5000", due: "2024-03-01" }] });
    await desk.watch("memory:one");
    const late = async (text: string) => digests(await desk.tickAt(moment(text)))[0]!.actNow.map(({ next }) => next);
    expect(await late("2024-03-01T09:00")).toEqual([]);
    const payment = { day: "2024-03-01", what: "payment" };
    expect(await late("2024-03-02T09:00")).toEqual([payment]);
    await desk.record(key, { on: "2024-03-02", type: "paid", amount: "4999.99", for: "f" });
    expect(await late("2024-03-03T09:00")).toEqual([payment]);
    await desk.record(key, { on: "2024-03-03", type: "paid", amount: "0.01", for: "f" });
    expect(await late("2024-03-04T09:00")).toEqual([]);
  });

  test("counts as undelivered what failed in the last day alone", async () => {
    const desk = await deskOfTest();
    const now = moment("2024-03-05T09:00");
    const failed = async (name: string, hours: number) => {
      const at = later(now, -hours * 60);
      const basis: Basis = { place: "memory:one" as Place, kind: "event", stream: null, head: "0".repeat(64), shown: {} };
      await desk.store.deliveries.claim(name as DeliveryKey, basis, at, at);
      await desk.store.deliveries.settle(name as DeliveryKey, { kind: "never", reason: "the channel is gone" }, at);
    };
    for (const [name, hours] of [
      ["long ago", 72],
      ["just before", 25],
      ["in the day", 23],
      ["just now", 1],
    ] as const)
      await failed(name, hours);
    expect(await desk.store.deliveries.undelivered(now)).toHaveLength(4);
    expect(await countUndelivered(desk.store.deliveries, now)).toBe(2);
    await desk.watch("memory:one", { since: now });
    expect(digests(await desk.tickAt(now))).toMatchObject([{ undelivered: 2 }]);
  });
});

test("filters look at the day of the authority, west and east", () => {
  const watched = (matter: Matter, filter: string, text: string) => watchedBy({ filters: [filter] }, [matter], moment(text)).length;
  const [paris, york, sydney] = ["CNIL", "FTC", "OAIC"].map((authority) => given({ authority })) as [Matter, Matter, Matter];
  const ends = [
    [paris, "2024-03-05T22:59", "2024-03-05T23:00"],
    [york, "2024-03-06T04:59", "2024-03-06T05:00"],
    [sydney, "2024-03-05T12:59", "2024-03-05T13:00"],
  ] as const;
  for (const [matter, last, over] of ends) {
    expect([watched(matter, "state:curing", last), watched(matter, "state:curing", over)]).toEqual([1, 0]);
    expect([watched(matter, "state:accruing", last), watched(matter, "state:accruing", over)]).toEqual([0, 1]);
    expect([watched(matter, "due:0d", last), watched(matter, "due:0d", over)]).toEqual([1, 0]);
  }
});
