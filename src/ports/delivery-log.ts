import type { Instant } from "../time/instant.ts";
import type { DeliveryKey, Place, PostRef } from "./chat.ts";
import type { Json } from "./ledger.ts";

/** What a message rested on: enough to recompute every figure in it. */
export interface Basis {
  readonly place: Place;
  readonly kind: string;
  /** The matter's stream; null for a digest. */
  readonly stream: string | null;
  /** The ledger's head when it was said. */
  readonly head: string;
  /** The figures that were shown. */
  readonly shown: Json;
}

export type Outcome =
  | { readonly kind: "delivered"; readonly posted: PostRef }
  | { readonly kind: "later"; readonly reason: string; readonly notBefore: Instant }
  | { readonly kind: "never"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

export interface Delivery {
  readonly key: DeliveryKey;
  readonly basis: Basis;
  readonly claimedAt: Instant;
  readonly attempts: number;
  /** Null between claim and settle: a crash in between leaves it so. */
  readonly outcome: Outcome | null;
  readonly settledAt: Instant | null;
}

/** What was said, where and on what grounds: what test/contracts/delivery-log.ts demands. */
export interface DeliveryLog {
  /**
   * Takes the key for one attempt, durably, before anything is posted. True when this caller may post: the key was never claimed, or its last
   * outcome was `later` with notBefore reached, or `unknown` and settled at least 30 seconds before `at`, or it was claimed and left unsettled
   * before `staleBefore`. False otherwise.
   */
  claim(key: DeliveryKey, basis: Basis, at: Instant, staleBefore: Instant): Promise<boolean>;
  settle(key: DeliveryKey, outcome: Outcome, at: Instant): Promise<void>;
  /** Those of the keys that were ever claimed. */
  known(keys: readonly DeliveryKey[]): Promise<ReadonlyMap<DeliveryKey, Delivery>>;
  /** Claimed and not settled before that moment, or settled as `later`, `never` or `unknown`. */
  undelivered(before: Instant): Promise<readonly Delivery[]>;
}

/** A place that watches matters. */
export interface Watch {
  readonly place: Place;
  /** Filters as typed: authority:CNIL state:accruing. Empty watches everything. */
  readonly filters: readonly string[];
  readonly language: "en" | "fr";
  readonly zone: string;
  /** The wall-clock time of its digest, HH:mm. */
  readonly at: string;
  /** Who set it up: an opaque person id. */
  readonly by: string;
  readonly since: Instant;
}

/** One watch a place for now: setting it again replaces it. */
export interface Watches {
  all(): Promise<readonly Watch[]>;
  set(watch: Watch): Promise<void>;
  remove(place: Place): Promise<boolean>;
}
