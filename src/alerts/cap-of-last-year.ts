import type { Matter } from "../matter/history.ts";
import { standingOn } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, yearOf } from "../time/day.ts";
import { type Instant, momentOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import type { View } from "./steps.ts";
import { hourOf, movedLater } from "./timing.ts";

/** A calendar year's cap that could not be said before that year was over. */
export interface CapOfLastYear {
  /** The day on which it was reached. */
  readonly reached: Day;
  /** From when on it is said. */
  readonly at: Instant;
  readonly past: Past;
}

/** When something of a year that is over was to be said at the latest: it is told where the matter was watched by then, and nothing said. */
export interface Past {
  readonly by: Instant;
  /** Where the matter stood as that year ended. */
  readonly standing: Standing;
}

const RUNNING: ReadonlySet<string> = new Set(["accruing", "capped", "lapsed"]);

/**
 * The cap of the year before, where it was not said in that year: the hour at which it was to be said, or the place's first open moment from then
 * on, lies in this year, or there was an outage, however long. What it had stopped runs again by now, so that no step of the deadline tells it any
 * more; that days of that year do not count stays true, and is said as long as the year after lasts. Null where there is none or nobody knew of it.
 */
export function capOfLastYear({ matter, standing, today, zone }: Scene, item: ItemStanding, view: View): CapOfLastYear | null {
  const last = `${yearOf(today) - 1}-12-31` as Day;
  if (!RUNNING.has(item.state)) return null;
  if (standing.facts.items?.find(({ id }) => id === item.id)?.penalty?.cap?.perYear === undefined) return null;
  // What another cap had stopped by then stands still, and is said as such.
  if (item.capReached !== null && item.capReached <= last) return null;
  const ended = endOf(matter, last, null);
  const reached = cappedIn(ended, item);
  if (reached === null) return null;
  const at = movedLater(view, hourOf(zone, addDays(reached, 1)));
  const year = momentOf(zone, addDays(last, 1));
  const by = at > year ? at : year;
  if (matter.registeredAt >= by) return null;
  // Of what was recorded since, the cap of a year that is over is no news.
  const known = endOf(matter, last, by);
  return cappedIn(known, item) === reached ? { reached, at, past: { by, standing: known } } : null;
}

/** Each place asks for the same ones, at every look of the year. */
const ENDS = new WeakMap<Matter, Map<string, Standing>>();

/** Where the matter stood on the last day of a year, by what was recorded before that moment. */
function endOf(matter: Matter, last: Day, before: Instant | null): Standing {
  const events = before === null ? matter.events : matter.events.filter(({ recordedAt }) => recordedAt < before);
  const ends = ENDS.get(matter) ?? new Map<string, Standing>();
  ENDS.set(matter, ends);
  const key = `${last} ${events.length}`;
  const ended = ends.get(key) ?? standingOn({ ...matter, events }, last);
  ends.set(key, ended);
  return ended;
}

function cappedIn({ items }: Standing, { id, expiry }: ItemStanding): Day | null {
  const item = items.find((one) => one.id === id);
  return item?.state === "capped" && item.expiry === expiry ? item.capReached : null;
}
