import { describe, expect, test } from "vitest";
import { openRegister } from "../../src/alerts/register.ts";
import { watchedBy } from "../../src/alerts/subscription.ts";
import { failedNow } from "../../src/alerts/undelivered.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { given, ORDER } from "../support/given.ts";
import { deskOfTest, digests, later, moment, utterances } from "./desk-of-test.ts";

const MINUTE = 60_000;
/** Only reminders and news are said. */
const NO_DIGEST = { digest: "off" as const };

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

test("what may or may not have been shown is tried after about twice the pause each time, from the sixth on once an hour, and says that it may be a repeat", async () => {
  const desk = await deskOfTest({ ok: false, retry: "unknown", reason: "a time-out" });
  await desk.hold();
  await desk.watch("memory:one", NO_DIGEST);
  const start = moment("2024-03-05T09:00");
  for (let minutes = 0; minutes <= 150; minutes++) await desk.tickAt(later(start, minutes));
  const keys = [...new Set(desk.posts.map(({ key }) => key))];
  expect(keys).toHaveLength(1);
  const after = desk.posts.map(({ at }) => (millisecondsOf(at) - millisecondsOf(start)) / MINUTE);
  // The sixth comes after half an hour, the others an hour and a little later each.
  expect(after).toHaveLength(7);
  const pauses = after.slice(1, 6).map((minutes, index) => minutes - after[index]!);
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(0.75 * 2 ** index);
    expect(pause).toBeLessThanOrEqual(Math.ceil(1.25 * 2 ** index));
  }
  expect(desk.posts.map(({ text }) => text.includes("may be a repeat"))).toEqual([false, true, true, true, true, true, true]);
  const known = await desk.store.deliveries.known(keys);
  expect(known.get(keys[0]!)).toMatchObject({ attempts: 7, outcome: { kind: "unknown", doubts: 7, reason: "a time-out" } });
});

test("a matter that cannot be told silences no other, and is logged", async () => {
  const desk = await deskOfTest();
  await desk.hold({ ref: "SAN-2024-002" });
  await desk.watch("memory:one");
  await desk.watch("memory:filtered", {}, ["state:curing"]);
  const sound = (await desk.register.all())[0]!;
  const items = [{ ...ORDER.items[0], penalty: { rate: "1.2345", per: "day" } }];
  const poisoned: Matter = { ...sound, key: "CNIL:POISONED", facts: { ...sound.facts, items } as unknown as Facts };
  const both = async () => [poisoned, sound];
  const register = { ...desk.register, all: both, some: both };
  const index = { ...desk.store.index, due: async () => [poisoned, sound].map(({ key, version }) => ({ stream: key, version, woken: 0 })) };
  const said = await desk.tickAt(moment("2024-03-05T09:00"), { register, index });
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
    expect(await late("2024-02-26T09:00")).toEqual([]);
    const payment = { day: "2024-03-01", what: "payment" };
    // Within three days of its end it is to be acted on, as every deadline is.
    expect(await late("2024-03-01T09:00")).toEqual([payment]);
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
      const shared = { stream: null, version: null, head: "0".repeat(64), rulebook: "", shown: {} };
      const basis = { place: "memory:elsewhere" as Place, kind: "event", reason: "event-recorded" as const, ...shared };
      const key = name as DeliveryKey;
      await desk.store.deliveries.turn([], [{ key, message: key, basis }], at);
      await desk.store.deliveries.turn([{ key, outcome: { kind: "never", reason: "the channel is gone" } }], [], at);
    };
    for (const [name, hours] of [
      ["long ago", 72],
      ["just before", 25],
      ["in the day", 23],
      ["just now", 1],
    ] as const)
      await failed(name, hours);
    expect(await desk.store.deliveries.undelivered(now)).toHaveLength(4);
    expect(await failedNow(desk.store.deliveries, now)).toHaveLength(2);
    await desk.watch("memory:one", { since: now });
    expect(digests(await desk.tickAt(now))).toMatchObject([
      { undelivered: [{ place: "memory:elsewhere" }, { place: "memory:elsewhere" }] },
    ]);
  });
});

test("filters look at the day of the authority, west and east", () => {
  const watched = (matter: Matter, filter: string, text: string) =>
    watchedBy({ watches: [{ filters: [filter] }] }, [matter], moment(text)).length;
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
