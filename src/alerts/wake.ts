import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, yearOf } from "../time/day.ts";
import { type Instant, momentOf } from "../time/instant.ts";
import { capNearAt, NEARS } from "./cap-near.ts";
import { capOfLastYear } from "./cap-of-last-year.ts";
import { clockSteps, clocksOf } from "./clocks.ts";
import type { Scene } from "./look.ts";
import { draftWeeks, eventsDue } from "./plan.ts";
import { reminders, stepsOf, type View } from "./steps.ts";
import { ANY_TIME, hourOf } from "./timing.ts";

/**
 * Names this reckoning of when a matter is looked at again, and is to be another one whenever that may be sooner than by the one before: a program
 * that finds another name looks at every matter once, or what the one before let sleep for good would sleep on.
 */
export const WAKES = "wakes-7";

/** What of the places decides when a matter is to be looked at again. */
export interface Interests {
  readonly views: readonly View[];
  /** The days of every filter due:Nd: a matter falls under it so many days before its next deadline. */
  readonly dueDays: readonly number[];
  /** The matter's card stands somewhere and shows figures of today. */
  readonly shown: boolean;
}

/**
 * The next moment after now at which what ought to have been said of the matter, or whether a filter takes it, can be otherwise than now; null
 * for never, short of a new event. Exact or too early, never too late (test/alerts/wake.property.test.ts).
 */
export function wakeAt(scene: Scene, { views, dueDays, shown }: Interests): Instant | null {
  const { now } = scene;
  let next: Instant | null = null;
  const consider = (at: Instant | null) => {
    if (at !== null && at > now && (next === null || at < next)) next = at;
  };
  for (const view of views) {
    consider(eventsDue(scene, view).next);
    for (const item of scene.standing.items) {
      for (const { at } of stepsOf(scene, item, view)) consider(at);
      for (const { at } of draftWeeks(scene, item, view)) consider(at);
      consider(capOfLastYear(scene, item, view)?.at ?? null);
      if (item.state === "accruing") for (const near of NEARS) consider(capNearAt(scene, item, view, near));
    }
    for (const clock of clocksOf(scene)) for (const { at } of clockSteps(scene, clock, view)) consider(at);
  }
  if (shown) {
    for (const at of hoursShown(scene)) consider(at);
    // The card says until when somebody has put the matter off there.
    for (const { zone, snoozedUntil } of views) if (snoozedUntil !== null) consider(momentOf(zone, snoozedUntil));
  }
  for (const day of daysOfChange(scene, dueDays, shown)) consider(momentOf(scene.zone, day));
  if (scene.standing.items.some(hasCap(scene))) {
    // A cap comes near, or binds, on a day that nobody knows ahead, and is said at the hour of that day.
    const tomorrow = addDays(scene.today, 1);
    consider(momentOf(scene.zone, tomorrow));
    consider(hourOf(scene.zone, tomorrow));
    consider(hourOf(scene.zone, scene.today));
  }
  return next;
}

/** Civil days at whose beginning the state, a filter or a shown figure changes. */
function daysOfChange({ matter, standing, today }: Scene, dueDays: readonly number[], shown: boolean): readonly Day[] {
  const tomorrow = addDays(today, 1);
  const days: Day[] = [];
  for (const item of standing.items) {
    if (item.state === "curing" && item.expiry !== null) days.push(addDays(item.expiry, 1));
    if (item.state === "pending") days.push(tomorrow);
    if (shown && GROWING.has(item.state)) days.push(tomorrow);
    // Units may be withheld from tomorrow on, a cap may bind, an until may pass.
    if (RUNNING.has(item.state) && standing.facts.knownThrough !== undefined) days.push(tomorrow);
    if (item.state === "accruing" && owesDaily(item, standing)) days.push(tomorrow);
  }
  // What happened today is not among the sums yet, on which clocks may depend.
  if (standing.since.length > 0) days.push(tomorrow);
  if (standing.items.some(({ state }) => WAITING.has(state)) && matter.events.some(setsFirstDay)) days.push(tomorrow);
  for (const item of standing.facts.items ?? []) {
    const { until, perYear } = item.penalty?.cap ?? {};
    if (until !== undefined) days.push(until as Day, addDays(until as Day, 1), addDays(until as Day, 2));
    // A calendar year's cap binds for the rest of its year: on New Year's Day what it stopped runs again.
    if (perYear !== undefined) days.push(...newYear(today));
  }
  for (const { day } of standing.ahead) {
    days.push(addDays(day, 1));
    for (const before of dueDays) days.push(addDays(day, -before));
  }
  return days;
}

/** What a card shows of it changes from day to day: of a claim, what is owed should it be refused. */
const GROWING: ReadonlySet<string> = new Set(["curing", "accruing", "overdue", "claimed"]);
const RUNNING: ReadonlySet<string> = new Set(["accruing", "capped"]);
const WAITING: ReadonlySet<string> = new Set(["curing", "draft"]);

/** Where the debt arises as it runs, the next day's sum may begin a clock, or one that waited for nothing as all was paid. */
function owesDaily({ id, regime }: ItemStanding, { related }: Standing): boolean {
  if (regime !== "forfeited" && regime !== "imposed") return false;
  const debts = related.filter(({ item, kind }) => item === id && DEBTS.has(kind));
  return debts.some(({ done }) => done) || (regime === "forfeited" && debts.length < DEBTS.size);
}

const DEBTS: ReadonlySet<string> = new Set(["payment", "time-bar"]);

/** A first day of delay that a person has set lies before the end of the time to comply, or after it. */
function setsFirstDay({ event }: Scene["matter"]["events"][number]): boolean {
  return event.type === "overridden" && event.what === "firstPenaltyDay";
}

/** The first days of the next year: the sums run through the day before. */
function newYear(today: Day): readonly Day[] {
  const first = `${yearOf(today) + 1}-01-01` as Day;
  return [first, addDays(first, 1)];
}

/** A card that is shown names the next reminder, and says that a time has ended from the hour at which it does. */
function hoursShown(scene: Scene): readonly Instant[] {
  return scene.standing.items.flatMap(({ state, expiry, expiryTime }) => {
    if (state !== "curing" || expiry === null) return [];
    const said = reminders(scene, expiry, { ...ANY_TIME, snoozedUntil: null }, null).map(({ at }) => at);
    return expiryTime === null ? said : [...said, momentOf(scene.zone, expiry, expiryTime)];
  });
}

function hasCap({ standing }: Scene): (item: { readonly id: string; readonly state: string }) => boolean {
  const { items, jointCap } = standing.facts;
  return ({ id, state }) =>
    state === "accruing" && (jointCap?.items.includes(id) === true || items?.find((item) => item.id === id)?.penalty?.cap !== undefined);
}
