import { describe, expect, test } from "vitest";
import type { ChatAdapter, DeliveryKey, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const NO_DIGEST = { digest: "off" as const };
/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const ONE = "memory:one" as Place;
const KEY = "CNIL:SAN-2024-001";
const FIRST = "memory:1" as PostRef;

/** A desk with one matter whose card stands in one place since START. */
async function deskWithCard(update?: () => PostResult, over: Partial<ChatAdapter> = {}) {
  const changes: PostRef[] = [];
  const answered = {
    async update(posted: PostRef) {
      changes.push(posted);
      return update!();
    },
  };
  const desk = await deskOfTest(undefined, { inPlace: true, ...(update === undefined ? {} : answered), ...over });
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  await desk.tickAt(START);
  return { ...desk, changes, cards: () => desk.store.liveCards.of([KEY]) };
}

describe("the card of a matter in a place", () => {
  test("begins with the first thing said of it alone; what follows goes under it", async () => {
    const desk = await deskWithCard();
    expect(await desk.cards()).toMatchObject([{ place: ONE, stream: KEY, posted: FIRST }]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    await desk.tickAt(moment("2024-03-02T09:00"));
    expect(desk.posts.map(({ under }) => under)).toEqual([undefined, FIRST, FIRST]);
    expect(await desk.cards()).toHaveLength(1);
  });

  test("is begun by the first of two things that are said at once", async () => {
    const desk = await deskOfTest(undefined, { inPlace: true });
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    desk.clock.set(moment("2024-02-20T08:30"));
    await desk.record(KEY, { on: "2024-02-20", type: "paid", amount: "9", for: "a" });
    await desk.tickAt(START);
    expect(desk.posts).toHaveLength(2);
    expect(await desk.store.liveCards.of([KEY])).toMatchObject([{ posted: FIRST }]);
  });

  test("is not changed when nothing changed, however often it is looked at", async () => {
    const desk = await deskWithCard();
    for (let minutes = 1; minutes <= 90; minutes++) {
      await desk.store.index.wake("all");
      await desk.tickAt(later(START, minutes));
    }
    expect(desk.updates).toEqual([]);
  });

  test("is not there where the adapter cannot change what stands", async () => {
    const desk = await deskWithCard(undefined, { inPlace: false });
    expect(await desk.cards()).toEqual([]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts.map(({ under }) => under)).toEqual([undefined, undefined]);
  });

  test("shows each day's figures when the penalty runs, with the history under it", async () => {
    const desk = await deskWithCard();
    await desk.tickAt(moment("2024-03-06T09:00"));
    const before = desk.updates.length;
    await desk.runUntil(moment("2024-03-09T09:00"), 60);
    expect(desk.updates.length - before).toBe(3);
    expect(desk.updates.at(-1)!.posted).toBe(FIRST);
    expect(desk.updates.at(-1)!.text).toMatch(/EUR\s300/);
  });
});

describe("a change", () => {
  test("of figures or states is shown at most once a minute, and is shown", async () => {
    const desk = await deskWithCard();
    for (let seconds = 0; seconds < 240; seconds++) {
      desk.clock.set(later(START, 1 + seconds / 60));
      if (seconds < 180 && seconds % 3 === 0) await desk.record(KEY, { on: "2024-02-20", type: "paid", amount: "1", for: "a" });
      await desk.tickAt(desk.clock.now());
    }
    const at = desk.updates.map((one) => Date.parse(one.at));
    expect(at.length).toBeGreaterThanOrEqual(3);
    for (const [index, one] of at.slice(1).entries()) expect(one - at[index]!).toBeGreaterThanOrEqual(60_000);
    // The last of them shows what stands.
    expect(desk.updates.at(-1)!.text.match(/Paid EUR 1 for the penalty/g)).toHaveLength(60);
  });

  test("by a person is shown at once, though the card changed a moment ago", async () => {
    const desk = await deskWithCard();
    desk.clock.set(later(START, 0.05));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.tickAt(desk.clock.now());
    expect(desk.updates.map(({ at }) => at)).toEqual([later(START, 0.05)]);
    expect(desk.updates[0]!.text).toContain("Ann");
  });

  test("by a person is shown as soon as the place's pace lets it be, not a minute later", async () => {
    const desk = await deskWithCard(undefined, { pace: 1_000 });
    desk.clock.set(later(START, 0.005));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.runUntil(later(START, 0.5), 1 / 60);
    expect(desk.updates).toHaveLength(1);
    expect(Date.parse(desk.updates[0]!.at) - Date.parse(START)).toBeLessThanOrEqual(3_000);
  });
});

describe("a card that cannot be changed", () => {
  test("because somebody removed it is posted anew, and what follows goes under the new one", async () => {
    const desk = await deskWithCard(() => ({ ok: false, retry: "never", reason: "message_not_found", gone: true }));
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.tickAt(desk.clock.now());
    // That it is gone is found by changing it; the next tick says it anew, through the log like everything that is said.
    await desk.tickAt(desk.clock.now());
    expect(desk.posts).toHaveLength(2);
    expect(desk.posts[1]).toMatchObject({ to: ONE, under: undefined, text: expect.stringContaining("Ann") });
    expect(await desk.cards()).toMatchObject([{ posted: "memory:2" }]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts[2]!.under).toBe("memory:2");
  });

  test("and cannot be posted anew at that moment is posted anew later, once", async () => {
    let tries = 0;
    const post = async (_to: Place, _card: unknown, key: DeliveryKey) => {
      if (!key.includes('"card"')) return { ok: true, posted: FIRST };
      return ++tries < 3 ? { ok: false, retry: "later", reason: "429", afterSeconds: 30 } : { ok: true, posted: "memory:new" };
    };
    const gone = { ok: false, retry: "never", reason: "message_not_found", gone: true } as const;
    const desk = await deskWithCard(() => gone, { post: post as never });
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.runUntil(later(START, 10));
    expect(tries).toBe(3);
    expect(await desk.cards()).toMatchObject([{ posted: "memory:new" }]);
  });

  test("by its platform's rules is left to stand, and the next thing said begins another", async () => {
    const desk = await deskWithCard(() => ({ ok: false, retry: "never", reason: "edit_window_closed", fixed: true }));
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.tickAt(desk.clock.now());
    expect(desk.posts).toHaveLength(1);
    expect(await desk.cards()).toEqual([]);
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts[1]!.under).toBeUndefined();
    expect(await desk.cards()).toMatchObject([{ posted: "memory:2" }]);
  });

  test("for now is tried again when the platform said, and the place waits for it as long", async () => {
    const desk = await deskWithCard(() => ({ ok: false, retry: "later", reason: "429", afterSeconds: 120 }));
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.tickAt(desk.clock.now());
    await desk.hold({ ref: "SAN-2024-002" });
    await desk.runUntil(later(START, 5), 0.5);
    expect(desk.changes).toHaveLength(2);
    expect(desk.posts.map(({ at }) => at)).toEqual([START, later(START, 4)]);
  });

  test("by a fault of ours takes nothing with it: the next matter's card is changed, and nothing is said twice", async () => {
    const desk = await deskWithCard(() => {
      throw new Error("a bug in the adapter");
    });
    desk.clock.set(later(START, 2));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.tickAt(desk.clock.now());
    await desk.tickAt(moment("2024-02-27T09:00"));
    expect(desk.posts).toHaveLength(2);
    expect(desk.faults.length).toBeGreaterThan(0);
    expect(await desk.store.index.nextWake()).not.toBe("");
  });
});
