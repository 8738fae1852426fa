import { standingNow } from "../../src/matter/standing.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Basis, Delivery, Outcome } from "../../src/ports/delivery-log.ts";
import type { LedgerRow } from "../../src/ports/ledger.ts";
import { day } from "../../src/time/day.ts";
import { type Instant, millisecondsOf } from "../../src/time/instant.ts";
import { given, itemOn } from "../support/given.ts";
import { violations } from "./checker.ts";
import type { Attempt, Claiming, Due, Evidence } from "./evidence.ts";

export const MATTER = given({});
export const PLACE = "memory:one" as Place;
export const OPERATIONS = "memory:operations" as Place;
export const HEAD = "a".repeat(64);
export const AT = "2024-03-13T08:00:00.000Z" as Instant;
export const KEY = JSON.stringify([PLACE, "total", MATTER.key, "a", "", "2024-03-05", "2024-03-12"]) as DeliveryKey;
export const POSTED = "memory:one/1" as PostRef;
export const MINUTE = 60_000;

export const ROW = { stream: MATTER.key, version: 1, position: 1, hash: HEAD, recordedAt: MATTER.registeredAt } as LedgerRow;
export const ITEM = standingNow(MATTER, day("2024-03-13")).items[0]!;
export const SHOWN = { item: "a", units: ITEM.units, theoretical: itemOn(MATTER, "2024-03-12").theoretical };

export const BASIS: Basis = {
  place: PLACE,
  kind: "total",
  reason: "total",
  stream: MATTER.key,
  version: 1,
  head: HEAD,
  rulebook: "rules",
  shown: SHOWN,
};

export function later(minutes: number): Instant {
  return new Date(millisecondsOf(AT) + minutes * MINUTE).toISOString() as Instant;
}

export function attempt(over: Partial<Attempt> & { readonly after?: number } = {}): Attempt {
  const at = later(over.after ?? 0);
  const fields = { place: PLACE, thread: null, once: KEY, part: 0, text: "EUR 700 (7 days)", shown: true, answered: "ok" } as const;
  return { ...fields, askedSeconds: null, at, moment: millisecondsOf(at), ...over };
}

export function claiming(outcome: Outcome | null, over: Partial<Claiming> & { readonly after?: number } = {}): Claiming {
  const at = later(over.after ?? 0);
  const moment = millisecondsOf(at);
  return { key: KEY, message: KEY, basis: BASIS, at, moment, settled: outcome === null ? null : { moment, at, outcome }, ...over };
}

export const DELIVERED: Outcome = { kind: "delivered", posted: POSTED };
export const UNKNOWN: Outcome = { kind: "unknown", reason: "a time-out", notBefore: later(1), doubts: 1 };
export const LATER: Outcome = { kind: "later", reason: "busy", notBefore: later(1) };
export const NEVER: Outcome = { kind: "never", reason: "archived" };

export function delivery(outcome: Outcome | null, over: Partial<Delivery> = {}): Delivery {
  const fields = { key: KEY, message: KEY, basis: BASIS, firstAt: AT, claimedAt: AT, attempts: 1, announcedAt: null };
  return { ...fields, outcome, settledAt: outcome === null ? null : AT, ...over };
}

export const DUE: Due = { key: KEY, place: PLACE, from: millisecondsOf(AT), until: null };

/** A record in which one total was due, claimed, shown and settled: nothing is wrong with it. */
export function evidence(over: Partial<Evidence> = {}): Evidence {
  return {
    attempts: [attempt()],
    asks: [],
    claimings: [claiming(DELIVERED)],
    deliveries: [delivery(DELIVERED)],
    ledger: [ROW],
    matters: [MATTER],
    chainFault: null,
    rulebook: "rules",
    subscriptions: [],
    dues: [DUE],
    deaths: [],
    end: millisecondsOf(later(600)),
    grace: MINUTE,
    lateAfterMinutes: 60,
    momentOf: millisecondsOf,
    canTell: () => false,
    ...over,
  };
}

/** The invariants that a record breaks which is doctored so. */
export function named(doctored: Partial<Evidence>): readonly string[] {
  return [...new Set(violations(evidence(doctored)).map(({ invariant }) => invariant))];
}
