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
  /** The day on which the first sum of all was forfeited. */
  readonly begun: Day;
  /** The day on which the first sum was forfeited that is not paid; where all are, the first of all. */
  readonly first: Day;
  /** The day of the last one so far. */
  readonly last: Day;
  readonly done: boolean;
  /** Whether one was forfeited on that day. */
  readonly has: (day: Day) => boolean;
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
  const has = (day: Day) => run(meter, day).units > unitsBefore(day);
  const whole = { begun, last, has, next, lastBy, count, unpaid };
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
  const of = (from: Day, through: Day) => {
    const [count, sum] = [sums.count(from, through), sums.unpaid(from, through)];
    return { first: from, through, ...(count === null ? {} : { count }), ...(sum === null ? {} : { sum: money(sum, currency) }) };
  };
  const over = !isAhead(now) ? last : now > first ? sums.lastBy(addDays(now, -1)) : null;
  /** What is told where the clock is that of a sum: those from it on, those whose day comes before its own, and those that had theirs. */
  const notesOf = (sum: Day, its: Limit): readonly Finding[] => {
    const found: Finding[] = [...projectionOf(its)];
    const [ahead, before] = [of(sum, last), sum > now ? of(now, sums.lastBy(addDays(sum, -1))) : null];
    if (!done && isAhead(sum) && ahead.count !== 1) {
      const args = { ...ahead, ...(isRefusal(ofLast) ? {} : { last: ofLast.expiry }) };
      found.push({ code: ahead.count === undefined ? "forfeited-sums-fixed" : "forfeited-sums", args });
    }
    if (before !== null) {
      const { through: until, count: _, ...args } = before;
      found.push({ code: "forfeited-before", args: { ...args, ...(until > now ? { through: until } : {}), day: limit.expiry } });
    }
    if (!done && over !== null) found.push({ code: `forfeited-over${ahead.count === undefined ? "-fixed" : ""}`, args: of(first, over) });
    if (kind === "time-bar" && (folded.appealed || folded.collectionStayed !== null)) found.push({ code: "time-bar-longer", args: {} });
    return found;
  };
  const { expiry: day, time = null, steps } = limit;
  const turn = now > first ? turnOf(sums, now, endOf) : undefined;
  const isOwn = turn === undefined || turn?.sum === now;
  const itsNotes = turn == null || isOwn ? {} : { notes: notesOf(turn.sum, turn.limit) };
  const reminded = turn === undefined ? {} : { reminded: turn && { day: turn.limit.expiry, since: turn.since, ...itsNotes } };
  const endsLater = (day: Day) => {
    const end = endOf(day);
    return isRefusal(end) || end.expiry > limit.expiry;
  };
  const lastThen = endsLater(last) ? addDays(firstDay(now, last, endsLater), -1) : last;
  const [left, then, had] = done ? [] : [sums.unpaid(first, last), sums.unpaid(now, lastThen), over && sums.unpaid(first, over)];
  const parts =
    then == null || then === left || !isAhead(now) ? {} : { ends: money(then, currency), ...(had ? { over: money(had, currency) } : {}) };
  const unpaid = left == null ? {} : { unpaid: { sum: money(left, currency), through, ...parts } };
  return {
    id: `forfeited-${kind}`,
    item,
    kind,
    day,
    time,
    done,
    steps,
    notes: notesOf(now, limit),
    ofSums: true,
    ...unpaid,
    ...reminded,
    ...(isOwn ? {} : { quiet: true }),
  };
}

interface Turn {
  /** The day on which it was forfeited. */
  readonly sum: Day;
  readonly limit: Limit;
  /** The day after the end of the one that was reminded of before it. */
  readonly since: Day;
}

/**
 * Which sum is reminded of when the first has had its day. Where one is forfeited every day, each has its day, one after the other: the first to end in
 * each week, as counted from the end of the very first. Otherwise each. Null where no other comes.
 */
function turnOf(sums: Sums, now: Day, endOf: (day: Day) => Limit | Refusal): Turn | null {
  const { begun, first, last } = sums;
  const dayOf = (sum: Day) => {
    const end = endOf(sum);
    return isRefusal(end) ? sum : end.expiry;
  };
  const from = dayOf(begun);
  const week = (sum: Day) => Math.floor(daysBetween(from, dayOf(sum)) / 7);
  const isSpokenOf = (sum: Day) => {
    const before = addDays(sum, -1);
    return sum === first || !sums.has(before) || week(before) < week(sum);
  };
  let sum = now;
  for (; !isSpokenOf(sum); sum = sums.next(addDays(sum, 1))) if (sum >= last) return null;
  let earlier = sums.lastBy(addDays(sum, -1));
  while (!isSpokenOf(earlier)) earlier = addDays(earlier, -1);
  const limit = endOf(sum);
  return isRefusal(limit) ? null : { sum, limit, since: addDays(dayOf(earlier), 1) };
}
