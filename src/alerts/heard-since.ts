import type { Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { firstOfToday, standingBefore } from "./steps.ts";
import { watchesOn } from "./subscription.ts";

/** What a place watches, where that is known of it. */
export type PerhapsWatching = Partial<Pick<Subscription, "watches">>;

/**
 * From when on a place can have heard of the matter: of each watch since it was set or, where something of today brought the matter under it, since the
 * first of that; the earliest counts. May be too early within that day, never too late. Null where it is told whatever it watches.
 */
export function heardSince({ watches = [] }: PerhapsWatching, scene: Scene): Instant | null {
  if (watches.length === 0) return null;
  const matching = watchesOn(watches, scene.standing) as Subscription["watches"];
  const first = firstOfToday(scene)?.recordedAt;
  const before = first === undefined ? matching : watchesOn(matching, standingBefore(scene));
  const moments = matching.map((watch) => (first !== undefined && first > watch.since && !before.includes(watch) ? first : watch.since));
  return (moments.sort()[0] ?? null) as Instant | null;
}
