import type { DigestForm } from "../cards/contents.ts";
import type { Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { addDays, addMonths, type Day, later } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf } from "../time/instant.ts";
import { firstOf, nextDigest } from "./digest-days.ts";
import { keyOf } from "./telling.ts";

/** What a digest counted through, and when it was said. */
export interface DigestBefore {
  readonly through: Day;
  /** What was recorded since then is news: of several attempts the first may be the one that stands there. */
  readonly at: Instant;
  /** When the attempt was made that was shown, by which authorities' days it counted; absent where that is `at`. */
  readonly made?: Instant;
}

const DAY = 24 * 60 * 60_000;
/** How many days back digests are looked for that never arrived. */
const YEAR = 366;

/** What the last digest of a place had told before that day; null where it was told nothing, or of that day already. */
export function digestBefore(last: Delivery | null, day: Day): DigestBefore | null {
  const shown = shownIn(last);
  if (last === null || shown.day === undefined || shown.day >= day) return null;
  const through = addDays(shown.day, -1);
  if (shown.at === undefined) return { through, at: last.firstAt };
  // It knew what was known when it was made, which is before it was claimed.
  if (shown.since !== undefined) return { through, at: shown.since, made: shown.at };
  return { through, at: shown.at < last.firstAt ? shown.at : last.firstAt, made: shown.at };
}

/** Since when what is recorded is news to whoever reads a digest that is made now: since an attempt before, where that may stand there as well. */
export function newsSince(before: Delivery | null, made: Instant): Instant {
  if (before === null || !mayStand(before)) return made;
  const { since, at } = shownIn(before);
  return [since ?? before.firstAt, at ?? made, made].sort()[0]!;
}

/** Whether an attempt may have shown it, or an earlier one of which that was noted. */
function mayStand(digest: Delivery): boolean {
  const { since, at } = shownIn(digest);
  const { outcome } = digest;
  if (at === undefined || since === undefined || since < at) return true;
  return outcome === null || ((outcome.kind === "unknown" || outcome.kind === "never") && (outcome.doubts ?? 0) > 0);
}

/** Whether the last digest of a place was of one of these days: who changes from weekly to daily has had today's, under another name. */
export function wasSaidIn(last: Delivery | null, from: Day, to: Day): boolean {
  const { day } = shownIn(last);
  return day !== undefined && day >= from && day <= to;
}

/** The day of the next digest by the place's settings, where it was said already and does not come: the place has moved west. */
export function nextThatWasSaid(settings: PlaceSettings, last: Delivery | null, now: Instant): Day | null {
  const next = nextDigest(settings, now);
  const said = shownIn(last).day;
  if (next === null || said === undefined) return null;
  const day = dayIn(settings.zone, next);
  return said >= firstOf(settings.digest as DigestForm, day) ? day : null;
}

/** Of which day a digest was, when it was made, and since when what is recorded is news after it; an older program noted less. */
interface Shown {
  readonly day?: Day;
  readonly at?: Instant;
  readonly since?: Instant;
}

function shownIn(digest: Delivery | null): Shown {
  return (digest?.basis.shown ?? {}) as Shown;
}

/**
 * Since when failures count that no digest has told of, in a place where none is known to have arrived: since the one before would have been
 * made, or since a day before the first that was tried in vain.
 */
export async function untoldSince(
  deliveries: DeliveryLog,
  { place, zone, at, since }: PlaceSettings,
  form: DigestForm,
  now: Instant,
): Promise<Instant> {
  const today = dayIn(zone, now);
  const onTime = momentOf(zone, dayBefore(today, form), at);
  const keys = [];
  // One of a week or a month bears its first day, which may lie before the place was set.
  const start = later(addDays(today, -YEAR), firstOf("monthly", firstOf("weekly", dayIn(zone, since))));
  for (let day = start; day <= today; day = addDays(day, 1)) keys.push(keyOf(place, ["digest", day]));
  const first = [...(await deliveries.known(keys)).values()]
    .map(({ firstAt }) => firstAt)
    .filter((at) => at >= since)
    .sort()[0];
  const before = first === undefined ? onTime : instantOf(millisecondsOf(first) - DAY);
  return before < onTime ? before : onTime;
}

/** The day of the digest before that of the day, each being on time. */
export function dayBefore(day: Day, form: DigestForm): Day {
  return form === "monthly" ? addMonths(day, -1) : addDays(day, form === "weekly" ? -7 : -1);
}
