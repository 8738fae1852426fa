import type { HomeMatter } from "../cards/home-matters.ts";
import { type NarrowedBecause, narrowedCard } from "../cards/narrowed-card.ts";
import type { Matter } from "../matter/history.ts";
import { sees } from "../matter/sight.ts";
import type { Audience, DeliveryKey, Place } from "../ports/chat.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays, type Day } from "../time/day.ts";
import { dayIn, type Instant, millisecondsOf, momentOf, timeIn } from "../time/instant.ts";
import { insteadOf } from "./detours.ts";
import { gathered } from "./gathered.ts";
import { mayTry, type Single } from "./messages.ts";
import { shownOf, type Word, wordsYet } from "./narrowed-words.ts";
import { POLICY } from "./policy.ts";
import type { Round } from "./round.ts";
import { isSeenNarrow, sightLately, sightsNow, unsettledUntil } from "./sight-book.ts";
import { countUnwatched, isAllWatched, perhapsWatched, standingAt, type Watching, watchedBy } from "./subscription.ts";
import type { TickHost } from "./tick.ts";
import { settersOf } from "./who-hears.ts";
import { withheldSingle } from "./withheld.ts";

/** What was found of places that watch what they may not be told, kept from one tick to the next. */
export interface NarrowedMemory {
  /** The day, the places and what they saw, when all matters were gone through last; null before, and where no place is narrowed. */
  looked: string | null;
  /** When to look again at a place of which its platform has just ceased to tell; in milliseconds. */
  again: number | null;
  /** What was to be said then, until it has arrived or never will. */
  pending: readonly DeliveryKey[];
}

/**
 * A place that watches may come to be read by others than the desk's people. What it is told no more, and no other place hears of, would end in
 * silence: each matter's own people are told so, whoever set up the watch and the operations place, at once when it is found and then daily at the
 * hour of the digests as long as it lasts. From one such hour to the next each is told of a matter once: of one that is new, or newly theirs, at
 * once and of that alone. In the place itself nothing is said of it.
 */
export async function narrowed(host: TickHost, round: Round): Promise<readonly Single[]> {
  // Whoever serves the platforms tells it: a terminal that delivers to itself reaches nobody else.
  if (host.alone) return [];
  const { narrowed: memory } = host.memory;
  const watching = round.reached.filter(({ reminders, watches }) => reminders && watches.length > 0);
  const narrow = watching.filter(({ place }) => isSeenNarrow(host, place));
  if (narrow.length === 0) {
    Object.assign(memory, { looked: null, again: null, pending: [] } satisfies NarrowedMemory);
    return [];
  }
  const seen = watching.map(({ place, by, watches }) => [
    place,
    sightLately(host, place).desk,
    by,
    watches.map((one) => [one.filters, one.by]),
  ]);
  const looked = JSON.stringify([dayOf(host, round.now), seen]);
  const isAgain = memory.again !== null && memory.again <= millisecondsOf(round.now);
  const isDue = looked !== memory.looked || isAgain || (await isLeft(host, round.now)) || (await isNews(host, round, narrow));
  if (!isDue) return [];
  // Should it break off, all are gone through again in the next tick.
  Object.assign(memory, { looked: null, again: null });
  const due = await untoldSingles(host, round, narrow);
  memory.looked = looked;
  memory.pending = due.map(({ due: { key } }) => key);
  return due;
}

/** The day whose hour of the digests was the last: by night it is still yesterday, so that its turn alone wakes nobody. */
function dayOf({ house: { zone } }: TickHost, now: Instant): Day {
  return isNight(zone, now) ? addDays(dayIn(zone, now), -1) : dayIn(zone, now);
}

function isNight(zone: string, now: Instant): boolean {
  return timeIn(zone, now) < POLICY.at;
}

/** Whether something that did not arrive may be tried again. */
async function isLeft({ deliveries, memory }: TickHost, now: Instant): Promise<boolean> {
  const { pending } = memory.narrowed;
  if (pending.length === 0) return false;
  const known = await deliveries.known(pending);
  return pending.some((key) => mayTry(known.get(key) ?? null, now));
}

/**
 * Whether somebody is to be told something new of the matters that are due: only these can have become new, or somebody's, since all were gone
 * through. By night those alone in which something was recorded since midnight; what the day's turn has brought can wait until the morning.
 */
async function isNews(host: TickHost, round: Round, narrow: readonly Subscription[]): Promise<boolean> {
  const { zone } = host.house;
  const since = isNight(zone, round.now) ? momentOf(zone, dayIn(zone, round.now)) : null;
  const due = [...round.scenes.values()].map(({ matter }) => matter).filter((matter) => since === null || isChangedSince(matter, since));
  if (due.length === 0) return false;
  const all = await allWatching(host, round);
  if (isAllWatched(all)) return false;
  for (const subscription of await settledOf(host, narrow, round.now)) {
    const hearers = await hearersOf(host, subscription, untoldOf(subscription, all, due, round.now), round.now);
    const words = await wordsYet(host.deliveries, hearers, nameOf(host, subscription, round.now));
    // What is to be tried again is said with all that is new by then.
    if (words.some(({ key }) => !host.memory.narrowed.pending.includes(key))) return true;
  }
  return false;
}

