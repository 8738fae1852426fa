import { describe, expect, test } from "vitest";
import type { TickHost } from "../../src/alerts/tick.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { ChatAdapter, Place, PostResult } from "../../src/ports/chat.ts";
import { ORDER, orderWith } from "../support/given.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, OPERATIONS] = ["memory:one", "memory:operations"] as [Place, Place];
const BROKEN: PostResult = { ok: false, retry: "unknown", reason: "503" };
const OK: PostResult = { ok: true, posted: "memory:x" as never };
const DAY = 24 * 60;
const { penalty: _none, ...UNMETERED } = ORDER.items[0] as { readonly penalty: object };

/** Nobody can tell what came of that until then. */
async function deskInDoubt(start: string, word: string, until = "2025-01-01T08:00", over: Partial<ChatAdapter> = {}) {
  const isBroken = ({ to, key, at }: Post) => to !== OPERATIONS && key.includes(`"${word}"`) && at < moment(until);
  const desk = await deskOfTest((post) => (isBroken(post) ? BROKEN : OK), over);
  desk.operations.place = OPERATIONS;
  desk.clock.set(moment(start));
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskInDoubt>>;

function tries({ posts }: Desk, word: string) {
  return posts.filter(({ to, key }) => to !== OPERATIONS && key.includes(`"${word}"`));
}

function announced({ posts }: Desk) {
  return posts.filter(({ to }) => to === OPERATIONS).map(({ text }) => /still being tried|not tried any more|out of date/.exec(text)?.[0]);
}

async function expectNothingWaits({ store, clock, tickAt }: Desk) {
  // What was given up a moment ago is noted as announced in the next tick.
  await tickAt(later(clock.now(), 1));
  expect((await store.deliveries.waiting()).map(({ key, firstAt }) => [key, firstAt])).toEqual([]);
  expect(await store.deliveries.unannounced(clock.now())).toEqual([]);
  expect(await store.deliveries.tally()).toMatchObject({ later: 0, unknown: 0, oldestWaiting: null });
}

describe("of an outage of days", () => {
  const whileBroken = (from: string, until: string) => (post: Post) => (post.at >= moment(from) && post.at < moment(until) ? BROKEN : OK);

  test("the digests that were lost in it are announced, though operations could not be reached either", async () => {
    const desk = await deskOfTest(whileBroken("2024-02-20T09:00", "2024-02-26T09:00"));
    desk.operations.place = OPERATIONS;
    desk.clock.set(moment("2024-02-20T09:00"));
    await desk.watch(ONE, { since: moment("2024-02-20T09:00") });
    await desk.runUntil(moment("2024-03-01T09:00"), 60);
    expect(await desk.store.deliveries.unannounced(desk.clock.now())).toEqual([]);
  });

  test("the reminder of the last day is shown when it is over, unless what follows it is due by then", async () => {
    const desk = await deskOfTest(whileBroken("2024-03-05T07:00", "2024-03-10T20:00"));
    desk.clock.set(moment("2024-03-04T12:00"));
    await desk.hold(orderWith({ penalty: { rate: "100", per: "day" } }));
    await desk.watch(ONE, { digest: "off" });
    await desk.runUntil(moment("2024-03-11T08:00"), 30);
    expect(desk.posts.filter(({ at }) => at >= moment("2024-03-10T20:00")).map(({ key }) => JSON.parse(key)[1])).toEqual(["reminder"]);
  });

  test("what was given up and is to be sent again is tried for another day", async () => {
    const desk = await deskInDoubt("2024-03-01T08:00", "overdue");
    await desk.hold({ items: [UNMETERED] });
    await desk.watch(ONE, { digest: "off" });
    await desk.followIndex(moment("2024-03-20T08:00"));
    const before = tries(desk, "overdue").length;
    expect(await desk.store.deliveries.revive(ONE, desk.clock.now())).toBe(1);
    await desk.store.index.wake("all");
    await desk.followIndex(moment("2024-03-30T08:00"));
    expect(tries(desk, "overdue").length - before).toBeGreaterThan(24);
    await expectNothingWaits(desk);
  });

  test("days on which nothing was tried do not count", async () => {
    const back = moment("2024-03-12T10:00");
    const desk = await deskOfTest(({ at }) => (at < later(back, 40) ? BROKEN : OK));
    desk.clock.set(moment("2024-03-05T12:00"));
    await desk.hold({ items: [UNMETERED] });
    await desk.watch(ONE, { digest: "off" });
    await desk.runUntil(moment("2024-03-06T08:05"), 5);
    desk.clock.set(back);
    await desk.runUntil(moment("2024-03-13T08:00"), 5);
    expect(tries(desk, "overdue").at(-1)!.at >= later(back, 40)).toBe(true);
  });
});

describe("of what nothing outdates, and nobody can tell whether it was shown,", () => {
  const capped = orderWith({ penalty: { rate: "100", per: "day", cap: { amount: "300" } } });
  test.each([
    ["that an order without a meter is overdue", "overdue", { items: [UNMETERED] }],
    ["that a cap is reached for good", "cap-reached", capped],
  ])("%s is given up within a week and announced as that", async (_, word, facts) => {
    const desk = await deskInDoubt("2024-03-01T08:00", word);
    await desk.hold(facts);
    await desk.watch(ONE, { digest: "off" });
    await desk.followIndex(moment("2024-04-05T08:00"));
    const tried = tries(desk, word);
    expect(tried.length).toBeGreaterThan(100);
    expect(tried.at(-1)!.at >= later(tried[0]!.at, 5 * DAY)).toBe(true);
    expect(tried.at(-1)!.at < later(tried[0]!.at, 6 * DAY)).toBe(true);
    expect(announced(desk)).toEqual(["still being tried", "not tried any more"]);
    await expectNothingWaits(desk);
  });

  test("a draft's last reminder is given up after its day, and what it lacks before that is asked again", async () => {
    const desk = await deskInDoubt("2024-01-02T12:00", "reminder");
    await desk.hold({ notified: undefined });
    desk.clock.set(moment("2024-02-29T08:00"));
    await desk.watch(ONE, { digest: "off" });
    await desk.followIndex(moment("2024-03-18T12:00"));
    const last = desk.posts.filter(({ key }) => key.includes(',0,"2024-03-02"')).at(-1)!;
    expect([last.at > moment("2024-03-06T08:00"), last.at < moment("2024-03-08T08:00")]).toEqual([true, true]);
    await expectNothingWaits(desk);
  });

  test("news of which a part stands there is given up too, and never said to be a repeat", async () => {
    const desk = await deskInDoubt("2024-02-10T08:00", "event", undefined, { find: async () => "partly" });
    await desk.hold();
    await desk.watch(ONE, { digest: "off" });
    desk.clock.set(moment("2024-02-11T08:00"));
    await desk.record(KEY, { on: "2024-02-11", type: "partly-complied" });
    await desk.followIndex(moment("2024-03-01T08:00"));
    expect(tries(desk, "event").at(-1)!.at < moment("2024-02-17T08:00")).toBe(true);
    expect(tries(desk, "event").some(({ text }) => text.includes("may be a repeat"))).toBe(false);
    expect(announced(desk)).toEqual(["still being tried", "not tried any more"]);
    await expectNothingWaits(desk);
  });

  test("a change is given up before it is no news any more", async () => {
    const desk = await deskInDoubt("2024-03-20T11:00", "change");
    const { people, name, proposals, trail, access, announcesSince } = desk.store;
    await people.idOf("memory:ann", "Ann");
    const cy = await people.idOf("memory:cy", "Cy");
    const consent = { name, proposals, trail, access, announcesSince } as unknown as NonNullable<TickHost["consent"]>;
    const key = await desk.hold();
    const stamp = { recordedAt: desk.clock.now(), by: cy, commandId: "k1", via: "command" as const };
    const complied = { type: "complied", on: "2024-03-15", item: "a" } as unknown as MatterEvent;
    await desk.register.record(() => [{ key, facts: null, events: [complied] }], stamp);
    await desk.runUntil(moment("2024-03-29T11:00"), 20, { ...desk.host, consent });
    expect(tries(desk, "change").at(-1)!.at < moment("2024-03-26T11:00")).toBe(true);
    expect(announced(desk)).toEqual(["still being tried", "not tried any more"]);
    await expectNothingWaits(desk);
  });
});

describe("what may have been shown and is planned no more", () => {
  test("as the fact that was missing is recorded waits no longer", async () => {
    const desk = await deskInDoubt("2024-01-02T12:00", "missing-fact", "2024-01-12T08:00");
    await desk.hold({ notified: undefined });
    await desk.watch(ONE, { digest: "off" });
    await desk.runUntil(moment("2024-01-10T08:00"), 20);
    expect(await desk.store.deliveries.tally()).toMatchObject({ unknown: 1 });
    await desk.record(KEY, { on: "2024-01-10", type: "notified" });
    await desk.followIndex(moment("2024-01-11T08:00"));
    await expectNothingWaits(desk);
  });

  test("as the cap that was near is reached waits no longer", async () => {
    const desk = await deskInDoubt("2024-03-01T08:00", "cap-near", "2024-03-17T08:00");
    await desk.hold(orderWith({ penalty: { rate: "100", per: "day", cap: { amount: "1000" } } }));
    await desk.watch(ONE, { digest: "off" });
    await desk.followIndex(moment("2024-03-20T08:00"));
    expect(tries(desk, "cap-near").length).toBeGreaterThan(1);
    await expectNothingWaits(desk);
  });

  test("as a later one is, which nobody can tell of either, waits some days and no longer", async () => {
    const desk = await deskInDoubt("2024-03-01T08:00", "total");
    await desk.hold(orderWith({ penalty: { rate: "100", per: "day" } }));
    await desk.watch(ONE, { digest: "off" });
    await desk.followIndex(moment("2024-04-20T08:00"));
    expect((await desk.store.deliveries.waiting()).length).toBeLessThanOrEqual(1);
  });

  test("as it is no news any more waits no longer, though nobody knows that it was not shown, and is announced", async () => {
    const desk = await deskInDoubt("2024-03-20T11:00", "change");
    await desk.hold();
    desk.operations.place = null;
    const place = "memory:direct/memory:ann" as Place;
    const key = JSON.stringify([place, "change", KEY, "x"]) as never;
    const shared = { reason: "event-recorded", stream: KEY, version: 1, head: "", rulebook: "", shown: {} } as const;
    const at = desk.clock.now();
    const { name, proposals, trail, access, announcesSince, deliveries } = desk.store;
    await deliveries.turn([], [{ key, message: key, basis: { ...shared, place, kind: "change" } }], at);
    await deliveries.turn([{ key, outcome: { kind: "later", reason: "503", notBefore: at } }], [], at);
    const consent = { name, proposals, trail, access, announcesSince } as unknown as NonNullable<TickHost["consent"]>;
    await desk.tickAt(later(at, 6 * DAY), { consent });
    expect(await deliveries.waiting()).toHaveLength(1);
    await desk.tickAt(later(at, 8 * DAY));
    expect((await deliveries.known([key])).get(key)!.outcome).not.toHaveProperty("superseded");
    await desk.tickAt(later(at, 8 * DAY), { consent });
    expect((await deliveries.known([key])).get(key)!.outcome).toMatchObject({ superseded: "untold" });
  });
});
