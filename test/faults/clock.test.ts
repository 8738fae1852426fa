import { expect, onTestFinished, test } from "vitest";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import { addDays, day } from "../../src/time/day.ts";
import { type Instant, momentOf } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import { type FaultDesk, faultDesk, minutesAfter } from "./desk.ts";
import { randomOf } from "./random.ts";

const ZONE = "Europe/Paris";
const START = day("2024-01-10");
const ONE = "memory:one" as Place;
const HOUR = 60;
const DAY = 24 * HOUR;

/** Four matters that end a week apart, watched by one place. */
async function fourMatters(): Promise<FaultDesk> {
  const desk = await faultDesk({ random: randomOf(1), start: momentOf(ZONE, START, "06:00"), reckoned: () => false });
  onTestFinished(() => desk.close());
  await desk.watch(ONE);
  for (const weeks of [1, 2, 3, 4]) {
    const penalty = { rate: "100", per: "day" };
    const items = [{ id: "a", cure: { period: `P${weeks * 7}D`, from: "notified", rule: "cure" }, penalty }];
    const facts = { ref: `X-${weeks}`, authority: "CNIL", respondent: "X", kind: "sanction", decided: START, notified: START, items };
    await desk.record(`CNIL:X-${weeks}`, facts as unknown as Facts);
  }
  return desk;
}

async function everyHour(desk: FaultDesk, from: Instant, hours: number): Promise<Instant> {
  let at = from;
  for (let hour = 0; hour < hours; hour++) {
    await desk.step(at);
    at = minutesAfter(at, HOUR);
  }
  return at;
}

/** Each key that was shown, with how often. */
function shownTwice(desk: FaultDesk): readonly string[] {
  const shown = desk.platform.attempts.map(({ once }) => once);
  return shown.filter((once, index) => shown.indexOf(once) !== index);
}

/** Whether all that a clock which was never touched would have brought about was said as well. */
async function saidAll(desk: FaultDesk, until: Instant): Promise<readonly string[]> {
  const plain = await fourMatters();
  await everyHour(
    plain,
    momentOf(ZONE, START, "06:00"),
    Math.ceil((Date.parse(until) - Date.parse(momentOf(ZONE, START, "06:00"))) / 3_600_000),
  );
  const said = new Set(desk.platform.attempts.map(({ once }) => once));
  return plain.platform.attempts.map(({ once }) => once).filter((once) => !said.has(once));
}

test.each([
  ["an hour back", -HOUR],
  ["an hour forward", HOUR],
])("a clock that is set %s, at any hour, makes nothing be said twice and nothing be missed", async (_, minutes) => {
  const desk = await fourMatters();
  let at = momentOf(ZONE, START, "06:00");
  for (let jumps = 0; jumps < 30; jumps++) at = minutesAfter(await everyHour(desk, at, 8), minutes);
  expect(shownTwice(desk)).toEqual([]);
  // What was jumped over may be out of date when it would have been said: an hour is never so long.
  expect(await saidAll(desk, minutesAfter(at, -HOUR))).toEqual([]);
});

test("a clock that is set 400 days ahead and back says nothing twice, and goes on with every stage that is still to come", async () => {
  const desk = await fourMatters();
  const before = await everyHour(desk, momentOf(ZONE, START, "06:00"), 24);
  await everyHour(desk, minutesAfter(before, 400 * DAY), 3);
  await everyHour(desk, before, 24 * 34);
  expect(shownTwice(desk)).toEqual([]);
  const missed = await saidAll(desk, minutesAfter(before, 24 * 34 * HOUR));
  expect(missed).toEqual([]);
});

test("a clock that is set 400 days back says nothing twice when it is right again, and then goes on at once", async () => {
  const desk = await fourMatters();
  const before = await everyHour(desk, momentOf(ZONE, START, "06:00"), 50);
  const shown = desk.platform.attempts.length;
  await everyHour(desk, minutesAfter(before, -400 * DAY), 3);
  const wrong = desk.platform.attempts.slice(shown).filter(({ once }) => !once.includes('"digest"'));
  expect(wrong).toEqual([]);
  const end = await everyHour(desk, before, 24 * 30);
  expect(shownTwice(desk)).toEqual([]);
  expect(await saidAll(desk, end)).toEqual([]);
});

test("what was put off while the clock was far ahead is not put off for 400 days when it is right again", async () => {
  const desk = await fourMatters();
  const start = momentOf(ZONE, START, "06:00");
  desk.platform.befall(ONE, () => "later");
  await desk.step(minutesAfter(start, 400 * DAY));
  desk.platform.befall(ONE, () => "ok");
  const held = desk.platform.attempts.map(({ once }) => once);
  expect(held.length).toBeGreaterThan(0);
  await everyHour(desk, start, 4);
  expect(desk.platform.attempts.filter(({ shown }) => shown).length).toBeGreaterThanOrEqual(4);
});

test("after a sleep of three weeks only the latest stage of each deadline speaks, once, and today's digest", async () => {
  const desk = await fourMatters();
  await everyHour(desk, momentOf(ZONE, START, "06:00"), 30);
  const shown = desk.platform.attempts.length;
  const woken = momentOf(ZONE, addDays(START, 22), "10:10");
  await desk.step(woken);
  const said = desk.platform.attempts.slice(shown);
  expect(said.map(({ once }) => JSON.parse(once).slice(1, 3)).sort()).toEqual([
    ["digest", "2024-02-01"],
    ["reminder", "CNIL:X-3"],
    ["reminder", "CNIL:X-4"],
    ["total", "CNIL:X-1"],
    ["total", "CNIL:X-2"],
  ]);
  await everyHour(desk, minutesAfter(woken, HOUR), 10);
  expect(shownTwice(desk)).toEqual([]);
  expect(violations(await desk.evidence())).toEqual([]);
});
