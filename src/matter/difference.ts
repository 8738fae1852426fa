import { isDeepStrictEqual } from "node:util";
import type { Regime } from "../law/catalogue.ts";
import type { Money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import { withEvents } from "./decide.ts";
import type { MatterEvent } from "./events.ts";
import type { Matter } from "./history.ts";
import { type Visibility, visibilityOf } from "./sight.ts";
import { standingOn } from "./standing.ts";
import type { ItemStanding, Standing, State } from "./standing-types.ts";

/** Something of a matter that an event changes, with what it was and what it becomes; null for nothing, or what cannot be told. */
export type Difference =
  | { readonly what: "state"; readonly item: string | null; readonly before: State; readonly after: State }
  | { readonly what: "expiry" | "firstPenaltyDay"; readonly item: string; readonly before: Day | null; readonly after: Day | null }
  | { readonly what: "units"; readonly item: string; readonly before: number | null; readonly after: number | null }
  | { readonly what: "rate"; readonly item: string; readonly before: Money | null; readonly after: Money | null }
  | {
      readonly what: "theoretical" | "fixed";
      readonly item: string;
      readonly regime: Regime;
      readonly before: Money | null;
      readonly after: Money | null;
    }
  | { readonly what: "fine"; readonly fine: string; readonly before: Money | null; readonly after: Money | null }
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
  for (const fine of after.fines) {
    const was = before.fines.find(({ id }) => id === fine.id);
    if (was !== undefined) add({ what: "fine", fine: fine.id, before: was.amount, after: fine.amount });
  }
  add({ what: "visibility", before: visibilityOf(one), after: visibilityOf(other) });
  add({ what: "referred", before: before.referredTo, after: after.referredTo });
  return { before, after, differences };
}

function itemDifferences(was: ItemStanding, is: ItemStanding): readonly Difference[] {
  const item = is.id;
  const { regime } = is;
  return [
    { what: "state", item, before: was.state, after: is.state },
    { what: "expiry", item, before: was.expiry, after: is.expiry },
    { what: "firstPenaltyDay", item, before: was.firstPenaltyDay, after: is.firstPenaltyDay },
    { what: "units", item, before: was.units, after: is.units },
    { what: "rate", item, before: was.rate?.amount ?? null, after: is.rate?.amount ?? null },
    { what: "theoretical", item, regime, before: was.theoretical, after: is.theoretical },
    { what: "fixed", item, regime, before: was.fixed, after: is.fixed },
  ];
}
