import { DateTime } from "luxon";
import { addDays, type Day, parseDay } from "./day.ts";

/** A moment in UTC to the millisecond, written 2024-02-19T08:00:00.000Z. Compares as text. */
export type Instant = string & { readonly brand: "Instant" };

/** An IANA zone name, such as Europe/Paris. */
export type Zone = string;

export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** An RFC 3339 moment with its offset (or Z); null where the text names none. */
export function parseInstant(text: string): Instant | null {
  const shape = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(text);
  if (shape === null || parseDay(shape[1]!) === null) return null;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : instantOf(parsed);
}

export function isZone(name: string): boolean {
  return name !== "" && DateTime.utc().setZone(name).isValid;
}

/** So many answers are remembered of each question. */
const MOST = 20_000;
const DAYS = new Map<string, Day>();

/** The civil day in the zone at that moment. Dear to find, and asked of the same hours again and again: remembered. */
export function dayIn(zone: Zone, instant: Instant): Day {
  const last = LAST_DAYS.get(zone);
  if (last !== undefined && instant >= last.from && instant < last.to) return last.day;
  const key = `${instant} ${zone}`;
  const known = DAYS.get(key);
  if (known !== undefined) return known;
  const day = at(zone, instant).toISODate() as Day;
  if (DAYS.size >= MOST) DAYS.clear();
  DAYS.set(key, day);
  noteDay(zone, day, last?.day);
  return day;
}

/** The day that was last asked of each zone, from its first moment to the next one's: the clock is asked of all day. */
const LAST_DAYS = new Map<Zone, { readonly day: Day; readonly from: string; readonly to: string }>();
const DAY = 86_400_000;

function noteDay(zone: Zone, day: Day, before: Day | undefined): void {
  // Reckoned only where it is asked again, and never for a day on which the zone's clocks are changed: parts of it may come twice.
  if (day !== before) {
    LAST_DAYS.set(zone, { day, from: "", to: "" });
    return;
  }
  const [from, to] = [momentOf(zone, day), momentOf(zone, addDays(day, 1))];
  if (millisecondsOf(to) - millisecondsOf(from) === DAY) LAST_DAYS.set(zone, { day, from, to });
}

/** The wall clock in the zone at that moment, HH:mm. */
export function timeIn(zone: Zone, instant: Instant): string {
  return at(zone, instant).toFormat("HH:mm");
}

const MOMENTS = new Map<string, Instant>();

/**
 * The moment at which the zone's wall clock first shows that day and time; where daylight saving skips it, as much later as was skipped. Dear to
 * find, and asked of the same days again and again: remembered.
 */
export function momentOf(zone: Zone, day: Day, time = "00:00"): Instant {
  const key = `${day}T${time} ${zone}`;
  const known = MOMENTS.get(key);
  if (known !== undefined) return known;
  const moment = DateTime.fromISO(`${day}T${time}`, { zone });
  const first = instantOf(Math.min(...moment.getPossibleOffsets().map((one) => one.toMillis())));
  if (MOMENTS.size >= MOST) MOMENTS.clear();
  MOMENTS.set(key, first);
  return first;
}

/** RFC 3339 with the zone's offset and no fraction: 2024-02-19T09:00:00+01:00. */
export function writeIn(zone: Zone, instant: Instant): string {
  return at(zone, instant).toISO({ suppressMilliseconds: true })!;
}

/** The last moment that was asked of each zone: a tick asks the same one for every matter, and finding a zone's offset is dear. */
const LAST = new Map<Zone, DateTime>();

function at(zone: Zone, instant: Instant): DateTime {
  const last = LAST.get(zone);
  if (last !== undefined && last.toMillis() === millisecondsOf(instant)) return last;
  const moment = DateTime.fromISO(instant, { zone });
  if (!moment.isValid) throw new RangeError(`not a moment in a zone: ${instant} ${zone}`);
  LAST.set(zone, moment);
  return moment;
}
