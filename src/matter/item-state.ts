import type { Pause } from "../law/pauses.ts";
import type { Day } from "../time/day.ts";
import type { CureClock } from "./clock.ts";

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
}

/** What the events up to a day have made of one item. Filled by `applyToItem`, read by standing. */
export interface ItemFold {
  readonly id: string;
  readonly clock: CureClock;
  expiry: Day | null;
  /** The end of a fresh period that a resumption gave after the first expiry; accrual of before is kept. */
  freshExpiry: Day | null;
  /** What the facts and events gave where a person has overridden it. */
  overridden: { what: string; computed: string; value: string; because: string }[];
  firstDay: Day | null;
  setUnits: { on: Day; value: number; because: string } | null;
  /** Days after the expiry that do not count; an open stay has no end. */
  pauses: Pause[];
  stay: { from: Day; during: "cure" | "fresh period" | "delay" } | null;
  collectionStayed: boolean;
  claim: { on: Day; stop: Day } | null;
  /** The last day that counts. */
  stop: Day | null;
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
  appealAssumed: boolean;
  /** An extension that came after the expiry: the days between no longer count. */
  extendedLate: { from: Day; to: Day } | null;
  observations: { id: string; from: Day }[];
}

export function newItemFold(id: string, clock: CureClock): ItemFold {
  return {
    id,
    clock,
    expiry: clock.kind === "draft" ? null : clock.expiry,
    freshExpiry: null,
    overridden: [],
    firstDay: null,
    setUnits: null,
    pauses: [],
    stay: null,
    collectionStayed: false,
    claim: null,
    stop: null,
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
    appealAssumed: false,
    extendedLate: null,
    observations: [],
  };
}
