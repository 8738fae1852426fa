import { cardFor, partFor, type Readers } from "../cards/card-for.ts";
import type { DigestContents, DigestForm, Undelivered } from "../cards/contents.ts";
import { digestCard } from "../cards/digest-card.ts";
import { type DigestTexts, digestTextsUnhurried } from "../cards/digest-texts.ts";
import { type ShownSight, withPlaceSight } from "../cards/place-sight-words.ts";
import { say } from "../cards/say.ts";
import { writeAmount } from "../law/money.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { DeliveryKey } from "../ports/chat.ts";
import type { Basis, DeliveryLog } from "../ports/delivery-log.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf } from "../time/instant.ts";
import { unhurried } from "../time/unhurried.ts";
import { digestMaking } from "./digest.ts";
import { digestBefore, untoldSince, wasSaidIn } from "./digest-before.ts";
import { type DigestDue, digestDue } from "./digest-days.ts";
import { shownFilter } from "./filter.ts";
import { type HeedSource, heedingIn } from "./heeding.ts";
import { lookAt } from "./look.ts";
import { mayTry, type Single } from "./messages.ts";
import { namesOfPeople } from "./names.ts";
import { freeFrom } from "./pace.ts";
import type { Register } from "./register.ts";
import { restrictedNamed } from "./restricted.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { shownSight } from "./shown-sight.ts";
import { sightLately, sightsNow } from "./sight-book.ts";
import { countUnwatched, toldOf, type Watching, watchedBy } from "./subscription.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { failedNow, toldAs } from "./undelivered.ts";

export interface DigestSource extends HeedSource {
  readonly register: Register;
  readonly deliveries: DeliveryLog;
}

/** A digest as a place is told it. */
export interface DigestAsked {
  readonly subscription: Subscription;
  readonly day: Day;
  readonly form: DigestForm;
  readonly now: Instant;
  /** The places that are reached, with what each may see where that is known: what only others watch, or may not see, is watched by nobody. */
  readonly all: readonly Watching[];
  /** What may be told: of everything else the digest holds nothing, nor that it is there. */
  readonly sight: Sight;
}

/** The digest of a place on a day, for posting it and for whoever asks. A place that watches nothing is told of everything. */
export async function digestIn(source: DigestSource, asked: DigestAsked): Promise<DigestContents> {
  try {
    return await digestWithout(new Map(), source, asked);
  } catch (error) {
    // A matter that cannot be told, by a fault of ours, must not silence the others; and it is named.
    const faulty = new Map<string, string>();
    for await (const some of source.register.each())
      for (const { key, facts } of visibleIn(asked.sight, some).filter((matter) => !canBeTold(matter, asked.now)))
        faulty.set(key, facts.ref);
    if (faulty.size === 0) throw error;
    return digestWithout(faulty, source, asked);
  }
}

function visibleIn(sight: Sight, matters: readonly Matter[]): readonly Matter[] {
  return isWhole(sight) ? matters : matters.filter((matter) => sees(sight, matter));
}

function isWhole({ any, desk, restricted }: Sight): boolean {
  return any && desk && restricted === "all";
}

/** The matters that the place watches and, in a person's own conversation, the restricted ones into which they are let in. */
function watchedIn(subscription: Subscription, { restricted }: Sight, matters: readonly Matter[], now: Instant): readonly Matter[] {
  if (subscription.watches.length === 0) return matters;
  const watched = watchedBy(subscription, matters, now);
  if (restricted === "all" || restricted.size === 0 || watched.length === matters.length) return watched;
  const held = new Set(watched);
  return matters.filter((matter) => held.has(matter) || visibilityOf(matter) === "restricted");
}

