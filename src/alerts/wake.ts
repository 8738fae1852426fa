import { addDays, type Day } from "../time/day.ts";
import { type Instant, momentOf } from "../time/instant.ts";
import { clockSteps, clocksOf } from "./clocks.ts";
import type { Scene } from "./look.ts";
import { capNearAt, draftWeeks, eventsDue } from "./plan.ts";
import { reminders, stepsOf, type View } from "./steps.ts";
import { ANY_TIME, hourOf } from "./timing.ts";

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
      if (item.state === "accruing") consider(capNearAt(scene, item, view));
    }
    for (const clock of clocksOf(scene)) for (const { at } of clockSteps(scene, clock, view)) consider(at);
  }
  if (shown) for (const at of hoursShown(scene)) consider(at);
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
function daysOfChange({ standing, today }: Scene, dueDays: readonly number[], shown: boolean): readonly Day[] {
  const tomorrow = addDays(today, 1);
  const days: Day[] = [];
  for (const item of standing.items) {
    if (item.state === "curing" && item.expiry !== null) days.push(addDays(item.expiry, 1));
    if (item.state === "pending") days.push(tomorrow);
    if (shown && (item.state === "curing" || item.state === "accruing" || item.state === "overdue")) days.push(tomorrow);
    // Units may be withheld from tomorrow on, a cap may bind, an until may pass.
    if ((item.state === "accruing" || item.state === "capped") && standing.facts.knownThrough !== undefined) days.push(tomorrow);
  }
  for (const item of standing.facts.items ?? []) {
    const end = item.penalty?.cap?.until;
    if (end !== undefined && end >= today) days.push(end as Day, addDays(end as Day, 1), addDays(end as Day, 2));
  }
  for (const { day } of standing.ahead) {
    days.push(addDays(day, 1));
    for (const before of dueDays) days.push(addDays(day, -before));
  }
  return days;
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
