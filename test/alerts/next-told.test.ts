import { expect, test } from "vitest";
import { lookAt } from "../../src/alerts/look.ts";
import { nextTold } from "../../src/alerts/next-told.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { type Day, daysBetween } from "../../src/time/day.ts";
import { dayIn } from "../../src/time/instant.ts";
import { given } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

/** Its time to comply ends on Tuesday 5 March 2024. */
const KEY = "CNIL:SAN-2024-001";
const EXPIRY = "2024-03-05" as Day;
const ONE = "memory:one" as Place;
const PARIS = "Europe/Paris";
const START = moment("2024-01-20T12:00");
/** The time to comply ends at midnight in Paris. */
const END = moment("2024-03-05T22:59");

const PLACES: readonly [string, Partial<PlaceSettings>, string | null][] = [
  ["the usual stages", {}, null],
  ["stages of its own on working days", { stages: [16, 5], weekdays: [1, 2, 3, 4, 5] }, null],
  ["quiet hours", { quiet: { from: "08:00", to: "12:00" }, stages: [14] }, null],
  ["a zone far behind the authority", { zone: "Pacific/Honolulu" }, null],
  ["a matter put off between its stages", {}, "2024-02-24"],
  ["a matter put off until after the first of the last stages", {}, "2024-03-03"],
  ["a matter put off past the end", {}, "2024-03-20"],
];

test.each(PLACES)("what is told to come next is what the place hears next: %s", async (_, settings, until) => {
  const desk = await deskOfTest();
  desk.clock.set(START);
  await desk.hold();
  await desk.watch(ONE, { digest: "off", ...settings });
  if (until !== null) await desk.snooze(KEY, ONE, until);
  await desk.tickAt(START);
  await desk.followIndex(END);
  const heard = desk.posts.map(({ at }) => at);
  const to = { ...usualSettings(ONE, "en", PARIS, "p1", START), ...settings };
  const told = [START, ...heard].map((now) => nextTold(lookAt(given({}), now), to, until as Day | null));
  const days = heard.map((at) => ({ day: dayIn(to.zone, at), left: daysBetween(dayIn(PARIS, at), EXPIRY) }));
  expect(heard.length).toBeGreaterThan(2);
  expect(told).toEqual([...days, null]);
});

test("the card that stands in a place names what the place hears next, and another day when somebody puts it off", async () => {
  const desk = await deskOfTest(undefined, { inPlace: true });
  desk.clock.set(START);
  await desk.hold();
  await desk.watch(ONE, { digest: "off", stages: [30, 10] });
  await desk.followIndex(moment("2024-02-05T12:00"));
  desk.clock.set(moment("2024-02-06T12:00"));
  await desk.snooze(KEY, ONE, "2024-02-28");
  await desk.tickAt(moment("2024-02-06T12:00"));
  expect(desk.updates.at(-1)!.text).toContain("next: 6 days left, Wed 28 Feb");
  await desk.snooze(KEY, ONE, null);
  await desk.tickAt(moment("2024-02-06T12:05"));
  expect(desk.updates.at(-1)!.text).toContain("next: 10 days left, Sat 24 Feb");
});

test("nothing is told of what the place is not told by itself: no reminders, a restricted matter, another deadline before the end", () => {
  const to = usualSettings(ONE, "en", PARIS, "p1", START);
  const at = (facts: object, settings: PlaceSettings) => nextTold(lookAt(given(facts), START), settings, null);
  expect(at({}, to)).toEqual({ day: "2024-02-04", left: 30 });
  expect(at({}, { ...to, reminders: false })).toBeNull();
  expect(at({ visibility: "restricted" }, to)).toBeNull();
  expect(at({ fines: [{ id: "f", amount: "1000", due: "2024-02-20" }] }, to)).toBeNull();
});
