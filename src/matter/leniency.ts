import type { Money } from "../law/money.ts";
import { addDays, type Day, later } from "../time/day.ts";
import type { Matter } from "./history.ts";
import { standingOn } from "./standing.ts";
import type { FineStanding, ItemStanding, RelatedDeadline, Standing, State } from "./standing-types.ts";

/** On these days after the last one that either knows of, sums and states have gone on for long enough to tell. */
const AFTER: readonly number[] = [1, 8, 40, 366];

/**
 * Whether the second matter asks less of its addressee than the first on any day from `today` on: an item ends or stands still that did not, a
 * period ends later, or a sum is lower. It is looked at today, about each day that is ahead in either, and for a year after the last of them;
 * between two such days a sum runs evenly.
 */
export function isEasier(before: Matter, after: Matter, today: Day): boolean {
  return daysOf(before, after, today).some((on) => asksLess(standingOn(before, on), standingOn(after, on)));
}

/** Today first: what eases most often does so now. */
function daysOf(before: Matter, after: Matter, today: Day): readonly Day[] {
  const [one, other] = [standingOn(before, today), standingOn(after, today)];
  const ahead = new Set([one, other].flatMap(turnsOf).filter((day) => day >= today));
  const last = [...ahead].reduce(later, today);
  const far = addDays(last, AFTER.at(-1)!);
  // A cap is known once it is reached.
  for (const matter of [before, after])
    for (const { capReached } of standingOn(matter, far).items) if (capReached !== null && capReached > today) ahead.add(capReached);
  const about = [...ahead].flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]).filter((day) => day > today);
  return [...new Set([today, addDays(today, 1), ...about, ...AFTER.map((days) => addDays(last, days))])];
}

function turnsOf({ items, related }: Standing): readonly Day[] {
  const days = [
    ...items.flatMap(({ expiry, runsFrom, capReached }) => [expiry, runsFrom, capReached]),
    ...related.filter(isFixed).map(dayOf),
  ];
  return days.filter((day) => day !== null);
}

function dayOf({ day }: RelatedDeadline): Day {
  return day;
}

/** The clock of forfeited sums moves on as they are paid, which asks for nothing less. */
function isFixed({ ofSums }: RelatedDeadline): boolean {
  return ofSums !== true;
}

function asksLess(before: Standing, after: Standing): boolean {
  return (
    before.items.some((item) => isPresentAnd(find(after.items, item.id), (now) => isItemEasier(item, now))) ||
    before.fines.some((fine) => isPresentAnd(find(after.fines, fine.id), (now) => isFineEasier(fine, now))) ||
    before.related
      .filter(isFixed)
      .some((one) => after.related.some((now) => now.id === one.id && now.item === one.item && now.day > one.day))
  );
}

function find<Thing extends { readonly id: string }>(things: readonly Thing[], id: string): Thing | undefined {
  return things.find((one) => one.id === id);
}

function isPresentAnd<Thing>(thing: Thing | undefined, is: (thing: Thing) => boolean): boolean {
  return thing !== undefined && is(thing);
}

/** How much is asked: nothing any more, nothing for now, or something. */
const QUIET: Readonly<Partial<Record<State, number>>> = {
  annulled: 0,
  withdrawn: 0,
  settled: 0,
  closed: 0,
  complied: 0,
  lapsed: 0,
  claimed: 1,
  stayed: 1,
};

function askedIn(state: State): number {
  return QUIET[state] ?? 2;
}

/** What a penalty comes to, and the units that it is reckoned of. */
type Ran = readonly [sum: Money | null, units: number | null];

function isItemEasier(was: ItemStanding, is: ItemStanding): boolean {
  return (
    askedIn(is.state) < askedIn(was.state) ||
    isLater(endOf(was), endOf(is)) ||
    isLater(was.runsFrom, is.runsFrom) ||
    isLess([was.theoretical, was.units], [is.theoretical, is.units]) ||
    isLess(
      [was.theoreticalMax ?? was.theoretical, was.unitsMax ?? was.units],
      [is.theoreticalMax ?? is.theoretical, is.unitsMax ?? is.units],
    ) ||
    isLower(was.fixed, is.fixed)
  );
}

function isFineEasier(was: FineStanding, is: FineStanding): boolean {
  return (is.annulled && !was.annulled) || isLower(was.amount, is.amount) || isLater(was.due, is.due);
}

/** A period that is not counted in hours ends with its day. */
function endOf({ expiry, expiryTime }: ItemStanding): string | null {
  return expiry === null ? null : `${expiry}T${expiryTime ?? "24:00"}`;
}

/** A day that is there no more is put off without end. */
function isLater(was: string | null, is: string | null): boolean {
  return was !== null && (is === null || is > was);
}

/** By the sum. Where none can be told, by its units: a rate that is raised reaches its cap in fewer of them, and asks for no less. */
function isLess([was, wasUnits]: Ran, [is, isUnits]: Ran): boolean {
  return was === null ? isFewer(wasUnits, isUnits) : isLower(was, is);
}

/** What can be told no more may be less. */
function isFewer(was: number | null, is: number | null): boolean {
  return was !== null && (is === null || is < was);
}

function isLower(was: Money | null, is: Money | null): boolean {
  return was !== null && (is === null || is.minor < was.minor);
}
