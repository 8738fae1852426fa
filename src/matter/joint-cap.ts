import { type Meter, run } from "../law/accrual.ts";
import { addDays, type Day, dayOfSerial, serialOf } from "../time/day.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemFold } from "./item-state.ts";
import { meterOf, minorOf } from "./meter.ts";

/** The meters of a matter by their items, a cap that several have in common applied. */
export interface Meters {
  readonly of: ReadonlyMap<string, Meter>;
  /** The items under the cap in common; empty where there is none. */
  readonly joint: ReadonlySet<string>;
  /** Nine tenths of the cap in common have run, and it is not reached. */
  readonly near: boolean;
  /** A rate under the cap is not known: what that item takes of it cannot be told, so it is taken to take nothing. */
  readonly partUnknown: boolean;
}

/** How a question changes the meters: as if the claims of some items failed, as if everything were complied with on a day, or otherwise. */
export interface Supposed {
  readonly refused?: readonly string[];
  readonly comply?: Day;
  readonly alter?: (id: string, meter: Meter) => Meter;
}

/**
 * What runs of each item through a day. Items under a joint cap fill it by day, and on one day in the order of the file; from the end of the day
 * on which it is full nothing of them runs. What was annulled takes nothing of it.
 */
export function metersOf(fold: MatterFold, through: Day, { refused = [], comply, alter }: Supposed = {}): Meters {
  const { facts, currency, items } = fold;
  const of = new Map<string, Meter>();
  for (const [index, { id, penalty }] of (facts.items ?? []).entries()) {
    const meter = penalty === undefined ? null : meterOf(penalty, items[index]!, currency, refused.includes(id));
    const stop = comply === undefined || meter === null ? meter?.stop : runsOn(meter, comply) ? comply : meter.stop;
    if (meter === null) continue;
    const supposed = { ...meter, stop: stop ?? null };
    of.set(id, alter === undefined ? supposed : alter(id, supposed));
  }
  const { jointCap } = facts;
  if (jointCap === undefined) return { of, joint: new Set(), near: false, partUnknown: false };
  const joint = new Set(jointCap.items);
  const sharing = (facts.items ?? []).flatMap(({ id }, index) => {
    const meter = joint.has(id) && !items[index]!.annulled ? of.get(id) : undefined;
    return meter === undefined ? [] : [{ id, meter, isStill: items[index]!.stay?.during === "cure" }];
  });
  const most = minorOf(jointCap.amount, currency);
  const sums = (day: Day) => sharing.map(({ meter }) => run(meter, day).amount ?? 0n);
  const full = fullOn(
    sharing.map(({ meter }) => meter),
    through,
    (day) => total(sums(day)) >= most,
  );
  if (full !== null) fill(sharing, full, most, of);
  return {
    of,
    joint,
    near: full === null && total(sums(through)) * 10n >= most * 9n,
    partUnknown: sharing.some(({ meter }) => meter.rate === null && meter.turnover === null),
  };
}

/** The items whose claims can still be refused: an end other than a lapse or a remittal leaves nothing to decide. */
export function openClaims({ items }: MatterFold): readonly string[] {
  const open = items.filter(({ claim, annulled, closed, ended }) => claim !== null && !annulled && !closed && !SETTLED.has(ended));
  return open.map(({ id }) => id);
}

const SETTLED: ReadonlySet<ItemFold["ended"]> = new Set(["withdrawn", "settled", "complied"] as const);

/** What ended the meter before the day ends it still. */
function runsOn({ stop }: Meter, comply: Day): boolean {
  return stop === null || stop > comply;
}

/** The first day at whose end the cap is full; null where it is not full by then. Where units were set by hand, what ran before is what was set. */
function fullOn(meters: readonly Meter[], through: Day, isFull: (day: Day) => boolean): Day | null {
  if (meters.length === 0 || !isFull(through)) return null;
  const set = meters.flatMap((meter) => (meter.set !== undefined && meter.set.on <= through ? [meter.set.on] : [])).sort();
  const begin = set.at(-1) ?? meters.map(({ expiry }) => expiry).sort()[0]!;
  if (begin > through || isFull(begin)) return begin > through ? through : begin;
  let [low, high] = [serialOf(begin), serialOf(through)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isFull(dayOfSerial(middle))) high = middle;
    else low = middle;
  }
  return dayOfSerial(high);
}

interface Sharing {
  readonly id: string;
  readonly meter: Meter;
  /** Its time to comply stands still, so that it cannot begin to run. */
  readonly isStill: boolean;
}

/** Each has what it had by the day before, and of what is left then its own of the day, one after the other. */
function fill(sharing: readonly Sharing[], on: Day, most: bigint, of: Map<string, Meter>): void {
  const before = sharing.map(({ meter }) => run(meter, addDays(on, -1)).amount ?? 0n);
  let left = most - total(before);
  for (const [index, { id, meter, isStill }] of sharing.entries()) {
    const adds = (run(meter, on).amount ?? 0n) - before[index]!;
    // The cap is not told of what has not run and may never.
    if (isStill && adds + before[index]! === 0n) continue;
    const part = adds < left ? adds : left;
    left -= part;
    of.set(id, { ...meter, joint: { on, most: before[index]! + part } });
  }
}

function total(sums: readonly bigint[]): bigint {
  return sums.reduce((sum, one) => sum + one, 0n);
}
