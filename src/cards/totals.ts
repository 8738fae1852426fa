import type { Money } from "../law/money.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";

/** The sums of a digest: what runs, what has stopped, and what stands. */

/** A part of a running total that comes in or goes out as a whole. */
export interface Portion {
  readonly matters: number;
  readonly theoretical: Money;
  /** The most that it may be, where notifications are known within a window and that is another sum; null where it is not. */
  readonly theoreticalMax?: Money | null;
}

/** The days through which the sums of several matters run, both included: an authority's day may not have come where the place's has. */
export interface Through {
  readonly first: Day;
  readonly last: Day;
}

/** What was fixed and paid of a sum, and what is still open of it: what lies outside liquidated windows. */
export interface Settled {
  readonly open: Money;
  readonly openMax?: Money | null;
  readonly fixed: Money;
  readonly paid: Money;
}

export interface RunningTotal extends Settled {
  readonly currency: string;
  readonly matters: number;
  readonly through: Through;
  readonly theoretical: Money;
  readonly theoreticalMax?: Money | null;
  /** The same by money regime: what is owed already and what may never be are not one sum to a reader. */
  readonly byRegime: readonly RunningPart[];
  /** By how much the sums of these matters, the lower end of each, have grown since the digest before, corrections included. */
  readonly change: Money;
  /** By how much the higher end has, where that is another sum: it may be the smaller one. */
  readonly changeMax?: Money | null;
  /** What had run already of matters that were not in the digest before: resumed, or registered since. */
  readonly joined: Portion;
  /** What today adds, of what is counted by days: to the lower end, and to the higher one where that is another sum. */
  readonly perDay: Money;
  readonly perDayMax?: Money | null;
  /** Of what is counted by longer periods: the next day at whose end one is complete, and what that adds. */
  readonly next: { readonly day: Day; readonly sum: Money } | null;
}

/** Sums of one regime that run. */
export interface RunningPart extends Settled {
  readonly regime: ItemStanding["regime"];
  readonly theoretical: Money;
  readonly theoreticalMax?: Money | null;
}

/** What ran in the digest before and runs no more. */
export interface Stopped extends Portion {
  /** What it has run to; null where that cannot be told. */
  readonly ranTo: Money | null;
  readonly ranToMax?: Money | null;
}

/** Sums of one regime that stand without running: of capped and stayed orders, or of claims, which have two. */
export interface StandingPart {
  readonly regime: ItemStanding["regime"];
  /** Of a claim: what it is if the claim is accepted. */
  readonly theoretical: Money;
  readonly theoreticalMax?: Money | null;
  /** Of claims alone: what it is if they are refused; null of other parts, and where it cannot be told. */
  readonly ifRefused: Money | null;
  /** Whether it may be more: a notification is known within a window, and it counts from the latest day. */
  readonly refusedIsLeast?: boolean;
  readonly conditional: boolean;
  /** What lies outside liquidated windows; of a claim, if it is accepted. */
  readonly open: Money;
  readonly openMax?: Money | null;
  readonly fixed: Money;
  readonly paid: Money;
}

/** What stands in a currency and does not grow by days. */
export interface StandingTotal {
  readonly currency: string;
  readonly matters: number;
  readonly through: Through;
  readonly parts: readonly StandingPart[];
}
