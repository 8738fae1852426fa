import type { StandingPart, StandingTotal, Through } from "../cards/totals.ts";
import { money } from "../law/money.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { throughWith } from "./running-totals.ts";
import { type Ends, endsOf, leastOf, mostOf, NOTHING, ordered, plus, ranOf } from "./sum-ends.ts";

interface Sums {
  readonly regime: StandingPart["regime"];
  readonly conditional: boolean;
  theoretical: Ends;
  /** Null once a part of it cannot be told. */
  ifRefused: bigint | null;
  refusedIsLeast: boolean;
  open: Ends;
  fixed: bigint;
  paid: bigint;
}

/** Sums of standings that are looked at one after the other. */
export interface StandingSums {
  add(standing: Standing): void;
  totals(): readonly StandingTotal[];
}

/**
 * What stands and does not run, by currency, the one with most matters first: capped and stayed orders with a sum, and claims, which have two.
 * Sums that cannot be told are among what cannot be counted.
 */
export function standingSums(): StandingSums {
  const found = new Map<string, { matters: number; through: Through; readonly parts: Map<string, Sums> }>();
  return {
    add(standing) {
      const { currency, items } = standing;
      const held = items.filter(stands);
      if (held.length === 0) return;
      const total = found.get(currency) ?? { matters: 0, through: throughWith(null, standing), parts: new Map<string, Sums>() };
      total.matters += 1;
      total.through = throughWith(total.through, standing);
      for (const part of partsOf(held).values()) addPart(total.parts, part);
      found.set(currency, total);
    },
    totals: () =>
      [...found]
        .sort(([one, a], [other, b]) => b.matters - a.matters || (one < other ? -1 : 1))
        .map(([currency, { matters, through, parts }]) => ({
          currency,
          matters,
          through,
          parts: [...parts.values()].map((sums) => partOf(currency, sums)),
        })),
  };
}

function stands({ state, theoretical, rate }: ItemStanding): boolean {
  if (theoretical === null || rate === null) return false;
  return state === "claimed" || state === "capped" || (state === "stayed" && theoretical.minor !== 0n);
}

/** The parts of one matter. */
function partsOf(items: readonly ItemStanding[]): ReadonlyMap<string, Sums> {
  const parts = new Map<string, Sums>();
  for (const item of items) addItem(parts, item);
  return parts;
}

function addPart(parts: Map<string, Sums>, part: Sums): void {
  const key = keyOf(part);
  const sums = parts.get(key) ?? nothing(part);
  sums.theoretical = plus(sums.theoretical, ordered(part.theoretical));
  sums.ifRefused = sums.ifRefused === null || part.ifRefused === null ? null : sums.ifRefused + part.ifRefused;
  sums.refusedIsLeast ||= part.refusedIsLeast;
  sums.open = plus(sums.open, ordered(part.open));
  sums.fixed += part.fixed;
  sums.paid += part.paid;
  parts.set(key, sums);
}

function keyOf({ regime, conditional }: Pick<Sums, "regime" | "conditional">): string {
  return `${regime} ${conditional}`;
}

function addItem(parts: Map<string, Sums>, item: ItemStanding): void {
  const { ifAllRefused: refused, open, openMax, fixed, paid } = item;
  const key = keyOf(item);
  const sums = parts.get(key) ?? nothing(item);
  sums.theoretical = plus(sums.theoretical, ranOf(item));
  sums.ifRefused = sums.ifRefused === null || refused === null ? null : sums.ifRefused + refused.minor;
  sums.refusedIsLeast ||= item.unitsMax !== null;
  sums.open = plus(sums.open, endsOf(open, openMax));
  sums.fixed += fixed.minor;
  sums.paid += paid.minor;
  parts.set(key, sums);
}

function nothing({ regime, conditional }: Pick<Sums, "regime" | "conditional">): Sums {
  return { regime, conditional, theoretical: NOTHING, ifRefused: 0n, refusedIsLeast: false, open: NOTHING, fixed: 0n, paid: 0n };
}

function partOf(currency: string, { regime, conditional, theoretical, ifRefused, refusedIsLeast, open, fixed, paid }: Sums): StandingPart {
  return {
    regime,
    conditional,
    theoretical: leastOf(currency, theoretical),
    theoreticalMax: mostOf(currency, theoretical),
    ifRefused: !conditional || ifRefused === null ? null : money(ifRefused, currency),
    refusedIsLeast,
    open: leastOf(currency, open),
    openMax: mostOf(currency, open),
    fixed: money(fixed, currency),
    paid: money(paid, currency),
  };
}
