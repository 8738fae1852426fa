import { addDays, type Day, dayOfSerial, isWeekend, serialOf } from "../time/day.ts";
import { TABLES } from "./calendars/tables.ts";
import { type Finding, type Refusal, refuse } from "./finding.ts";

/** The public holidays of one place as a dated table; it answers only for the days that it covers. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly coversFrom: Day;
  readonly coversUntil: Day;
  /** Later days, up to `coversUntil`, are projected: some of them may be holidays that nobody has published yet, so that a day which rests on them can only be too early. */
  readonly publishedUntil: Day;
  readonly holidays: ReadonlySet<string>;
}

const CALENDARS = new Map<string, Calendar>();
for (const table of TABLES) {
  let holidays: ReadonlySet<string> | null = null;
  CALENDARS.set(table.id, {
    id: table.id,
    name: table.name,
    source: table.source,
    coversFrom: table.coversFrom as Day,
    coversUntil: table.coversUntil as Day,
    publishedUntil: ("publishedUntil" in table ? table.publishedUntil : table.coversUntil) as Day,
    // Of the many tables a register needs a few.
    get holidays() {
      holidays ??= new Set(table.days);
      return holidays;
    },
  });
}

export function calendarOf(id: string | null): Calendar | null {
  return id === null ? null : (CALENDARS.get(id) ?? null);
}

/** Every table with all its days, and the last that was published where it goes beyond, in the order of their ids: what a rulebook is named by. */
export function calendarVersions(): readonly (readonly [string, string, readonly string[]])[] {
  return TABLES.map(({ id, days }) => {
    const { coversUntil, publishedUntil } = CALENDARS.get(id)!;
    return [id, coversUntil, publishedUntil < coversUntil ? [...days, publishedUntil] : days] as const;
  });
}

/** Said of a day that was reached by a list of holidays which is not published yet; null for a day that the published list reaches. */
export function projection(calendar: Calendar, day: Day): Finding | null {
  if (day <= calendar.publishedUntil) return null;
  return { code: "calendar-projected", args: { calendar: calendar.name, until: calendar.publishedUntil } };
}

export function covers(calendar: Calendar, day: Day): boolean {
  return day >= calendar.coversFrom && day <= calendar.coversUntil;
}

/** Neither Saturday, Sunday nor a holiday of the table. Only for days that it covers. */
export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  return !isWeekend(day) && !calendar.holidays.has(day);
}

/** The working days of a table, counted once: a roll and a period in business days are then one look-up each, however long. */
interface WorkingDays {
  /** The first day covered, and how many there are. */
  readonly first: number;
  readonly days: number;
  /** How many working days lie before the day at each place; one place more than there are days. */
  readonly before: Uint16Array;
  /** The working days in order. */
  readonly list: readonly Day[];
}

const COUNTED = new WeakMap<Calendar, WorkingDays>();
/** That of the calendar asked last: most questions follow one another in one place. */
let latest: { readonly of: Calendar; readonly counted: WorkingDays } | null = null;

function workingDaysOf(calendar: Calendar): WorkingDays {
  if (latest !== null && latest.of === calendar) return latest.counted;
  const counted = COUNTED.get(calendar) ?? countWorkingDays(calendar);
  latest = { of: calendar, counted };
  return counted;
}

function countWorkingDays(calendar: Calendar): WorkingDays {
  const first = serialOf(calendar.coversFrom);
  const days = serialOf(calendar.coversUntil) - first + 1;
  const before = new Uint16Array(days + 1);
  const list: Day[] = [];
  for (let place = 0; place < days; place++) {
    const day = dayOfSerial(first + place);
    if (isWorkingDay(calendar, day)) list.push(day);
    before[place + 1] = list.length;
  }
  const counted = { first, days, before, list };
  COUNTED.set(calendar, counted);
  return counted;
}

/** The day itself where it is a working day, else the next one. Refused where the table does not reach. */
export function nextWorkingDay(calendar: Calendar, day: Day): Day | Refusal {
  const { first, days, before, list } = workingDaysOf(calendar);
  const place = serialOf(day) - first;
  if (place < 0) return beginsAfter(calendar);
  const found = place < days ? list[before[place]!] : undefined;
  return found ?? endsBefore(calendar);
}

/** The end of so many working days after a day, which is not counted. Refused where the table does not reach. */
export function addWorkingDays(calendar: Calendar, from: Day, count: number): Day | Refusal {
  const { first, days, before, list } = workingDaysOf(calendar);
  const place = serialOf(from) + 1 - first;
  if (place < 0) return beginsAfter(calendar);
  const found = place <= days ? list[before[place]! + count - 1] : undefined;
  return found ?? endsBefore(calendar);
}

/** How many working days a range holds, both ends counted. Refused where the table does not reach. */
export function workingDaysWithin(calendar: Calendar, from: Day, through: Day): number | Refusal {
  const { first, days, before } = workingDaysOf(calendar);
  const [start, end] = [serialOf(from) - first, serialOf(through) - first];
  if (start < 0) return beginsAfter(calendar);
  return end < days ? before[end + 1]! - before[start]! : endsBefore(calendar);
}

/** The days that are skipped from a day to the working day that follows it. */
export function daysSkipped(from: Day, to: Day): readonly Day[] {
  const skipped: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) skipped.push(day);
  return skipped;
}

function beginsAfter(calendar: Calendar): Refusal {
  return refuse("calendar-begins", { calendar: calendar.name, day: calendar.coversFrom });
}

function endsBefore(calendar: Calendar): Refusal {
  return refuse("calendar-ends", { calendar: calendar.name, day: calendar.coversUntil });
}
