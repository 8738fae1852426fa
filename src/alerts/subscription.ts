import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Place } from "../ports/chat.ts";
import type { PlaceSettings, Subscription, Watch } from "../ports/subscriptions.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { type Filter, parseFilters } from "./filter.ts";
import { counted } from "./gathered.ts";
import { POLICY } from "./policy.ts";
import type { Register } from "./register.ts";
import { standingOf } from "./standings.ts";

export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** How a place is spoken to until somebody says otherwise. */
export function usualSettings(place: Place, language: Language, zone: string, by: string, since: Instant): PlaceSettings {
  return {
    place,
    language,
    zone,
    at: POLICY.at,
    weekdays: EVERY_DAY,
    holidays: null,
    stages: null,
    quiet: null,
    digest: "daily",
    reminders: true,
    escalation: null,
    by,
    since,
  };
}

/** The watches of a place under which a matter falls, on a day at its authority. One that cannot be read any more matches nothing. */
export function watchesOn(watches: readonly Pick<Watch, "filters">[], standing: Standing): readonly Pick<Watch, "filters">[] {
  return watches.filter(({ filters }) => {
    const read = readFilters(filters);
    return read?.every((filter) => filter.matches(standing, standing.on)) === true;
  });
}

const READ = new Map<string, readonly Filter[] | null>();

/** The same filters are asked of every matter: read once. */
function readFilters(texts: readonly string[]): readonly Filter[] | null {
  const key = texts.join("\n");
  let known = READ.get(key);
  if (known === undefined) {
    const parsed = parseFilters(texts);
    known = "refused" in parsed ? null : parsed;
    READ.set(key, known);
  }
  return known;
}

/** Whether a place watches everything there is, so that nothing need be asked of a matter. */
export function watchesAll({ watches }: Pick<Subscription, "watches">): boolean {
  return watches.some(({ filters }) => filters.length === 0);
}

/** The matters that a place watches as of today at their authority. */
export function watchedBy(subscription: { readonly watches: readonly Pick<Watch, "filters">[] }, matters: readonly Matter[], now: Instant) {
  if (subscription.watches.length === 0) return [];
  if (subscription.watches.some(({ filters }) => filters.length === 0)) return matters;
  return matters.filter((matter) => {
    return watchesOn(subscription.watches, standingAt(matter, now)).length > 0;
  });
}

function standingAt(matter: Matter, now: Instant): Standing {
  return standingOf(matter, dayIn(authorityOf(matter.facts.authority)!.zone, now));
}

/** A place that watches, and what its members may see; without that, everything that is not restricted. */
export interface Watching extends Subscription {
  readonly sight?: Sight;
}

/**
 * How many matters no place watches that may see them. A person's own digest is no place: what it shows reaches one alone. A restricted matter is
 * told to its people, whoever watches what: where it has none, that is told by itself (unheard.ts).
 */
export function countUnwatched(places: readonly Watching[], matters: readonly Matter[], now: Instant): number {
  const told = places.filter(({ reminders }) => reminders);
  if (told.some((place) => watchesAll(place) && place.sight?.desk !== false)) return 0;
  return matters.filter((matter) => visibilityOf(matter) !== "restricted" && !isWatched(told, matter, now)).length;
}

/** The same of a whole register: where one place watches everything, or none watches anything, its matters need not be gone through. */
export async function unwatchedIn(register: Pick<Register, "each" | "size">, places: readonly Watching[], now: Instant): Promise<number> {
  const told = places.filter(({ reminders }) => reminders);
  if (told.some((place) => watchesAll(place) && place.sight?.desk !== false)) return 0;
  const all = told.every(({ watches }) => watches.length === 0) ? await register.size() : null;
  if (all === null) return counted(register.each(), (some) => countUnwatched(places, some, now));
  const isRestricted = (matter: Matter) => visibilityOf(matter) === "restricted";
  return all - (await counted(register.each({ visibility: "restricted" }), (some) => some.filter(isRestricted).length));
}

function isWatched(places: readonly Watching[], matter: Matter, now: Instant): boolean {
  const watches = places.filter(({ sight }) => sight === undefined || sees(sight, matter)).flatMap((place) => place.watches);
  return watches.length > 0 && watchesOn(watches, standingAt(matter, now)).length > 0;
}
