import { calendarOf } from "../../src/law/calendar.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import type { Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { ItemStanding, Standing } from "../../src/matter/standing-types.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Subscription } from "../../src/ports/subscriptions.ts";
import { addDays, type Day, daysBetween, earlier, weekday } from "../../src/time/day.ts";
import { dayIn, type Instant, timeIn } from "../../src/time/instant.ts";

/**
 * What ought to have been said in a place by now, reckoned anew from docs/contract.md and not by the plan that is judged: the latest stage of
 * each deadline, what a draft lacks, what was recorded, and the day's digest. For places that are spoken to at any hour and put nothing off.
 */
export function oughtToBeSaid(place: Subscription, matters: readonly Matter[], now: Instant): readonly DeliveryKey[] {
  const named = (name: readonly (string | number)[]) => keyOf(place.place, name);
  const keys = matters.flatMap((matter) => [...stages(matter, now), ...news(matter, now, place.since)]).map(named);
  const hasDigest = place.digest === "daily" && timeIn(place.zone, now) >= place.at;
  return hasDigest ? [...keys, named(["digest", dayIn(place.zone, now)])] : keys;
}

function keyOf(place: Place, name: readonly (string | number)[]): DeliveryKey {
  return JSON.stringify([place, ...name]) as DeliveryKey;
}

type Name = readonly (string | number)[];

/** The last day whose hour, 09:00 at the authority, has come. */
function lastDay(matter: Matter, now: Instant): { readonly today: Day; readonly due: Day } {
  const { zone } = authorityOf(matter.facts.authority)!;
  const today = dayIn(zone, now);
  return { today, due: timeIn(zone, now) >= "09:00" ? today : addDays(today, -1) };
}

function stages(matter: Matter, now: Instant): readonly Name[] {
  const { today, due } = lastDay(matter, now);
  const standing = standingNow(matter, today);
  return standing.items.flatMap((item) => {
    const latest = latestStage(matter, standing, item, isKnownSince(matter, item, today) ? dayToSay(matter, item, { today, due }) : due);
    return [...(latest === null ? [] : [latest]), ...missingFact(matter, standing, item, due)];
  });
}

/** Registered today, or moved by what was recorded today. */
function isKnownSince(matter: Matter, { id, state, expiry, earliestExpiry }: ItemStanding, today: Day): boolean {
  const { zone } = authorityOf(matter.facts.authority)!;
  if (dayIn(zone, matter.registeredAt) === today) return true;
  const before = { ...matter, events: matter.events.filter(({ recordedAt }) => dayIn(zone, recordedAt as Instant) < today) };
  const was = standingNow(before, today).items.find((item) => item.id === id);
  return was === undefined || was.state !== state || was.expiry !== expiry || was.earliestExpiry !== earliestExpiry;
}

/** What speaks at once as it has passed is the stage of today, where there is one, whose hour is still to come. */
function dayToSay(matter: Matter, { state, expiry, earliestExpiry }: ItemStanding, { today, due }: { today: Day; due: Day }): Day {
  const end = state === "draft" ? earliestExpiry : expiry;
  const days = end === null ? [] : stageDays(matter, end).map(([day]) => day);
  return end !== null && today <= end && days.includes(today) && days.some((day) => day <= due) ? today : due;
}

/** A draft asks for what it lacks each week after its registration, and speaks of the earliest day on which it can end: on one day that does for both. */
function missingFact(matter: Matter, { key, referredTo }: Standing, item: ItemStanding, due: Day): readonly Name[] {
  const { id, state, earliestExpiry } = item;
  if (state !== "draft" || referredTo !== null) return [];
  const registered = dayIn(authorityOf(matter.facts.authority)!.zone, matter.registeredAt);
  const weeks = Math.floor(daysBetween(registered, due) / 7);
  const asked = addDays(registered, weeks * 7);
  const isAskedAnyway = earliestExpiry !== null && stageDays(matter, earliestExpiry).some(([day]) => day === asked);
  return weeks < 1 || isAskedAnyway ? [] : [["reminder", key, id, "missing-fact", "", weeks]];
}

function latestStage(matter: Matter, standing: Standing, item: ItemStanding, due: Day): Name | null {
  const { expiry, earliestExpiry, state, capReached } = item;
  const of = [standing.key, item.id];
  if (state === "draft" && earliestExpiry !== null && standing.referredTo === null) {
    const stage = reminderOn(matter, earliestExpiry, due);
    return stage === null ? null : ["reminder", ...of, stage, earliestExpiry, ""];
  }
  if (expiry === null) return null;
  const capped = state === "capped" || (state === "lapsed" && capReached !== null);
  const isHeld = (state === "accruing" || capped) && mended(matter, item, due);
  if (capped && capReached !== null && due > capReached) return isHeld ? null : ["cap-reached", ...of, "", expiry, addDays(capReached, 1)];
  if (state === "accruing" && item.units === null) return null;
  if (state === "accruing" || capped) {
    const weeks = Math.floor(daysBetween(expiry, capped ? earlier(due, capReached ?? due) : due) / 7);
    if (weeks >= 1) return isHeld ? null : ["total", ...of, "", expiry, addDays(expiry, weeks * 7)];
  }
  if (state === "overdue" && due > expiry) return ["overdue", ...of, "", expiry, addDays(expiry, 1)];
  if (!["pending", "curing", "accruing", "overdue"].includes(state) && !capped) return null;
  const stage = reminderOn(matter, expiry, due);
  return stage === null ? null : ["reminder", ...of, stage, expiry, ""];
}

/** What had run was mended on a day whose next morning is still to come: the sums through yesterday do not hold that. */
function mended(matter: Matter, { id }: ItemStanding, due: Day): boolean {
  const days = matter.events.filter(({ event }) => MENDING.has(event.type)).map(({ event }) => event.on);
  return days.some((day) => day >= due && standingNow(matter, day).items.find((item) => item.id === id)!.lacksDays === true);
}

const MENDING: ReadonlySet<string> = new Set(["rejected", "corrected", "overridden", "extended"]);

/** The stage whose day came last. */
function reminderOn(matter: Matter, expiry: Day, due: Day): number | string | null {
  const passed = stageDays(matter, expiry)
    .filter(([day]) => day <= due)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return passed.at(-1)?.[1] ?? null;
}

function stageDays(matter: Matter, expiry: Day): readonly (readonly [Day, number | string])[] {
  const working = workingDayBefore(matter, expiry);
  const days: [Day, number | string][] = [30, 14, 7, 3, 1, 0].map((left) => [addDays(expiry, -left), left]);
  if (!days.some(([day]) => day === working)) days.push([working, "last-working-day"]);
  return days;
}

function workingDayBefore(matter: Matter, expiry: Day): Day {
  const holidays = calendarOf(authorityOf(matter.facts.authority)!.calendar)?.holidays;
  let day = addDays(expiry, -1);
  while (weekday(day) > 5 || holidays?.has(day) === true) day = addDays(day, -1);
  return day;
}

/** Each event once, from its day on, told to places that watched when it was recorded. */
function news(matter: Matter, now: Instant, since: Instant): readonly Name[] {
  const { due } = lastDay(matter, now);
  return matter.events
    .filter(
      ({ event, initial, recordedAt }) =>
        !initial && event.type !== "note" && event.type !== "assigned" && event.on <= due && recordedAt > since,
    )
    .map(({ event, id }) => [event.type === "corrected" ? "correction" : "event", matter.key, event.item ?? "", "", "", id]);
}
