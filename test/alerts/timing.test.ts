import { describe, expect, test } from "vitest";
import { movedEarlier, movedLater } from "../../src/alerts/timing.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { instantOf } from "../../src/time/instant.ts";
import { deskOfTest, moment, utterances } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const ONE = "memory:one" as Place;
const WORKDAYS = [1, 2, 3, 4, 5];
const NIGHT = { from: "19:00", to: "08:00" };
const HOUR = 3_600_000;

async function deskWith(settings: Partial<PlaceSettings>, facts: object = {}) {
  const desk = await deskOfTest();
  await desk.hold(facts);
  await desk.watch(ONE, { digest: "off", ...settings });
  return desk;
}

/** The stages that were said, with their moments. */
function stages({ posts }: Awaited<ReturnType<typeof deskWith>>) {
  return posts.map(({ at, key }) => [(JSON.parse(key) as string[])[4], at]);
}

async function allStages(settings: Partial<PlaceSettings>, facts: object = {}) {
  const desk = await deskWith(settings, facts);
  desk.clock.set(moment("2024-02-02T00:00"));
  await desk.tickAt(desk.clock.now());
  await desk.followIndex(moment("2024-03-06T06:00"));
  return stages(desk);
}

describe("each stage is said at nine at the authority, or earlier where the place is silent then, never later", () => {
  // The end is Tuesday 5 March 2024; 4 February is a Sunday, 2 March a Saturday.
  const usual = ["02-04", "02-20", "02-27", "03-02", "03-04", "03-05"].map((day) => `2024-${day}T08:00`);

  test.each<[string, Partial<PlaceSettings>, readonly string[]]>([
    ["a place that is always spoken to", {}, usual],
    ["weekdays", { weekdays: WORKDAYS }, ["2024-02-02T08:00", ...usual.slice(1, 3), "2024-03-01T08:00", ...usual.slice(4)]],
    ["a quiet morning", { quiet: { from: "08:30", to: "10:00" } }, usual.map((at) => at.replace("08:00", "07:29"))],
    ["quiet nights in New York, where it is three in the morning", { zone: "America/New_York", quiet: NIGHT }, []],
    ["Tokyo, where it is five in the afternoon", { zone: "Asia/Tokyo", quiet: NIGHT }, usual],
  ])("%s", async (_, settings, expected) => {
    const said = await allStages(settings);
    const newYork = ["02-03", "02-19", "02-26", "03-01", "03-03", "03-04"].map((day) => `2024-${day}T14:00`);
    const at = expected.length === 0 ? newYork : expected;
    expect(said).toEqual([30, 14, 7, 3, 1, 0].map((stage, index) => [stage, moment(at[index]!)]));
  });

  test("a holiday of the place's calendar is silent too", async () => {
    // Two months from Monday 4 March 2024 end on Saturday 4 May; three days before is 1 May, a holiday in France.
    for (const [holidays, day] of [
      [null, "2024-05-01"],
      ["FR", "2024-04-30"],
    ] as const) {
      const desk = await deskWith({ holidays }, { notified: "2024-03-04" });
      desk.clock.set(moment("2024-04-28T00:00"));
      await desk.tickAt(desk.clock.now());
      await desk.followIndex(moment("2024-05-04T12:00"));
      const said = [7, 3, 1, 0].map((stage, index) => [
        stage,
        ["2024-04-28T00:00", `${day}T07:00`, "2024-05-03T07:00", "2024-05-04T07:00"][index],
      ]);
      expect(stages(desk)).toEqual(said.map(([stage, at]) => [stage, moment(String(at))]));
    }
  });

  test("whatever the zone, the weekdays and the quiet hours, moving earlier never passes the moment, and moving later never precedes it", () => {
    const zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Beirut"];
    const quiets = [null, NIGHT, { from: "00:00", to: "23:59" }, { from: "08:30", to: "10:00" }, { from: "23:30", to: "00:30" }];
    for (const zone of zones) {
      for (const quiet of quiets) {
        for (const weekdays of [WORKDAYS, [3], []]) {
          const timing = { zone, quiet, weekdays, holidays: "FR", stages: null };
          for (let at = Date.parse("2024-01-01T00:17:00Z"); at < Date.parse("2024-12-31T00:00:00Z"); at += 401 * HOUR) {
            const from = instantOf(at);
            expect(movedEarlier(timing, from) <= from).toBe(true);
            expect(movedLater(timing, from) >= from).toBe(true);
          }
        }
      }
    }
  });
});

describe("the stages 3, 1 and 0 and the last working day", () => {
  test("are said whatever the place's stages, a snooze and acknowledgements say", async () => {
    const desk = await deskWith({ stages: [60], quiet: NIGHT });
    await desk.snooze(KEY, ONE, "2024-06-01");
    for (const stage of ["3", "1", "0", "last-working-day"]) await desk.acknowledge(KEY, ONE, stage);
    desk.clock.set(moment("2024-02-02T00:00"));
    await desk.runUntil(moment("2024-03-06T06:00"), 60);
    expect(stages(desk).map(([stage]) => stage)).toEqual([3, 1, 0]);
  });

  test("where the end is a Sunday, Friday is said as the last working day, whatever the place says", async () => {
    const desk = await deskWith({ stages: [] }, { notified: "2024-01-03" });
    await desk.snooze(KEY, ONE, "2024-06-01");
    await desk.followIndex(moment("2024-03-03T12:00"));
    expect(stages(desk)).toEqual([
      [3, moment("2024-02-29T08:00")],
      ["last-working-day", moment("2024-03-01T08:00")],
      [1, moment("2024-03-02T08:00")],
      [0, moment("2024-03-03T08:00")],
    ]);
  });
});

