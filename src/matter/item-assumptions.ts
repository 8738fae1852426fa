import { type Meter, rateOn, run } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { type Money, money } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import type { ItemFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemScene } from "./item-standing.ts";
import type { ItemFold, LastDay } from "./item-state.ts";
import { type Meters, metersOf } from "./joint-cap.ts";
import type { ReadMatter } from "./readings.ts";

/** A matter as it is counted from one day of notification. */
interface Side extends Pick<ItemScene, "matter" | "fold" | "readings"> {
  /** Null where no sum is told. */
  readonly meter: Meter | null;
}

/** From the earliest day of notification and from the latest; the second is null where it is known to the day. */
interface Sides {
  readonly early: Side;
  readonly late: Side | null;
}

/** What a figure rests on without being certain, each with the sum or day that the other reading would give. The meter is null where no sum is told. */
export function assumptionsOf(item: ItemFacts, scene: ItemScene, meter: Meter | null, on: Day): readonly Finding[] {
  const { matter, fold } = scene;
  if (fold.annulled) return [];
  const sides = sidesOf(item.id, scene, meter);
  const found: Finding[] = [...rolledOf(sides, on), ...ofBoth(sides, (side) => laterInParts(side, on))];
  const { clock } = fold;
  if (fold.otherwise !== null && fold.otherwise.of === endOf(fold)) found.push({ code: "remainder-before-roll", args: fold.otherwise });
  if (fold.projected !== null && fold.expiry !== null) found.push(fold.projected);
  found.push(...ofBoth(sides, (side) => endDayOf(side, on)), ...ofBoth(sides, (side) => oneRateOf(side, on)));
  if (fold.appealAssumed) found.push({ code: "appeal-does-not-suspend", args: {} });
  if (item.penalty !== undefined && !matter.authority.regimeRead)
    found.push({ code: "regime-assumed", args: { authority: matter.authority.names[0]! } });
  if (matter.notification !== null && clock.kind === "running" && matter.notification.from !== matter.notification.to) {
    found.push({ code: "notified-between", args: { from: matter.notification.from, to: matter.notification.to } });
  }
  if (fold.firstDay === null && item.penalty?.turnover !== undefined) found.push({ code: "turnover-rounding", args: {} });
  return found;
}

function sidesOf(id: string, { matter, fold, readings, late, latest, lateMeters }: ItemScene, meter: Meter | null): Sides {
  const early = { matter, fold, readings, meter };
  if (late === null || latest === null) return { early, late: null };
  return { early, late: { ...latest, fold: late, meter: meter === null ? null : (lateMeters?.of.get(id) ?? null) } };
}

/** What figures rest on from either day of a window; the other sum is told where both come to the same, since it is a range else. */
function ofBoth({ early, late }: Sides, find: (side: Side) => Finding | null): readonly Finding[] {
  const found = find(early);
  if (late === null) return found === null ? [] : [found];
  const other = find(late);
  const one = found ?? other;
  if (one === null) return [];
  return [minorOf(found) === minorOf(other) ? one : withoutSum(one)];
}

function minorOf(finding: Finding | null): bigint | null {
  return (finding?.args.sum as Money | undefined)?.minor ?? null;
}

/** The same without what the sum would be. */
export function withoutSum({ code, args: { sum: _, ...args } }: Finding): Finding {
  return { code: code === "no-roll-inferred-sum" ? "no-roll-inferred" : code, args };
}

function endOf({ freshExpiry, expiry }: ItemFold): Day | null {
  return freshExpiry ?? expiry;
}

/**
 * The end that another reading gives, or where that is the same the end before the fresh period; null where both are as they stand. What stands still
 * has no end. Where it would refuse what has been recorded it tells nothing of what would be.
 */
function otherEnd({ matter, fold }: Side, read: ReadMatter): { readonly day: Day; readonly instead: Day } | null {
  if (refusesMore(matter, fold.id, read.fold)) return null;
  const other = read.fold.items.find(({ id }) => id === fold.id)!;
  const still = fold.stay?.during;
  if (still !== "cure" && still !== "fresh period") {
    const [day, instead] = [endOf(other), endOf(fold)];
    if (day !== null && instead !== null && day !== instead) return { day, instead };
  }
  const [day, instead] = [other.expiry, fold.expiry];
  return still === "cure" || day === null || instead === null || day === instead ? null : { day, instead };
}

