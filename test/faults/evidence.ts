import type { Matter } from "../../src/matter/history.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Basis, Delivery, Outcome } from "../../src/ports/delivery-log.ts";
import type { LedgerRow } from "../../src/ports/ledger.ts";
import type { Subscription } from "../../src/ports/subscriptions.ts";
import type { Instant } from "../../src/time/instant.ts";

/** A count that only grows, whatever the clock says: the steps of a set clock, or the milliseconds of the machine's own. */
export type Moment = number;

/** One post as the platform saw it. */
export interface Attempt {
  readonly moment: Moment;
  readonly at: Instant;
  readonly place: Place;
  readonly thread: PostRef | null;
  readonly once: string;
  /** A card may take several messages: 0, 1 … */
  readonly part: number;
  readonly text: string;
  readonly shown: boolean;
  /** What it told whoever posted. */
  readonly answered: "ok" | "later" | "never" | "unknown";
  readonly askedSeconds: number | null;
}

/** The platform was asked whether a message is there. */
export interface Ask {
  readonly moment: Moment;
  readonly place: Place;
  readonly once: string;
  readonly answer: "shown" | "not-shown" | "cannot-tell";
}

/** One claim of one key, and what it was settled as: the delivery log as it was, where the log itself keeps the last claim only. */
export interface Claiming {
  readonly moment: Moment;
  readonly at: Instant;
  readonly key: DeliveryKey;
  readonly message: DeliveryKey;
  readonly basis: Basis;
  readonly settled: { readonly moment: Moment; readonly at: Instant; readonly outcome: Outcome } | null;
}

/** Something that ought to have been said in a place from one moment until another, by a reckoning of the tests' own. */
export interface Due {
  readonly key: DeliveryKey;
  readonly place: Place;
  readonly from: Moment;
  /** When it was out of date, by the next stage or an event; null where it is due still. */
  readonly until: Moment | null;
}

/** All that is known after a run. */
export interface Evidence {
  /** In order. */
  readonly attempts: readonly Attempt[];
  readonly asks: readonly Ask[];
  /** In order. */
  readonly claimings: readonly Claiming[];
  readonly deliveries: readonly Delivery[];
  /** In order. */
  readonly ledger: readonly LedgerRow[];
  readonly matters: readonly Matter[];
  /** What `verify` found wrong; null where the chain holds. */
  readonly chainFault: string | null;
  readonly rulebook: string;
  readonly subscriptions: readonly Subscription[];
  readonly dues: readonly Due[];
  /** When the process was ended by force. */
  readonly deaths: readonly Moment[];
  /** Of several processes: while one of them stood still, or could not reach the register to write an outcome down. */
  readonly troubles?: readonly { readonly from: Moment; readonly to: Moment }[];
  readonly end: Moment;
  /** How long one pass may take, in moments. */
  readonly grace: number;
  /** After how many minutes what waits still must be announced. */
  readonly lateAfterMinutes: number;
  /** The moments at which a set clock showed a time; the machine's own clock is its own moment. */
  momentOf(at: Instant): Moment;
  /** Whether the platform lets a bot read in that place. */
  canTell(place: Place): boolean;
}

export const INVARIANTS = ["at-least-once", "at-most-once", "in-time", "never-dropped", "recomputable", "repeat-marked"] as const;
export type Invariant = (typeof INVARIANTS)[number];

export interface Violation {
  readonly invariant: Invariant;
  /** What is wrong, with the key that it is wrong of. */
  readonly what: string;
}

/** The claims that an attempt was made for: those of its message that were open when it was made. */
export function claimingsOf(attempt: Attempt, { claimings }: Evidence): readonly Claiming[] {
  return (byMessage(claimings).get(attempt.once) ?? []).filter(
    ({ moment, settled }) => moment <= attempt.moment && (settled === null || attempt.moment <= settled.moment),
  );
}

const KNOWN = new WeakMap<readonly Claiming[], ReadonlyMap<string, readonly Claiming[]>>();

function byMessage(claimings: readonly Claiming[]): ReadonlyMap<string, readonly Claiming[]> {
  let known = KNOWN.get(claimings);
  if (known === undefined) {
    known = Map.groupBy(claimings, ({ message }) => message as string);
    KNOWN.set(claimings, known);
  }
  return known;
}
