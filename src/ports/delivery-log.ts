import type { Instant } from "../time/instant.ts";
import type { DeliveryKey, Place, PostRef } from "./chat.ts";
import type { Json } from "./ledger.ts";

/** Why something is said. */
export type Reason =
  | "stage-reached"
  | "deadline-moved"
  | "total"
  | "cap-near"
  | "cap-reached"
  | "corrected"
  | "event-recorded"
  | "overdue"
  | "escalated"
  | "digest"
  /** A card that somebody removed. */
  | "card"
  | "dead-letter"
  /** Something could not be told where it was to be; that names nothing. */
  | "withheld"
  /** Matters wait for a retention review. */
  | "retention"
  | "canary";

/** What a message rested on: enough to recompute every figure in it. */
export interface Basis {
  readonly place: Place;
  readonly kind: string;
  readonly reason: Reason;
  /** The matter's stream; null for a digest. */
  readonly stream: string | null;
  /** How many events the matter had when it was said; null where it is about no single one. */
  readonly version: number | null;
  /** The ledger's head when it was said. */
  readonly head: string;
  /** The rules, calendars and authorities by which the figures were computed. */
  readonly rulebook: string;
  /** The figures that were shown. */
  readonly shown: Json;
}

/**
 * It is out of date: it waits no more and is not undelivered, and may be tried should it be due again after all. `untold` as long as nobody was told
 * that it was not shown and somebody has to be.
 */
export type Superseded = true | "untold";

export type Outcome =
  | { readonly kind: "delivered"; readonly posted: PostRef }
  /** Not shown; worth trying again from that moment on. */
  | {
      readonly kind: "later";
      readonly reason: string;
      readonly notBefore: Instant;
      readonly superseded?: Superseded;
    }
  /** May have been shown; repeated from that moment on rather than missed. */
  | {
      readonly kind: "unknown";
      readonly reason: string;
      readonly notBefore: Instant;
      /** How many attempts may have shown it; none where the platform has said since that it is not there. */
      readonly doubts: number;
      readonly superseded?: Superseded;
    }
  | {
      readonly kind: "never";
      readonly reason: string;
      /** How many attempts before may have shown it; absent for none. What settles does not change it. */
      readonly doubts?: number;
    };

export interface Claim {
  readonly key: DeliveryKey;
  /** The message that it is said with: a burst is one message with many keys. The adapter is given it as `once`. */
  readonly message: DeliveryKey;
  readonly basis: Basis;
}

export interface Settled {
  readonly key: DeliveryKey;
  readonly outcome: Outcome;
}

export interface Delivery extends Claim {
  /** When it was first claimed. */
  readonly firstAt: Instant;
  readonly claimedAt: Instant;
  readonly attempts: number;
  /** Null between claim and settle. */
  readonly outcome: Outcome | null;
  readonly settledAt: Instant | null;
  /** When somebody was told that it could not be delivered. */
  readonly announcedAt: Instant | null;
}

/** How many deliveries came out how, and since when the oldest waits that is neither delivered nor given up. */
export interface Tally {
  readonly delivered: number;
  readonly later: number;
  readonly unknown: number;
  readonly never: number;
  readonly claimed: number;
  readonly oldestWaiting: Instant | null;
}

/** Something was erased since what is to be said was read: it is to be read again. */
export class ErasedSince extends Error {
  override readonly name = "ErasedSince";
  constructor() {
    super("something was erased since this was read");
  }
}

/** What was said, where and on what grounds: what test/contracts/delivery-log.ts demands. */
export interface DeliveryLog {
  /**
   * One durable transaction: settles what came of earlier claims, then takes those of the wanted keys that may be posted now, and answers them.
   * A key may be posted when it was never claimed, or came out as `later` or `unknown` and its notBefore has been reached. A moment of
   * settling that lies after `at` counts as reached: the clock was set back. A claim that is not settled is somebody's who is posting.
   * Settling what is delivered already changes nothing; settling what was never claimed throws, and nothing is written.
   * `erasures` is how many erasures (Privacy.version) were known when what is wanted was read: where there are more by now, it throws
   * ErasedSince and nothing is written, as a message must not outlive an erasure. None takes place between that look and the claim.
   */
  turn(settled: readonly Settled[], wanted: readonly Claim[], at: Instant, erasures?: number): Promise<ReadonlySet<DeliveryKey>>;
  /**
   * For the one process that delivers, when it begins: claims that are not settled were left by a process that is no more. They become
   * `unknown`, with a doubt more, to be tried at once. Answers how many there were. With an adapter's name: those in its places alone.
   */
  abandon(at: Instant, adapter?: string): Promise<number>;
  /** Those of the keys that were ever claimed. */
  known(keys: readonly DeliveryKey[]): Promise<ReadonlyMap<DeliveryKey, Delivery>>;
  /** Those of a matter in a place, or in every place, the oldest first. */
  about(stream: string, place?: Place): Promise<readonly Delivery[]>;
  /** The newest one of that kind that was delivered in the place. */
  last(place: Place, kind: string): Promise<Delivery | null>;
  /** What came out as `later` or `unknown` and is not superseded, the oldest first. */
  waiting(): Promise<readonly Delivery[]>;
  /** Claimed and not settled before that moment, or settled as `never`, `later` or `unknown`, the superseded apart; the oldest first. */
  undelivered(before: Instant): Promise<readonly Delivery[]>;
  /** Of those, what nobody was told of yet: `never`, and whatever was first claimed before `lateBefore`. And what was superseded as `untold`. */
  unannounced(lateBefore: Instant): Promise<readonly Delivery[]>;
  announced(keys: readonly DeliveryKey[], at: Instant): Promise<void>;
  /** What came out as `never` in the place may be tried again; what was in doubt before still is. Answers how many. */
  revive(place: Place, at: Instant): Promise<number>;
  /** Whether anything that was delivered of a matter rested on another rulebook than that. */
  restsOnOther(rulebook: string): Promise<boolean>;
  tally(): Promise<Tally>;
}
