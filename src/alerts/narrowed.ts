import type { HomeMatter } from "../cards/home-matters.ts";
import { type NarrowedBecause, narrowedCard } from "../cards/narrowed-card.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { sees } from "../matter/sight.ts";
import type { Audience, DeliveryKey, Place } from "../ports/chat.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays, type Day } from "../time/day.ts";
import { dayIn, type Instant, millisecondsOf, timeIn } from "../time/instant.ts";
import { insteadOf } from "./detours.ts";
import { gathered } from "./gathered.ts";
import { mayTry, type Single } from "./messages.ts";
import { POLICY } from "./policy.ts";
import type { Round } from "./round.ts";
import { isSeenNarrow, sightLately, sightsNow, unsettledUntil } from "./sight-book.ts";
import { standingOf } from "./standings.ts";
import { countUnwatched, isAllWatched, perhapsWatched, type Watching, watchedBy } from "./subscription.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { settersOf } from "./who-hears.ts";
import { withheldSingle } from "./withheld.ts";

/** What was found of places that watch what they may not be told, kept from one tick to the next. */
export interface NarrowedMemory {
  /** The day, the places and what they saw, when it was looked last; null before, and where no place is narrowed. */
  looked: string | null;
  /** When to look again at a place of which its platform has just ceased to tell; in milliseconds. */
  again: number | null;
  /** What was to be said then, until it has arrived or never will. */
  pending: readonly DeliveryKey[];
}

/**
 * A place that watches may come to be read by others than the desk's people. What it is told no more, and no other place hears of, would end in
 * silence: each matter's own people are told so, whoever set up the watch and the operations place, at once when it is found and then daily at the
 * hour of the digests as long as it lasts, each once a day. In the place itself nothing is said of it.
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
  const today = dayIn(host.house.zone, round.now);
  const isHour = timeIn(host.house.zone, round.now) >= POLICY.at;
  const seen = watching.map(({ place, watches }) => [place, sightLately(host, place).desk, watches.map(({ filters }) => filters)]);
  const looked = JSON.stringify([today, isHour, seen]);
  const isAgain = memory.again !== null && memory.again <= millisecondsOf(round.now);
  if (looked === memory.looked && !isAgain && !(await isLeft(host, round.now))) return [];
  memory.looked = looked;
  memory.again = null;
  const found = await untoldSingles(host, round, narrow, today);
  const due = isHour ? found : await notSaidYesterday(host, found);
  memory.pending = due.map(({ single }) => single.due.key);
  return due.map(({ single }) => single);
}

/** Whether something that did not arrive may be tried again. */
async function isLeft({ deliveries, memory }: TickHost, now: Instant): Promise<boolean> {
  const { pending } = memory.narrowed;
  if (pending.length === 0) return false;
  const known = await deliveries.known(pending);
  return pending.some((key) => mayTry(known.get(key) ?? null, now));
}

interface Untold {
  readonly single: Single;
  /** Under which the same was said the day before. */
  readonly yesterday: DeliveryKey;
}

/** Before the hour of the digests only what is new is said. */
async function notSaidYesterday({ deliveries }: TickHost, found: readonly Untold[]): Promise<readonly Untold[]> {
  const known = await deliveries.known(found.map(({ yesterday }) => yesterday));
  return found.filter(({ yesterday }) => !known.has(yesterday));
}

async function untoldSingles(host: TickHost, round: Round, narrow: readonly Subscription[], today: Day): Promise<readonly Untold[]> {
  const { memory, log } = host;
  const all = await allWatching(host, round);
  if (isAllWatched(all)) return [];
  const found: Untold[] = [];
  for (const subscription of narrow) {
    const { place } = subscription;
    const settled = await unsettledUntil(host, place);
    if (settled !== null && settled > millisecondsOf(round.now)) {
      memory.narrowed.again = Math.min(settled, memory.narrowed.again ?? settled);
      continue;
    }
    const untold = await untoldIn(host, subscription, all, round.now);
    if (untold.length === 0) continue;
    const because = becauseOf((await host.sights.placeOf(place)).audience);
    const told = await hearersOf(host, subscription, untold, round.now);
    log.warn({ place, matters: untold.length, told: told.size }, "a place may not be told what it watches, and no other place hears of it");
    for (const [hearer, matters] of told) found.push(untoldSingle(host, round, { hearer, place, because, matters, today }));
  }
  return found;
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

/** The matters that the place watches, of which there may be something to say, and of which no place hears. */
function untoldIn(host: TickHost, place: Subscription, all: readonly Watching[], now: Instant): Promise<readonly Matter[]> {
  return gathered(perhapsWatched(place, host.register, now), (some) =>
    watchedBy(place, some, now).filter((matter) => countUnwatched(all, [matter], now) > 0 && isOpen(matter, now)),
  );
}

const OVER: ReadonlySet<string> = new Set(["annulled", "withdrawn", "settled", "closed", "complied", "lapsed"]);

function isOpen(matter: Matter, now: Instant): boolean {
  const { state, next } = standingAt(matter, now).standing;
  return !OVER.has(state) || next !== null;
}

function standingAt(matter: Matter, now: Instant): HomeMatter {
  const today = dayIn(authorityOf(matter.facts.authority)!.zone, now);
  return { standing: standingOf(matter, today), today, asked: [], snoozes: [] };
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
  readonly hearer: Place;
  readonly place: Place;
  readonly because: NarrowedBecause;
  readonly matters: readonly Matter[];
  readonly today: Day;
}

function untoldSingle(host: TickHost, round: Round, { hearer, place, because, matters, today }: ToHear): Untold {
  const name = (day: Day) => ["narrowed", place, day];
  const single = withheldSingle(host, round, hearer, name(today), today, (language) =>
    narrowedCard(language, { place, because, matters: matters.map((matter) => standingAt(matter, round.now)) }),
  );
  const shown = { day: today, place, matters: matters.length };
  const due = { ...single.due, basis: { ...single.due.basis, shown } };
  return { single: { ...single, due }, yesterday: keyOf(hearer, name(addDays(today, -1))) };
}
