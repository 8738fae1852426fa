import { type Meter, type Run, run } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { type Money, money } from "../law/money.ts";
import type { MatterFold } from "../matter/fold.ts";
import { atOneRate } from "../matter/item-assumptions.ts";
import { metersOf, openClaims } from "../matter/joint-cap.ts";
import type { Readings, ReadMatter } from "../matter/readings.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import { addDays, type Day, later, yearOf } from "../time/day.ts";

/** What runs of each item if the order is complied with on a day, that day counted, and nothing else happens until then; null of one without a meter. */
export function projectionOf(fold: MatterFold, ids: readonly string[], comply: Day, alter: Alter = unaltered): readonly (Run | null)[] {
  const through = fold.items.reduce((day, { expiry }) => (expiry === null ? day : later(day, addDays(expiry, 1))), comply);
  const { of } = metersOf(fold, through, { refused: openClaims(fold), comply, alter });
  return ids.map((id) => {
    const meter = of.get(id);
    return meter === undefined ? null : run(meter, through);
  });
}

/**
 * Whether nothing runs of the item by that day, whatever its rate is: no unit is full, its clock waits for what does not happen until then, or it
 * cannot have ended yet.
 */
export function isIdle({ items }: MatterFold, id: string, ran: Run | null, comply: Day): boolean {
  if (ran !== null) return ran.units === 0;
  const clock = items.find((one) => one.id === id)?.clock;
  return clock?.kind === "pending" || (clock?.kind === "draft" && clock.earliest !== null && comply <= clock.earliest);
}

type Alter = (id: string, meter: Meter) => Meter;

const unaltered: Alter = (_, meter) => meter;

function sumOf(fold: MatterFold, id: string, comply: Day, alter?: Alter): Money | null {
  const amount = projectionOf(fold, [id], comply, alter)[0]?.amount ?? null;
  return amount === null ? null : money(amount, fold.currency);
}

/** A matter as it is by now, to be projected. */
export interface Ground {
  readonly fold: MatterFold;
  /** Counted from the latest day of a notification that is known within a window; null where there is none. */
  readonly late: MatterFold | null;
  readonly readings: Readings;
}

/**
 * What an item's figure of a projection rests on: what it rests on now, with the other sums through the day of compliance, and that this day
 * counts.
 */
export function assumptionsIf(ground: Ground, item: ItemStanding, comply: Day): readonly Finding[] {
  const found = item.assumptions.filter(({ code }) => !code.startsWith("end-day"));
  return [...found.map((finding) => ifOtherwise(ground, item.id, finding, comply)), ...dayCounted(ground, item.id, comply)].filter(
    (finding) => finding !== null,
  );
}

/** The same assumption with its other sum through that day; without one where it is no other, and where the sum is a range. */
function ifOtherwise({ fold, late, readings }: Ground, id: string, finding: Finding, comply: Day): Finding | null {
  const { sum: _sum, ...args } = finding.args;
  const now = sumOf(fold, id, comply);
  const withSum = (other: Money | null): { readonly sum?: Money } =>
    late !== null || other === null || other.minor === now?.minor ? {} : { sum: other };
  const by = (read: ReadMatter | null | undefined) => (read == null ? {} : withSum(sumOf(read.fold, id, comply)));
  switch (finding.code) {
    case "no-roll-inferred":
    case "no-roll-inferred-sum": {
      const other = by(readings.rolled);
      return { code: other.sum === undefined ? "no-roll-inferred" : "no-roll-inferred-sum", args: { ...args, ...other } };
    }
    case "later-in-parts": {
      const ends = (read: ReadMatter) => read.fold.items.some((one) => one.id === id && (one.freshExpiry ?? one.expiry) === args.day);
      return { code: finding.code, args: { ...args, ...by(readings.parts.find(ends)) } };
    }
    case "units-keep-rates": {
      const { minor: rate } = args.rate as Money;
      const alter: Alter = (one, meter) => (one === id ? atOneRate(meter, rate, args.day as Day) : meter);
      const changes = (one: MatterFold) => sumOf(one, id, comply, alter)?.minor !== sumOf(one, id, comply)?.minor;
      if (!changes(fold) && (late === null || !changes(late))) return null;
      return { code: finding.code, args: { ...args, ...withSum(sumOf(fold, id, comply, alter)) } };
    }
    default:
      return finding;
  }
}

/** Whether the day of compliance counts is not settled: the sum without it, of a range both; nothing where it adds nothing. */
function dayCounted({ fold, late }: Ground, id: string, comply: Day): readonly Finding[] {
  const before = addDays(comply, -1);
  const sums = [late ?? fold, fold].map((one) => ({ counted: sumOf(one, id, comply), not: sumOf(one, id, before) }));
  const [least, most] = sums.map(({ not }) => not);
  if (least == null || most == null || sums.every(({ counted, not }) => counted?.minor === not?.minor)) return [];
  return [{ code: "end-day-counted", args: { day: comply, end: "complied", sum: least, ...(late === null ? {} : { sumMax: most }) } }];
}

/** A day on which a cap binds, and whether it is of its calendar year alone. */
export interface CapDay {
  readonly day: Day;
  readonly yearly: boolean;
  /** Null of a cap that several share. */
  readonly item: string | null;
}

/** The last day that can be written. */
const HORIZON = "2200-12-31" as Day;

/** The days on which a cap would first bind if nobody ever complied: counted from the earliest and from the latest day of its notification. */
export interface CapDays {
  readonly first: CapDay;
  /** The same where there is one day of notification, and null where it cannot be told. */
  readonly latest: CapDay | null;
}

/** The next ones after a day, or those that bound for good before; null where none ever does. */
export function endlessCap({ fold, late }: Omit<Ground, "readings">, ids: readonly string[], after: Day): CapDays | null {
  const days = capsOf(fold, ids, after);
  const first = nextOf(days, after);
  if (first === null) return null;
  const latest = late === null ? first : nextOf(capsOf(late, ids, after), after);
  if (latest === null || first.day <= latest.day) return { first, latest };
  // What from the latest day is still ahead may be full already from the earliest: both are said of that one, not of the next year's.
  return { first: days.findLast(({ day }) => day <= latest.day) ?? latest, latest };
}

function nextOf(days: readonly CapDay[], after: Day): CapDay | null {
  return days.find(({ day }) => day > after) ?? days.find(({ yearly }) => !yearly) ?? null;
}

function capsOf(fold: MatterFold, ids: readonly string[], after: Day): readonly CapDay[] {
  const { of } = metersOf(fold, HORIZON, { refused: openClaims(fold) });
  const found = ids.flatMap((id) => {
    const meter = of.get(id);
    return meter === undefined ? [] : capsOfMeter(id, meter, after);
  });
  return found.sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** A calendar year's cap binds for its year alone, so each year is looked at until one binds after the day; any other binds for good. */
function capsOfMeter(id: string, meter: Meter, after: Day): readonly CapDay[] {
  const found: CapDay[] = [];
  for (let year = yearOf(meter.caps.perYear === null ? HORIZON : addDays(meter.expiry, 1)); year <= yearOf(HORIZON); year++) {
    const { capReached: day, cap } = run(meter, `${year}-12-31` as Day);
    if (day === null) continue;
    found.push({ day, yearly: cap === "per-year", item: cap === "joint" ? null : id });
    if (day > after || cap !== "per-year") break;
  }
  return found;
}
