import type { Utterance } from "../cards/contents.ts";
import { ALWAYS_STAGES, REMINDER_STAGES } from "../cards/next-reminder.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween, earlier, yearOf } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";
import { countsAfterAll, type Hold } from "./counts-after-all.ts";
import type { Scene } from "./look.ts";
import { POLICY } from "./policy.ts";
import { FURTHEST, hourFrom, hourOf, movedEarlier, movedLater, type Timing } from "./timing.ts";
import { beforeEvent } from "./whose.ts";

/** How a place is spoken to of one matter. */
export interface View extends Timing {
  /** Reminders wait until that day in the place's zone; null where nobody put them off. */
  readonly snoozedUntil: Day | null;
  /** From when on the place can have heard of the matter; absent where that is not asked. */
  readonly heardSince?: Instant | null;
}

/** A step of a deadline's story. */
export interface Step {
  /** Its own day, whichever the day on which it is said: of two that may be said, the later day is the one to say. */
  readonly day: Day;
  /** From when on it is said. */
  readonly at: Instant;
  /** From when on it would be said had nobody put the matter off. */
  readonly due: Instant;
  readonly kind: "reminder" | "overdue" | "total" | "cap-reached";
  readonly stage: Utterance["stage"];
  /** It outdates the steps before it, and is not said itself. */
  readonly isSilent?: true;
}

const SPEAKING: ReadonlySet<string> = new Set(["pending", "curing", "accruing", "capped", "lapsed", "overdue", "draft"]);

/** The deadline of which an item is reminded; null where it has none that anybody waits for. */
export function deadlineOf({ standing }: Pick<Scene, "standing">, item: ItemStanding): Day | null {
  if (!SPEAKING.has(item.state) || (item.state === "lapsed" && item.capReached === null)) return null;
  if ((item.state === "overdue" || item.state === "draft") && standing.referredTo !== null) return null;
  if (item.state === "accruing" && item.units === null) return null;
  return item.state === "draft" ? item.earliestExpiry : item.expiry;
}

/** All steps of an item's deadline as it stands, those to come among them; of the totals the last one and the next. */
export function stepsOf(scene: Scene, item: ItemStanding, view: View): readonly Step[] {
  const expiry = deadlineOf(scene, item);
  if (expiry === null) return [];
  const endIn = (standing: Standing) => {
    const same = standing.items.find(({ id }) => id === item.id);
    return same === undefined ? null : deadlineOf({ standing }, same);
  };
  const steps = atOnce(scene, reminders(scene, expiry, view, item.state === "draft" ? null : item.expiryTime), expiry, view, endIn);
  const hold = item.state === "accruing" || item.capReached !== null ? countsAfterAll(scene, item, view) : null;
  // That the time has ended cannot be said before it is true, and every day costs: it waits for no hour of the place.
  const after = addDays(expiry, 1);
  if (item.state === "overdue") steps.push({ day: after, ...notPutOff(hourOf(scene.zone, after)), kind: "overdue", stage: null });
  const capped = (item.state === "capped" || item.state === "lapsed") && item.capReached !== null;
  if (capped) {
    const day = addDays(item.capReached!, 1);
    const moments = notPutOff(movedLater(view, hourOf(scene.zone, day)));
    steps.push({ day, ...held(moments, hold), kind: "cap-reached", stage: null });
  }
  const told = (of: readonly Step[]) => of.map((step) => ({ ...step, ...held(step, hold) }));
  if (item.state === "accruing") steps.push(...yearTurned(scene, item), ...told(totals(scene, expiry, null, view, item)));
  if (capped || item.state === "capped") steps.push(...yearTurned(scene, item), ...told(totals(scene, expiry, item.capReached, view)));
  return sumAtOnce(scene, steps, view);
}

/** To a place that hears of the matter late, on the morning of a sum, that one is told at once in the stead of what is past, or it would be told twice. */
function sumAtOnce(scene: Scene, steps: readonly Step[], view: View): readonly Step[] {
  const since = heardToday(scene, view);
  const said = since === null ? null : latestStep(steps, since);
  if (since === null || said === null || said.isSilent) return steps;
  const isDue = ({ kind, at, due }: Step) => kind === "total" && at === due && at > since && dayIn(scene.zone, at) === scene.today;
  return steps.map((step) => (isDue(step) ? { ...step, ...notPutOff(since) } : step));
}

