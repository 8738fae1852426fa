import { expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const ONE = "memory:one" as Place;

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

/** When which stage was said in the place. The period ends on 5 March: stage 3 is of the 2nd, stage 1 of the 4th at 08:00 UTC. */
function heard({ posts }: Desk) {
  return posts
    .filter(({ to, key }) => to === ONE && key.includes('"reminder"'))
    .map(({ at, key }) => [at.slice(0, 16), (JSON.parse(key) as readonly unknown[])[4]]);
}

async function watchingAnns(): Promise<Desk> {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-02-01T12:00"));
  await desk.watch(ONE, { digest: "off" }, ["assigned:ann"]);
  await desk.followIndex(moment("2024-03-03T12:00"));
  desk.clock.set(moment("2024-03-04T05:00"));
  return desk;
}

test("a place that begins to watch, and by an older watch as well an hour later, hears no earlier stage after the one that was said", async () => {
  const desk = await watchingAnns();
  await desk.watch(ONE, { digest: "off" }, ["authority:CNIL"]);
  await desk.followIndex(moment("2024-03-04T05:30"));
  desk.clock.set(moment("2024-03-04T06:00"));
  await desk.record(KEY, { on: "2024-03-04", type: "assigned", to: "ann" });
  await desk.followIndex(moment("2024-03-04T12:00"));
  expect(heard(desk)).toEqual([["2024-03-04T05:00", 1]]);
});

test("nor does one under whose watch a matter comes, and that watches everything an hour later", async () => {
  const desk = await watchingAnns();
  await desk.record(KEY, { on: "2024-03-04", type: "assigned", to: "ann" });
  await desk.followIndex(moment("2024-03-04T05:30"));
  desk.clock.set(moment("2024-03-04T06:00"));
  await desk.watch(ONE, { digest: "off" }, []);
  await desk.followIndex(moment("2024-03-04T12:00"));
  expect(heard(desk)).toEqual([["2024-03-04T05:00", 1]]);
});

test("nor does one that a matter enters by its day alone, and that watches everything before the hour of that", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-02-01T12:00"));
  await desk.watch(ONE, { digest: "off" }, ["due:1d"]);
  await desk.followIndex(moment("2024-03-04T05:00"));
  expect(heard(desk)).toEqual([]);
  desk.clock.set(moment("2024-03-04T05:00"));
  await desk.watch(ONE, { digest: "off" }, []);
  await desk.followIndex(moment("2024-03-04T12:00"));
  expect(heard(desk)).toEqual([["2024-03-04T05:00", 1]]);
});

test("whoever gives up the watch by which a stage was said early hears no earlier one by an older watch", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-02-01T12:00"));
  await desk.watch(ONE, { digest: "off" }, ["due:1d"]);
  await desk.followIndex(moment("2024-03-04T05:00"));
  desk.clock.set(moment("2024-03-04T05:00"));
  await desk.watch(ONE, { digest: "off" }, ["authority:CNIL"]);
  await desk.followIndex(moment("2024-03-04T05:30"));
  desk.clock.set(moment("2024-03-04T06:00"));
  await desk.store.subscriptions.remove(ONE, "w2");
  await desk.store.index.wake("all");
  await desk.followIndex(moment("2024-03-04T12:00"));
  expect(heard(desk)).toEqual([["2024-03-04T05:00", 1]]);
});
