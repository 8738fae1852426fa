import type { Day } from "../time/day.ts";
import type { Pause } from "./pauses.ts";
import type { Unit } from "./unit.ts";

export type Counting = "inclusive" | "exclusive-last" | "exclusive-first" | "completed" | "started";

/** A daily-penalty meter: all that decides what has run by a day. Amounts in minor units. */
export interface Meter {
  readonly expiry: Day;
  /** For one unit; null where the rate is unknown (units are counted all the same). */
  readonly rate: bigint | null;
  readonly per: Unit;
  /** unit-day: profiles, sites …; else 1. */
  readonly multiplier: number;
  readonly turnover: { readonly annual: bigint; readonly percentOver: bigint; readonly percentUnder: bigint; readonly year: number } | null;
  readonly counting: Counting;
  readonly caps: {
    readonly amount: bigint | null;
    readonly units: number | null;
    readonly until: Day | null;
    readonly perYear: bigint | null;
  };
  /** Dated rates after the first, in order. */
  readonly steps: readonly { readonly from: Day; readonly rate: bigint }[];
  readonly pauses: readonly Pause[];
  /** The last day that counts, where something has ended the meter. */
  readonly stop: Day | null;
  readonly violations: readonly { readonly on: Day; readonly count: number }[];
  /** A person has set the units at the end of a day by hand; later days add to them. */
  readonly set?: { readonly on: Day; readonly units: number };
  /** Where a cap that it shares with other meters binds: from the end of that day nothing more runs, and `most` is its own part. */
  readonly joint?: { readonly on: Day; readonly most: bigint };
}

/** What has run by the end of a day. */
export interface Run {
  /** What the rate is multiplied by. */
  readonly units: number;
  readonly amount: bigint | null;
  /** The first day at whose end a cap binds. */
  readonly capReached: Day | null;
  readonly cap: "amount" | "units" | "until" | "per-year" | "joint" | null;
}
