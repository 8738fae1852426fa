import type { Regime } from "../law/catalogue.ts";
import type { Finding, Step } from "../law/finding.ts";
import type { Money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import type { RecordedEvent } from "./events.ts";
import type { Facts } from "./facts.ts";

/** Item states, the first that fits. */
export const STATES = [
  "annulled",
  "withdrawn",
  "settled",
  "closed",
  "complied",
  "claimed",
  "stayed",
  "lapsed",
  "capped",
  "accruing",
  "overdue",
  "curing",
  "pending",
  "draft",
] as const;
export type State = (typeof STATES)[number];

/** What can stop a penalty: a part of its cap, or the cap that it shares. */
export type CapPart = "amount" | "units" | "until" | "shared" | "perYear";

/** Where one head of injunction stands by the end of a day. Sums are null where they cannot be told, never a guess. */
export interface ItemStanding {
  readonly id: string;
  readonly order: string | null;
  readonly state: State;
  readonly expiry: Day | null;
  /** The time of day at which a period in hours ends. */
  readonly expiryTime: string | null;
  /** Of a draft: the first day on which its period can end. */
  readonly earliestExpiry: Day | null;
  /** What a draft waits for, as paths in its file. */
  readonly missing: readonly string[];
  /** The first day on which it ran or, while nothing has run, will run as things stand. */
  readonly firstPenaltyDay: Day | null;
  /** The same of what runs now or next: after a fresh period, the day behind its end. */
  readonly runsFrom: Day | null;
  readonly units: number | null;
  readonly unitsMax: number | null;
  readonly theoretical: Money | null;
  /** With a notification known within a window: counted from its earliest day. */
  readonly theoreticalMax: Money | null;
  readonly fixed: Money;
  readonly paid: Money;
  /** What has run outside liquidated windows. */
  readonly open: Money | null;
  /** With a notification known within a window: counted from its earliest day. */
  readonly openMax: Money | null;
  readonly refundDue: Money;
  readonly invoiced: Money;
  /** Given up by whoever collects it; it is not among what was paid. */
  readonly writtenOff: Money;
  readonly regime: Regime;
  readonly conditional: boolean;
  readonly ifRefused: { readonly units: number | null; readonly theoretical: Money | null } | null;
  /** As if every claim of the matter failed: what claims under one cap come to together. */
  readonly ifAllRefused: Money | null;
  readonly capReached: Day | null;
  /** Of the cap of a calendar year that was reached: the first day of the next year, on which it runs again. */
  readonly runsAgain?: Day;
  /** Nine tenths of a cap have run, and the cap is not reached. */
  readonly capNear: boolean;
  /** The same of the cap of the calendar year. */
  readonly yearNear?: true;
  /** The caps of which nine tenths have run, reached or not; absent where there are none. */
  readonly nearCaps?: readonly CapPart[];
  /** The rate in force and its unit, of an item with a meter. */
  readonly rate: { readonly amount: Money | null; readonly per: string } | null;
  /** The rate in force on the first day of delay, while that day is ahead: a step may replace today's before it. Null where the day is not known. */
  readonly firstRate: { readonly amount: Money | null; readonly per: string } | null;
  /** The first day from which `rate` has applied without a break (a change, a stay, a year's cap); null where nothing runs, or it cannot be told. */
  readonly rateSince: Day | null;
  /** What the day after `through` adds to the theoretical sum; null where it cannot be told. */
  readonly oneMoreDay: Money | null;
  /** The same from the latest day of a notification that is known within a window, and from the earliest, where they differ. */
  readonly oneMoreDayEnds?: { readonly latest: Money; readonly earliest: Money };
  /** What was recorded today changes what had run by yesterday (days that count after all, a cap that was raised): the sums through yesterday lack it. */
  readonly lacksDays?: true;
  /** The day of compliance that the addressee claims. */
  readonly claimedOn: Day | null;
  readonly assumptions: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly steps: readonly Step[];
}

export interface FineStanding {
  readonly id: string;
  readonly amount: Money | null;
  readonly paid: Money;
  readonly writtenOff: Money;
  readonly refundDue: Money;
  readonly due: Day | null;
  readonly annulled: boolean;
}

export interface Next {
  readonly day: Day;
  /** expiry, earliest-expiry, payment, or the kind of a related clock. */
  readonly what: string;
}

/** A deadline that is ahead, and of what: an item, a fine, or the clock of an item. */
export interface Ahead extends Next {
  readonly item: string | null;
  readonly fine: string | null;
  /** Of sums forfeited by law, of which another falls due nearly every day. */
  readonly ofSums?: true;
}

export interface UnpaidSums {
  readonly sum: Money;
  readonly through: Day;
  /** Of several that do not all end on the clock's day: those that do, and those whose time has ended. */
  readonly ends?: Money;
  readonly over?: Money;
}

/** A day on which something falls due, apart from the cure periods. */
export interface RelatedDeadline {
  readonly id: string;
  readonly item: string;
  readonly kind: string;
  readonly day: Day;
  /** The time of day at which it ends, where it runs in hours. */
  readonly time: string | null;
  /** Nobody waits for it any more: what was due was done, or its order has ended. */
  readonly done: boolean;
  readonly steps: readonly Step[];
  /** What the day rests on without being certain. */
  readonly notes: readonly Finding[];
  /** Of the first of several sums forfeited by law: it moves on as they are paid, and as their days pass. */
  readonly ofSums?: boolean;
  /** Of them: what is forfeited and not paid through a day; absent where it cannot be told. */
  readonly unpaid?: UnpaidSums;
  /** It is one of many that follow one another from day to day: shown, and not reminded of by itself. */
  readonly quiet?: boolean;
  /** The sum that is reminded of once the first has had its day; null where none is any more. Absent where the clock itself is. */
  readonly reminded?: Reminded | null;
}

/** One of many sums, reminded of from a day on: until then it was another. Its notes, where they are not those of the clock. */
export interface Reminded {
  readonly day: Day;
  readonly since: Day;
  readonly notes?: readonly Finding[];
}

export interface Totals {
  readonly currency: string;
  readonly theoretical: Money | null;
  readonly fixed: Money;
  readonly paid: Money;
  readonly fines: Money | null;
}

/** Where a matter stands: states and deadlines by the end of `on`, sums through `through`. */
export interface Standing {
  readonly key: string;
  readonly facts: Facts;
  readonly zone: string;
  readonly currency: string;
  readonly on: Day;
  readonly through: Day;
  readonly state: State;
  readonly items: readonly ItemStanding[];
  readonly fines: readonly FineStanding[];
  readonly totals: Totals;
  readonly related: readonly RelatedDeadline[];
  /** Every deadline from `on` on, the nearest first. */
  readonly ahead: readonly Ahead[];
  readonly next: Next | null;
  /** Events dated today, which the sums through yesterday do not hold yet. */
  readonly since: readonly RecordedEvent[];
  /** Who works on it. */
  readonly assignedTo: string | null;
  /** Who answers for it. */
  readonly ownedBy: string | null;
  readonly referredTo: string | null;
  /** The names of the people who are named here by their platform's reference, as far as they are known. */
  readonly names?: ReadonlyMap<string, string>;
  readonly warnings: readonly Finding[];
}
