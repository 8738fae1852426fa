import { describe, expect, test } from "vitest";
import type { PersonRef, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const [ONE, OPERATIONS, OWNER] = ["memory:one", "memory:operations", "memory:direct/memory:owner"] as [Place, Place, Place];
const KEY = "CNIL:SAN-2024-001";
const FIRST = "memory:1" as PostRef;
const ARCHIVED: PostResult = { ok: false, retry: "never", reason: "The channel is archived." };

/** A desk with one matter whose card stands in a place that can be archived, an owner and an operations place. */
async function deskWithCard() {
  const state = { refusal: ARCHIVED as PostResult | null };
  const tried: PostRef[] = [];
  const desk = await deskOfTest(undefined, {
    inPlace: true,
    async update(posted: PostRef) {
      tried.push(posted);
      return state.refusal ?? { ok: true, posted };
    },
  });
  const warned: object[] = [];
  const log = { ...desk.host.log, warn: (about: object) => void warned.push(about) };
  await desk.store.people.idOf("memory:owner" as PersonRef, "owner");
  await desk.hold({}, { on: "2024-01-02", type: "assigned", to: "owner", as: "owner" });
  await desk.watch(ONE, { digest: "off" });
  desk.operations.place = OPERATIONS;
  const minutes = async (from: number, to: number) => {
    for (let minute = from; minute <= to; minute++) await desk.tickAt(later(START, minute), { log });
  };
  await minutes(0, 0);
  const letters = () => desk.posts.filter(({ text }) => text.includes("could not be delivered"));
  const undelivered = () => desk.store.deliveries.undelivered(later(desk.clock.now(), 10));
  return { ...desk, state, tried, warned, minutes, letters, undelivered, cards: () => desk.store.liveCards.of([KEY]) };
}

describe("a card that its place does not let us change", () => {
  test("is told once, to operations and the owner, in the log and among the undelivered, however often it is tried", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.minutes(2, 6);
    await desk.store.index.wake([KEY]);
    await desk.minutes(7, 12);
    expect(desk.tried).toEqual([FIRST, FIRST]);
    expect(desk.letters().map(({ to }) => to)).toEqual([OPERATIONS, OWNER]);
    for (const words of ["memory:one", "SAN-2024-001", "the matter's card", "The channel is archived."])
      expect(desk.letters()[0]!.text.toLowerCase()).toContain(words.toLowerCase());
    expect(desk.warned).toEqual([{ place: ONE, stream: KEY, reason: "The channel is archived." }]);
    expect(await desk.undelivered()).toMatchObject([{ basis: { place: ONE, kind: "card", stream: KEY }, outcome: { kind: "never" } }]);
  });

  test("shows what stands at the next look after its place is back, and is undelivered no more", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.minutes(2, 4);
    desk.state.refusal = null;
    desk.clock.set(later(START, 60));
    await desk.store.index.wake([KEY]);
    await desk.minutes(60, 62);
    expect(desk.tried).toEqual([FIRST, FIRST]);
    expect(await desk.cards()).toMatchObject([{ posted: FIRST, updatedAt: later(START, 60), shows: expect.not.stringContaining(" ") }]);
    expect(await desk.undelivered()).toEqual([]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts.at(-1)).toMatchObject({ to: ONE, under: FIRST });
  });

  test("is told anew where somebody had it tried again and it was refused again, and where it was mended in between", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.minutes(2, 4);
    expect(await desk.store.deliveries.revive(ONE, desk.clock.now())).toBe(1);
    await desk.store.index.wake("all");
    await desk.minutes(5, 7);
    expect(desk.letters().map(({ to }) => to)).toEqual([OPERATIONS, OWNER, OPERATIONS, OWNER]);
    desk.state.refusal = null;
    await desk.store.index.wake("all");
    await desk.minutes(8, 10);
    expect(await desk.undelivered()).toEqual([]);
    desk.state.refusal = ARCHIVED;
    await desk.store.attention.snooze({ stream: KEY, place: ONE, until: "2024-02-25" as never, by: "p1", at: desk.clock.now() });
    await desk.store.index.wake("all");
    await desk.minutes(11, 14);
    expect(desk.letters()).toHaveLength(6);
  });

  test("and is removed there meanwhile waits for nothing any more: it is posted anew", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.minutes(2, 4);
    desk.state.refusal = { ok: false, retry: "never", reason: "message_not_found", gone: true };
    await desk.store.index.wake("all");
    await desk.minutes(5, 7);
    expect(await desk.undelivered()).toEqual([]);
    expect(await desk.cards()).toMatchObject([{ posted: expect.not.stringMatching(/^$|^memory:1$/) }]);
  });

  test("is named in no log where its matter is restricted", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 2));
    await desk.record(KEY, { on: "2024-02-20", type: "visibility", to: "restricted" });
    await desk.minutes(2, 8);
    expect(desk.tried.length).toBeGreaterThan(0);
    expect(desk.warned).toHaveLength(1);
    expect(JSON.stringify(desk.warned)).not.toMatch(/SAN-2024|memory:one/);
    expect(await desk.cards()).toHaveLength(1);
  });
});