/** What failed of what may be told; where the desk's matters are not, no other place is named either. */
async function undeliveredIn(
  { register, deliveries, people }: DigestSource,
  { sight, now, subscription }: DigestAsked,
  since: Instant,
): Promise<readonly Undelivered[]> {
  const failed = await failedNow(deliveries, now, since);
  if (isWhole(sight)) return toldAs(failed, people);
  const streams = [...new Set(failed.flatMap(({ basis }) => basis.stream ?? []))];
  const visible = new Set(visibleIn(sight, await register.some(streams)).map(({ key }) => key));
  const isTold = ({ stream, place }: Basis) => (sight.desk || place === subscription.place) && (stream === null || visible.has(stream));
  const told = failed.filter(({ basis }) => isTold(basis));
  return toldAs(told, people);
}

/** `faulty` are those that are left out: their references by their keys. */
async function digestWithout(faulty: ReadonlyMap<string, string>, source: DigestSource, asked: DigestAsked): Promise<DigestContents> {
  const { subscription, day, form, now, all, sight } = asked;
  const { place, zone, at, language } = subscription;
  const reason = say(language, "digest.cannot-be-told");
  const untold = [...faulty.values()].map((ref): Undelivered => ({ place, ref, kind: "digest", reason, at: now, retried: true }));
  const last = await source.deliveries.last(place, "digest");
  const before = digestBefore(last, day);
  const since = before?.at ?? (last === null ? await untoldSince(source.deliveries, subscription, form, now) : now);
  // A day that is over is told with what was heeded by its hour.
  const heededBy = dayIn(zone, now) > day ? momentOf(zone, day, at) : now;
  const making = digestMaking({ day, form, zone, at, now, before, publicOnly: !sight.desk });
  let unwatched = 0;
  let empty = subscription.watches.filter(({ filters }) => filters.length > 0);
  for await (const some of toldOf(asked, source.register)) {
    const visible = visibleIn(sight, some);
    const matters = faulty.size === 0 ? visible : visible.filter(({ key }) => !faulty.has(key));
    const watched = watchedIn(subscription, sight, matters, now);
    unwatched += countUnwatched(all, matters, now);
    empty = empty.filter((watch) => watchedBy({ watches: [watch] }, matters, now).length === 0);
    const heed = await heedingIn(source, watched, place, subscription, heededBy);
    await unhurried(making.add({ matters: watched, heed, names: await namesOfPeople(watched, source.people) }));
  }
  const rest = {
    unwatched,
    undelivered: [...untold, ...(await undeliveredIn(source, asked, since))],
    head: (await source.register.head()).hash,
    // What somebody of the desk has typed into a filter names respondents and colleagues: others are told how many fit nothing.
    emptyWatches: sight.desk ? empty.map(({ filters }) => filters.map(shownFilter).join(" ")) : empty.length,
  };
  return unhurried(making.contents(rest));
}

function canBeTold(matter: Matter, now: Instant): boolean {
  try {
    return lookAt(matter, now).matter === matter;
  } catch {
    return false;
  }
}

/** A digest that is to be posted. */
export interface DigestTold {
  readonly single: Single;
  readonly contents: DigestContents;
}

export interface DigestsDue {
  readonly told: readonly DigestTold[];
  /** When the first place is free that has to wait for its digest, which is not made before. */
  readonly again: Instant | null;
}

/** One that cannot be made, by a fault of ours, is tried again after a minute, and keeps nobody from anything. In milliseconds. */
const FAULTY = 60_000;
/** The first time, sooner: the database may have been away for a moment. */
const FIRST_FAULTY = 2_000;

/** As long as places rest between two messages, in milliseconds. */
const REST = 2_000;

/** It rests for its pace alone: the digest waits for its turn with the other messages, or a place where there is always something to say would have none. */
function isNext({ pause }: TickHost, free: Instant, now: Instant): boolean {
  return pause !== undefined && millisecondsOf(free) - millisecondsOf(now) <= REST;
}

