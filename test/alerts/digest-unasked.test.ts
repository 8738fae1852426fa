import { expect, test } from "vitest";
import { digestIn } from "../../src/alerts/digest-in.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { WHOLE_SIGHT } from "../../src/matter/sight.ts";
import type { Place } from "../../src/ports/chat.ts";
import { type Day, day } from "../../src/time/day.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

/** Of each matter in the digest of that place: who has taken note, null where nobody has, undefined where that is not said. */
async function noted(desk: Desk, on?: Day, place = ONE) {
  const now = desk.clock.now();
  const usual = { ...usualSettings(place, "en", "Europe/Paris", "p1", now), watches: [] };
  const { register, deliveries, attention, people } = desk.host;
  const asked = { subscription: usual, day: on ?? (now.slice(0, 10) as Day), form: "daily", now, all: [], sight: WHOLE_SIGHT } as const;
  const { actNow, upcoming } = await digestIn({ register, deliveries, attention, people }, asked);
  return [...actNow, ...upcoming].map(({ acknowledged }) => acknowledged?.stage ?? acknowledged);
}

test("where no place was told of a deadline nobody is said not to have acknowledged it", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, { reminders: false });
  await desk.runUntil(moment("2024-03-04T12:00"), 60);
  expect(desk.posts.filter(({ key }) => key.includes('"reminder"'))).toEqual([]);
  expect(await noted(desk)).toEqual([undefined]);
});

test("what any place was told and nobody has acknowledged stands as that in the digest of each", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, { reminders: false });
  await desk.runUntil(moment("2024-02-21T12:00"), 60);
  await desk.watch(TWO, { digest: "off" });
  await desk.runUntil(moment("2024-02-22T12:00"), 60);
  expect(await noted(desk)).toEqual([null]);
  // On a day that is over, what was asked by its hour counts.
  expect(await noted(desk, day("2024-02-21"))).toEqual([undefined]);
  expect(await noted(desk, day("2024-02-22"))).toEqual([null]);
});

test("a stage that has come but was not said yet is not asked, where the one before was acknowledged", async () => {
  const desk = await deskOfTest();
  const key = await desk.hold();
  await desk.watch(TWO, { digest: "off" });
  await desk.runUntil(moment("2024-02-27T12:00"), 60);
  await desk.acknowledge(key, TWO, "7");
  expect(await noted(desk, undefined, TWO)).toEqual(["7"]);
  // The next stage has come; nothing has ticked since.
  desk.clock.set(moment("2024-03-02T12:00"));
  expect(await noted(desk, undefined, TWO)).toEqual([undefined]);
  await desk.tickAt(moment("2024-03-02T12:01"));
  expect(await noted(desk, undefined, TWO)).toEqual([null]);
  await desk.acknowledge(key, TWO, "3");
  expect(await noted(desk, undefined, TWO)).toEqual(["3"]);
});

test("what could not be delivered anywhere has asked nobody", async () => {
  const desk = await deskOfTest({ ok: false, retry: "never", reason: "the channel is gone" });
  await desk.hold();
  await desk.watch(TWO, { digest: "off" });
  await desk.runUntil(moment("2024-03-04T12:00"), 60);
  expect(await noted(desk, undefined, TWO)).toEqual([undefined]);
});
