import { addDays, addMonths, type Day, dayOfMonth, daysBetween, isMonthEnd, isWeekend, monthEnd } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, timeIn, type Zone } from "../time/instant.ts";
import {
  addWorkingDays,
  type Calendar,
  covers,
  daysSkipped,
  isWorkingDay,
  nextWorkingDay,
  projection,
  workingDaysWithin,
} from "./calendar.ts";
import { momentAt, type Which, whichOf } from "./clock-change.ts";
import { isRefusal, type Refusal, refuse, type Step } from "./finding.ts";
import type { Period } from "./period.ts";
import type { Rule } from "./rule.ts";

export type { Rule } from "./rule.ts";

/** What starts a clock: a civil day, with a time of day where the period is in hours. */
export interface Start {
  readonly day: Day;
  readonly time?: string;
  /** Where clocks show that time twice on the day; without it, the first. */
  readonly which?: Which;
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
  /** Periods that have been counted already and then stood still: their end is given, and moves by the days that stood still. */
  readonly stood?: StoodStill;
}

/** The end of a period as it stood, and the days of it that do not count, both ends included. */
export interface StoodStill {
  readonly end: Start;
  readonly from: Day;
  readonly through: Day;
}

/** The end of a time limit: 24:00 of the day, or the time where it runs in hours or ends at one. */
export interface Limit {
  readonly expiry: Day;
  readonly time?: string;
  /** Where clocks show that time twice on the day. */
  readonly which?: Which;
  /** They may be written when first read: a copy of a limit names them (`{ ...limit, steps: limit.steps }`). */
  readonly steps: readonly Step[];
}

interface Options {
  /** Days added after the last period, before any roll (clear days). */
  readonly extraDays?: number;
  /** Hours begin with the full hour after the event's own (Reg. 1182/71 art. 3(1)). */
  readonly nextFullHour?: boolean;
}

const NONE: Options = {};

/** A limit whose steps are written once somebody asks for them: most ask for the day alone, and its steps cost more than it does. */
class Reckoned implements Limit {
  readonly expiry: Day;
  declare readonly time?: string;
  declare readonly which?: Which;
  #steps: readonly Step[] | null = null;
  readonly #write: () => readonly Step[];

  constructor(expiry: Day, time: string | undefined, write: () => readonly Step[], which?: Which) {
    this.expiry = expiry;
    if (time !== undefined) this.time = time;
    if (which !== undefined) this.which = which;
    this.#write = write;
  }

  get steps(): readonly Step[] {
    this.#steps ??= this.#write();
    return this.#steps;
  }
}

/** Runs the periods one after the other; months before days within one, a missing day becomes the month's last. */
export function runPeriods(terms: Terms, rule: Rule, options: Options = NONE): Limit | Refusal {
  if (terms.stood !== undefined) return movedOn(terms, terms.stood, rule);
  let end = terms.start;
  for (const period of terms.periods) {
    const next = after(end, period, terms, options);
    if (isRefusal(next)) return next;
    end = next;
  }
  return new Reckoned(lastDay(end, options), end.time, () => stepsOf(terms, rule, options), end.which);
}

/** A period in business days is moved by the business days that stood still, any other by all of them: a roll comes after. */
function movedOn({ periods, calendar, citation }: Terms, { end, from, through }: StoodStill, rule: Rule): Limit | Refusal {
  const source = citation ?? rule.citation;
  if (!periods.every(({ businessDays }) => businessDays > 0)) {
    const [days, day] = [daysBetween(from, through) + 1, addDays(end.day, daysBetween(from, through) + 1)];
    return new Reckoned(day, end.time, () => [{ code: "stood-still", args: { days, day }, day, source }]);
  }
  if (calendar === null) return refuse("calendar-missing");
  const days = workingDaysWithin(calendar, from, through);
  if (isRefusal(days)) return days;
  const day = days === 0 ? end.day : addWorkingDays(calendar, end.day, days);
  if (isRefusal(day)) return day;
  return new Reckoned(day, end.time, () =>
    withProjection([{ code: "stood-still-business", args: { days, day }, day, source }], calendar, day, source),
  );
}

/** The last day of a limit before it moved on to a working day. */
export function beforeRoll({ expiry, steps }: Limit): Day {
  const rolled = steps.findLast(({ code }) => code === "rolled");
  return rolled === undefined ? expiry : (rolled.args.skipped as readonly Day[])[0]!;
}

function after(from: Start, period: Period, terms: Terms, options: Options): Start | Refusal {
  return period.hours > 0 ? addHours(from, period, terms.zone, options) : addPeriod(from, period, terms);
}

/** A period in hours is over when they are: no day is added to it. */
function lastDay({ day, time }: Start, { extraDays }: Options): Day {
  return extraDays === undefined || time !== undefined ? day : addDays(day, extraDays);
}

/** The steps by which the periods, of which none is refused, come to their end. */
function stepsOf(terms: Terms, rule: Rule, options: Options): readonly Step[] {
  const source = terms.citation ?? rule.citation;
  const steps: Step[] = [{ ...startStep(terms, options), day: terms.start.day, source }];
  let end: Start = terms.start;
  for (const period of terms.periods) {
    const next = after(end, period, terms, options) as Start;
    const clamped = period.months > 0 && period.days === 0 && dayOfMonth(end.day) !== dayOfMonth(next.day);
    const code = clamped ? (next.day > addMonths(end.day, period.months) ? "added-sticky" : "added-month-end") : "added";
    const args = { period: period.text, day: next.day };
    const { time, which } = next;
    if (period.hours > 0)
      steps.push({ code: "added-hours", args: { ...args, time: time!, ...(which && { which }) }, day: next.day, source });
    else steps.push({ code, args, day: next.day, source });
    end = next;
  }
  const last = lastDay(end, options);
  if (last !== end.day) steps.push({ code: "clear-day", args: { day: last }, day: last, source });
  return terms.periods.some(({ businessDays }) => businessDays > 0) ? withProjection(steps, terms.calendar!, last, source) : steps;
}

