import { denominatorOf, exactSum, type Meter, run } from "../law/accrual.ts";
import { ruleFor } from "../law/catalogue.ts";
import { firstDay } from "../law/counted.ts";
import type { Finding } from "../law/finding.ts";
import { isRefusal, type Refusal } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { ruleOf } from "../law/rules/index.ts";
import type { Limit } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { periodsOf, placeOf } from "./clock.ts";
import { projectionOf } from "./clock-told.ts";
import { dayOf } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemFold } from "./item-state.ts";
import type { Meters } from "./joint-cap.ts";
import { minorOf, total } from "./meter.ts";
import type { RelatedDeadline } from "./standing-types.ts";

const KINDS = ["payment", "time-bar"] as const;

/**
 * Where a debt arises by law as it runs, each forfeited sum has clocks of its own: the time to pay it and the time-bar (Awb 5:33, 5:35). One of each is
 * told of an item, that of the first sum that is not paid and whose day is not over by `today`, with how many there are, when the last of them ends, and
 * how many had their day: one for every day would be noise. Where all had it, it is that of the last. A clock of the kind in the item's file stands
 * in for it.
 */
export function forfeitedClocks(fold: MatterFold, meters: Meters, on: Day, today: Day): readonly RelatedDeadline[] {
  const { authority, facts, currency } = fold;
  if (authority.regime !== "forfeited") return [];
  const known = dayOf(facts.knownThrough);
  const through = known !== null && known < on ? known : on;
  return (facts.items ?? []).flatMap((item, index) => {
    const folded = fold.items[index]!;
    const meter = meters.of.get(item.id);
    if (meter === undefined || folded.annulled) return [];
    const sums = sumsOf(meter, folded, currency, through);
    if (sums === null) return [];
    const wanted = KINDS.filter((kind) => !item.clocks?.some((clock) => clock.kind === kind));
    return wanted.flatMap((kind) => clockOf(fold, item.id, kind, sums, folded, { through, today }) ?? []);
  });
}

interface Sums {
  /** The day on which the first sum was forfeited that is not paid; where all are, the first of all. */
  readonly first: Day;
  /** The day of the last one so far. */
  readonly last: Day;
  readonly done: boolean;
  /** The day of the first sum on a day or after it; of the last one, where none is. */
  readonly next: (from: Day) => Day;
  /** The day of the last sum by a day, on which there is one. */
  readonly lastBy: (day: Day) => Day;
  /** How many of them are not paid from one day through another; null where sums were fixed by a decision, which are counted no more one by one. */
  readonly count: (from: Day, through: Day) => number | null;
  readonly unpaid: (from: Day, through: Day) => bigint | null;
}

/** Payments and what was given up settle the oldest sums first. Null where nothing is forfeited, or where it cannot be told what is paid. */
function sumsOf(meter: Meter, folded: ItemFold, currency: string, through: Day): Sums | null {
  const { units } = run(meter, through);
  if (units === 0) return null;
  const unitsBefore = (day: Day) => run(meter, addDays(day, -1)).units;
  const begun = firstDay(meter.expiry, through, (day) => run(meter, day).units > 0);
  const lastBy = (by: Day) => {
    const had = run(meter, by).units;
    return firstDay(meter.expiry, by, (day) => run(meter, day).units >= had);
  };
  const last = lastBy(through);
  const settled = total(folded.paid, currency) - total(folded.refunded, currency) + total(folded.writtenOff, currency);
  const count = (from: Day, to: Day) =>
    folded.liquidations.length > 0 ? null : (unitsBefore(addDays(to, 1)) - unitsBefore(from)) / meter.multiplier;
  const next = (from: Day) => {
    const before = unitsBefore(from);
    return before >= units ? last : firstDay(meter.expiry, through, (day) => run(meter, day).units > before);
  };
  const owed = (day: Day) => owedBy(meter, folded, currency, day);
  const all = owed(through);
  const unpaid = (from: Day, to: Day) => {
    const [before, by] = [owed(addDays(from, -1)), owed(to)];
    return before === null || by === null ? null : by - (before > settled ? before : settled);
  };
  const whole = { last, next, lastBy, count, unpaid };
  if (all === null) return settled === 0n ? { first: begun, done: false, ...whole } : null;
  if (all <= settled) return { first: begun, done: true, ...whole };
  const first = settled <= 0n ? begun : firstDay(meter.expiry, through, (day) => (owed(day) ?? 0n) > settled);
  return { first, done: false, ...whole };
}

