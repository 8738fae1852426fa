import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";

/** So many are remembered; of more, the older ones are reckoned anew. */
const MOST = 5_000;

let held = new Map<Matter, Standing>();

/**
 * Where a matter stands on a day of its authority. Every place that watches it asks for the same one: it is remembered, for as long as the matter
 * is the same object and the day the same.
 */
export function standingOf(matter: Matter, today: Day): Standing {
  const known = held.get(matter);
  if (known?.on === today) return known;
  const standing = standingNow(matter, today);
  if (held.size >= MOST) held = new Map();
  held.set(matter, standing);
  return standing;
}