/** From when on a place hears of a matter that was known before, where that is of today. */
export function heardToday({ matter, zone, today }: Scene, { heardSince }: View): Instant | null {
  return heardSince != null && heardSince > matter.registeredAt && dayIn(zone, heardSince) === today ? heardSince : null;
}

/**
 * The latest step of a deadline that is to be said by now: the steps before it are out of date. A sum that is put off puts none of them back
 * in date: what was to be said before the end is over by then.
 */
export function latestStep(steps: readonly Step[], now: Instant): Step | null {
  const sum = latest(steps.filter(({ kind, due }) => (kind === "total" || kind === "cap-reached") && due <= now));
  return latest(steps.filter(({ at, day }) => at <= now && (sum === null || day >= sum.day)));
}

/** The next moment at which a step is said that was not due before: what was put off until after a later step is out of date by then. */
export function nextMoment(steps: readonly Step[], now: Instant): Instant | null {
  const moments = steps.map(({ at }) => at).filter((at) => at > now);
  return moments.sort().find((at) => latestStep(steps, at)?.at === at) ?? null;
}

function latest(steps: readonly Step[]): Step | null {
  return steps.reduce<Step | null>((last, step) => (last === null || step.day > last.day ? step : last), null);
}

/**
 * The days that the place asked for, those that are always said, and the last working day before where that is none of these. `time` is the
 * wall-clock time at which the deadline ends where it runs in hours: nothing is said of it first when it is over.
 */
export function reminders(scene: Scene, expiry: Day, view: View, time: string | null): Step[] {
  const end = time === null ? null : momentOf(scene.zone, expiry, time);
  const said = (day: Day, always: boolean) => reminderAt(hourBefore(scene.zone, day, end), view, always);
  const days = [...new Set([...(view.stages ?? REMINDER_STAGES), ...ALWAYS_STAGES])];
  const steps = days.map((stage): Step => {
    const day = addDays(expiry, -stage);
    return { day, ...said(day, ALWAYS.has(stage)), kind: "reminder", stage };
  });
  const working = scene.lastWorkingDay(expiry);
  if (steps.some(({ day }) => day === working)) {
    // Said in any case: a place that left this stage out, or put it off, hears it all the same.
    return steps.map((step) => (step.day === working ? { ...step, ...said(working, true) } : step));
  }
  return [...steps, { day: working, ...said(working, true), kind: "reminder", stage: "last-working-day" }];
}

/**
 * Of a deadline that becomes known late, or to a place that begins to watch late, the latest stage speaks at once. Where another one is due later that
 * day it is that one, or the same days left would be said twice. `endIn` finds the deadline where the matter stood before.
 */
export function atOnce(scene: Scene, steps: readonly Step[], end: Day, view: View, endIn: (standing: Standing) => Day | null): Step[] {
  const stands = knownSince(scene, steps, end, endIn);
  const known = view.heardSince != null && view.heardSince > stands ? view.heardSince : stands;
  if (!steps.some(({ at }) => at <= known)) return [...steps];
  const day = dayIn(scene.zone, known);
  const isDue = ({ at, due }: Step) => at === due && at > known && dayIn(scene.zone, at) === day;
  return steps.map((step) => (isDue(step) ? { ...step, ...notPutOff(known) } : step));
}

/** Since when the deadline stands as it does: since the registration, or since something of today that moved it, where a step of today may follow it. */
function knownSince(scene: Scene, steps: readonly Step[], end: Day, endIn: (standing: Standing) => Day | null): Instant {
  const { matter, today, zone } = scene;
  const first = firstOfToday(scene)?.recordedAt as Instant | undefined;
  const mayFollow = ({ at, due }: Step) => at === due && at > first! && dayIn(zone, at) === today;
  const isMoved = first !== undefined && steps.some(mayFollow) && endIn(standingBefore(scene)) !== end;
  return isMoved ? first : (matter.registeredAt as Instant);
}

/** The first of what was recorded today, after the registration. */
export function firstOfToday({ matter, today, zone }: Scene) {
  return matter.events.find(({ initial, recordedAt }) => !initial && dayIn(zone, recordedAt as Instant) === today);
}

/** How matters stood without what was recorded today: every place asks it of every deadline. */
const BEFORE = new WeakMap<Scene["matter"], { readonly today: Day; readonly standing: Standing }>();

