import { daysOfYear, monthsLater, numberOf, yearOf } from "./almanac.ts";
import type { ItemState } from "./item-state.ts";
import { partsOf } from "./limits.ts";
import { type Fraction, minorOf } from "./sums.ts";

type Penalty = NonNullable<ItemState["facts"]["penalty"]>;

/** What one day added: units, and the part of the sum over `under` that a cap left of it. */
export interface DayRun {
  readonly day: number;
  readonly units: number;
  readonly sum: bigint | null;
}

export interface Ran {
  readonly units: number;
  /** Sums of days over this: one, or what a part of a turnover is divided by. */
  readonly under: bigint;
  readonly days: readonly DayRun[];
  readonly known: boolean;
  readonly capReached: number | null;
  /** The day after which nothing runs any more, because of a cap that binds for good. */
  readonly over: number | null;
  /** Whether the cap still binds at the end of the last day asked for. */
  readonly capped: boolean;
}

/** What has run by the end of a day, or of the last day that counts, one day after the other. */
export function runMeter(item: ItemState, penalty: Penalty, currency: string, through: number, last: number | null): Ran {
  // While the period to comply stands still it does not end.
  const base =
    item.stay?.curing === true && item.fresh.length === 0 ? through : item.firstByHand === null ? item.base! : item.firstByHand - 1;
  const { rateOn, under, known } = rates(item, penalty, currency);
  const cap = penalty.cap ?? {};
  const amounts = [
    ...(cap.amount === undefined ? [] : [minorOf(cap.amount, currency)]),
    ...(cap.higherOf === undefined ? [] : [higher(cap.higherOf, currency)]),
  ].map((minor) => minor * under);
  const most = amounts.length === 0 ? null : amounts.reduce((one, other) => (one < other ? one : other));
  const perYear = cap.perYear === undefined ? null : minorOf(cap.perYear, currency) * under;
  const until = cap.until === undefined ? null : numberOf(cap.until);
  const per = penalty.per === "unit-day" ? penalty.units! : 1;
  const end = last === null ? through : Math.min(last, through);
  const days: DayRun[] = [];
  const ofYear = new Map<number, bigint>();
  const counter = unitCounter(item, penalty, base);
  // What was counted of a day on which no penalty runs any more, since the time to comply was prolonged, counts nothing.
  const byHand = item.unitsByHand !== null && item.unitsByHand.on > base && item.unitsByHand.on <= through ? item.unitsByHand : null;
  let [units, made, sum] = [0, 0, 0n];
  // The day on which the meter stopped for good, and the day on which the cap of a year first bound.
  let [over, ofItsYear] = [null as number | null, null as number | null];
  // What each unit comes to of those that were counted before a person counted them: each day's part of a year's cap is seen to.
  const counted: bigint[] = [];
  const countedOf = new Map<number, bigint>();
  for (let day = Math.min(base + 1, byHand?.on ?? base + 1); day <= through; day++) {
    const year = yearOf(day);
    const full = known && perYear !== null && (ofYear.get(year) ?? 0n) >= perYear;
    let [added, gained] = [0, 0n];
    const due = day > base && day <= end && over === null && (until === null || day <= until) ? counter(day) : [];
    if (byHand !== null && day <= byHand.on) {
      for (const unit of due) {
        const before = countedOf.get(year) ?? 0n;
        if (known && perYear !== null && before >= perYear) continue;
        for (let each = 0; each < unit.many * per; each++) counted.push(rateOn(unit.on));
        countedOf.set(year, before + rateOn(unit.on) * BigInt(unit.many * per));
      }
    }
    if (byHand?.on === day) {
      // What a person counted stands for all that had run by the end of that day: the first as they were counted, the rest as on the last day that counts.
      const kept = counted.slice(0, byHand.units);
      const rest = rateOn(Math.min(day, end, until ?? day)) * BigInt(byHand.units - kept.length);
      [added, gained, made] = [byHand.units - units, kept.reduce((all, one) => all + one, rest) - sum, byHand.units / per];
    } else if (!full && !(byHand !== null && day < byHand.on)) {
      for (const unit of due) {
        made += unit.many;
        added += unit.many * per;
        gained += rateOn(unit.on) * BigInt(unit.many * per);
      }
    }
    if (known && most !== null && gained > most - sum) gained = most - sum;
    const left = perYear === null ? null : perYear - (ofYear.get(year) ?? 0n);
    if (known && left !== null && gained >= left) {
      gained = left;
      if (!full) ofItsYear = day;
    }
    ofYear.set(year, (ofYear.get(year) ?? 0n) + gained);
    sum += gained;
    units += added;
    days.push({ day, units: added, sum: known ? gained : null });
    const isFull = (known && most !== null && sum >= most) || (cap.units !== undefined && made >= cap.units);
    // After that nothing is added but what a person counts.
    if (isFull || (day === until && day <= end && day > base)) over ??= day;
  }
  // A cap that stopped it for good is told before one that binds for its year.
  const capReached = over ?? (ofItsYear !== null && yearOf(ofItsYear) === yearOf(end) ? ofItsYear : null);
  return { units, under, days, known, capReached, over, capped: capReached !== null };
}

