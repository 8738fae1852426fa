import { type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, momentOf, timeIn, type Zone } from "../time/instant.ts";
import { type Language, wordDay, wordShortDay, wordTime, wordZone } from "../time/wording.ts";
import { say } from "./say.ts";

/** The end of a deadline: 24:00 of its day at the authority, or the time where it runs in hours. */
export interface Deadline {
  readonly day: Day;
  readonly time: string | null;
  readonly zone: Zone;
}

/** When a deadline is spoken of: the authority's civil day and, where it is told at a moment, that moment. */
export interface Spoken {
  readonly today: Day;
  readonly now?: Instant | undefined;
}

/** Whether a deadline has ended: its day is over at the authority or, where it runs in hours and the moment is known, its time has come. */
export function isPast({ day, time, zone }: Deadline, { today, now }: Spoken): boolean {
  if (day !== today || time === null || now === undefined) return day < today;
  return momentOf(zone, day, time) <= now;
}

/** Sun 18 Feb 2024, 24:00 Paris (20:00 Cayenne): in the authority's zone, and in the reader's where the wall clock differs. */
export function whenText(
  language: Language,
  deadline: Deadline,
  options: { readonly readerZone?: Zone | undefined; readonly short?: boolean } = {},
): string {
  const { day, zone } = deadline;
  const time = deadline.time ?? "24:00";
  const shownDay = options.short === true ? wordShortDay(language, day) : wordDay(language, day);
  const when = say(language, "when", { day: shownDay, time: clockText(language, time), zone: wordZone(language, zone) });
  const reader = options.readerZone;
  if (reader === undefined) return when;
  const moment = momentOf(zone, day, time);
  const [there, here] = [`${dayIn(zone, moment)} ${timeIn(zone, moment)}`, `${dayIn(reader, moment)} ${timeIn(reader, moment)}`];
  if (there === here) return when;
  return say(language, "when.reader", { when, time: readerTime(language, reader, moment, day), zone: wordZone(language, reader) });
}

function readerTime(language: Language, zone: Zone, moment: Instant, day: Day): string {
  const here = dayIn(zone, moment);
  const time = wordTime(language, zone, moment);
  return here === day ? time : `${wordShortDay(language, here)} ${time}`;
}

/** 24:00 as 24 h, 14:05 as 14 h 05 in French. */
export function clockText(language: Language, time: string): string {
  const [hour, minute] = time.split(":");
  if (language === "en") return time;
  return minute === "00" ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`;
}

/** How far a day may be without its year being in doubt. */
const NEAR_DAYS = 180;

/** Whether a day needs no year beside that one. */
export function isNear(day: Day, today: Day): boolean {
  return Math.abs(daysBetween(today, day)) <= NEAR_DAYS;
}

/** Sun 18 Feb, with its year where it could be another one's. */
export function nearDay(language: Language, day: Day, today: Day): string {
  return isNear(day, today) ? wordShortDay(language, day) : wordDay(language, day);
}

/** Mon 19 Feb 2024, 09:00 Paris. */
export function momentText(language: Language, zone: Zone, instant: Instant): string {
  const day = wordDay(language, dayIn(zone, instant));
  return say(language, "when", { day, time: wordTime(language, zone, instant), zone: wordZone(language, zone) });
}
