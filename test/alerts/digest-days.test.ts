import { describe, expect, test } from "vitest";
import { firstOf, nextDigest } from "../../src/alerts/digest-days.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import type { Day } from "../../src/time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, timeIn, writeIn } from "../../src/time/instant.ts";
import { deskOfTest, digests, later, moment } from "./desk-of-test.ts";

const ONE = "memory:one" as Place;
const HOUR = 60;
const WORKDAYS = [1, 2, 3, 4, 5];

/** The local days on which the place had its digest, looked at each hour. */
async function digestDays(settings: Partial<PlaceSettings>, from: string, until: string, everyMinutes = HOUR) {
  const desk = await deskOfTest();
  desk.clock.set(moment(`${from}T00:00`));
  await desk.watch(ONE, settings);
  await desk.runUntil(moment(`${until}T00:00`), everyMinutes);
  for (const { key, at } of desk.posts) {
    const form = settings.digest === undefined || settings.digest === "off" ? "daily" : settings.digest;
    expect(JSON.parse(key)).toEqual([ONE, "digest", firstOf(form, dayIn("Europe/Paris", at))]);
  }
  return desk.posts.map(({ at }) => [dayIn("Europe/Paris", at), timeIn("Europe/Paris", at)].join(" "));
}

describe("a digest is said at its hour", () => {
  test("daily, on the place's weekdays, and not on its holidays", async () => {
    // Good Friday is no holiday in France; Easter Monday, 1 April 2024, is.
    const said = await digestDays({ weekdays: WORKDAYS, holidays: "FR" }, "2024-03-28", "2024-04-04");
    expect(said).toEqual(["2024-03-28", "2024-03-29", "2024-04-02", "2024-04-03"].map((day) => `${day} 09:00`));
    expect(await digestDays({}, "2024-03-29", "2024-04-02")).toHaveLength(4);
  });

  test("weekly, on the first open day of the week", async () => {
    const said = await digestDays({ digest: "weekly", weekdays: WORKDAYS, holidays: "FR" }, "2024-03-25", "2024-04-16");
    expect(said).toEqual(["2024-03-25", "2024-04-02", "2024-04-08", "2024-04-15"].map((day) => `${day} 09:00`));
    const thursdays = await digestDays({ digest: "weekly", weekdays: [4] }, "2024-03-25", "2024-04-12");
    expect(thursdays.map((text) => text.slice(0, 10))).toEqual(["2024-03-28", "2024-04-04", "2024-04-11"]);
  });

  test("monthly, on the first open day of the month", async () => {
    const said = await digestDays({ digest: "monthly", weekdays: WORKDAYS, holidays: "FR" }, "2024-05-01", "2024-09-03");
    expect(said).toEqual(["2024-05-02", "2024-06-03", "2024-07-01", "2024-08-01", "2024-09-02"].map((day) => `${day} 09:00`));
  });

  test("never, where it is off", async () => {
    expect(await digestDays({ digest: "off" }, "2024-05-01", "2024-05-10")).toEqual([]);
  });
});

test("a weekly digest that was missed is said once, as soon as possible in its week; a daily one of a day that passed is not made up for", async () => {
  for (const [digest, days] of [
    ["weekly", ["2024-03-04", "2024-03-14", "2024-03-18"]],
    ["daily", ["2024-03-04", "2024-03-14", "2024-03-15"]],
  ] as const) {
    const desk = await deskOfTest();
    desk.clock.set(moment("2024-03-04T08:00"));
    await desk.watch(ONE, { digest });
    await desk.tickAt(moment("2024-03-04T09:00"));
    desk.clock.set(moment("2024-03-14T15:00"));
    await desk.runUntil(moment("2024-03-19T00:00"), HOUR);
    expect(desk.posts.slice(0, 3).map(({ at }) => at.slice(0, 10))).toEqual(days);
  }
});

test("changing from daily to weekly in the middle of a week says nothing twice", async () => {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-04T07:00"));
  await desk.watch(ONE);
  await desk.runUntil(moment("2024-03-06T12:00"), HOUR);
  await desk.settle(ONE, { digest: "weekly" });
  await desk.runUntil(moment("2024-03-12T00:00"), HOUR);
  expect(desk.posts.map(({ at }) => at.slice(0, 10))).toEqual(["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-11"]);
});

describe("whatever the place's settings become", () => {
  /** The days on which a place has digests, its settings changed at noon of some days. */
  async function saidWith(first: Partial<PlaceSettings>, changes: Readonly<Record<string, Partial<PlaceSettings>>>, until: string) {
    const desk = await deskOfTest();
    desk.clock.set(moment("2024-03-04T07:00"));
    await desk.watch(ONE, first);
    let settings = first;
    for (const [day, change] of Object.entries(changes)) {
      await desk.runUntil(moment(`${day}T12:00`), HOUR);
      settings = { ...settings, ...change };
      await desk.settle(ONE, settings);
    }
    await desk.runUntil(moment(`${until}T00:00`), HOUR);
    return desk.posts.map(({ at }) => at.slice(5, 10));
  }

  test("a weekly digest is said once a week, a monthly one once a month", async () => {
    const later = { "2024-03-05": { weekdays: [2, 3, 4, 5] }, "2024-03-06": { weekdays: [4, 5] } };
    expect(await saidWith({ digest: "weekly" }, later, "2024-03-16")).toEqual(["03-04", "03-14"]);
    const sooner = { "2024-03-08": { weekdays: WORKDAYS } };
    expect(await saidWith({ digest: "weekly", weekdays: [4, 5] }, sooner, "2024-03-12")).toEqual(["03-07", "03-11"]);
    const monthly = { "2024-04-01": { weekdays: [2, 3, 4, 5] }, "2024-04-02": { holidays: "FR" } };
    expect(await saidWith({ digest: "monthly" }, monthly, "2024-05-04")).toEqual(["03-04", "04-01", "05-02"]);
  });

  test("no day has two: who changes from weekly to daily has had today's, and the other way about", async () => {
    const days = { digest: "weekly", weekdays: [2, 3, 4, 5] } as const;
    expect(await saidWith(days, { "2024-03-05": { digest: "daily" } }, "2024-03-08")).toEqual(["03-05", "03-06", "03-07"]);
    const weekly = { "2024-03-06": { digest: "weekly" } } as const;
    expect(await saidWith({ ...days, digest: "daily" }, weekly, "2024-03-13")).toEqual(["03-05", "03-06", "03-12"]);
  });
});

