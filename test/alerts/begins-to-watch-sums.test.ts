import { expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const ONE = "memory:one" as Place;

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

function heard({ posts }: Desk, kind: string) {
  return posts
    .filter(({ to, key }) => to === ONE && key.includes(`"${kind}"`))
    .map(({ at, key, text }) => [at.slice(0, 16), (JSON.parse(key) as unknown[]).at(-1), /EUR [\d,]+/.exec(text)?.[0]]);
}

/** The penalty has run since 6 March 2024: sums are told on the 12th and the 19th, at 08:00 in UTC. */
test("a place that begins to watch before the hour of a sum is told one, with what has run until then, at once", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-03-19T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-03-19T12:00"));
  expect(heard(desk, "total").map(([at, day]) => [at, day])).toEqual([["2024-03-19T06:00", "2024-03-19"]]);
});

test("a draft is asked once for its missing fact in a place that begins to watch on that morning", async () => {
  const desk = await deskOfTest();
  // Registered on Tuesday 2 January: each Tuesday asks.
  await desk.hold({ notified: undefined });
  desk.clock.set(moment("2024-01-23T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-01-23T12:00"));
  expect(heard(desk, "missing-fact").map(([at, day]) => [at, day])).toEqual([["2024-01-23T06:00", 3]]);
});

test("and is told the next sums at their hours", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-03-19T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-04-02T12:00"));
  expect(heard(desk, "total").map(([at]) => at)).toEqual(["2024-03-19T06:00", "2024-03-26T08:00", "2024-04-02T07:00"]);
});

test("the first sum of all is told at once too, once, in the stead of the stage that is past", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-03-12T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-03-12T12:00"));
  expect(heard(desk, "total").map(([at, day]) => [at, day])).toEqual([["2024-03-12T06:00", "2024-03-12"]]);
  expect(heard(desk, "reminder")).toEqual([]);
});

const because = "as it was found";

test("a sum that waits for what has just been recorded is not told before that", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-03-19T05:00"));
  await desk.record(KEY, { on: "2024-03-19", type: "overridden", item: "a", what: "units", value: 30, because });
  desk.clock.set(moment("2024-03-19T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-03-20T12:00"));
  const sums = heard(desk, "total").filter(([, , sum]) => sum === "EUR 3,000");
  expect(sums.map(([at, day]) => [at, day])).toEqual([["2024-03-20T08:00", "2024-03-19"]]);
});

test("the morning after that it is told at once, once, with what was recorded", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment("2024-03-18T12:00"));
  await desk.record(KEY, { on: "2024-03-18", type: "overridden", item: "a", what: "units", value: 30, because });
  desk.clock.set(moment("2024-03-19T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-03-19T12:00"));
  expect(heard(desk, "total")).toEqual([["2024-03-19T06:00", "2024-03-19", "EUR 3,000"]]);
});

test("a place that watched before is told sum and draft at their hours", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.hold({ ref: "SAN-2024-002", notified: undefined });
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-01-23T12:00"));
  expect(heard(desk, "missing-fact").map(([at]) => at)).toEqual(["2024-01-09T08:00", "2024-01-16T08:00", "2024-01-23T08:00"]);
  desk.clock.set(moment("2024-03-11T12:00"));
  await desk.followIndex(moment("2024-03-19T12:00"));
  expect(heard(desk, "total").map(([at]) => at)).toEqual(["2024-03-12T08:00", "2024-03-19T08:00"]);
});

test("a draft asks at once in the stead of the week that is past, and at its hour the week after", async () => {
  const desk = await deskOfTest();
  await desk.hold({ notified: undefined });
  desk.clock.set(moment("2024-01-22T12:00"));
  await desk.followIndex(moment("2024-01-23T05:00"));
  desk.clock.set(moment("2024-01-23T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-01-30T12:00"));
  expect(heard(desk, "missing-fact").map(([at, week]) => [at, week])).toEqual([
    ["2024-01-23T06:00", 3],
    ["2024-01-30T08:00", 4],
  ]);
});

test("the first week of a draft keeps its hour, as nothing is asked before it", async () => {
  const desk = await deskOfTest();
  await desk.hold({ notified: undefined });
  desk.clock.set(moment("2024-01-09T06:00"));
  await desk.watch(ONE, { digest: "off" });
  await desk.followIndex(moment("2024-01-09T12:00"));
  expect(heard(desk, "missing-fact").map(([at]) => at)).toEqual(["2024-01-09T08:00"]);
});
