import { cardFor, partFor, type Readers } from "../cards/card-for.ts";
import type { DigestContents } from "../cards/contents.ts";
import { digestCard } from "../cards/digest-card.ts";
import { type DigestTexts, digestTextsUnhurried } from "../cards/digest-texts.ts";
import { type ShownSight, withPlaceSight } from "../cards/place-sight-words.ts";
import { writeAmount } from "../law/money.ts";
import type { DeliveryKey } from "../ports/chat.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import { dayIn, type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import { newsSince, wasSaidIn } from "./digest-before.ts";
import { type DigestDue, digestDue } from "./digest-days.ts";
import { digestIn } from "./digest-in.ts";
import { mayTry, type Single } from "./messages.ts";
import { freeFrom } from "./pace.ts";
import { restrictedNamed } from "./restricted.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { shownSight } from "./shown-sight.ts";
import { sightLately, sightsNow } from "./sight-book.ts";
import type { Watching } from "./subscription.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";

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
  const readers = { restricted, shown, texts, amounts: sight.amounts, desk: sight.desk };
  return {
    single: singleOf(subscription, key, { contents, since: newsSince(before, contents.at) }, readers),
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
  { contents, since }: { readonly contents: DigestContents; readonly since: Instant },
  { shown, texts, ...readers }: Shown,
): Single {
  const running = contents.running.map(({ currency, theoretical }) => ({ currency, theoretical: writeAmount(theoretical) }));
  const { day, form, at, watched, head } = contents;
  const figures = { day, form, at, since, watched, running };
  const basis: Basis = { place, kind: "digest", reason: "digest", stream: null, version: null, head, rulebook: rulebook(), shown: figures };
  const made = () => cardFor({ language, ...readers }, () => digestCard(language, contents, texts));
  return { place, language, due: { key, basis }, card: () => (shown === null ? made() : withPlaceSight(made(), shown, language, zone)) };
}
