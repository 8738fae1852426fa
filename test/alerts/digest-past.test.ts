import { expect, test } from "vitest";
import { digestIn } from "../../src/alerts/digests.ts";
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
