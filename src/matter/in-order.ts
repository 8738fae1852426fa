import type { Money } from "../law/money.ts";

/**
 * The figures from both ends of a window in which a notification is known, the lower one first: mostly that from the latest day, but not always. A
 * cap in common leaves more to an item of which the others began later, and a cap in units may have been full before the rate went up.
 */
export function sumsInOrder<Sum extends Money | null>(one: Sum, other: Sum): readonly [Sum, Sum] {
  return one !== null && other !== null && other.minor < one.minor ? [other, one] : [one, other];
}

export function countsInOrder<Count extends number | null>(one: Count, other: Count): readonly [Count, Count] {
  return one !== null && other !== null && other < one ? [other, one] : [one, other];
}
