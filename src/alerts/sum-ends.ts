import { type Money, money } from "../law/money.ts";
import type { ItemStanding } from "../matter/standing-types.ts";

/**
 * A sum in minor units, the least and the most that it may be: two where a notification is known within a window only, else one twice. While the items
 * of one matter are added, that from the latest day of its notification and that from the earliest: all of them were notified on one day.
 */
export interface Ends {
  readonly least: bigint;
  readonly most: bigint;
}

export const NOTHING: Ends = { least: 0n, most: 0n };

export function endsOf(least: Money | null, most: Money | null): Ends {
  return { least: least?.minor ?? 0n, most: (most ?? least)?.minor ?? 0n };
}

/** What has run of an item, nothing where it cannot be told. */
export function ranOf({ theoretical, theoreticalMax }: ItemStanding): Ends {
  return endsOf(theoretical, theoreticalMax);
}

/** What one more day adds to it, counted by days. */
export function addsOf({ oneMoreDay, oneMoreDayEnds }: ItemStanding): Ends {
  return oneMoreDayEnds === undefined ? endsOf(oneMoreDay, null) : endsOf(oneMoreDayEnds.latest, oneMoreDayEnds.earliest);
}

export function plus(one: Ends, other: Ends): Ends {
  return { least: one.least + other.least, most: one.most + other.most };
}

export function less(one: Ends, other: Ends): Ends {
  return { least: one.least - other.least, most: one.most - other.most };
}

export function smaller(one: Ends, other: Ends): Ends {
  return { least: one.least < other.least ? one.least : other.least, most: one.most < other.most ? one.most : other.most };
}

/** Added to those of other matters, whose notifications have days of their own, the ends are the lower and the higher, whichever day gave them. */
export function ordered({ least, most }: Ends): Ends {
  return most < least ? { least: most, most: least } : { least, most };
}

export function isNothing({ least, most }: Ends): boolean {
  return least === 0n && most === 0n;
}

export function leastOf(currency: string, { least }: Ends): Money {
  return money(least, currency);
}

/** The other end, where there are two. */
export function mostOf(currency: string, { least, most }: Ends): Money | null {
  return most === least ? null : money(most, currency);
}