/** Where a day rests on holidays that are not published yet, that it may be later: said once, at the end. */
function withProjection(steps: readonly Step[], calendar: Calendar, day: Day, source: string): readonly Step[] {
  const said = projection(calendar, day);
  return said === null ? steps : [...steps.filter(({ code }) => code !== said.code), { ...said, day, source }];
}

/** Hours are counted from a time of day: of its day nothing is left out. */
function startStep({ start, periods, zone }: Terms, options: Options): Pick<Step, "code" | "args"> {
  const { day } = start;
  if (periods[0]!.hours === 0) return { code: "start", args: { day } };
  // Without a time of day it was refused.
  const time = start.time!;
  const begins = instantOf(hoursBegin(millisecondsOf(momentAt(zone, day, time, start.which)), options));
  const which = whichOf(zone, begins);
  const args = { day, time, ...(which === null ? {} : { which }) };
  return options.nextFullHour
    ? { code: "start-next-hour", args: { ...args, begins: timeIn(zone, begins) } }
    : { code: "start-hours", args };
}

/** The periods run, and a last day that is no working day moves on to the next one. */
export function runAndRoll(terms: Terms, rule: Rule, options: Options = NONE): Limit | Refusal {
  const end = runPeriods(terms, rule, options);
  return isRefusal(end) ? end : rollForward(end, terms, rule);
}

function addPeriod(from: Start, period: Period, terms: Terms): Start | Refusal {
  if (period.businessDays > 0) return addBusinessDays(from.day, period.businessDays, terms.calendar);
  let end = addMonths(from.day, period.months);
  if (terms.stickyMonthEnd && isMonthEnd(from.day)) end = monthEnd(end);
  return { day: period.days === 0 ? end : addDays(end, period.days) };
}

function addBusinessDays(from: Day, count: number, calendar: Calendar | null): Start | Refusal {
  if (calendar === null) return refuse("calendar-missing");
  const end = addWorkingDays(calendar, from, count);
  return isRefusal(end) ? end : { day: end };
}

const HOUR = 3_600_000;

function addHours(from: Start, period: Period, zone: Zone, options: Options): Start | Refusal {
  if (from.time === undefined) return refuse("time-of-day-missing", { period: period.text, day: from.day });
  const start = millisecondsOf(momentAt(zone, from.day, from.time, from.which));
  const end: Instant = instantOf(hoursBegin(start, options) + period.hours * HOUR);
  const time = timeIn(zone, end);
  if (time === "00:00") return { day: addDays(dayIn(zone, end), -1), time: "24:00" };
  const which = whichOf(zone, end);
  return { day: dayIn(zone, end), time, ...(which === null ? {} : { which }) };
}

function hoursBegin(start: number, { nextFullHour }: Options): number {
  return nextFullHour ? Math.floor(start / HOUR) * HOUR + HOUR : start;
}

/** Moves a last day that is a Saturday, Sunday or holiday to the next working day. Refuses without a calendar that reaches there. */
export function rollForward(limit: Limit, terms: Terms, rule: Rule): Limit | Refusal {
  if (limit.time !== undefined) return limit;
  return rollDay(limit, terms, rule);
}

/** The same also where the limit ends at a time of day, which it then keeps. */
export function rollDay(limit: Limit, terms: Terms, rule: Rule): Limit | Refusal {
  const { calendar } = terms;
  if (calendar === null) return refuse("calendar-missing");
  const end = nextWorkingDay(calendar, limit.expiry);
  if (isRefusal(end)) return end;
  const source = terms.citation ?? rule.citation;
  if (end === limit.expiry) {
    const { time, which } = limit;
    return end <= calendar.publishedUntil
      ? limit
      : new Reckoned(end, time, () => withProjection(limit.steps, calendar, end, source), which);
  }
  return new Reckoned(end, limit.time, () => {
    const args = { skipped: daysSkipped(limit.expiry, end), day: end, calendar: calendar.name };
    return withProjection([...limit.steps, { code: "rolled", args, day: end, source }], calendar, end, source);
  });
}

/** Where fewer than two working days lie within the period, it ends with the second of them. For rolled limits in days or longer. */
export function holdTwoWorkingDays(limit: Limit, terms: Terms, article: string): Limit | Refusal {
  const calendar = terms.calendar!;
  const from = terms.start.day;
  const second = addWorkingDays(calendar, from, 2);
  if (isRefusal(second)) return second;
  if (second <= limit.expiry) return limit;
  const step = { code: "two-working-days", args: { day: second }, day: second, source: article };
  return { ...limit, expiry: second, steps: withProjection([...limit.steps, step], calendar, second, article) };
}

/** The last working day strictly before the day; weekends alone count where no calendar reaches there. */
export function lastWorkingDayBefore(day: Day, calendar: Calendar | null): Day {
  let found = addDays(day, -1);
  while (calendar !== null && covers(calendar, found) ? !isWorkingDay(calendar, found) : isWeekend(found)) found = addDays(found, -1);
  return found;
}
