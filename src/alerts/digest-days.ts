import type { DigestForm } from "../cards/contents.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { addDays, type Day, dayOfMonth, weekday } from "../time/day.ts";
import { dayIn, type Instant, momentOf, timeIn } from "../time/instant.ts";
import { isOpenDay } from "./timing.ts";

/** Which digest a place is to have by now. */
export interface DigestDue {
  readonly form: DigestForm;
  /**
   * The day that names it, so that it is said once, whatever the place's settings become: its own day, the Monday of its week or the first of its
   * month. It is said on the first open day of these or, where that passed in silence, later in its week or month.
   */
  readonly day: Day;
}

type Settings = Pick<PlaceSettings, "digest" | "weekdays" | "holidays" | "quiet" | "zone" | "stages" | "at">;

/** The digest that is due in the place by now, said or not; null before its hour and on the days on which it has none. */
export function digestDue(settings: Settings, now: Instant): DigestDue | null {
  const today = dayIn(settings.zone, now);
  const day = digestDay(settings, today);
  if (settings.digest === "off" || day === null || day > today) return null;
  if (day === today && timeIn(settings.zone, now) < settings.at) return null;
  return { form: settings.digest, day: firstOf(settings.digest, today) };
}

/** The first day of that day's week or month, or the day itself. */
export function firstOf(form: DigestForm, day: Day): Day {
  return form === "monthly" ? addDays(day, 1 - dayOfMonth(day)) : form === "weekly" ? addDays(day, 1 - weekday(day)) : day;
}

/** The moment at which the next digest falls due, after now. */
export function nextDigest(settings: Settings, now: Instant): Instant | null {
  if (settings.digest === "off") return null;
  const today = dayIn(settings.zone, now);
  for (let ahead = 0; ahead <= 62; ahead++) {
    const day = addDays(today, ahead);
    const at = momentOf(settings.zone, day, settings.at);
    if (at > now && digestDay(settings, day) === day) return at;
  }
  return null;
}

/** The day of the digest of that day's day, week or month: the first open day of it; null where it has none. A day that passed is not made up for. */
function digestDay(settings: Settings, today: Day): Day | null {
  switch (settings.digest) {
    case "daily":
      return isOpenDay(settings, today) ? today : null;
    case "weekly":
      return firstOpen(settings, firstOf("weekly", today), 7);
    case "monthly":
      return firstOpen(settings, firstOf("monthly", today), 28);
    case "off":
      return null;
  }
}

function firstOpen(settings: Settings, from: Day, days: number): Day | null {
  for (let ahead = 0; ahead < days; ahead++) if (isOpenDay(settings, addDays(from, ahead))) return addDays(from, ahead);
  return null;
}