/** The digest of each place whose hour has come, once. */
export async function digestsDue(host: TickHost, { reached, now }: Round): Promise<DigestsDue> {
  const found: DigestTold[] = [];
  let again: Instant | null = null;
  const { digests: done, free } = host.memory;
  let all: readonly Watching[] | null = null;
  for (const subscription of reached) {
    const { place, watches } = subscription;
    const due = watches.length === 0 ? null : digestDue(subscription, now);
    const broken = host.memory.brokenDigests.get(place);
    if (due === null || done.get(place) === due.day) continue;
    const wait = freeFrom({ free }, place, now);
    if (wait !== null && !isNext(host, wait, now)) {
      if (again === null || wait < again) again = wait;
      continue;
    }
    if (broken !== undefined && broken > now && millisecondsOf(broken) - millisecondsOf(now) <= FAULTY) continue;
    try {
      // Made after what was due in this tick was tried, and what came of that is in it.
      all ??= await withSights(host, reached);
      const told = await digestFor(host, subscription, due, all, host.clock.now());
      if (told !== null) found.push(told);
    } catch (error) {
      const isFirst = broken === undefined || millisecondsOf(now) - millisecondsOf(broken) > FAULTY;
      host.memory.brokenDigests.set(place, instantOf(millisecondsOf(now) + (isFirst ? FIRST_FAULTY : FAULTY)));
      const text = error instanceof Error ? error.stack : String(error);
      host.log.error({ place, day: due.day, error: text }, "a digest cannot be made: it is tried again within a minute");
    }
  }
  return { told: found, again };
}

async function withSights(host: TickHost, reached: readonly Subscription[]): Promise<readonly Watching[]> {
  const sights = await sightsNow(
    host,
    reached.map(({ place }) => place),
  );
  return reached.map((one) => ({ ...one, sight: sights.get(one.place)! }));
}

async function digestFor(
  host: TickHost,
  subscription: Subscription,
  { day, form }: DigestDue,
  all: readonly Watching[],
  now: Instant,
): Promise<DigestTold | null> {
  const { place, zone } = subscription;
  const key = keyOf(place, ["digest", day]);
  const before = (await host.deliveries.known([key])).get(key) ?? null;
  const isSaid = before === null && wasSaidIn(await host.deliveries.last(place, "digest"), day, dayIn(zone, now));
  if (isSaid || before?.outcome?.kind === "delivered") host.memory.digests.set(place, day);
  const sight = sightLately(host, place);
  // Whoever is turned away is told nothing, not even that there is nothing.
  if (isSaid || !mayTry(before, now) || !sight.any) return null;
  const contents = await digestIn(host, { subscription, day: dayIn(zone, now), form, now, all, sight });
  const restricted = await restrictedNamed(host.register, contents);
  const shown = sight.desk ? null : shownSight(await host.sights.placeOf(place));
  // A line that cannot be put in words, by a fault of ours, is met again where the card is made.
  const texts = await partFor(sight, () => digestTextsUnhurried(subscription.language, contents)).catch(() => undefined);
  return {
    single: singleOf(subscription, key, contents, { restricted, shown, texts, amounts: sight.amounts, desk: sight.desk }),
    contents,
  };
}

interface Shown extends Omit<Readers, "language"> {
  readonly shown: ShownSight | null;
  readonly texts: DigestTexts | undefined;
}

function singleOf(
  { place, language, zone }: PlaceSettings,
  key: DeliveryKey,
  contents: DigestContents,
  { shown, texts, ...readers }: Shown,
): Single {
  const running = contents.running.map(({ currency, theoretical }) => ({ currency, theoretical: writeAmount(theoretical) }));
  const { day, form, at, watched, head } = contents;
  const figures = { day, form, at, watched, running };
  const basis: Basis = { place, kind: "digest", reason: "digest", stream: null, version: null, head, rulebook: rulebook(), shown: figures };
  const made = () => cardFor({ language, ...readers }, () => digestCard(language, contents, texts));
  return { place, language, due: { key, basis }, card: () => (shown === null ? made() : withPlaceSight(made(), shown, language, zone)) };
}