describe("quiet hours that begin in an hour that is skipped as clocks are put forward", () => {
  // On 31 March 2024 it is three in Paris after two; on 6 October half past two on Lord Howe after two; on Lebanon's 31 March one after midnight.
  test.each([
    ["Europe/Paris", { from: "02:30", to: "10:00" }, "2024-03-31T07:00", "2024-03-31T00:59"],
    ["Europe/Paris", { from: "02:00", to: "10:00" }, "2024-03-31T07:00", "2024-03-31T00:59"],
    ["Europe/Paris", { from: "03:00", to: "10:00" }, "2024-03-31T07:00", "2024-03-31T00:59"],
    ["Europe/Paris", { from: "03:30", to: "10:00" }, "2024-03-31T07:00", "2024-03-31T01:29"],
    ["Australia/Lord_Howe", { from: "02:15", to: "10:00" }, "2024-10-05T22:00", "2024-10-05T15:29"],
    ["Europe/Paris", { from: "02:30", to: "10:00" }, "2024-03-30T08:00", "2024-03-30T01:29"],
  ])("%s from %j: what is due at %s is said at %s", (zone, quiet, due, said) => {
    const timing = { zone, quiet, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: null, stages: null };
    expect(movedEarlier(timing, moment(due))).toBe(moment(said));
  });
});

describe("what waits for a day on which the place is open", () => {
  test.each([
    ["is said at its usual hour", null, "2024-02-19T08:00"],
    ["is said as its quiet hours end, where that is before", { from: "19:00", to: "07:00" }, "2024-02-19T06:00"],
    ["is said as they end, where that is after", { from: "19:00", to: "10:00" }, "2024-02-19T09:00"],
    ["is said at its usual hour, where they begin later", { from: "12:00", to: "14:00" }, "2024-02-19T08:00"],
  ])("%s", (_, quiet, said) => {
    const timing = { zone: "Europe/Paris", quiet, weekdays: WORKDAYS, holidays: null, stages: null };
    expect(movedLater(timing, moment("2024-02-17T12:00"))).toBe(moment(said));
  });

  test("is said at once where the place is open", () => {
    const timing = { zone: "Europe/Paris", quiet: null, weekdays: WORKDAYS, holidays: null, stages: null };
    expect(movedLater(timing, moment("2024-02-19T01:00"))).toBe(moment("2024-02-19T01:00"));
  });
});

describe("no hours are waited for", () => {
  test("by an order that is overdue", async () => {
    const items = [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" } }];
    const desk = await deskWith({ quiet: { from: "06:00", to: "23:00" }, weekdays: [7] }, { items });
    desk.clock.set(moment("2024-03-05T12:00"));
    await desk.runUntil(moment("2024-03-06T12:00"), 10);
    expect(desk.posts.filter(({ key }) => key.includes('"overdue"')).map(({ at }) => at)).toEqual([moment("2024-03-06T08:00")]);
  });

  test("by a matter that is registered late: its latest stage is said at once, also at night and on a Sunday", async () => {
    const desk = await deskOfTest();
    await desk.watch(ONE, { digest: "off", quiet: NIGHT, weekdays: WORKDAYS });
    desk.clock.set(moment("2024-02-25T01:30"));
    await desk.hold();
    expect(utterances(await desk.tickAt(moment("2024-02-25T01:30"))).map(({ stage }) => stage)).toEqual([14]);
  });
});

describe("what is recorded at night", () => {
  const settings = { quiet: NIGHT, weekdays: WORKDAYS };

  async function recordedAt(text: string, until: string) {
    const desk = await deskWith(settings);
    desk.clock.set(moment(text));
    await desk.record(KEY, { on: text.slice(0, 10), type: "paid", amount: "9", for: "a" });
    await desk.tickAt(moment(text));
    await desk.followIndex(moment(until));
    return desk.posts.filter(({ key }) => key.includes('"event"')).map(({ at }) => at);
  }

  test("waits for the place's morning", async () => {
    expect(await recordedAt("2024-02-13T22:00", "2024-02-15T00:00")).toEqual([moment("2024-02-14T07:00")]);
    expect(await recordedAt("2024-02-16T22:00", "2024-02-20T00:00")).toEqual([moment("2024-02-19T07:00")]);
  });

  test("is told at once where a deadline is within three days", async () => {
    expect(await recordedAt("2024-03-02T22:00", "2024-03-06T00:00")).toEqual([moment("2024-03-02T22:00")]);
  });

  test("stops waiting when the deadline has come within three days, at the very beginning of that day", async () => {
    expect(await recordedAt("2024-03-01T20:00", "2024-03-06T00:00")).toEqual([moment("2024-03-01T23:00")]);
  });
});