/** Whether another reading refuses an event of the item that is recorded. */
function refusesMore({ faults, events }: MatterFold, item: string, read: MatterFold): boolean {
  return read.faults.some(({ id }) => {
    const of = events.find((recorded) => recorded.id === id)?.event.item;
    return (of === undefined || of === item) && !faults.some((fault) => fault.id === id);
  });
}

/** What the item's sum comes to by other meters; nothing where no sum is told, or it is no other. */
function sumBy({ of }: Meters, { matter, fold, meter }: Side, on: Day): { readonly sum?: Money } {
  const other = of.get(fold.id);
  const amount = meter === null || other === undefined ? null : run(other, on).amount;
  return meter === null || amount === null || amount === run(meter, on).amount ? {} : { sum: money(amount, matter.currency) };
}

/** That a last day stands is inferred only: what comes of it if the authority moves such days on, of every item of the matter. */
function rolledOf({ early, late }: Sides, on: Day): readonly Finding[] {
  const found = ofBoth({ early, late }, (side) => ifRolled(side, on));
  const { rolled } = early.readings;
  if (late === null || late.readings.rolled === null || (rolled !== null && otherEnd(early, rolled) !== null)) return found;
  // Deadlines are told from the earliest day: of that one the roll is not.
  const end = otherEnd(late, late.readings.rolled);
  return end === null ? [] : [{ code: "no-roll-latest", args: { end: end.instead, rolled: end.day } }];
}

function ifRolled(side: Side, on: Day): Finding | null {
  const { rolled } = side.readings;
  const end = rolled === null ? null : otherEnd(side, rolled);
  if (rolled === null || end === null) return null;
  const sum = sumBy(rolled.meters, side, on);
  return { code: sum.sum === undefined ? "no-roll-inferred" : "no-roll-inferred-sum", args: { rolled: end.day, ...sum } };
}

/** By the holidays of parts of the country the time ends later: the parts, and the latest end with its sum. */
function laterInParts(side: Side, on: Day): Finding | null {
  const later = side.readings.parts.flatMap((read) => {
    const end = otherEnd(side, read);
    return end !== null && end.day > end.instead ? [{ read, day: end.day }] : [];
  });
  if (later.length === 0) return null;
  const last = later.reduce((latest, one) => (one.day > latest.day ? one : latest));
  return {
    code: "later-in-parts",
    args: { day: last.day, parts: later.map(({ read }) => read.part), ...sumBy(last.read.meters, side, on) },
  };
}

/** Whether the day of an end counts itself is a matter of convention: the sum by the other, for all that ended by that event. */
function endDayOf(side: Side, on: Day): Finding | null {
  const { matter, fold, meter } = side;
  const last = meter === null ? undefined : fold.lastDays.find(({ stop }) => stop === meter.stop);
  if (meter === null || last === undefined || last.on <= meter.expiry) return null;
  const endsWithIt = new Set(matter.items.filter(({ lastDays }) => lastDays.some((one) => isSame(one, last))).map((one) => one.id));
  const alter = (other: string, one: Meter) => (endsWithIt.has(other) && one.stop === last.stop ? { ...one, stop: otherwise(last) } : one);
  const { sum } = sumBy(metersOf(matter, on, { alter }), side, on);
  if (sum === undefined) return null;
  const code = last.stop === last.on ? "end-day-counted" : "end-day-not-counted";
  return { code, args: { day: last.on, end: last.ended, sum } };
}

function isSame(one: LastDay, other: LastDay): boolean {
  return one.on === other.on && one.stop === other.stop && one.ended === other.ended;
}

function otherwise({ on, stop }: LastDay): Day {
  return stop === on ? addDays(on, -1) : on;
}

/** The other reading of units that a person has set: all of them at the rate of that day; nothing where it comes to the same. */
function oneRateOf(side: Side, on: Day): Finding | null {
  const { matter, fold, meter } = side;
  const set = meter?.set;
  if (meter === null || set === undefined || on < set.on || meter.turnover !== null || meter.rate === null) return null;
  const rate = rateOn(meter, set.on)!;
  const alter = (other: string, one: Meter) => (other === fold.id ? atOneRate(one, rate, set.on) : one);
  const { sum } = sumBy(metersOf(matter, on, { alter }), side, on);
  return sum === undefined ? null : { code: "units-keep-rates", args: { day: set.on, rate: money(rate, matter.currency), sum } };
}

/** As if what had run by that day had all run at that rate. */
export function atOneRate(meter: Meter, rate: bigint, day: Day): Meter {
  return { ...meter, rate, steps: meter.steps.filter(({ from }) => from > day) };
}
