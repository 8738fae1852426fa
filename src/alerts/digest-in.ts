import type { DigestContents, DigestForm, Undelivered } from "../cards/contents.ts";
import { say } from "../cards/say.ts";
import { asOf } from "../matter/corrected-facts.ts";
import { dayOf } from "../matter/facts.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { Basis, DeliveryLog } from "../ports/delivery-log.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, momentOf } from "../time/instant.ts";
import { unhurried } from "../time/unhurried.ts";
import { digestMaking } from "./digest.ts";
import { digestBefore, untoldSince } from "./digest-before.ts";
import { shownFilter } from "./filter.ts";
import { type HeedSource, heedingIn } from "./heeding.ts";
import { lookAt } from "./look.ts";
import { namesOfPeople } from "./names.ts";
import type { Register } from "./register.ts";
import { countUnwatched, toldOf, type Watching, watchedBy } from "./subscription.ts";
import { withoutUnasked } from "./unasked.ts";
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
  const isPast = dayIn(zone, now) > day;
  const heededBy = isPast ? momentOf(zone, day, at) : now;
  const making = digestMaking({ day, form, zone, at, now, before, publicOnly: !sight.desk });
  let unwatched = 0;
  let empty = subscription.watches.filter(({ filters }) => filters.length > 0);
  for await (const some of toldOf(asked, source.register)) {
    const visible = visibleIn(sight, some);
    const matters = visible.filter((matter) => !faulty.has(matter.key) && (!isPast || isDecidedBy(matter, day)));
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
  return withoutUnasked(source, await unhurried(making.contents(rest)), heededBy);
}

/** On a day before its decision there was nothing to watch, whenever it was registered. */
function isDecidedBy(matter: Matter, day: Day): boolean {
  const decided = dayOf(asOf(matter, day).facts.decided);
  return decided === null || decided <= day;
}

function canBeTold(matter: Matter, now: Instant): boolean {
  try {
    return lookAt(matter, now).matter === matter;
  } catch {
    return false;
  }
}
