import { type Meter, rateOn, run } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { type Money, money } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import type { ItemFacts } from "./facts.ts";
import type { ItemScene } from "./item-standing.ts";
import type { ItemFold, LastDay } from "./item-state.ts";
import { type Meters, metersOf } from "./joint-cap.ts";
import type { ReadMatter } from "./readings.ts";

type Scene = Pick<ItemScene, "matter" | "fold" | "readings">;

/** What a figure rests on without being certain, each with the sum or day that the other reading would give. The meter is null where no sum is told. */
export function assumptionsOf(item: ItemFacts, scene: Scene, meter: Meter | null, on: Day): readonly Finding[] {
  const { matter, fold } = scene;
  if (fold.annulled) return [];
  const found: Finding[] = [...rolledOf(item.id, scene, meter, on), ...laterInParts(item.id, scene, meter, on)];
  const { clock } = fold;
  if (fold.otherwise !== null && fold.otherwise.of === endOf(fold)) found.push({ code: "remainder-before-roll", args: fold.otherwise });
  if (fold.projected !== null && fold.expiry !== null) found.push(fold.projected);
  if (meter !== null) found.push(...endDayOf(item.id, scene, meter, on), ...oneRateOf(item.id, scene, meter, on));
  if (fold.appealAssumed) found.push({ code: "appeal-does-not-suspend", args: {} });
  if (item.penalty !== undefined && !matter.authority.regimeRead)
    found.push({ code: "regime-assumed", args: { authority: matter.authority.names[0]! } });
  if (matter.notification !== null && clock.kind === "running" && matter.notification.from !== matter.notification.to) {
    found.push({ code: "notified-between", args: { from: matter.notification.from, to: matter.notification.to } });
  }
  if (fold.firstDay === null && item.penalty?.turnover !== undefined) found.push({ code: "turnover-rounding", args: {} });
  return found;
}

function endOf({ freshExpiry, expiry }: ItemFold): Day | null {
  return freshExpiry ?? expiry;
}

/**
 * The end that another reading gives, or where that is the same the end before the fresh period; null where both are as they stand. What stands still
 * has no end.
 */
function otherEnd(fold: ItemFold, read: ReadMatter): { readonly day: Day; readonly instead: Day } | null {
  const other = read.fold.items.find(({ id }) => id === fold.id)!;
  const still = fold.stay?.during;
  if (still !== "cure" && still !== "fresh period") {
    const [day, instead] = [endOf(other), endOf(fold)];
    if (day !== null && instead !== null && day !== instead) return { day, instead };
  }
  const [day, instead] = [other.expiry, fold.expiry];
  return still === "cure" || day === null || instead === null || day === instead ? null : { day, instead };
}

/** What the item's sum comes to by other meters; nothing where no sum is told. */
function sumBy({ of }: Meters, id: string, currency: string, on: Day): { readonly sum?: Money } {
  const meter = of.get(id);
  const amount = meter === undefined ? null : run(meter, on).amount;
  return amount === null ? {} : { sum: money(amount, currency) };
}

/** That a last day stands is inferred only: what comes of it if the authority moves such days on, of every item of the matter. */
function rolledOf(id: string, { matter, fold, readings: { rolled } }: Scene, meter: Meter | null, on: Day): readonly Finding[] {
  const end = rolled === null ? null : otherEnd(fold, rolled);
  if (rolled === null || end === null) return [];
  const sum = meter === null ? {} : sumBy(rolled.meters, id, matter.currency, on);
  const code = sum.sum === undefined ? "no-roll-inferred" : "no-roll-inferred-sum";
  return [{ code, args: { rolled: end.day, ...sum } }];
}

/** By the holidays of parts of the country the time ends later: the parts, and the latest end with its sum. */
function laterInParts(id: string, { matter, fold, readings }: Scene, meter: Meter | null, on: Day): readonly Finding[] {
  const later = readings.parts.flatMap((read) => {
    const end = otherEnd(fold, read);
    return end !== null && end.day > end.instead ? [{ read, day: end.day }] : [];
  });
  if (later.length === 0) return [];
  const last = later.reduce((latest, one) => (one.day > latest.day ? one : latest));
  const sum = meter === null ? {} : sumBy(last.read.meters, id, matter.currency, on);
  return [{ code: "later-in-parts", args: { day: last.day, parts: later.map(({ read }) => read.part), ...sum } }];
}

/** Whether the day of an end counts itself is a matter of convention: the sum by the other, for all that ended by that event. */
function endDayOf(id: string, { matter, fold }: Scene, meter: Meter, on: Day): readonly Finding[] {
  const last = fold.lastDays.find(({ stop }) => stop === meter.stop);
  if (last === undefined || last.on <= meter.expiry) return [];
  const endsWithIt = new Set(matter.items.filter(({ lastDays }) => lastDays.some((one) => isSame(one, last))).map((one) => one.id));
  const alter = (other: string, one: Meter) => (endsWithIt.has(other) && one.stop === last.stop ? { ...one, stop: otherwise(last) } : one);
  const { sum } = sumBy(metersOf(matter, on, { alter }), id, matter.currency, on);
  if (sum === undefined || sum.minor === run(meter, on).amount) return [];
  const code = last.stop === last.on ? "end-day-counted" : "end-day-not-counted";
  return [{ code, args: { day: last.on, end: last.ended, sum } }];
}

function isSame(one: LastDay, other: LastDay): boolean {
  return one.on === other.on && one.stop === other.stop && one.ended === other.ended;
}

function otherwise({ on, stop }: LastDay): Day {
  return stop === on ? addDays(on, -1) : on;
}

/** The other reading of units that a person has set: all of them at the rate of that day; nothing where it comes to the same. */
function oneRateOf(id: string, { matter }: Scene, meter: Meter, on: Day): readonly Finding[] {
  const { set } = meter;
  if (set === undefined || on < set.on || meter.turnover !== null || meter.rate === null) return [];
  const rate = rateOn(meter, set.on)!;
  const alter = (other: string, one: Meter) =>
    other === id ? { ...one, rate, steps: one.steps.filter(({ from }) => from > set.on) } : one;
  const { sum } = sumBy(metersOf(matter, on, { alter }), id, matter.currency, on);
  if (sum === undefined || sum.minor === run(meter, on).amount) return [];
  return [{ code: "units-keep-rates", args: { day: set.on, rate: money(rate, matter.currency), sum } }];
}
