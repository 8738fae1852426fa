import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Basis, Claim, Delivery, DeliveryLog, Outcome, Settled } from "../../src/ports/delivery-log.ts";
import { type Instant, instantOf } from "../../src/time/instant.ts";
import type { Closable } from "./clause.ts";

export interface DeliveryLogSubject extends Closable {
  readonly log: DeliveryLog;
  /** Closes the log and opens it again. */
  reopen(): Promise<DeliveryLog>;
  /** The same log over a second connection. */
  another(): Promise<DeliveryLog>;
}

export function minute(count: number): Instant {
  return instantOf(Date.UTC(2024, 1, 19, 8) + count * 60_000);
}

export const HERE = "console:main" as Place;
export const THERE = "console:other" as Place;
export const KEY = "console:main/reminder/alpha/2024-02-18" as DeliveryKey;
export const OTHER = "console:main/reminder/beta/2024-02-18" as DeliveryKey;

export const DELIVERED: Outcome = { kind: "delivered", posted: "console:1" as PostRef };
export const NEVER: Outcome = { kind: "never", reason: "the place is gone" };

export function later(notBefore: number): Outcome {
  return { kind: "later", reason: "too many messages", notBefore: minute(notBefore) };
}

export function unknown(notBefore: number): Outcome {
  return { kind: "unknown", reason: "the connection broke", notBefore: minute(notBefore), doubts: 2 };
}

export function claimOf(key: string, changes: Partial<Basis> = {}): Claim {
  const grounds = { version: 3, head: "ab".repeat(32), rulebook: "c0ffee", shown: { units: 46, sum: "6900.00", days: [1, null] } };
  const basis: Basis = { place: HERE, kind: "reminder", reason: "stage-reached", stream: "alpha", ...grounds, ...changes };
  return { key: key as DeliveryKey, message: `${key}/message` as DeliveryKey, basis };
}

export function settledAs(key: string, outcome: Outcome): Settled {
  return { key: key as DeliveryKey, outcome };
}

/** Whether the key may be posted that minute; when it may, it is claimed. */
export async function claim(log: DeliveryLog, at: number, key: string = KEY): Promise<boolean> {
  return (await log.turn([], [claimOf(key)], minute(at))).has(key as DeliveryKey);
}

export async function settle(log: DeliveryLog, outcome: Outcome, at: number, key: string = KEY): Promise<void> {
  await log.turn([settledAs(key, outcome)], [], minute(at));
}

/** Claims it and settles it, both in that minute. */
export async function say(log: DeliveryLog, key: string, outcome: Outcome, at: number, changes: Partial<Basis> = {}): Promise<void> {
  await log.turn([], [claimOf(key, changes)], minute(at));
  await settle(log, outcome, at, key);
}

export async function entry(log: DeliveryLog, key: string = KEY): Promise<Delivery | undefined> {
  return (await log.known([key as DeliveryKey])).get(key as DeliveryKey);
}

export function keysOf(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.map(({ key }) => key);
}