export function standingBefore(scene: Scene): Standing {
  const { matter, today } = scene;
  const kept = BEFORE.get(matter);
  if (kept?.today === today) return kept.standing;
  const standing = standingNow(beforeEvent(matter, firstOfToday(scene)!), today);
  BEFORE.set(matter, { today, standing });
  return standing;
}

const ALWAYS: ReadonlySet<number> = new Set(ALWAYS_STAGES);

type Moments = Pick<Step, "at" | "due">;

/** The authority's hour of speaking on a day; before an end that comes no later, the hour of the day before. */
function hourBefore(zone: Zone, day: Day, end: Instant | null): Instant {
  const hour = hourOf(zone, day);
  return end === null || hour < end ? hour : hourOf(zone, addDays(day, -1));
}

function reminderAt(hour: Instant, view: View, always: boolean): Moments {
  const due = movedEarlier(view, hour);
  return always ? notPutOff(due) : putOff(due, view);
}

/** A sum waits until it holds what has just been recorded. What was to be said before that stays said. */
function held({ at, due }: Moments, hold: Hold | null): Moments {
  const isHeld = hold !== null && at < hold.until && (hold.from === null || at >= hold.from);
  return { at: isHeld ? hold.until : at, due };
}

function notPutOff(due: Instant): Moments {
  return { at: due, due };
}

/** A place that put the matter off hears what was due meanwhile when that is over. */
function putOff(due: Instant, view: View): Moments {
  if (view.snoozedUntil === null) return notPutOff(due);
  const over = hourFrom(view, view.snoozedUntil);
  return { at: due < over ? over : due, due };
}

/**
 * From New Year's Day on what a cap of the year before had stopped runs again: no total of a day on which it did not run is made up for, and nothing
 * that was said before is asked again. By the eighth day a total of the new year has followed.
 */
function yearTurned(scene: Scene, item: ItemStanding): readonly Step[] {
  const day = `${yearOf(scene.today) - 1}-12-31` as Day;
  if (daysBetween(day, scene.today) > POLICY.totalEveryDays + 1 || !wasCappedByYear(scene, item, day)) return [];
  // What another cap had stopped by then, such as one in common, runs in no later year.
  if (item.capReached !== null && item.capReached <= day) return [];
  return [{ day, ...notPutOff(momentOf(scene.zone, addDays(day, 1))), kind: "cap-reached", stage: null, isSilent: true }];
}

/** Whether a calendar year's cap had stopped on a day that is over what runs now. */
function wasCappedByYear({ matter, standing }: Scene, { id }: ItemStanding, day: Day): boolean {
  if (standing.facts.items?.find((item) => item.id === id)?.penalty?.cap?.perYear === undefined) return false;
  return standingNow(matter, day).items.find((item) => item.id === id)?.state === "capped";
}

/** Each seventh day after the expiry, up to the day on which a cap is reached. Only the last of them matters, and when the next ones come. */
function totals(scene: Scene, expiry: Day, until: Day | null, view: View, item?: ItemStanding): readonly Step[] {
  const nth = (number: number): Step => {
    const day = addDays(expiry, number * POLICY.totalEveryDays);
    const moved = movedEarlier(view, hourOf(scene.zone, day));
    const on = dayIn(scene.zone, moved);
    // Moved before the first day of the penalty, or into the year whose cap had stopped it, it would have nothing to count.
    const over = item !== undefined && yearOf(on) < yearOf(day) && on <= scene.today && wasCappedByYear(scene, item, on);
    const at = on > addDays(expiry, 1) && !over ? moved : hourOf(scene.zone, day);
    return { day, ...putOff(at, view), kind: "total", stage: null };
  };
  // A place may hear a total up to two weeks early, so that the next ones are among them; the one before holds until the hour of the last.
  const end = until === null ? addDays(scene.today, FURTHEST + POLICY.totalEveryDays) : earlier(until, scene.today);
  const last = Math.floor(daysBetween(expiry, end) / POLICY.totalEveryDays);
  const first = Math.floor(daysBetween(expiry, earlier(end, scene.today)) / POLICY.totalEveryDays) - 1;
  return numbersFrom(first, last).map(nth);
}

/** Whole numbers from 1, within both ends. */
export function numbersFrom(first: number, last: number): readonly number[] {
  const from = Math.max(1, first);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
}
