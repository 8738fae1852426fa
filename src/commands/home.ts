import { digestMaking } from "../alerts/digest.ts";
import { type Filter, parseFilters, soughtBy, withAsker } from "../alerts/filter.ts";
import { counted } from "../alerts/gathered.ts";
import { heedingIn } from "../alerts/heeding.ts";
import { called, namesBehind, namesOfPeople } from "../alerts/names.ts";
import type { Sought } from "../alerts/register.ts";
import type { Sights } from "../alerts/sights.ts";
import { standingOf } from "../alerts/standings.ts";
import { usualSettings } from "../alerts/subscription.ts";
import { withoutUnasked } from "../alerts/unasked.ts";
import type { DigestContents } from "../cards/contents.ts";
import { homeCards } from "../cards/home-card.ts";
import type { HomeMatter } from "../cards/home-matters.ts";
import { say } from "../cards/say.ts";
import type { Matter } from "../matter/history.ts";
import type { Heed } from "../ports/attention.ts";
import type { Home } from "../ports/form.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { addDays } from "../time/day.ts";
import { dayIn, type Instant, millisecondsOf } from "../time/instant.ts";
import { unhurried } from "../time/unhurried.ts";
import type { Context } from "./command.ts";
import { todayOf } from "./find.ts";
import { keysIn } from "./looks.ts";
import { proposalsWaiting } from "./proposed.ts";
import { sightKey } from "./sight-key.ts";
import { shownSubscription } from "./subscribed.ts";

/** What is put off for no longer than that is about to be reminded of again. */
const SOON_DAYS = 3;

const MINUTE = 60_000;

/**
 * What a person sees of the bot alone with it: what waits for them, what falls due, what accrues, all their matters, and how they are spoken to.
 * Who has no matter sees what the desk has due, and what they `may` do. In the language that they have chosen for their own digest, where they have one.
 */
export async function homeOf(context: Context, may?: (verb: string) => boolean): Promise<Home> {
  const { store, register, looks, clock, person, zone } = context;
  const place = context.direct(person);
  const held = place === null ? null : await store.subscriptions.of(place);
  const language = held?.language ?? context.language;
  const now = clock.now();
  const settings = held ?? usualSettings(place ?? context.place, language, zone, "", now);
  const own: Matter[] = [];
  for await (const some of register.each(ownSought(context))) own.push(...ownMatters(some, context));
  const digest = own.length === 0 ? await deskDigest(settings, context, now) : await digestOfAll([own], settings, context, now);
  const shown = held === null ? null : await shownSubscription(held, context);
  looks.add([...own.map(({ key }) => key), ...keysIn(digest)]);
  const cards = homeCards(language, {
    registered: await counted(register.versions(), (some) => some.length),
    mine: await homeMatters(own, settings, context, now),
    digest,
    ...(place === null ? {} : { settings: shown }),
    ...(may === undefined ? {} : { may }),
  });
  const waiting = await proposalsWaiting({ ...context, language });
  return {
    cards: waiting === null ? cards : [waiting, ...cards],
    previous: say(language, "home.previous"),
    next: say(language, "home.next"),
  };
}

/** What is assigned to the person or owned by them. Where nobody was ever assigned, nothing need be reckoned. */
function ownMatters(matters: readonly Matter[], context: Context): readonly Matter[] {
  const filters = ownFilters(context);
  return matters.filter((matter) => {
    if (!matter.events.some(({ event }) => event.type === "assigned")) return false;
    const today = todayOf(matter, context);
    const standing = standingOf(matter, today);
    return filters.every((filter) => filter.matches(standing, today));
  });
}

function ownFilters({ personName: name, person }: Context): readonly Filter[] {
  const filters = parseFilters(withAsker(["mine"], { name, person }));
  // Without a name nothing is anybody's.
  return "refused" in filters ? [{ text: "mine", matches: () => false }] : filters;
}

/** What an index can be asked of them. */
function ownSought(context: Context): Sought | undefined {
  return soughtBy(ownFilters(context), context.clock.now());
}

interface Kept {
  readonly of: string;
  readonly until: number;
  readonly digest: DigestContents;
}

/** By what is seen of the desk: everybody with the same sight is told the same. */
const DESKS = new WeakMap<Sights, Map<string, Kept>>();
/** So many sights of one desk are kept at a time; those who are let in on restricted matters have one of their own. */
const MOST_SIGHTS = 100;

/** The whole desk is reckoned once a minute and whenever something is recorded: many may open their homes at once, and each look takes a second. */
async function deskDigest(settings: PlaceSettings, context: Context, now: Instant): Promise<DigestContents> {
  const { register, sights, store } = context;
  const { zone, at } = settings;
  // An erasure leaves the head as it is.
  const of = [(await register.head()).hash, await store.privacy.version(), dayIn(zone, now), zone, at].join(" ");
  const moment = millisecondsOf(now);
  const seen = sightKey(await context.sight());
  const known = DESKS.get(sights) ?? new Map<string, Kept>();
  DESKS.set(sights, known);
  const kept = known.get(seen);
  if (kept?.of === of && moment < kept.until && moment >= kept.until - MINUTE) return kept.digest;
  const digest = await digestOfAll(register.each(), settings, context, now);
  known.delete(seen);
  known.set(seen, { of, until: moment + MINUTE, digest });
  if (known.size > MOST_SIGHTS) known.delete(known.keys().next().value!);
  return digest;
}

async function digestOfAll(
  all: AsyncIterable<readonly Matter[]> | Iterable<readonly Matter[]>,
  settings: PlaceSettings,
  { store, register }: Context,
  now: Instant,
): Promise<DigestContents> {
  const { place, zone, at } = settings;
  const making = digestMaking({ zone, at, now, day: dayIn(zone, now), form: "daily", before: null });
  for await (const matters of all) {
    const heed = await heedingIn(store, matters, place, settings, now);
    await unhurried(making.add({ matters, heed, names: await namesOfPeople(matters, store.people) }));
  }
  const { hash: head } = await register.head();
  const contents = await unhurried(making.contents({ unwatched: 0, undelivered: [], emptyWatches: [], head }));
  return withoutUnasked(store, contents, now);
}

async function homeMatters(
  matters: readonly Matter[],
  settings: PlaceSettings,
  context: Context,
  now: Instant,
): Promise<readonly HomeMatter[]> {
  const { store } = context;
  const heeding = await heedingIn(store, matters, settings.place, settings, now);
  const heeds = await store.attention.of(matters.map(({ key }) => key));
  const names = await namesBehind(
    [...heeds.values()].flatMap(({ snoozes }) => snoozes.map(({ by }) => by)),
    store.people,
  );
  const people = await namesOfPeople(matters, store.people);
  const here = dayIn(settings.zone, now);
  const ending = (heed: Heed | undefined) =>
    (heed?.snoozes ?? []).flatMap(({ until, by }) =>
      until !== null && until > here && until <= addDays(here, SOON_DAYS) ? [{ until, name: names.get(by) ?? by }] : [],
    );
  return matters.map((matter) => {
    const today = todayOf(matter, context);
    const standing = called(standingOf(matter, today), people);
    const { acknowledged } = heeding(matter.key);
    const asked = standing.items.map(({ id }) => id).filter((id) => acknowledged(id) === null);
    return { standing, today, asked, snoozes: ending(heeds.get(matter.key)) };
  });
}
