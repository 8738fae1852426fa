import type { FiledMatter } from "../../../src/matter/facts.ts";

export type ItemFacts = NonNullable<FiledMatter["items"]>[number];
export type Ending = "withdrawn" | "settled" | "lapsed" | "remitted";

/** A liquidation as it stands, in minor units. */
export interface Liquidation {
  readonly ref: string | null;
  readonly from: number;
  readonly to: number;
  amount: bigint;
  annulled: boolean;
}

/** What is known of one item while the model walks from day to day. Nothing in it is a sum that has run: those are counted at the end. */
export interface ItemState {
  readonly facts: ItemFacts;
  /** The day on which its clock starts, and the end of its period; null while a fact is missing. */
  start: number | null;
  /** The day of the notification or publication from which its clock is counted: before it nobody knows the end. */
  knownFrom: number | null;
  expiry: number | null;
  expiryTime: string | null;
  /** Whether that time is the second of two on the day. */
  expiryAgain: boolean;
  /** What the period that runs is made of; null where a day was set. */
  counted: readonly string[] | null;
  /** The end of the period before the meter first ran: what a fresh period after that leaves as it is. */
  base: number | null;
  firstByHand: number | null;
  unitsByHand: { readonly on: number; readonly units: number } | null;
  /** An open stay: since when, and whether the period to comply stood still with it. */
  stay: { readonly since: number; readonly curing: boolean } | null;
  /** Days on which a stay was open at their end. */
  readonly stayedDays: Set<number>;
  /** Fresh periods that were given after the meter had run, with their first and last day: the last one ends with the expiry. */
  readonly fresh: { readonly from: number; to: number }[];
  readonly rates: { readonly from: number; readonly rate: bigint }[];
  readonly violations: { readonly on: number; readonly count: number }[];
  claim: { readonly day: number; readonly last: number } | null;
  accepted: boolean;
  /** The last day that counts, once it is settled. */
  last: number | null;
  readonly endings: Set<Ending>;
  closed: boolean;
  annulled: boolean;
  readonly liquidations: Liquidation[];
  /** What a court left of all liquidations that there were then. */
  lowered: { readonly to: bigint; readonly of: number } | null;
  everLowered: boolean;
  paid: bigint;
  refunded: bigint;
}

export function freshItem(facts: ItemFacts): ItemState {
  return {
    facts,
    start: null,
    knownFrom: null,
    expiry: null,
    expiryTime: null,
    expiryAgain: false,
    counted: null,
    base: null,
    firstByHand: null,
    unitsByHand: null,
    stay: null,
    stayedDays: new Set(),
    fresh: [],
    rates: [],
    violations: [],
    claim: null,
    accepted: false,
    last: null,
    endings: new Set(),
    closed: false,
    annulled: false,
    liquidations: [],
    lowered: null,
    everLowered: false,
    paid: 0n,
    refunded: 0n,
  };
}
