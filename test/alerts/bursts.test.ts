import { describe, expect, test } from "vitest";
import { freshMemory } from "../../src/alerts/delivery.ts";
import type { ChatAdapter, DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { DeliveryLog } from "../../src/ports/delivery-log.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { type Answers, deskOfTest, later, moment } from "./desk-of-test.ts";

const NO_DIGEST = { digest: "off" as const };
/** Ten in the morning in Paris, two weeks before the end: each matter has one thing to say. */
const START = moment("2024-02-20T09:00");
const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
const PACE = { pace: 1_000 };

async function deskWith(matters: number, answer?: Answers, over: Partial<ChatAdapter> = PACE) {
  const desk = await deskOfTest(answer, over);
  for (let number = 1; number <= matters; number++) await desk.hold({ ref: refOf(number) });
  await desk.watch(ONE, NO_DIGEST);
  desk.clock.set(START);
  return desk;
}

function refOf(number: number): string {
  return `SAN-2024-${String(number).padStart(3, "0")}`;
}

/** The matters that a message names, in their order. */
function refsIn(text: string): readonly string[] {
  return [...new Set(text.match(/SAN-2024-\d{3}/g) ?? [])];
}

function isMarked({ text }: { readonly text: string }): boolean {
  return text.includes("may be a repeat");
}

/** The process ends between what the platform accepted and our note of it; another one begins. */
async function crashAtSettling(desk: Awaited<ReturnType<typeof deskWith>>) {
  const turn: DeliveryLog["turn"] = async (settled, wanted, at) => {
    if (settled.length > 0) throw new Error("the process ended");
    return desk.store.deliveries.turn(settled, wanted, at);
  };
  await expect(desk.tickAt(START, { deliveries: { ...desk.store.deliveries, turn } })).rejects.toThrow("the process ended");
  await desk.store.deliveries.abandon(START);
  return { memory: freshMemory() };
}

describe("pace", () => {
  test("what is said in a place is never less than a second apart, and no place waits for another", async () => {
    const desk = await deskWith(3);
    await desk.watch(TWO, { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
    desk.clock.set(START);
    await desk.runUntil(later(START, 1));
    for (const place of [ONE, TWO]) {
      const at = desk.posts.filter(({ to }) => to === place).map((post) => millisecondsOf(post.at) - millisecondsOf(START));
      expect(at).toEqual([0, 1_000, 2_000]);
    }
  });

  test("a place whose platform is slow makes no other place wait longer than its own pace", async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const desk = await deskWith(3, async ({ to }) => {
      if (to === TWO) await slow;
      return { ok: true, posted: "memory:x" as PostRef };
    });
    await desk.watch(TWO, { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
    const pause = async (milliseconds: number) => {
      desk.clock.set(later(desk.clock.now(), milliseconds / 60_000));
      if (desk.posts.filter(({ to }) => to === ONE).length === 3) release();
    };
    // Should the other place wait all the same, the test is to fail, not to hang.
    const ended = desk.tickAt(START, { pause });
    setTimeout(release, 2_000).unref();
    await ended;
    const at = desk.posts.filter(({ to }) => to === ONE).map((post) => millisecondsOf(post.at) - millisecondsOf(START));
    expect(at).toEqual([0, 1_000, 2_000]);
  });

  test("the pace counts from the end of a post that took long", async () => {
    const desk = await deskWith(2, () => {
      desk.clock.set(later(desk.clock.now(), 0.5));
      return { ok: true, posted: "memory:slow" as PostRef };
    });
    await desk.runUntil(later(START, 3));
    expect(desk.posts.map(({ at }) => millisecondsOf(at) - millisecondsOf(START))).toEqual([0, 31_000]);
  });

  test("Retry-After holds the whole place for as long as it says, no other place, and the order is kept", async () => {
    let refused = 0;
    const desk = await deskWith(3, ({ to }) =>
      to === ONE && refused++ === 0
        ? { ok: false, retry: "later", reason: "429", afterSeconds: 30 }
        : { ok: true, posted: `memory:${refused}` as PostRef },
    );
    await desk.watch(TWO, { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
    desk.clock.set(START);
    await desk.runUntil(later(START, 2));
    const told = (place: Place) => desk.posts.filter(({ to }) => to === place);
    const seconds = told(ONE).map(({ at }) => (millisecondsOf(at) - millisecondsOf(START)) / 1000);
    expect(seconds).toEqual([0, 30, 31, 32]);
    expect(told(ONE).flatMap(({ text }) => refsIn(text))).toEqual([1, 1, 2, 3].map(refOf));
    expect(told(ONE).filter(isMarked)).toEqual([]);
    expect(told(TWO).map(({ at }) => (millisecondsOf(at) - millisecondsOf(START)) / 1000)).toEqual([0, 1, 2]);
  });
});

describe("a burst", () => {
  test("of 40 things is three messages of at most 16, each thing in exactly one, settled with that message's reference", async () => {
    const desk = await deskWith(40);
    await desk.runUntil(later(START, 1));
    expect(desk.posts.map(({ text }) => refsIn(text).length)).toEqual([16, 16, 8]);
    const named = desk.posts.flatMap(({ text }) => refsIn(text));
    expect(named.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => refOf(index + 1)));
    for (const [index, { text, key }] of desk.posts.entries()) {
      for (const ref of refsIn(text)) {
        const [delivery, ...more] = await desk.store.deliveries.about(`CNIL:${ref}`, ONE);
        expect(more).toEqual([]);
        expect(delivery).toMatchObject({ message: key, outcome: { kind: "delivered", posted: `memory:${index + 1}` } });
      }
    }
  });

  test("of three things is three messages, and a place without a pace has no bursts", async () => {
    const three = await deskWith(3);
    await three.runUntil(later(START, 1));
    expect(three.posts).toHaveLength(3);
    const unpaced = await deskWith(5, undefined, { pace: 0 });
    await unpaced.tickAt(START);
    expect(unpaced.posts).toHaveLength(5);
  });

  test("that is refused for now comes back whole, as the same message", async () => {
    let tries = 0;
    const desk = await deskWith(10, () =>
      tries++ === 0 ? { ok: false, retry: "later", reason: "503" } : { ok: true, posted: "memory:x" as PostRef },
    );
    await desk.runUntil(later(START, 2));
    expect(desk.posts.map(({ text }) => refsIn(text).length)).toEqual([10, 10]);
    expect(new Set(desk.posts.map(({ key }) => key)).size).toBe(1);
  });
});

describe("a crash in the middle of 40", () => {
  test("repeats the 16 that may have been shown, marked, and says the others once, unmarked", async () => {
    const desk = await deskWith(40);
    const after = await crashAtSettling(desk);
    const [lost] = desk.posts;
    expect(refsIn(lost!.text)).toHaveLength(16);
    await desk.runUntil(later(START, 1), 1, after);
    const again = desk.posts.slice(1);
    expect(again.filter(isMarked).flatMap(({ text }) => refsIn(text))).toEqual(refsIn(lost!.text));
    expect(again.filter((post) => !isMarked(post)).flatMap(({ text }) => refsIn(text))).toHaveLength(24);
  });

  test("asks the platform once about the message, and repeats nothing of what stands there", async () => {
    const asked: DeliveryKey[] = [];
    const find = async (_to: Place, once: DeliveryKey) => {
      asked.push(once);
      return "memory:stood" as PostRef;
    };
    const desk = await deskWith(40, undefined, { ...PACE, find });
    const after = await crashAtSettling(desk);
    await desk.runUntil(later(START, 1), 1, after);
    expect(asked).toEqual([desk.posts[0]!.key]);
    const named = desk.posts.flatMap(({ text }) => refsIn(text));
    expect(named).toHaveLength(40);
    expect(new Set(named).size).toBe(40);
    expect(desk.posts.filter(isMarked)).toEqual([]);
    const [delivery] = await desk.store.deliveries.about(`CNIL:${named[0]}`, ONE);
    expect(delivery!.outcome).toEqual({ kind: "delivered", posted: "memory:stood" });
  });

  test("repeats unmarked what the platform says was never shown", async () => {
    const desk = await deskWith(40, undefined, { ...PACE, find: async () => null });
    const after = await crashAtSettling(desk);
    await desk.runUntil(later(START, 1), 1, after);
    expect(desk.posts.flatMap(({ text }) => refsIn(text))).toHaveLength(56);
    expect(desk.posts.filter(isMarked)).toEqual([]);
  });
});