/** What is owed of what was forfeited by the end of a day: where a decision has fixed the sum of a window, no more than that. */
export function owedBy(meter: Meter, { liquidations, reduced }: ItemFold, currency: string, day: Day): bigint | null {
  const ran = (by: Day) => exactSum(meter, by);
  let owed = ran(day);
  for (const { from, to, amount, annulled } of liquidations) {
    if (annulled || from > day || owed === null) continue;
    const [before, within] = [ran(addDays(from, -1)) ?? 0n, ran(to < day ? to : day) ?? 0n];
    const fixed = minorOf(amount, currency) * denominatorOf(meter);
    owed += (to <= day || fixed < within - before ? fixed : within - before) - (within - before);
  }
  // A court that lowered all that was fixed together does not say of which day.
  return owed === null || reduced !== null ? null : owed / denominatorOf(meter);
}

function clockOf(
  fold: MatterFold,
  item: string,
  kind: (typeof KINDS)[number],
  sums: Sums,
  folded: ItemFold,
  { through, today }: { readonly through: Day; readonly today: Day },
): RelatedDeadline | null {
  const { authority, currency } = fold;
  const length = authority.facts.periods[kind]?.length;
  const counting = ruleFor(authority.facts, kind);
  if (length === undefined || length.basis !== "read" || counting === null) return null;
  const endOf = (day: Day) => {
    const terms = { start: { day }, periods: periodsOf(length.value), ...placeOf(authority), citation: length.source!.citation };
    return ruleOf(counting.rule)!.limit(terms);
  };
  const isAhead = (day: Day) => {
    const end = endOf(day);
    return isRefusal(end) || end.expiry >= today;
  };
  const { first, last, done } = sums;
  const now = done || isAhead(first) ? first : isAhead(last) ? sums.next(firstDay(first, last, isAhead)) : last;
  const [limit, ofLast] = [endOf(now), endOf(last)];
  if (isRefusal(limit)) return null;
  const notes: Finding[] = [...projectionOf(limit)];
  const of = (from: Day, through: Day) => {
    const [count, sum] = [sums.count(from, through), sums.unpaid(from, through)];
    return { first: from, through, ...(count === null ? {} : { count }), ...(sum === null ? {} : { sum: money(sum, currency) }) };
  };
  const ahead = of(now, last);
  if (!done && isAhead(now) && ahead.count !== 1) {
    const args = { ...ahead, ...(isRefusal(ofLast) ? {} : { last: ofLast.expiry }) };
    notes.push({ code: ahead.count === undefined ? "forfeited-sums-fixed" : "forfeited-sums", args });
  }
  const over = !isAhead(now) ? last : now > first ? sums.lastBy(addDays(now, -1)) : null;
  if (!done && over !== null) notes.push({ code: `forfeited-over${ahead.count === undefined ? "-fixed" : ""}`, args: of(first, over) });
  if (kind === "time-bar" && (folded.appealed || folded.collectionStayed !== null)) notes.push({ code: "time-bar-longer", args: {} });
  const { expiry: day, time = null, steps } = limit;
  const daily = now > first && sums.next(addDays(now, -1)) < now;
  const quiet = daily && isQuiet(endOf, first, now);
  const left = done ? null : sums.unpaid(first, last);
  const unpaid = left === null ? {} : { unpaid: { sum: money(left, currency), through } };
  return { id: `forfeited-${kind}`, item, kind, day, time, done, steps, notes, ofSums: true, ...unpaid, ...(quiet ? { quiet } : {}) };
}

/** Where a sum is forfeited every day, each has its day, one after the other: of those that follow the first one a week is spoken of. */
function isQuiet(endOf: (day: Day) => Limit | Refusal, first: Day, now: Day): boolean {
  const [from, before, end] = [endOf(first), endOf(addDays(now, -1)), endOf(now)];
  if (isRefusal(from) || isRefusal(before) || isRefusal(end)) return false;
  const week = (limit: Limit) => Math.floor(daysBetween(from.expiry, limit.expiry) / 7);
  return week(before) === week(end);
}