function higher({ amount, gain, times }: { amount: string; gain: string; times: number }, currency: string): bigint {
  const [one, other] = [minorOf(amount, currency), minorOf(gain, currency) * BigInt(times)];
  return one > other ? one : other;
}

function rates(item: ItemState, penalty: Penalty, currency: string): { rateOn(day: number): bigint; under: bigint; known: boolean } {
  const { turnover, rate } = penalty;
  if (turnover !== undefined) {
    const [whole, fraction = ""] = turnover.percent.split(".");
    const over = minorOf(turnover.annual, currency) * BigInt(whole! + fraction);
    return { rateOn: () => over, under: BigInt(daysOfYear(turnover.year)) * 100n * 10n ** BigInt(fraction.length), known: true };
  }
  const known = rate !== undefined && rate !== "unknown";
  const changes = [
    ...(penalty.steps ?? []).map((step) => ({ from: numberOf(step.from), rate: minorOf(step.rate, currency) })),
    ...item.rates,
  ];
  function rateOn(day: number): bigint {
    let inForce = { from: Number.NEGATIVE_INFINITY, rate: known ? minorOf(rate, currency) : 0n };
    for (const change of changes) if (change.from <= day && change.from >= inForce.from) inForce = change;
    return inForce.rate;
  }
  return { rateOn, under: 1n, known };
}

interface Unit {
  readonly on: number;
  readonly many: number;
}

/** Whether a day after the expiry counts: no stay was open at its end, and no fresh period runs. */
export function counts(item: ItemState, day: number): boolean {
  return !item.stayedDays.has(day) && !item.fresh.some(({ from, to }) => day >= from && day <= to);
}

/** Asked for one day after the other, it says which units each of them completes, and the day that decides their rate. */
function unitCounter(item: ItemState, penalty: Penalty, base: number): (day: number) => readonly Unit[] {
  const { per, counting } = penalty;
  const daily = per === "day" || per === "unit-day" || per === "turnover-day" || per === "P1D";
  let [counted, made, before] = [0, 0, null as number | null];
  return (day) => {
    if (!counts(item, day)) return [];
    counted++;
    if (per === "once") return counted === 1 ? [{ on: day, many: 1 }] : [];
    if (per === "violation") return item.violations.filter(({ on }) => on === day).map(({ count }) => ({ on: day, many: count }));
    if (daily) {
      const previous = before;
      before = day;
      if (counting === "exclusive-last") return previous === null ? [] : [{ on: previous, many: 1 }];
      return counting === "exclusive-first" && previous === null ? [] : [{ on: day, many: 1 }];
    }
    // The days of a stay move a boundary by as many: it is reached after as many days that count as it would have had in all.
    const reached = base + counted;
    const due = counting === "started" ? boundary(base, per, made) + 1 : boundary(base, per, made + 1);
    if (reached !== due) return [];
    made++;
    return [{ on: day, many: 1 }];
  };
}

const NAMED: Readonly<Record<string, string>> = { week: "P1W", month: "P1M", "half-year": "P6M", year: "P1Y" };

function boundary(base: number, per: string, number: number): number {
  const { months, days } = partsOf(NAMED[per] ?? per);
  return months > 0 ? monthsLater(base, months * number) : base + days * number;
}

/** What ran on days that no window of `windows` holds. */
export function outside({ days, under }: Ran, windows: readonly { readonly from: number; readonly to: number }[]): Fraction {
  const over = days
    .filter(({ day }) => !windows.some(({ from, to }) => day >= from && day <= to))
    .reduce((total, { sum }) => total + (sum ?? 0n), 0n);
  return { over, under };
}
