import { isDeepStrictEqual } from "node:util";
import type { Regime } from "../law/catalogue.ts";
import type { Money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import { withEvents } from "./decide.ts";
import type { MatterEvent } from "./events.ts";
import type { Matter } from "./history.ts";
import { type Visibility, visibilityOf } from "./sight.ts";
import { standingOn } from "./standing.ts";
import type { FineStanding, ItemStanding, RelatedDeadline, Standing, State } from "./standing-types.ts";

/** Something of a matter that an event changes, with what it was and what it becomes; null for nothing, or what cannot be told. */
export type Difference =
  | { readonly what: "state"; readonly item: string | null; readonly before: State; readonly after: State }
  | {
      readonly what: "expiry" | "earliestExpiry" | "firstPenaltyDay" | "capReached" | "claimedOn";
      readonly item: string;
      readonly before: Day | null;
      readonly after: Day | null;
    }
  | { readonly what: "expiryTime"; readonly item: string; readonly before: string | null; readonly after: string | null }
  /** A day of a clock beside the time to comply; null where nobody waits for it. */
  | {
      readonly what: "clock";
      readonly item: string;
      readonly clock: string;
      readonly kind: string;
      readonly before: Day | null;
      readonly after: Day | null;
    }
  | { readonly what: "units"; readonly item: string; readonly before: number | null; readonly after: number | null }
  | {
      readonly what: "rate" | "open" | "ifRefused" | "paid" | "writtenOff" | "refundDue" | "invoiced";
      readonly item: string;
      readonly before: Money | null;
      readonly after: Money | null;
    }
  | {
      readonly what: "theoretical" | "theoreticalMax" | "fixed";
      readonly item: string;
      readonly regime: Regime;
      readonly before: Money | null;
      readonly after: Money | null;
    }
  /** Its amount need not be known for it to stand or to fall away. */
  | {
      readonly what: "fine";
      readonly fine: string;
      readonly before: Money | "unknown" | null;
      readonly after: Money | "unknown" | null;
    }
  | {
      readonly what: "finePaid" | "fineWrittenOff" | "fineRefundDue";
      readonly fine: string;
      readonly before: Money | null;
      readonly after: Money | null;
    }
  | { readonly what: "fineDue"; readonly fine: string; readonly before: Day | null; readonly after: Day | null }
  | { readonly what: "visibility"; readonly before: Visibility; readonly after: Visibility }
  | { readonly what: "referred"; readonly before: string | null; readonly after: string | null };

/** What an event would change, or has changed: sums through the day on which it is asked, so that what takes effect today shows. */
export interface Comparison {
  readonly before: Standing;
  readonly after: Standing;
  readonly differences: readonly Difference[];
}

/** Where the matter stands on the day, and where it would with that event. */
export function compareWith(matter: Matter, event: MatterEvent, on: Day): Comparison {
  return compare(matter, withEvents(matter, [event]), on);
}

export function compare(one: Matter, other: Matter, on: Day): Comparison {
  const [before, after] = [standingOn(one, on), standingOn(other, on)];
  const differences: Difference[] = [];
  const add = (difference: Difference) => {
    if (!isDeepStrictEqual(difference.before, difference.after)) differences.push(difference);
  };
  if (before.items.length === 0) add({ what: "state", item: null, before: before.state, after: after.state });
  for (const item of after.items) {
    const was = before.items.find(({ id }) => id === item.id);
    if (was !== undefined) itemDifferences(was, item).forEach(add);
  }
  for (const clock of clocksOf(before, after)) add(clock);
  for (const fine of after.fines) {
    const was = before.fines.find(({ id }) => id === fine.id);
    if (was !== undefined) fineDifferences(was, fine).forEach(add);
  }
  add({ what: "visibility", before: visibilityOf(one), after: visibilityOf(other) });
  add({ what: "referred", before: before.referredTo, after: after.referredTo });
  return { before, after, differences };
}

function itemDifferences(was: ItemStanding, is: ItemStanding): readonly Difference[] {
  const item = is.id;
  const { regime } = is;
  const sums: readonly Difference[] = [
    { what: "theoretical", item, regime, before: was.theoretical, after: is.theoretical },
    { what: "theoreticalMax", item, regime, before: was.theoreticalMax, after: is.theoreticalMax },
    { what: "fixed", item, regime, before: was.fixed, after: is.fixed },
  ];
  const ran = sums.every(({ before, after }) => isDeepStrictEqual(before, after));
  return [
    { what: "state", item, before: was.state, after: is.state },
    { what: "expiry", item, before: was.expiry, after: is.expiry },
    { what: "expiryTime", item, before: was.expiryTime, after: is.expiryTime },
    { what: "earliestExpiry", item, before: was.earliestExpiry, after: is.earliestExpiry },
    { what: "firstPenaltyDay", item, before: was.firstPenaltyDay, after: is.firstPenaltyDay },
    { what: "capReached", item, before: was.capReached, after: is.capReached },
    { what: "claimedOn", item, before: was.claimedOn, after: is.claimedOn },
    { what: "units", item, before: was.units, after: is.units },
    { what: "rate", item, before: was.rate?.amount ?? null, after: is.rate?.amount ?? null },
    ...sums,
    // Said where they do not follow from what is said already.
    ...(ran ? [{ what: "open", item, before: was.open, after: is.open } as const] : []),
    ...(ran ? [{ what: "ifRefused", item, before: refusedOf(was), after: refusedOf(is) } as const] : []),
    { what: "paid", item, before: was.paid, after: is.paid },
    { what: "writtenOff", item, before: was.writtenOff, after: is.writtenOff },
    { what: "refundDue", item, before: was.refundDue, after: is.refundDue },
    { what: "invoiced", item, before: was.invoiced, after: is.invoiced },
  ];
}

function refusedOf({ ifRefused }: ItemStanding): Money | null {
  return ifRefused?.theoretical ?? null;
}

function fineDifferences(was: FineStanding, is: FineStanding): readonly Difference[] {
  const fine = is.id;
  return [
    { what: "fine", fine, before: standsAt(was), after: standsAt(is) },
    { what: "fineDue", fine, before: was.due, after: is.due },
    { what: "finePaid", fine, before: was.paid, after: is.paid },
    { what: "fineWrittenOff", fine, before: was.writtenOff, after: is.writtenOff },
    { what: "fineRefundDue", fine, before: was.refundDue, after: is.refundDue },
  ];
}

function standsAt({ annulled, amount }: FineStanding): Money | "unknown" | null {
  return annulled ? null : (amount ?? "unknown");
}

/** Of each clock that either has. Of many that follow one another from day to day, those that are reminded of. */
function clocksOf(before: Standing, after: Standing): readonly Difference[] {
  const heard = ({ related }: Standing): Clocks => related.filter(({ quiet }) => quiet !== true);
  const [was, is] = [heard(before), heard(after)];
  const find = (among: Clocks, { id, item }: RelatedDeadline) => among.find((one) => one.id === id && one.item === item);
  const all = [...is, ...was.filter((one) => find(is, one) === undefined)];
  const waited = (clock: RelatedDeadline | undefined) => (clock === undefined || clock.done ? null : clock.day);
  return all.map((clock) => {
    const { item, id, kind } = clock;
    return { what: "clock", item, clock: id, kind, before: waited(find(was, clock)), after: waited(find(is, clock)) };
  });
}

type Clocks = readonly RelatedDeadline[];
