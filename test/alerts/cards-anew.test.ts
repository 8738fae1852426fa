import { describe, expect, test } from "vitest";
import type { PersonRef, Place, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const [ONE, OPERATIONS, OWNER] = ["memory:one", "memory:operations", "memory:direct/memory:owner"] as [Place, Place, Place];
const KEY = "CNIL:SAN-2024-001";
const CLOSED: PostResult = { ok: false, retry: "never", reason: "Only some may post in this channel." };
const GONE: PostResult = { ok: false, retry: "never", reason: "message_not_found", gone: true };

/** A desk whose card in a place was removed by somebody, and whose new card is refused there. */
async function deskWithoutCard(refusal: PostResult = CLOSED) {
  const state = { refusal: null as PostResult | null, only: '"card"' };
  const answer = ({ to, key }: Post): PostResult =>
    to === ONE && state.refusal !== null && key.includes(state.only) ? state.refusal : { ok: true, posted: `memory:${++count}` as never };
  let count = 0;
  const removed = new Set<string>();
  const desk = await deskOfTest(answer, {
    inPlace: true,
    update: async (posted: string) => (removed.has(posted) ? GONE : { ok: true, posted }) as PostResult,
  });
  await desk.store.people.idOf("memory:owner" as PersonRef, "owner");
  await desk.hold({}, { on: "2024-01-02", type: "assigned", to: "owner", as: "owner" });
  await desk.watch(ONE, { digest: "off" });
  desk.operations.place = OPERATIONS;
  const minutes = async (from: number, to: number) => {
    for (let minute = from; minute <= to; minute++) await desk.tickAt(later(START, minute));
  };
  await minutes(0, 0);
  removed.add("memory:1");
  state.refusal = refusal;
  const tried = () => desk.posts.filter(({ to, key }) => to === ONE && key.includes('"card"')).length;
  const letters = () => desk.posts.filter(({ text }) => text.includes("could not be delivered")).map(({ to }) => to);
  const undelivered = () => desk.store.deliveries.undelivered(later(desk.clock.now(), 10));
  desk.clock.set(later(START, 2));
  await desk.acknowledge(KEY, ONE, "14");
  await minutes(2, 6);
  return { ...desk, state, minutes, tried, letters, undelivered, cards: () => desk.store.liveCards.of([KEY]) };
}

describe("a removed card whose place refuses the new one for good", () => {
  test("is told once, counted among the undelivered, and tried again when something about the matter changes", async () => {
    const desk = await deskWithoutCard();
    await desk.store.index.wake([KEY]);
    await desk.minutes(7, 9);
    expect(desk.tried()).toBe(1);
    desk.clock.set(later(START, 20));
    await desk.snooze(KEY, ONE, "2024-02-25");
    await desk.minutes(20, 24);
    expect(desk.tried()).toBe(2);
    expect(desk.letters()).toEqual([OPERATIONS, OWNER]);
    expect(await desk.undelivered()).toMatchObject([{ basis: { place: ONE, kind: "card", stream: KEY }, outcome: { kind: "never" } }]);
  });

  test("stands there again when something changes after its place is back, and is undelivered no more", async () => {
    const desk = await deskWithoutCard();
    desk.state.refusal = null;
    desk.clock.set(later(START, 20));
    await desk.snooze(KEY, ONE, "2024-02-25");
    await desk.minutes(20, 24);
    expect(desk.tried()).toBe(2);
    const posted = `memory:${desk.posts.length - 1}`;
    expect(await desk.cards()).toMatchObject([{ posted, shows: expect.not.stringContaining(" ") }]);
    expect(await desk.undelivered()).toEqual([]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts.at(-1)).toMatchObject({ to: ONE, under: posted });
  });

  test("is tried again as soon as somebody asks for that, and told anew where it is refused again", async () => {
    const desk = await deskWithoutCard();
    expect(await desk.store.deliveries.revive(ONE, desk.clock.now())).toBe(1);
    await desk.store.index.wake("all");
    await desk.minutes(7, 10);
    expect([desk.tried(), desk.letters()]).toEqual([2, [OPERATIONS, OWNER, OPERATIONS, OWNER]]);
    desk.state.refusal = null;
    await desk.store.deliveries.revive(ONE, desk.clock.now());
    await desk.store.index.wake("all");
    await desk.minutes(11, 13);
    expect(desk.tried()).toBe(3);
    expect(await desk.cards()).toMatchObject([{ posted: expect.stringMatching(/^memory:\d+$/) }]);
    expect(await desk.undelivered()).toEqual([]);
  });

  test("waits for nothing any more when the next message is the card, or nobody there may see the matter", async () => {
    const desk = await deskWithoutCard();
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(await desk.cards()).toMatchObject([{ posted: expect.stringMatching(/^memory:\d+$/) }]);
    expect(await desk.undelivered()).toEqual([]);
    const hidden = await deskWithoutCard();
    await hidden.record(KEY, { on: "2024-02-20", type: "visibility", to: "restricted" });
    await hidden.minutes(20, 22);
    expect(await hidden.cards()).toEqual([]);
    expect((await hidden.undelivered()).filter(({ basis }) => basis.kind === "card")).toEqual([]);
  });

  test("is left alone where the place watches the matter no more", async () => {
    const desk = await deskWithoutCard();
    await desk.store.subscriptions.remove(ONE, null as never);
    await desk.store.index.wake("all");
    await desk.minutes(7, 9);
    expect(await desk.cards()).toEqual([]);
    expect((await desk.undelivered()).filter(({ basis }) => basis.kind === "card")).toEqual([]);
    desk.state.refusal = null;
    await desk.followIndex(moment("2024-03-12T00:00"));
    expect(desk.tried()).toBe(1);
  });

  test("is tried again within the place's hours, unless a person has acted", async () => {
    const desk = await deskWithoutCard();
    await desk.settle(ONE, { digest: "off", quiet: { from: "20:00", to: "08:00" }, weekdays: [1, 2, 3, 4, 5] });
    await desk.followIndex(moment("2024-02-26T22:00"));
    const tries = desk.posts.filter(({ to, key }) => to === ONE && key.includes('"card"')).map(({ at }) => at.slice(0, 13));
    // Not on the Saturday or the Sunday, and at eight in Paris.
    expect(tries.slice(1)).toEqual(["2024-02-21T07", "2024-02-22T07", "2024-02-23T07", "2024-02-26T07"]);
    desk.clock.set(moment("2024-02-26T22:30"));
    const before = desk.tried();
    await desk.snooze(KEY, ONE, "2024-03-01");
    await desk.followIndex(moment("2024-02-26T22:40"));
    expect(desk.tried()).toBe(before + 1);
  });

  test("and of which nobody knows whether it was shown is not tried again by itself", async () => {
    const desk = await deskWithoutCard({ ok: false, retry: "unknown", reason: "a broken connection" });
    await desk.runUntil(later(START, 60 * 24), 10);
    expect(await desk.undelivered()).toMatchObject([{ basis: { kind: "card" }, outcome: { kind: "never" } }]);
    const tried = desk.tried();
    await desk.snooze(KEY, ONE, "2024-02-25");
    await desk.runUntil(later(desk.clock.now(), 30), 10);
    expect(desk.tried()).toBe(tried);
    desk.state.refusal = null;
    await desk.store.deliveries.revive(ONE, desk.clock.now());
    await desk.store.index.wake("all");
    await desk.runUntil(later(desk.clock.now(), 30), 10);
    expect(desk.posts.at(-1)!.text).toContain("may be a repeat");
    expect(await desk.undelivered()).toEqual([]);
  });
});
