import type { RecordedEvent } from "../matter/events.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { POLICY } from "./policy.ts";
import { watchesAll, watchesOn } from "./subscription.ts";
import { FURTHEST, hourFrom, hourOf, isOpen, movedEarlier, type Timing } from "./timing.ts";

/**
 * Until when a place hears nothing of a matter that it watches, since the matter came under its filters as a day began, with nothing recorded: it
 * is told of it at the hour of that day, with what is due by then, and not at midnight. Null where it is told at once.
 */
export function heldUntil(to: Timing & Pick<Subscription, "watches">, scene: Scene): Instant | null {
  if (watchesAll(to)) return null;
  for (let back = 0; back <= FURTHEST; back++) {
    const day = addDays(scene.today, -back);
    const at = toldFrom(to, scene, day);
    if (at <= scene.now) return null;
    if (!isWatchedOn(to, scene, addDays(day, -1))) return isByDayAlone(to, scene, day) ? at : null;
  }
  return null;
}

/** By all that is known now or, where a day is given, by what was known and dated before that day at the authority. */
function isWatchedOn({ watches }: Pick<Subscription, "watches">, scene: Scene, day: Day, before: Day | null = null): boolean {
  return watchesOn(watches, pastOf(scene, day, before)).length > 0;
}

/** Of each matter that is looked at: many places ask for the same days of it, when they are told and when it is noted when to look again. */
const PASTS = new WeakMap<Scene, Map<string, Standing>>();

function pastOf(scene: Scene, day: Day, before: Day | null): Standing {
  const { matter, zone, standing, today } = scene;
  const events = before === null ? matter.events : matter.events.filter((one) => one.event.on < before && isKnownBefore(one, zone, before));
  // Mostly nothing was recorded or dated since.
  const isAll = events.length === matter.events.length;
  if (isAll && day === today) return standing;
  const pasts = PASTS.get(scene) ?? new Map<string, Standing>();
  PASTS.set(scene, pasts);
  const key = isAll ? day : `${day} ${before}`;
  const past = pasts.get(key) ?? standingNow(isAll ? matter : { ...matter, events }, day);
  pasts.set(key, past);
  return past;
}

function isKnownBefore({ recordedAt }: RecordedEvent, zone: Zone, day: Day): boolean {
  return dayIn(zone, recordedAt as Instant) < day;
}

/** What a place comes to watch by what was recorded it is told of when that is; and what ends at an hour of that day may be over before its hour of speaking. */
function isByDayAlone(to: Pick<Subscription, "watches">, scene: Scene, day: Day): boolean {
  const { matter, zone, standing } = scene;
  if (dayIn(zone, matter.registeredAt) >= day) return false;
  const ends = [...standing.items.map(({ expiry, expiryTime }) => ({ day: expiry, time: expiryTime })), ...standing.related];
  if (ends.some((end) => end.day === day && end.time !== null)) return false;
  return isWatchedOn(to, scene, day, day) && !isWatchedOn(to, scene, addDays(day, -1), day);
}

/**
 * The authority's hour of that day or, where the place is closed then, its last open moment of the day before that hour, as a reminder is said; else
 * its first open hour from then on, no later than a deadline is near. What is overdue waits for no hour of the place.
 */
function toldFrom(to: Timing, { zone, standing: { next, items } }: Scene, day: Day): Instant {
  const { hour, before, open } = momentsOf(to, zone, day);
  if (before !== null) return before;
  if (items.some(({ state }) => state === "overdue")) return hour;
  if (next === null) return open;
  const near = daysBetween(day, next.day) > POLICY.nearDays ? hourOf(zone, addDays(next.day, -POLICY.nearDays)) : hour;
  return near < open ? near : open;
}

interface Moments {
  readonly hour: Instant;
  /** The place's last open moment of the day by that hour; null where there is none. */
  readonly before: Instant | null;
  /** The place's first open hour from that hour on. */
  readonly open: Instant;
}

/** A place's are the same for all matters of a zone. */
const MOMENTS = new WeakMap<Timing, Map<string, Moments>>();

function momentsOf(to: Timing, zone: Zone, day: Day): Moments {
  const known = MOMENTS.get(to) ?? new Map<string, Moments>();
  MOMENTS.set(to, known);
  const key = `${zone} ${day}`;
  const moments = known.get(key) ?? momentsOn(to, zone, day);
  known.set(key, moments);
  return moments;
}

function momentsOn(to: Timing, zone: Zone, day: Day): Moments {
  const hour = hourOf(zone, day);
  return { hour, before: beforeOn(to, zone, day), open: isOpen(to, hour) ? hour : openFrom(to, zone, day) };
}

function beforeOn(to: Timing, zone: Zone, day: Day): Instant | null {
  const before = movedEarlier(to, hourOf(zone, day));
  return before >= momentOf(zone, day) ? before : null;
}

/** On a later day it may be open before the hour alone, as where it is quiet at that hour. */
function openFrom(to: Timing, zone: Zone, day: Day): Instant {
  const from = hourOf(zone, day);
  const own = dayIn(to.zone, from);
  const first = hourFrom(to, own);
  const open = first >= from ? first : hourFrom(to, addDays(own, 1));
  for (let ahead = addDays(day, 1); momentOf(zone, ahead) < open; ahead = addDays(ahead, 1)) {
    const before = beforeOn(to, zone, ahead);
    if (before !== null) return before < open ? before : open;
  }
  return open;
}
