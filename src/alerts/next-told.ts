import type { Reminder } from "../cards/next-reminder.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { type Day, daysBetween } from "../time/day.ts";
import { dayIn } from "../time/instant.ts";
import { heardSince, type PerhapsWatching } from "./heard-since.ts";
import type { Scene } from "./look.ts";
import { deadlineOf, nextMoment, stepsOf } from "./steps.ts";

/**
 * When a place that is told of the matter is told next of the end of the time to comply that comes first: by its own stages, days and hours, and
 * by the day until which it has put the matter off. The day is the place's, the days left are the authority's. Null where no more is said before
 * that end, where another deadline comes first, and of a restricted matter: who is told of that one is not the place's to say.
 */
export function nextTold(scene: Scene, settings: PlaceSettings & PerhapsWatching, snoozedUntil: Day | null): Reminder | null {
  const { standing, matter, now, zone } = scene;
  const end = standing.next?.what === "expiry" ? standing.next.day : null;
  if (end === null || !settings.reminders || visibilityOf(matter) === "restricted") return null;
  const view = { ...settings, snoozedUntil, heardSince: heardSince(settings, scene) };
  const moments = standing.items
    .filter((item) => item.expiry === end && deadlineOf(scene, item) === end)
    .flatMap((item) => nextMoment(stepsOf(scene, item, view), now) ?? []);
  const [at] = moments.sort();
  return at === undefined ? null : { day: dayIn(settings.zone, at), left: daysBetween(dayIn(zone, at), end) };
}