function isChangedSince({ filled, events }: Matter, since: Instant): boolean {
  return [...filled, ...events].some(({ recordedAt }) => recordedAt >= since);
}

function nameOf(host: TickHost, { place }: Subscription, now: Instant): readonly string[] {
  return ["narrowed", place, dayOf(host, now)];
}

async function untoldSingles(host: TickHost, round: Round, narrow: readonly Subscription[]): Promise<readonly Single[]> {
  const { now } = round;
  const all = await allWatching(host, round);
  if (isAllWatched(all)) return [];
  const found: Single[] = [];
  for (const subscription of await settledOf(host, narrow, now)) {
    const { place } = subscription;
    const untold = await gathered(perhapsWatched(subscription, host.register, now), (some) => untoldOf(subscription, all, some, now));
    if (untold.length === 0) continue;
    const because = becauseOf((await host.sights.placeOf(place)).audience);
    const told = await hearersOf(host, subscription, untold, now);
    host.log.warn(
      { place, matters: untold.length, told: told.size },
      "a place may not be told what it watches, and no other place hears of it",
    );
    const words = await wordsYet(host.deliveries, told, nameOf(host, subscription, now));
    for (const word of words) found.push(await untoldSingle(host, round, { place, because, word }));
  }
  return found;
}

/** Without those of which their platform has just ceased to tell who reads there: they are looked at again once that lasts. */
async function settledOf(host: TickHost, narrow: readonly Subscription[], now: Instant): Promise<readonly Subscription[]> {
  const { narrowed: memory } = host.memory;
  const settled: Subscription[] = [];
  for (const subscription of narrow) {
    const until = await unsettledUntil(host, subscription.place);
    if (until !== null && until > millisecondsOf(now)) memory.again = Math.min(until, memory.again ?? until);
    else settled.push(subscription);
  }
  return settled;
}

/** Every place that watches, with what it may see. What waits for a platform that does not run here is told by whoever serves it. */
async function allWatching(host: TickHost, { subscriptions, reached }: Round): Promise<readonly Watching[]> {
  const sights = await sightsNow(
    host,
    reached.map(({ place }) => place),
  );
  return [...subscriptions.values()].flatMap((one): readonly Watching[] => {
    const sight = sights.get(one.place);
    if (sight !== undefined) return [{ ...one, sight }];
    return host.isElsewhere?.(one.place) === true || one.place.startsWith("console:") ? [] : [one];
  });
}

/** Those of the matters that the place watches, of which there may be something to say, and of which no place hears. */
function untoldOf(place: Subscription, all: readonly Watching[], some: readonly Matter[], now: Instant): readonly Matter[] {
  return watchedBy(place, some, now).filter((matter) => countUnwatched(all, [matter], now) > 0 && isOpen(matter, now));
}

const OVER: ReadonlySet<string> = new Set(["annulled", "withdrawn", "settled", "closed", "complied", "lapsed"]);

function isOpen(matter: Matter, now: Instant): boolean {
  const { state, next } = standingAt(matter, now);
  return !OVER.has(state) || next !== null;
}

function shownAt(matter: Matter, now: Instant): HomeMatter {
  const standing = standingAt(matter, now);
  return { standing, today: standing.on, asked: [], snoozes: [] };
}

function becauseOf(audience: Audience): NarrowedBecause {
  if (audience.kind === "shared") return audience.because;
  return audience.kind === "person" ? "person" : "unconfirmed";
}

/** Who is told, and of which of the matters: the operations place and whoever set the watch up of all, a matter's people of theirs; each of what they may see. */
async function hearersOf(
  host: TickHost,
  subscription: Subscription,
  untold: readonly Matter[],
  now: Instant,
): Promise<ReadonlyMap<Place, readonly Matter[]>> {
  const operations = await host.operations();
  const ofAll = [...(operations === null ? [] : [operations]), ...(await settersOf(host, subscription))];
  const reached = [...new Set(ofAll)].filter((place) => host.adapterOf(place) !== null);
  const sights = await sightsNow(host, reached);
  const told = new Map<Place, Set<Matter>>();
  const tell = (place: Place, matter: Matter) => told.set(place, (told.get(place) ?? new Set()).add(matter));
  for (const matter of untold) {
    for (const place of reached) if (sees(sights.get(place)!, matter)) tell(place, matter);
    for (const place of await insteadOf(host, { matter, now })) tell(place, matter);
  }
  return new Map([...told].map(([place, matters]) => [place, [...matters]]));
}

interface ToHear {
  readonly place: Place;
  readonly because: NarrowedBecause;
  readonly word: Word;
}

async function untoldSingle(
  host: TickHost,
  round: Round,
  { place, because, word: { hearer, matters, more, name } }: ToHear,
): Promise<Single> {
  const today = dayIn(host.house.zone, round.now);
  const single = await withheldSingle(host, round, hearer, name, today, (language) =>
    narrowedCard(language, { place, because, more, matters: matters.map((matter) => shownAt(matter, round.now)) }),
  );
  const { due } = single;
  return { ...single, due: { ...due, basis: { ...due.basis, shown: { day: today, ...shownOf(place, matters) } } } };
}
