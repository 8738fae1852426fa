import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
const NO_DIGEST = { digest: "off" } as const;

/** Ends on Tuesday 5 March 2024; the hour of speaking is 08:00 in UTC. */
async function deskAt(now: string, settings: Partial<PlaceSettings> = {}, filters: readonly string[] = []) {
  const desk = await deskOfTest();
  await desk.hold();
  desk.clock.set(moment(now));
  await desk.watch(ONE, { ...NO_DIGEST, ...settings }, filters);
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskAt>>;

/** When the place was told which stage, with how many days left. */
function heard({ posts }: Desk, place: Place = ONE) {
  return posts
    .filter(({ to, key }) => to === place && key.includes('"reminder"'))
    .map(({ at, key, text }) => {
      const name = (JSON.parse(key) as unknown[]).filter((part) => part !== "escalated");
      return [at.slice(0, 16), name[4], /(\d+) days? left/.exec(text)?.[1]];
    });
}

describe("a place that begins to watch between midnight and the hour of a stage", () => {
  test.each([
    ["2024-02-20", 14],
    ["2024-02-27", 7],
    ["2024-03-02", 3],
    ["2024-03-04", 1],
    ["2024-03-05", 0],
  ])("is told the stage of %s at once, and at the hour nothing anew", async (day, stage) => {
    const desk = await deskAt(`${day}T06:00`);
    await desk.runUntil(moment(`${day}T12:00`), 30);
    expect(heard(desk).map(([at, said]) => [at, said])).toEqual([[`${day}T06:00`, stage]]);
  });

  test("is told the last working day before at once, under its own name", async () => {
    const desk = await deskOfTest();
    // Sunday 10 March: two days before is Friday, the last working day.
    await desk.hold({}, { on: "2024-02-19", type: "extended", until: "2024-03-10" });
    desk.clock.set(moment("2024-03-08T06:00"));
    await desk.watch(ONE, NO_DIGEST);
    await desk.followIndex(moment("2024-03-10T12:00"));
    expect(heard(desk).map(([at, stage]) => [at, stage])).toEqual([
      ["2024-03-08T06:00", "last-working-day"],
      ["2024-03-09T08:00", 1],
      ["2024-03-10T08:00", 0],
    ]);
  });

  test("is told every stage that follows", async () => {
    const desk = await deskAt("2024-02-27T06:00");
    await desk.followIndex(moment("2024-03-05T12:00"));
    expect(heard(desk).map(([at, stage]) => [at, stage])).toEqual([
      ["2024-02-27T06:00", 7],
      ["2024-03-02T08:00", 3],
      ["2024-03-04T08:00", 1],
      ["2024-03-05T08:00", 0],
    ]);
  });

  test("on another day, or after the hour, hears what it always heard", async () => {
    const other = await deskAt("2024-02-26T06:00");
    await other.followIndex(moment("2024-02-27T12:00"));
    expect(heard(other).map(([at, stage]) => [at, stage])).toEqual([
      ["2024-02-26T06:00", 14],
      ["2024-02-27T08:00", 7],
    ]);
    const after = await deskAt("2024-02-27T09:00");
    await after.followIndex(moment("2024-02-28T12:00"));
    expect(heard(after).map(([at, stage]) => [at, stage])).toEqual([["2024-02-27T09:00", 7]]);
  });

  test("keeps the first stage of all to its hour, as nothing is said at once before it", async () => {
    const desk = await deskAt("2024-02-27T06:00", { stages: [7] });
    await desk.followIndex(moment("2024-02-27T12:00"));
    expect(heard(desk)).toEqual([["2024-02-27T08:00", 7, "7"]]);
  });

  test("leaves a place that watched before to its hour", async () => {
    const desk = await deskAt("2024-02-21T12:00");
    await desk.followIndex(moment("2024-02-22T12:00"));
    desk.clock.set(moment("2024-02-27T06:00"));
    await desk.watch(TWO, NO_DIGEST);
    await desk.runUntil(moment("2024-02-27T12:00"), 30);
    expect(heard(desk).at(-1)).toEqual(["2024-02-27T08:00", 7, "7"]);
    expect(heard(desk, TWO)).toEqual([["2024-02-27T06:00", 7, "7"]]);
  });

  test("is told once of a clock beside the cure period too", async () => {
    const items = [{ id: "a", clocks: [{ id: "appeal", kind: "appeal", from: "notified", period: "P2M", rule: "eu-1182-71" }] }];
    const desk = await deskOfTest();
    await desk.hold({ items });
    desk.clock.set(moment("2024-02-27T06:00"));
    await desk.watch(ONE, NO_DIGEST);
    await desk.runUntil(moment("2024-02-27T12:00"), 30);
    expect(heard(desk).filter(([, stage]) => stage !== "missing-fact")).toEqual([["2024-02-27T06:00", 7, "7"]]);
  });
});

describe("what a place was told at once goes on as that day's stage", () => {
  const onward = { escalation: { to: TWO, afterMinutes: 60 } };

  test("where nobody takes note of it, after the place's own delay, once", async () => {
    const desk = await deskAt("2024-02-27T06:00", onward);
    await desk.followIndex(moment("2024-02-28T12:00"));
    expect(heard(desk, TWO).map(([at, stage]) => [at, stage])).toEqual([["2024-02-27T07:00", 7]]);
  });

  test("and not where somebody does", async () => {
    const desk = await deskAt("2024-02-27T06:00", onward);
    await desk.tickAt(moment("2024-02-27T06:00"));
    desk.clock.set(moment("2024-02-27T06:20"));
    await desk.acknowledge(KEY, ONE, "7");
    await desk.followIndex(moment("2024-02-28T12:00"));
    expect(heard(desk)).toHaveLength(1);
    expect(heard(desk, TWO)).toEqual([]);
  });
});

test("a matter that comes under a place's filter before the hour of a stage is told there once that day", async () => {
  const desk = await deskAt("2024-02-21T12:00", {}, ["assigned:ann"]);
  await desk.followIndex(moment("2024-02-26T12:00"));
  expect(heard(desk)).toEqual([]);
  desk.clock.set(moment("2024-02-27T05:30"));
  await desk.record(KEY, { on: "2024-02-27", type: "note", text: "called" });
  desk.clock.set(moment("2024-02-27T06:00"));
  await desk.record(KEY, { on: "2024-02-27", type: "assigned", to: "ann" });
  await desk.runUntil(moment("2024-02-27T12:00"), 30);
  expect(heard(desk)).toEqual([["2024-02-27T06:00", 7, "7"]]);
});
