import { expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

/** The hour of the digest in Paris. */
const NINE = moment("2024-02-20T08:00");
const ONE = "memory:one" as Place;

/** A digest that nobody knows to have been shown as a whole, and an event of the matter, both due by then. */
async function deskWithHalfADigest() {
  let isBroken = true;
  const desk = await deskOfTest(({ key }) =>
    isBroken && key.includes("digest") ? { ok: false, retry: "unknown", reason: "ended" } : { ok: true, posted: "memory:x" as never },
  );
  const key = await desk.hold();
  await desk.watch(ONE, { stages: [] as never });
  await desk.tickAt(NINE);
  expect(desk.posts.at(-1)!.key).toContain("digest");
  isBroken = false;
  desk.posts.length = 0;
  desk.clock.set(later(NINE, 5));
  await desk.record(key, { on: "2024-02-20", type: "partly-complied" });
  const kinds = () => desk.posts.map(({ key: said }) => (said.includes("digest") ? "digest" : "event"));
  return { ...desk, kinds };
}

test("what was cut short in a place is sought and said before anything else there, though reminders and news go first otherwise", async () => {
  const desk = await deskWithHalfADigest();
  desk.host.memory.cuts += 1;
  const { again } = await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual(["digest"]);
  expect(again).toBe(later(NINE, 5));
  await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual(["digest", "event"]);
});

test("a place that rests keeps no other one waiting", async () => {
  let isBroken = true;
  const [resting, other] = ["memory:resting" as Place, "memory:other" as Place];
  const desk = await deskOfTest(({ to, key }) =>
    isBroken && (key.includes("digest") ? to === resting : to === other)
      ? { ok: false, retry: "unknown", reason: "ended" }
      : { ok: true, posted: "memory:x" as never },
  );
  const key = await desk.hold();
  await desk.watch(resting, { stages: [] as never });
  await desk.watch(other, { digest: "off" });
  await desk.tickAt(NINE);
  isBroken = false;
  // What is in doubt there is wanted no more.
  await desk.snooze(key, other, "2024-03-01");
  desk.posts.length = 0;
  const at = later(NINE, 120);
  desk.clock.set(at);
  await desk.record(key, { on: "2024-02-20", type: "partly-complied" });
  desk.host.memory.cuts += 1;
  desk.host.memory.free.set(resting, { noted: NINE, until: millisecondsOf(later(at, 60)) });
  expect((await desk.tickAt(at)).again).toBe(at);
  expect((await desk.tickAt(at)).again).toBe(later(at, 60));
  expect(new Set(desk.posts.map(({ to }) => to))).toEqual(new Set([other]));
  await desk.tickAt(later(at, 60));
  expect(desk.posts.find(({ to }) => to === resting)?.key).toContain("digest");
});

test("a tick that does not come to its end leaves it to the next one", async () => {
  const desk = await deskWithHalfADigest();
  desk.host.memory.cuts += 1;
  const { turn } = desk.host.deliveries;
  const busy = { ...desk.host.deliveries, turn: () => Promise.reject(new Error("busy")) };
  await expect(desk.tickAt(later(NINE, 5), { deliveries: busy })).rejects.toThrow("busy");
  expect(desk.host.deliveries.turn).toBe(turn);
  await desk.tickAt(later(NINE, 5));
  await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual(["digest", "event"]);
});

test("what was put off by the platform keeps nothing else waiting", async () => {
  const desk = await deskWithHalfADigest();
  await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual(["event", "digest"]);
});

test("what was cut short and is wanted no more keeps its place waiting for one tick", async () => {
  const desk = await deskWithHalfADigest();
  await desk.settle(ONE, { digest: "off", stages: [] as never });
  desk.host.memory.cuts += 1;
  const { again } = await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual([]);
  expect(again).toBe(later(NINE, 5));
  await desk.tickAt(later(NINE, 5));
  expect(desk.kinds()).toEqual(["event"]);
});

test("what was cut short in a place that rests is still the first when it is free", async () => {
  const desk = await deskWithHalfADigest();
  const { memory } = desk.host;
  memory.cuts += 1;
  const free = later(NINE, 6);
  memory.free.set(ONE, { noted: later(NINE, 4), until: millisecondsOf(free) });
  await desk.tickAt(later(NINE, 5.95), { pause: async () => undefined });
  await desk.tickAt(later(NINE, 5.98), { pause: async () => undefined });
  expect(desk.kinds()).toEqual([]);
  await desk.tickAt(free);
  await desk.tickAt(free);
  expect(desk.kinds()).toEqual(["digest", "event"]);
});

test.each(["waiting", "turn"] as const)(
  "a database that fails at %s when that place is free again leaves it to the next tick",
  async (failing) => {
    const desk = await deskWithHalfADigest();
    const { memory, deliveries } = desk.host;
    memory.cuts += 1;
    const free = later(NINE, 6);
    memory.free.set(ONE, { noted: later(NINE, 4), until: millisecondsOf(free) });
    await desk.tickAt(later(NINE, 5.95), { pause: async () => undefined });
    const away = { ...deliveries, [failing]: () => Promise.reject(new Error("away")) };
    await expect(desk.tickAt(free, { deliveries: away })).rejects.toThrow("away");
    await expect(desk.tickAt(free, { deliveries: away })).rejects.toThrow("away");
    await desk.tickAt(free);
    await desk.tickAt(free);
    expect(desk.kinds()).toEqual(["digest", "event"]);
    expect(memory.resting).toEqual(new Set());
  },
);

test("what is cut short while a tick reads is left to the next one", async () => {
  const desk = await deskWithHalfADigest();
  const { memory, index } = desk.host;
  const due: typeof index.due = (...asked) => {
    memory.cuts += 1;
    return index.due(...asked);
  };
  await desk.tickAt(later(NINE, 5), { index: { ...index, due } });
  expect(memory.cuts).toBe(1);
});
