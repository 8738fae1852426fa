import type { Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { firstOfToday, standingBefore } from "./steps.ts";
import { watchesAll, watchesOn } from "./subscription.ts";

/** What a place watches, where that is known of it. */
export type PerhapsWatching = Partial<Pick<Subscription, "watches">>;

/**
 * From when on a place can have heard of the matter: since it began to watch it or, where something of today brought the matter under its filters,
 * since the first of that. May be too early within that day, never too late. Null where it is told whatever it watches, and nobody says since when.
 */
export function heardSince(
  { watches = [] }: PerhapsWatching,
  scene: Scene,
  since: string | null = firstSince(watches, scene),
): Instant | null {
  const first = firstOfToday(scene)?.recordedAt;
  const isNew = first !== undefined && since !== null && first > since && watches.length > 0 && !watchesAll({ watches });
  return (isNew && watchesOn(watches, standingBefore(scene)).length === 0 ? first : since) as Instant | null;
}

function firstSince(watches: Subscription["watches"], { standing }: Scene): string | null {
  const matching = watchesOn(watches, standing) as Subscription["watches"];
  return matching.map(({ since }) => since).sort()[0] ?? null;
}
