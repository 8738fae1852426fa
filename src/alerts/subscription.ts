import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Place } from "../ports/chat.ts";
import type { PlaceSettings, Subscription, Watch } from "../ports/subscriptions.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { type Filter, parseFilters, soughtBy } from "./filter.ts";
import { counted } from "./gathered.ts";
import { POLICY } from "./policy.ts";
import type { Register, Sought } from "./register.ts";
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

/** Where a matter stands today at its authority. */
export function standingAt(matter: Matter, now: Instant): Standing {
  return standingOf(matter, dayIn(authorityOf(matter.facts.authority)!.zone, now));
}

/** A place that watches, and what its members may see; without that, everything that is not restricted. */
export interface Watching extends Subscription {
  readonly sight?: Sight;
}

/** What an index can be asked of the matters under a watch; undefined where it cannot tell, null where the watch cannot be read and has none. */
export function soughtUnder({ filters }: Pick<Watch, "filters">, now: Instant): Sought | undefined | null {
  const read = readFilters(filters);
  return read === null ? null : soughtBy(read, now);
}

/** Matters of a register, all that a place watches among them, each once and some at a time: of a large one what cannot be is not read. */
export async function* perhapsWatched(
  { watches }: { readonly watches: readonly Pick<Watch, "filters">[] },
  register: Pick<Register, "each">,
  now: Instant,
): AsyncGenerator<readonly Matter[]> {
  const all = watches.map((watch) => soughtUnder(watch, now)).filter((one) => one !== null);
  const asked = all.includes(undefined) ? [undefined] : all;
  const told = new Set<string>();
  for (const sought of asked)
    for await (const some of register.each(sought)) {
      const others = told.size === 0 ? some : some.filter(({ key }) => !told.has(key));
      if (asked.length > 1) for (const { key } of others) told.add(key);
      yield others;
    }
}

export interface ToldOf {
  readonly subscription: Subscription;
  readonly sight: Sight;
  /** Everybody who watches. */
  readonly all: readonly Watching[];
  readonly now: Instant;
}

/** The matters of which a digest is made; where another place watches everything, what this one does not watch need not be counted. */
export function toldOf({ subscription, sight, all, now }: ToldOf, register: Pick<Register, "each">): AsyncIterable<readonly Matter[]> {
  const isLetIn = sight.restricted !== "all" && sight.restricted.size > 0;
  return subscription.watches.length === 0 || isLetIn || !isAllWatched(all) ? register.each() : perhapsWatched(subscription, register, now);
}

/**
 * How many matters no place watches that may see them. A person's own digest is no place: what it shows reaches one alone. A restricted matter is
 * told to its people, whoever watches what: where it has none, that is told by itself (unheard.ts).
 */
export function countUnwatched(places: readonly Watching[], matters: readonly Matter[], now: Instant): number {
  if (isAllWatched(places)) return 0;
  const told = placesTold(places);
  return matters.filter((matter) => visibilityOf(matter) !== "restricted" && !isWatched(told, matter, now)).length;
}

/** Whether a place that is told of the desk's matters watches everything. */
export function isAllWatched(places: readonly Watching[]): boolean {
  return placesTold(places).some((place) => watchesAll(place) && place.sight?.desk !== false);
}

function placesTold(places: readonly Watching[]): readonly Watching[] {
  return places.filter(({ reminders }) => reminders);
}

/** The same of a whole register: where one place watches everything, or none watches anything, its matters need not be gone through. */
export async function unwatchedIn(register: Pick<Register, "each" | "size">, places: readonly Watching[], now: Instant): Promise<number> {
  if (isAllWatched(places)) return 0;
  const all = placesTold(places).every(({ watches }) => watches.length === 0) ? await register.size() : null;
  if (all === null) return counted(register.each(), (some) => countUnwatched(places, some, now));
  const isRestricted = (matter: Matter) => visibilityOf(matter) === "restricted";
  return all - (await counted(register.each({ visibility: "restricted" }), (some) => some.filter(isRestricted).length));
}

function isWatched(places: readonly Watching[], matter: Matter, now: Instant): boolean {
  const watches = places.filter(({ sight }) => sight === undefined || sees(sight, matter)).flatMap((place) => place.watches);
  return watches.length > 0 && watchesOn(watches, standingAt(matter, now)).length > 0;
}
