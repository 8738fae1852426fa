import ical, { ICalEventStatus } from "ical-generator";
import { EDITION } from "../law/edition.ts";
import type { Matter } from "../matter/history.ts";
import type { FineStanding, ItemStanding, Standing, State } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, millisecondsOf, momentOf, type Zone } from "../time/instant.ts";
import { hurried, inPortions, type Portions } from "../time/unhurried.ts";

/** One entry of the calendar: an expiry, a draft's earliest one, the day on which a fine falls due, or a related clock by its kind. */
export interface Deadline {
  /** Stays the same while the deadline moves, and when it is cancelled. */
  readonly id: string;
  readonly day: Day;
  /** The time of day at which it ends, where it runs in hours. */
  readonly time: string | null;
  readonly what: string;
  /** Nobody waits for that day any more. */
  readonly cancelled: boolean;
  readonly item: ItemStanding | null;
  readonly fine: FineStanding | null;
  /** Of sums that are forfeited day by day: once all are paid, the next one begins it anew without any event. */
  readonly ofSums?: boolean;
}

/** What an entry says; the details are left out where there are none. */
export interface EntryWords {
  readonly summary: string;
  readonly details?: string;
}

export interface Stood {
  readonly matter: Matter;
  readonly standing: Standing;
}

type Wording = (deadline: Deadline, standing: Standing) => EntryWords;

/**
 * The deadlines from today on as all-day entries on the civil day of the authority (RFC 5545). The same deadline keeps its UID: its SEQUENCE grows
 * with every event that can have moved it, and with every edition of the law, which can move it without any; and one for which nobody waits any more is CANCELLED. The text is the same as long as the register is
 * and the day: DTSTAMP is when the matter was last recorded.
 */
export function exportIcs(...asked: Parameters<typeof icsInPortions>): string {
  return hurried(icsInPortions(...asked));
}

/** The same in portions: ten thousand entries take seconds. */
export function* icsInPortions(matters: readonly Stood[], word: Wording, edition = EDITION): Portions<string> {
  const whole = ical(CALENDAR).toString();
  const [end] = /END:VCALENDAR\s*$/.exec(whole)!;
  const begin = whole.slice(0, -end.length);
  // What stands between the calendar's own lines is the matter's.
  const entries = yield* inPortions(matters, (stood) => {
    const deadlines = deadlinesOf(stood.standing);
    return deadlines.length === 0 ? [] : [calendarOf(stood, deadlines, word, edition).slice(begin.length, -end.length)];
  });
  return begin + entries.join("") + end;
}

const CALENDAR = { name: "Curewatch", prodId: { company: "curewatch", product: "register" } };

function calendarOf({ matter, standing }: Stood, deadlines: readonly Deadline[], word: Wording, edition: number): string {
  const calendar = ical(CALENDAR);
  for (const deadline of deadlines) {
    const { summary, details } = word(deadline, standing);
    calendar.createEvent({
      id: `${standing.key}#${deadline.id}@curewatch`,
      sequence: edition + revisionOf(deadline, matter, standing),
      status: deadline.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      start: dateOf(deadline.day),
      end: dateOf(addDays(deadline.day, 1)),
      allDay: true,
      timezone: "UTC",
      stamp: new Date(millisecondsOf(recordedLast(matter))),
      summary,
      ...(details === undefined ? {} : { description: details }),
    });
  }
  return calendar.toString();
}

function dateOf(day: Day): Date {
  return new Date(millisecondsOf(momentOf("UTC", day)));
}

/** States in which nobody waits for the end of the time to comply, or in which it stands still. */
const NOT_AWAITED: ReadonlySet<State> = new Set(["claimed", "complied", "closed", "settled", "withdrawn", "annulled", "lapsed", "stayed"]);

function deadlinesOf(standing: Standing): readonly Deadline[] {
  const { on } = standing;
  const found: Deadline[] = [];
  for (const item of standing.items) {
    const id = `${item.id}-expiry`;
    const isDraft = item.state === "draft";
    const day = isDraft ? item.earliestExpiry : item.expiry;
    const what = isDraft ? "earliest-expiry" : "expiry";
    if (day !== null && day >= on)
      found.push({ id, day, time: item.expiryTime, what, cancelled: NOT_AWAITED.has(item.state), item, fine: null });
  }
  const awaited = new Set(standing.ahead.map(({ fine }) => fine));
  for (const fine of standing.fines) {
    if (fine.due === null || fine.due < on) continue;
    found.push({
      id: `${fine.id}-payment`,
      day: fine.due,
      time: null,
      what: "payment",
      cancelled: !awaited.has(fine.id),
      item: null,
      fine,
    });
  }
  for (const { id, item, day, time, kind, done, ofSums = false } of standing.related) {
    // An item may have a clock that is called as its own entry is.
    const uid = id === "expiry" ? `${item}-clock-${id}` : `${item}-${id}`;
    if (day >= on) found.push({ id: uid, day, time, what: kind, cancelled: done, item: null, fine: null, ofSums });
  }
  return found;
}

/** What is said of a matter, or paid under it, moves no deadline of another thing. */
const MOVES_NOTHING: ReadonlySet<string> = new Set(["note", "assigned", "invoiced", "violation", "rate-changed"]);

/** How often what the register holds may have moved the deadline: it never falls, since nothing is ever taken out of the register. */
function revisionOf({ item, ofSums }: Deadline, { events, filled, registeredAt }: Matter, { on, zone }: Standing): number {
  const touching = events.filter(({ event }) => {
    const named = "item" in event ? event.item : undefined;
    return !MOVES_NOTHING.has(event.type) && (item === null || named === undefined || named === item.id);
  });
  const days = ofSums ? Math.max(0, daysBetween(dayIn(zone as Zone, registeredAt), on)) : 0;
  return touching.length + filled.length - 1 + days;
}

function recordedLast({ events, filled, registeredAt }: Matter): Instant {
  const instants = [registeredAt, ...filled.map(({ recordedAt }) => recordedAt), ...events.map(({ recordedAt }) => recordedAt)];
  return instants.reduce((last, one) => (one > last ? one : last)) as Instant;
}
