import { type Visibility, visibilityOf } from "../matter/sight.ts";
import { standingNow } from "../matter/standing.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays } from "../time/day.ts";
import { dayIn, type Instant, momentOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { firstOfToday, standingBefore } from "./steps.ts";
import { watchesOn } from "./subscription.ts";
import { beforeEvent } from "./whose.ts";

/** What a place watches, where that is known of it. */
export interface PerhapsWatching extends Partial<Pick<Subscription, "watches">> {
  /** From when on it can have heard of the one matter that is asked about, where that was reckoned with what it may see (seen-since.ts). */
  readonly heard?: Instant | null;
}

/** From when on a place can have heard of the matter; null where it is told whatever it watches. */
export function heardSince(place: PerhapsWatching, scene: Scene): Instant | null {
  if (place.heard !== undefined) return place.heard;
  const watched = watchedSince(place, scene);
  const isOpened = watched !== null && visibilityBefore(scene) === "restricted" && visibilityOf(scene.matter) !== "restricted";
  const opened = isOpened ? (firstOfToday(scene)!.recordedAt as Instant) : null;
  return watched !== null && opened !== null && opened > watched ? opened : watched;
}

/**
 * By what it watches alone: of each watch since it was set or, where something of today brought the matter under it, since the first of that; the
 * earliest counts, save of a watch under which the matter came as today began, where another is of today. May be too early within that day, never too late.
 */
export function watchedSince({ watches = [] }: PerhapsWatching, scene: Scene): Instant | null {
  if (watches.length === 0) return null;
  const matching = watchesOn(watches, scene.standing) as Subscription["watches"];
  const first = firstOfToday(scene)?.recordedAt;
  const before = first === undefined ? matching : watchesOn(matching, standingBefore(scene));
  const known = matching.map((watch) => ({
    watch,
    at: (first !== undefined && first > watch.since && !before.includes(watch) ? first : watch.since) as Instant,
  }));
  const began = momentOf(scene.zone, scene.today);
  const isLate = known.some(({ at }) => at >= began) && known.some(({ at }) => at < began);
  const heard = isLate ? known.filter(({ watch, at }) => at >= began || wasUnder(watch, scene)) : known;
  return heard.map(({ at }) => at).sort()[0] ?? null;
}

/** Whether the matter was under that watch yesterday, too: by what it entered as today began, nothing was said before its hour. */
function wasUnder(watch: Subscription["watches"][number], scene: Scene): boolean {
  const { matter, today } = scene;
  const first = firstOfToday(scene);
  return watchesOn([watch], standingNow(first === undefined ? matter : beforeEvent(matter, first), addDays(today, -1))).length > 0;
}

/** Who might know of the matter as the day began at its authority; null where it was not registered yet. */
export function visibilityBefore(scene: Scene): Visibility | null {
  const { matter, today, zone } = scene;
  if (dayIn(zone, matter.registeredAt) >= today) return null;
  const first = firstOfToday(scene);
  return visibilityOf(first === undefined ? matter : beforeEvent(matter, first));
}
