import type { Which } from "../law/clock-change.ts";
import type { Finding, Step } from "../law/finding.ts";
import type { Pause } from "../law/pauses.ts";
import type { Day } from "../time/day.ts";
import type { Count, CureClock } from "./clock.ts";
import { projectionOf } from "./clock-told.ts";

/** A liquidation as it stands: `amount` after reductions, 0 once annulled. Decimal strings of the matter's currency. */
export interface Liquidation {
  readonly id: string;
  readonly ref: string | null;
  readonly from: Day;
  readonly to: Day;
  /** As first fixed. */
  readonly fixed: string;
  amount: string;
  annulled: boolean;
  /** The ids of the events that lowered or annulled it. */
  changedBy: string[];
}

/** The last day that an event lets count: its own, or the day before where it is told not to count. */
export interface LastDay {
  readonly on: Day;
  readonly stop: Day;
  readonly ended: "complied" | "remitted" | "settled" | "withdrawn" | "lapsed" | "closed";
}

/** An end of the time to comply that an event gave. */
export interface Move {
  readonly steps: readonly Step[];
  /** Null while it stands still: no end stands then. */
  readonly end: Day | null;
  /** The time of day at which it ends; null where its last day counts whole. */
  readonly time: string | null;
  /** The end is one of a fresh period, given after the first had ended. */
  readonly isFresh: boolean;
}

/** What the events up to a day have made of one item. Filled by `applyToItem`, read by standing. */
export interface ItemFold {
  readonly id: string;
  readonly clock: CureClock;
  expiry: Day | null;
  /** The time of day at which the period ends where it runs in hours; null where its last day counts whole. */
  expiryTime: string | null;
  /** Where clocks show that time twice on the day: which of the two. */
  expiryWhich: Which | null;
  /** Said of an expiry that rests on holidays which are not published yet, however it came to be. */
  projected: Finding | null;
  /** How the period that runs was counted: what is left of it after a stay is counted alike. Null where a day was set. */
  counted: Count | null;
  /** Every end that a rule has given it, by the facts and by its events. */
  readonly counts: Count[];
  /** Of the end `of`: the day on which it was before it moved on to a working day. */
  unrolled: { readonly of: Day; readonly day: Day } | null;
  /** The end that the remainder has where it is counted from the day before the first roll, and that is another than `of`. */
  otherwise: { readonly of: Day; readonly day: Day } | null;
  /** The end to which an event moved the time to comply, and how it came to it, under its id. */
  readonly moved: Map<string, Move>;
  /** The end of a fresh period that a resumption gave after the first expiry; accrual of before is kept. */
  freshExpiry: Day | null;
  /** What the facts and events gave where a person has overridden it. */
  overridden: { what: string; computed: string; value: string; because: string }[];
  firstDay: Day | null;
  setUnits: { on: Day; value: number; because: string } | null;
  /** Days after the expiry that do not count; an open stay has no end. */
  pauses: Pause[];
  stay: { from: Day; during: "cure" | "fresh period" | "delay" } | null;
  /** Since when collection is suspended while the meter goes on. */
  collectionStayed: Day | null;
  claim: { on: Day; stop: Day } | null;
  /** The last day that counts. */
  stop: Day | null;
  /** The last day that can count whatever becomes of a claim: an end, a closure or an annulment was on it. */
  endStop: Day | null;
  /** What gave the days of `stop` and `endStop`, in order; a claim that was refused is none of them. */
  lastDays: readonly LastDay[];
  ended: "complied" | "settled" | "withdrawn" | "lapsed" | "remitted" | null;
  closed: boolean;
  annulled: boolean;
  referredTo: string | null;
  steps: { from: Day; rate: string }[];
  violations: { on: Day; count: number }[];
  liquidations: Liquidation[];
  /** What the liquidations up to a number of them were lowered to, together. */
  reduced: { to: string; liquidations: number } | null;
  paid: string[];
  refunded: string[];
  invoiced: string[];
  /** Given up by whoever collects it: neither paid nor to be paid. */
  writtenOff: string[];
  /** Of what was paid and given up, what came once it was annulled: nothing was owed any more. */
  sinceAnnulled: string[];
  appealed: boolean;
  appealAssumed: boolean;
  /** An extension that came after the expiry: the days between no longer count. */
  extendedLate: { from: Day; to: Day } | null;
  /** Announced liquidations; answered once a sum is fixed or the order has ended. */
  observations: { id: string; from: Day; answered: boolean }[];
}

export function newItemFold(id: string, clock: CureClock): ItemFold {
  const count = clock.kind === "draft" ? null : clock.count;
  return {
    id,
    clock,
    expiry: clock.kind === "draft" ? null : clock.expiry,
    expiryTime: clock.kind === "draft" ? null : (clock.time ?? null),
    expiryWhich: clock.kind === "draft" ? null : (clock.which ?? null),
    projected: clock.kind === "draft" ? null : (projectionOf(clock)[0] ?? null),
    counted: count,
    counts: count === null ? [] : [count],
    unrolled: count === null ? null : { of: count.end, day: count.unrolled },
    otherwise: null,
    moved: new Map(),
    freshExpiry: null,
    overridden: [],
    firstDay: null,
    setUnits: null,
    pauses: [],
    stay: null,
    collectionStayed: null,
    claim: null,
    stop: null,
    endStop: null,
    lastDays: [],
    ended: null,
    closed: false,
    annulled: false,
    referredTo: null,
    steps: [],
    violations: [],
    liquidations: [],
    reduced: null,
    paid: [],
    refunded: [],
    invoiced: [],
    writtenOff: [],
    sinceAnnulled: [],
    appealed: false,
    appealAssumed: false,
    extendedLate: null,
    observations: [],
  };
}