test("a person's own digest reminds of nothing by itself, and its matters count as watched by no place", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch("memory:direct/memory:ann", { reminders: false });
  await desk.tickAt(moment("2024-02-20T08:00"));
  expect(desk.posts.map(({ key }) => (JSON.parse(key) as string[])[1])).toEqual(["digest"]);
  const [digest] = digests(await desk.tickAt(moment("2024-02-21T08:00")));
  expect(digest).toMatchObject({ watched: 1, unwatched: 1 });
});

test("a place without watches has neither digest nor reminders", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.settle(ONE);
  await desk.runUntil(moment("2024-02-21T00:00"), 12 * HOUR);
  expect(desk.posts).toEqual([]);
});

const ZONES = [
  "Europe/Paris",
  "Europe/London",
  "America/New_York",
  "Australia/Lord_Howe",
  "Europe/Dublin",
  "Africa/Casablanca",
  "Asia/Beirut",
  "America/Santiago",
];

/** The moments of 2024 at which the zone's offset changes, to the quarter of an hour. */
function changesOf(zone: string): readonly Instant[] {
  const offset = (at: number) => writeIn(zone, instantOf(at)).slice(19);
  const changes: Instant[] = [];
  const [start, end, day] = [Date.parse("2024-01-01T00:00:00Z"), Date.parse("2025-01-01T00:00:00Z"), 86_400_000];
  for (let at = start; at < end; at += day) {
    if (offset(at) === offset(at + day)) continue;
    let quarter = at;
    while (offset(quarter) === offset(at)) quarter += 900_000;
    changes.push(instantOf(quarter));
  }
  return changes;
}

/** Hours of the wall clock around the change: one that is left out or comes twice is among them. */
function hoursAround(zone: string, change: Instant): readonly string[] {
  const around = [-60, -45, -30, -15, 0, 15, 30, 60].map((minutes) => timeIn(zone, later(change, minutes)));
  return [...new Set([...around, "00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "09:00", "23:30"])];
}

test.each(ZONES)("in %s the digest is said once each local day, at its hour, across both changes of the clock", async (zone) => {
  const changes = changesOf(zone);
  expect(changes).toHaveLength(2);
  for (const change of changes) {
    const desk = await deskOfTest();
    const start = later(change, -30 * HOUR);
    desk.clock.set(start);
    const hours = hoursAround(zone, change);
    for (const at of hours) await desk.watch(`memory:${at}`, { zone, at });
    const ticks: Instant[] = [];
    for (let at = start; at < later(change, 30 * HOUR); at = later(at, 15)) ticks.push(at);
    for (const at of ticks) await desk.tickAt(at);
    for (const hour of hours) {
      const expected = new Map<Day, Instant>();
      for (const at of ticks) {
        const day = dayIn(zone, at);
        if (timeIn(zone, at) >= hour && !expected.has(day)) expected.set(day, at);
      }
      const said = desk.posts.filter(({ to }) => to === `memory:${hour}`);
      expect(said.map(({ at }) => at)).toEqual([...expected.values()]);
      const settings = usualSettings(ONE, "en", zone, "p1", start);
      for (const at of ticks) {
        // Who sleeps until then finds it due then, and has slept for no more than a day and an hour.
        const next = nextDigest({ ...settings, at: hour }, at)!;
        expect(timeIn(zone, next) >= hour).toBe(true);
        expect(millisecondsOf(next) - millisecondsOf(at)).toBeLessThanOrEqual(25 * 3_600_000);
      }
    }
  }
});

test("a clock that goes seven months ahead at once, past the end of summer time, misses no digest of the days after", async () => {
  const desk = await deskOfTest();
  desk.clock.set(moment("2027-03-25T10:00"));
  await desk.watch(ONE, { at: "02:30", weekdays: [6, 7, 1] });
  await desk.tickAt(desk.clock.now());
  const said: string[] = [];
  for (const at of ["2027-10-30T00:31", "2027-10-31T00:31", "2027-10-31T01:31", "2027-11-01T00:31", "2027-11-01T01:31", "2027-11-01T01:33"])
    said.push(...digests(await desk.tickAt(moment(at))).map(({ day }) => `${day} at ${at.slice(11)}`));
  expect(said).toEqual(["2027-10-30 at 00:31", "2027-10-31 at 00:31", "2027-11-01 at 01:31"]);
});
