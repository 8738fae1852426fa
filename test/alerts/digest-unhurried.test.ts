import { expect, test } from "vitest";
import { digestMaking, digestOf } from "../../src/alerts/digest.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { hurried, unhurried } from "../../src/time/unhurried.ts";
import { matterOf } from "../cards/kourou.ts";
import { turnsDuring } from "../support/turns.ts";

const MATTERS = 3_000;
const NOW = "2024-03-10T08:00:00.000Z" as Instant;
const FRAME = { day: "2024-03-10" as Day, form: "daily", zone: "Europe/Paris", at: "09:00", now: NOW, before: null } as const;
const REST = { unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] };

/** Some run, of some the time ends within the days ahead, each as many as every third. */
const all = Array.from({ length: MATTERS }, (_, index) => {
  const notified = addDays(day("2023-12-18"), [0, 25, 60][index % 3]! + (index % 7));
  return matterOf({ ref: `SAN-${(index * 7_919) % 10_007}`, decided: addDays(notified, -6), notified });
});

test("others go first while the digest of thousands of matters is put together, which says what it says at once", async () => {
  const making = digestMaking(FRAME);
  const { turns } = await turnsDuring(() => unhurried(making.add({ matters: all })));
  expect(turns).toBeGreaterThanOrEqual((3 * MATTERS) / 100 - 3);
  const { made, turns: since } = await turnsDuring(() => unhurried(making.contents(REST)));
  expect(since).toBeGreaterThanOrEqual((2 * MATTERS) / 100);
  expect(made.actNow.length + made.upcoming.length + made.later.length).toBe(MATTERS);
  expect(made).toEqual(digestOf({ ...FRAME, ...REST, matters: all }));
});

test("the lines of a digest stand in the order in which a reader acts, however many there are", () => {
  const making = digestMaking(FRAME);
  hurried(making.add({ matters: all }));
  const { actNow, upcoming, later } = hurried(making.contents(REST));
  const ends = actNow.map(({ item }) => item!.expiry!);
  const [ahead, behind] = [ends.filter((end) => end >= FRAME.day), ends.filter((end) => end < FRAME.day)];
  expect(ends).toEqual([...ahead.toSorted(), ...behind.toSorted().reverse()]);
  const days = [...upcoming, ...later].map(({ next }) => next!.day);
  expect(days).toEqual(days.toSorted());
  expect(upcoming.length).toBeGreaterThan(0);
  expect(later.length).toBeGreaterThan(0);
  expect(upcoming.at(-1)!.next!.day <= addDays(FRAME.day, 30)).toBe(true);
  expect(later[0]!.next!.day > addDays(FRAME.day, 30)).toBe(true);
});
