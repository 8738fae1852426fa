import type { FiledMatter } from "../../../src/matter/facts.ts";
import { numberOf } from "./almanac.ts";
import type { ItemState } from "./item-state.ts";
import { type Ran, runMeter } from "./meter.ts";
import { minorOf } from "./sums.ts";

/** What has run of every item; null of one without a meter or without an expiry. `refused` is the one whose claim is taken to have failed. */
export function ranAll(
  facts: FiledMatter,
  items: readonly ItemState[],
  currency: string,
  day: number,
  refused = -1,
): readonly (Ran | null)[] {
  const alone = items.map((item, index) => {
    if (item.expiry === null || item.facts.penalty === undefined) return null;
    return runMeter(item, item.facts.penalty, currency, day, lastOf(item, index === refused));
  });
  const { jointCap } = facts;
  if (jointCap === undefined) return alone;
  const sharing = items.map(({ facts: { id } }) => jointCap.items.includes(id));
  return shared(alone, items, sharing, minorOf(jointCap.amount, currency), (index) => lastOf(items[index]!, index === refused));
}

/** The last day that counts; a claim that is taken to have failed leaves it to what else has stopped the meter. */
function lastOf({ claim, last }: ItemState, isRefused: boolean): number | null {
  if (claim === null || isRefused) return last;
  return last === null || claim.last < last ? claim.last : last;
}

/** The items fill the cap day by day, and on one day in the order of the file. Once it is full none of them runs on. */
function shared(
  alone: readonly (Ran | null)[],
  items: readonly ItemState[],
  sharing: readonly boolean[],
  most: bigint,
  lastOfItem: (index: number) => number | null,
): readonly (Ran | null)[] {
  const days = [...new Set(alone.flatMap((ran, index) => (ran !== null && sharing[index] ? ran.days.map(({ day }) => day) : [])))].sort(
    (a, b) => a - b,
  );
  const gains = alone.map((ran) => new Map(ran?.days.map(({ day, sum }) => [day, sum ?? 0n])));
  const left = new Map<number, bigint>();
  let [sum, full] = [0n, null as number | null];
  for (const day of days) {
    for (const [index] of items.entries()) {
      const gained = sharing[index] ? (gains[index]!.get(day) ?? 0n) : 0n;
      if (gained === 0n) continue;
      const room = most - sum;
      const part = gained < room ? gained : room;
      if (part < gained) left.set(index, part);
      sum += part;
    }
    if (sum >= most) {
      full = day;
      break;
    }
  }
  if (full === null) return alone;
  const on = full;
  return alone.map((ran, index) => {
    const last = lastOfItem(index);
    if (ran === null || !sharing[index] || (last !== null && last < on)) return ran;
    // What had stopped before is not bound by it, nor what cannot begin while its period stands still.
    if (items[index]!.stay?.curing === true && items[index]!.fresh.length === 0) return ran;
    const until = items[index]!.facts.penalty?.cap?.until;
    if ((ran.over !== null && ran.over < on) || (until !== undefined && numberOf(until) < on)) return ran;
    const kept = ran.days
      .filter(({ day }) => day <= on)
      .map((one) => (one.day === on && left.has(index) ? { ...one, sum: left.get(index)! } : one));
    return { ...ran, days: kept, units: kept.reduce((units, one) => units + one.units, 0), capReached: on, over: on, capped: true };
  });
}
