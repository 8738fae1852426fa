import { describe, expect, onTestFinished, test } from "vitest";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { dayIn, type Instant, millisecondsOf, momentOf, timeIn } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import { faultDesk, minutesAfter } from "./desk.ts";
import { randomOf } from "./random.ts";

/** Both changes of a year, on the days on which the zone's clocks were moved. Casablanca moves them around Ramadan, Beirut at midnight. */
const CHANGES: readonly (readonly [zone: string, forward: Day, back: Day])[] = [
  ["Europe/Paris", day("2024-03-31"), day("2024-10-27")],
  ["Europe/London", day("2024-03-31"), day("2024-10-27")],
  ["America/New_York", day("2024-03-10"), day("2024-11-03")],
  ["Australia/Lord_Howe", day("2024-10-06"), day("2024-04-07")],
  ["Europe/Dublin", day("2024-03-31"), day("2024-10-27")],
  ["Africa/Casablanca", day("2024-04-14"), day("2024-03-10")],
  ["Asia/Beirut", day("2024-03-31"), day("2024-10-27")],
  ["America/Santiago", day("2024-09-08"), day("2024-04-07")],
];

const TWO_DAYS = 2 * 86_400_000;

/** How far the zone's wall clock is ahead of UTC, in minutes, at the start of the day. */
function dayLength(zone: string, of: Day): number {
  return (
    (millisecondsOf(momentOf(zone, addDays(of, 1), "12:00")) - millisecondsOf(momentOf(zone, addDays(of, -1), "12:00")) - TWO_DAYS) / 60_000
  );
}

/** Hours of the digest that fall into what is skipped or repeated, beside an ordinary one. */
const HOURS = ["00:00", "00:30", "01:30", "02:15", "02:30", "09:00", "23:30"];

describe.each(CHANGES)("in %s", (zone, forward, back) => {
  test.each([
    ["put forward", forward],
    ["put back", back],
  ])("when the clocks are %s, each place hears one digest a day, and reminders come at their hour", async (what, change) => {
    expect(Math.sign(dayLength(zone, change)), `${change} is not such a day`).toBe(what === "put forward" ? -1 : 1);
    const start = momentOf(zone, addDays(change, -1));
    const desk = await faultDesk({ random: randomOf(1), start });
    onTestFinished(() => desk.close());
    for (const hour of HOURS) await desk.watch(`memory:${hour}` as Place, { zone, at: hour });
    await desk.record("CNIL:DST-1", matterEnding(addDays(change, 1)));
    const end = momentOf(zone, addDays(change, 2));
    for (const at of quarters(start, end)) await desk.step(at);
    const evidence = await desk.evidence();
    expect(violations(evidence)).toEqual([]);
    const digests = evidence.attempts.filter(({ once }) => once.includes('"digest"'));
    for (const hour of HOURS) {
      const own = digests.filter(({ place }) => place === `memory:${hour}`);
      const days = [-1, 0, 1].map((days) => addDays(change, days));
      expect(own.map(({ at }) => dayIn(zone, at))).toEqual(days);
      // Where the hour is skipped that day, when it is over; where it comes twice, the first time.
      const looks = quarters(start, end);
      const due = days.map((one) => looks.find((at) => dayIn(zone, at) === one && timeIn(zone, at) >= hour));
      expect(own.map(({ at }) => at)).toEqual(due);
    }
    const reminders = evidence.attempts.filter(({ once, place }) => once.includes('"reminder"') && place === "memory:09:00");
    expect(reminders.length).toBeGreaterThan(1);
    for (const { at } of reminders.slice(1)) expect(timeIn("Europe/Paris", at)).toBe("09:00");
  });
});

/** When somebody looks: each quarter of an hour. */
function quarters(start: Instant, end: Instant): readonly Instant[] {
  const looks = [start];
  while (looks.at(-1)! < end) looks.push(minutesAfter(looks.at(-1)!, 15));
  return looks.slice(0, -1);
}

/** A matter whose time to comply ends on that day. */
function matterEnding(end: Day): Facts {
  const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" } }];
  const notified = addDays(end, -10);
  return { ref: "DST-1", authority: "CNIL", respondent: "X", kind: "sanction", decided: notified, notified, items } as unknown as Facts;
}
