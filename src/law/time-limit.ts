import { addDays, addMonths, type Day, isMonthEnd, isWeekend, monthEnd } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf, timeIn, type Zone } from "../time/instant.ts";
import { type Calendar, covers, isWorkingDay } from "./calendar.ts";
import { isRefusal, type Refusal, refuse, type Step } from "./finding.ts";
import type { Period } from "./period.ts";

/** What starts a clock: a civil day, with a time of day where the period is in hours. */
export interface Start {
  readonly day: Day;
  readonly time?: string;
}

export interface Terms {
  readonly start: Start;
  /** Each runs from the end of the one before. */
  readonly periods: readonly Period[];
  readonly stickyMonthEnd?: boolean;
  readonly zone: Zone;
  /** What the steps cite where it is not the rule's own text: how an authority was seen to count. */
  readonly citation?: string;
  /** Null where none is known: rules and periods that need one then refuse. */
  readonly calendar: Calendar | null;
}

/** The end of a time limit: 24:00 of the day, or the time where it runs in hours. */
export interface Limit {
  readonly expiry: Day;
  readonly time?: string;
  readonly steps: readonly Step[];
}

/** One way of counting, as one text of law has it. */
export interface Rule {
  readonly id: string;
  readonly citation: string;
  readonly source: string;
  /** The calendar and zone of the place whose law it is, where it is the law of one place. */
  readonly place?: { readonly calendar: string; readonly zone: Zone };
  /** Whether a last day on a weekend or holiday moves on. */
  readonly rolls: boolean;
  limit(terms: Terms): Limit | Refusal;
}

interface Options {
  /** Days added after the last period, before any roll (clear days). */
  readonly extraDays?: number;
  /** Hours begin with the full hour after the event's own (Reg. 1182/71 art. 3(1)). */
  readonly nextFullHour?: boolean;
}

/** Runs the periods one after the other; months before days within one, a missing day becomes the month's last. */
export function runPeriods(terms: Terms, rule: Rule, options: Options = {}): Limit | Refusal {
  const steps: Step[] = [{ code: "start", args: { day: terms.start.day }, day: terms.start.day, source: terms.citation ?? rule.citation }];
  let end: Start = terms.start;
  for (const period of terms.periods) {
    const next = period.hours > 0 ? addHours(end, period, terms.zone, options) : addPeriod(end, period, terms);
    if (isRefusal(next)) return next;
    const clamped = period.months > 0 && period.days === 0 && end.day.slice(8) !== next.day.slice(8);
    steps.push({
      code: clamped ? "added-month-end" : "added",
      args: { period: period.text, day: next.day },
      day: next.day,
      source: terms.citation ?? rule.citation,
    });
    end = next;
  }
  if (options.extraDays !== undefined) {
    end = { day: addDays(end.day, options.extraDays) };
    steps.push({ code: "clear-day", args: { day: end.day }, day: end.day, source: terms.citation ?? rule.citation });
  }
  return { expiry: end.day, ...(end.time === undefined ? {} : { time: end.time }), steps };
}

function addPeriod(from: Start, period: Period, terms: Terms): Start | Refusal {
  if (period.businessDays > 0) return addBusinessDays(from.day, period.businessDays, terms.calendar);
  let end = addMonths(from.day, period.months);
  if (terms.stickyMonthEnd && period.months > 0 && isMonthEnd(from.day)) end = monthEnd(end);
  return { day: addDays(end, period.days) };
}

function addBusinessDays(from: Day, count: number, calendar: Calendar | null): Start | Refusal {
  if (calendar === null) return refuse("calendar-missing");
  let end = from;
  for (let left = count; left > 0; ) {
    end = addDays(end, 1);
    if (!covers(calendar, end)) return refuse("calendar-ends", { calendar: calendar.name, day: calendar.coversUntil });
    if (isWorkingDay(calendar, end)) left--;
  }
  return { day: end };
}

const HOUR = 3_600_000;

function addHours(from: Start, period: Period, zone: Zone, options: Options): Start | Refusal {
  if (from.time === undefined) return refuse("time-of-day-missing", { period: period.text, day: from.day });
  const start = millisecondsOf(momentOf(zone, from.day, from.time));
  const begins = options.nextFullHour ? Math.floor(start / HOUR) * HOUR + HOUR : start;
  const end: Instant = instantOf(begins + period.hours * HOUR);
  const time = timeIn(zone, end);
  return time === "00:00" ? { day: addDays(dayIn(zone, end), -1), time: "24:00" } : { day: dayIn(zone, end), time };
}

/** Moves a last day that is a Saturday, Sunday or holiday to the next working day. Refuses without a calendar that reaches there. */
export function rollForward(limit: Limit, terms: Terms, rule: Rule): Limit | Refusal {
  const { calendar } = terms;
  if (limit.time !== undefined) return limit;
  if (calendar === null) return refuse("calendar-missing");
  let end = limit.expiry;
  const skipped: string[] = [];
  for (; ; end = addDays(end, 1)) {
    if (!covers(calendar, end)) return refuse("calendar-ends", { calendar: calendar.name, day: calendar.coversUntil });
    if (isWorkingDay(calendar, end)) break;
    skipped.push(end);
  }
  if (skipped.length === 0) return limit;
  const step: Step = {
    code: "rolled",
    args: { skipped, day: end, calendar: calendar.name },
    day: end,
    source: terms.citation ?? rule.citation,
  };
  return { expiry: end, steps: [...limit.steps, step] };
}

/** The last working day strictly before the day; weekends alone count where no calendar reaches there. */
export function lastWorkingDayBefore(day: Day, calendar: Calendar | null): Day {
  let found = addDays(day, -1);
  while (calendar !== null && covers(calendar, found) ? !isWorkingDay(calendar, found) : isWeekend(found)) found = addDays(found, -1);
  return found;
}
