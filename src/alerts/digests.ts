import type { DigestContents, DigestForm, Undelivered } from "../cards/contents.ts";
import { digestCard } from "../cards/digest-card.ts";
import { say } from "../cards/say.ts";
import { writeAmount } from "../law/money.ts";
import type { Matter } from "../matter/history.ts";
import type { DeliveryKey } from "../ports/chat.ts";
import type { Basis, DeliveryLog } from "../ports/delivery-log.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf } from "../time/instant.ts";
import { type DigestAsk, digestUnhurried } from "./digest.ts";
import { digestBefore, untoldSince } from "./digest-before.ts";
import { type DigestDue, digestDue } from "./digest-days.ts";
import { shownFilter } from "./filter.ts";
import { type HeedSource, heedingIn } from "./heeding.ts";
import { lookAt } from "./look.ts";
import { mayTry, type Single } from "./messages.ts";
import { namesOfPeople } from "./names.ts";
import { freeFrom } from "./pace.ts";
import type { Register } from "./register.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { countUnwatched, watchedBy } from "./subscription.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { undeliveredNow } from "./undelivered.ts";

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
  /** The places that are reached: what only others watch is watched by nobody. */
  readonly all: readonly Subscription[];
}

/** The digest of a place on a day, for posting it and for whoever asks. A place that watches nothing is told of everything. */
export async function digestIn(source: DigestSource, asked: DigestAsked): Promise<DigestContents> {
  const matters = await source.register.all();
  try {
    return await digestOfThose(source, asked, matters, []);
  } catch (error) {
    // A matter that cannot be told, by a fault of ours, must not silence the others; and it is named.
    const faulty = matters.filter((matter) => !canBeTold(matter, asked.now));
    if (faulty.length === 0) throw error;
    const sound = matters.filter((matter) => !faulty.includes(matter));
    return digestOfThose(source, asked, sound, faulty);
  }
}

async function digestOfThose(
  source: DigestSource,
  { subscription, day, form, now, all }: DigestAsked,
  matters: readonly Matter[],
  faulty: readonly Matter[],
): Promise<DigestContents> {
  const { place, zone, at, language } = subscription;
  const watched = subscription.watches.length === 0 ? matters : watchedBy(subscription, matters, now);
  const reason = say(language, "digest.cannot-be-told");
  const untold = faulty.map((matter): Undelivered => ({ place, ref: matter.facts.ref, kind: "digest", reason, at: now, retried: true }));
  const last = await source.deliveries.last(place, "digest");
  const before = digestBefore(last, day);
  const since = before?.at ?? (last === null ? await untoldSince(source.deliveries, subscription, form, now) : now);
  // A day that is over is told with what was heeded by its hour.
  const heededBy = dayIn(zone, now) > day ? momentOf(zone, day, at) : now;
  const ask: DigestAsk = {
    ...{ matters: watched, day, form, zone, at, now },
    before,
    unwatched: countUnwatched(all, matters, now),
    undelivered: [...untold, ...(await undeliveredNow(source.deliveries, now, since))],
    head: (await source.register.head()).hash,
    heed: await heedingIn(source, watched, place, subscription, heededBy),
    names: await namesOfPeople(watched, source.people),
    emptyWatches: emptyWatches(subscription, matters, now),
  };
  return digestUnhurried(ask);
}

function canBeTold(matter: Matter, now: Instant): boolean {
  try {
    return lookAt(matter, now).matter === matter;
  } catch {
    return false;
  }
}

function emptyWatches({ watches }: Subscription, matters: readonly Matter[], now: Instant): readonly string[] {
  const filtered = watches.filter(({ filters }) => filters.length > 0);
  return filtered
    .filter((watch) => watchedBy({ watches: [watch] }, matters, now).length === 0)
    .map(({ filters }) => filters.map(shownFilter).join(" "));
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

/** One that cannot be made, by a fault of ours, is tried again after a minute, and keeps nobody from anything. */
const FAULTY = 60_000;

/** The digest of each place whose hour has come, once. */
export async function digestsDue(host: TickHost, { reached, now }: Round): Promise<DigestsDue> {
  const found: DigestTold[] = [];
  let again: Instant | null = null;
  const { digests: done, free } = host.memory;
  for (const subscription of reached) {
    const { place, watches } = subscription;
    const due = watches.length === 0 ? null : digestDue(subscription, now);
    const broken = host.memory.brokenDigests.get(place);
    if (due === null || done.get(place) === due.day) continue;
    const wait = freeFrom({ free }, place, now);
    if (wait !== null) {
      if (again === null || wait < again) again = wait;
      continue;
    }
    if (broken !== undefined && broken > now && millisecondsOf(broken) - millisecondsOf(now) <= FAULTY) continue;
    try {
      // Made after what was due in this tick was tried, and what came of that is in it.
      const told = await digestFor(host, subscription, due, reached, host.clock.now());
      if (told !== null) found.push(told);
    } catch (error) {
      host.memory.brokenDigests.set(place, instantOf(millisecondsOf(now) + FAULTY));
      const text = error instanceof Error ? error.stack : String(error);
      host.log.error({ place, day: due.day, error: text }, "a digest cannot be made: it is tried again in a minute");
    }
  }
  return { told: found, again };
}

async function digestFor(
  host: TickHost,
  subscription: Subscription,
  { day, form }: DigestDue,
  reached: readonly Subscription[],
  now: Instant,
): Promise<DigestTold | null> {
  const { place, zone } = subscription;
  const key = keyOf(place, ["digest", day]);
  const before = (await host.deliveries.known([key])).get(key) ?? null;
  if (before?.outcome?.kind === "delivered") host.memory.digests.set(place, day);
  if (!mayTry(before, now)) return null;
  const contents = await digestIn(host, { subscription, day: dayIn(zone, now), form, now, all: reached });
  return { single: singleOf(subscription, key, contents), contents };
}

function singleOf({ place, language }: PlaceSettings, key: DeliveryKey, contents: DigestContents): Single {
  const running = contents.running.map(({ currency, theoretical }) => ({ currency, theoretical: writeAmount(theoretical) }));
  const { day, form, at, watched, head } = contents;
  const shown = { day, form, at, watched, running };
  const basis: Basis = { place, kind: "digest", reason: "digest", stream: null, version: null, head, rulebook: rulebook(), shown };
  return { place, language, due: { key, basis }, card: () => digestCard(language, contents) };
}
