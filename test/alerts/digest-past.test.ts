import { expect, test } from "vitest";
import { digestIn } from "../../src/alerts/digest-in.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { WHOLE_SIGHT } from "../../src/matter/sight.ts";
import type { Place } from "../../src/ports/chat.ts";
import { type Day, day } from "../../src/time/day.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const ONE = "memory:one" as Place;

test("the digest of a day that is over shows what was acknowledged and put off by its hour, and not since", async () => {
  const desk = await deskOfTest();
  const key = await desk.hold();
  await desk.watch(ONE);
  desk.clock.set(moment("2024-03-07T12:00"));
  await desk.acknowledge(key, ONE, "0");
  const shown = async (on: Day) => {
    const subscription = { ...usualSettings(ONE, "en", "Europe/Paris", "p1", desk.clock.now()), watches: [] };
    const asked = { subscription, day: on, form: "daily", now: desk.clock.now(), all: [], sight: WHOLE_SIGHT } as const;
    const { register, deliveries, attention, people } = desk.host;
    const { actNow, snoozed } = await digestIn({ register, deliveries, attention, people }, asked);
    return { acknowledged: actNow.map((line) => line.acknowledged?.stage), snoozed: snoozed.length };
  };
  desk.clock.set(moment("2024-03-09T12:00"));
  await desk.snooze(key, ONE, "2024-03-20");
  desk.clock.set(moment("2024-03-13T12:00"));
  await desk.acknowledge(key, ONE, "total 2024-03-12");
  // On the 7th nobody had at 09:00; by the 8th somebody has.
  expect(await shown(day("2024-03-07"))).toEqual({ acknowledged: [undefined], snoozed: 0 });
  expect(await shown(day("2024-03-08"))).toEqual({ acknowledged: ["0"], snoozed: 0 });
  expect(await shown(day("2024-03-10"))).toEqual({ acknowledged: ["0"], snoozed: 1 });
  expect(await shown(day("2024-03-13"))).toEqual({ acknowledged: ["total 2024-03-12"], snoozed: 1 });
});

const ORDER = { decided: "2024-01-05", notified: "2024-01-05" };

async function digestOn(desk: Awaited<ReturnType<typeof deskOfTest>>, on: Day, place = ONE) {
  const usual = { ...usualSettings(place, "en", "Europe/Paris", "p1", desk.clock.now()), watches: [] };
  const asked = { subscription: usual, day: on, form: "daily", now: desk.clock.now(), all: [], sight: WHOLE_SIGHT } as const;
  const { register, deliveries, attention, people } = desk.host;
  return digestIn({ register, deliveries, attention, people }, asked);
}

test("the digest of a day that is over leaves out what was decided after it, in every count", async () => {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-20T12:00"));
  await desk.hold({ ...ORDER, ref: "A" });
  await desk.hold({ decided: "2024-03-01", notified: "2024-03-04", ref: "B", fines: [{ id: "f", amount: "900", due: "2024-03-11" }] });
  await desk.hold({ decided: "2024-03-01", notified: undefined, ref: "C" });
  const counted = async (on: string) => {
    const { watched, drafts, unwatched, cannotCount, withinQuarter } = await digestOn(desk, day(on));
    return { watched, drafts, unwatched, cannotCount: cannotCount.length, withinQuarter };
  };
  expect(await counted("2024-02-29")).toEqual({ watched: 1, drafts: 0, unwatched: 1, cannotCount: 0, withinQuarter: 1 });
  expect(await counted("2024-03-01")).toMatchObject({ watched: 3, drafts: 1, unwatched: 3, cannotCount: 1 });
  expect(await counted("2024-03-20")).toMatchObject({ watched: 3, drafts: 1, unwatched: 3 });
});

test("a digest of today holds what is decided today where the day has come there and not here", async () => {
  const desk = await deskOfTest();
  // In Sydney it is the 21st already.
  desk.clock.set(moment("2024-03-20T20:00"));
  await desk.hold({ ref: "A", authority: "OAIC", decided: "2024-03-21", notified: "2024-03-21" });
  expect((await digestOn(desk, day("2024-03-20"))).watched).toBe(1);
});

test("a decision whose day stands with its source counts by that day, and as a correction has it from that one's day on", async () => {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-20T12:00"));
  const source = "https://example.org/decision";
  const key = await desk.hold({ ref: "A", decided: { day: "2024-02-10", source }, notified: { day: "2024-02-12", source } });
  const watched = async (on: string) => (await digestOn(desk, day(on))).watched;
  expect([await watched("2024-01-25"), await watched("2024-02-09"), await watched("2024-02-10")]).toEqual([0, 0, 1]);
  const set = { decided: "2024-01-02", notified: "2024-01-05" };
  await desk.record(key, { type: "corrected", on: "2024-01-20", event: "registered", set, because: "typo" });
  expect([await watched("2024-01-19"), await watched("2024-01-20"), await watched("2024-02-10")]).toEqual([0, 1, 1]);
});
