import { expect } from "vitest";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Basis, DeliveryLog, Outcome } from "../../src/ports/delivery-log.ts";
import { type Instant, instantOf } from "../../src/time/instant.ts";
import { type Clause, type Closable, contract } from "./clause.ts";

export interface DeliveryLogSubject extends Closable {
  readonly log: DeliveryLog;
  /** Closes the log and opens it again. */
  reopen(): Promise<DeliveryLog>;
  /** The same log over a second connection. */
  another(): Promise<DeliveryLog>;
}

function minute(count: number): Instant {
  return instantOf(Date.UTC(2024, 1, 19, 8) + count * 60_000);
}

const KEY = "console:main/reminder/alpha/2024-02-18" as DeliveryKey;
const OTHER = "console:main/digest/2024-02-19" as DeliveryKey;
const LONG_AGO = minute(-60);
const DELIVERED: Outcome = { kind: "delivered", posted: "console:1" as PostRef };
const UNKNOWN: Outcome = { kind: "unknown", reason: "the connection broke" };
const NEVER: Outcome = { kind: "never", reason: "the place is gone" };

function basis(kind: string): Basis {
  const stream = kind === "digest" ? null : "alpha";
  return { place: "console:main" as Place, kind, stream, head: "ab".repeat(32), shown: { units: 46, sum: "6900.00" } };
}

function later(notBefore: Instant): Outcome {
  return { kind: "later", reason: "too many messages", notBefore };
}

/** Whether the key may be posted that minute, claims older than `stale` minutes taken for lost. */
function claim(log: DeliveryLog, at: number, stale = -60): Promise<boolean> {
  return log.claim(KEY, basis("reminder"), minute(at), minute(stale));
}

/** What every delivery log must do: see src/ports/delivery-log.ts. */
export const DELIVERY_LOG_CLAUSES: readonly Clause<DeliveryLogSubject>[] = [
  {
    clause: "a key that was claimed is not claimed again",
    async run({ log }) {
      expect(await claim(log, 0)).toBe(true);
      expect(await claim(log, 1)).toBe(false);
      expect(await log.claim(OTHER, basis("digest"), minute(1), LONG_AGO)).toBe(true);
    },
  },
  {
    clause: "of many who claim a key at once one may post",
    async run({ log, another }) {
      const logs = [log, await another()];
      const told = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(logs[index % 2]!, 0)));
      expect(told.filter((may) => may)).toHaveLength(1);
    },
  },
  {
    clause: "a claim is there after a restart",
    async run({ log, reopen }) {
      await claim(log, 0);
      expect(await claim(await reopen(), 1)).toBe(false);
    },
  },
  {
    clause: "what was delivered is never claimed again",
    async run({ log }) {
      await claim(log, 0);
      await log.settle(KEY, DELIVERED, minute(1));
      expect(await claim(log, 600, 600)).toBe(false);
    },
  },
  {
    clause: "what was refused for good is never claimed again",
    async run({ log }) {
      await claim(log, 0);
      await log.settle(KEY, NEVER, minute(1));
      expect(await claim(log, 600, 600)).toBe(false);
    },
  },
  {
    clause: "what was put off is claimed from its moment on",
    async run({ log }) {
      await claim(log, 0);
      await log.settle(KEY, later(minute(10)), minute(1));
      expect(await claim(log, 9)).toBe(false);
      expect(await claim(log, 10)).toBe(true);
      expect(await claim(log, 11)).toBe(false);
    },
  },
  {
    clause: "what may have been shown is claimed again once half a minute has passed, by one",
    async run({ log, another }) {
      const second = await another();
      await claim(log, 0);
      await log.settle(KEY, UNKNOWN, minute(1));
      expect(await claim(second, 1)).toBe(false);
      expect(await claim(second, 1.49)).toBe(false);
      expect(await claim(second, 1.5)).toBe(true);
      expect(await claim(log, 2)).toBe(false);
    },
  },
  {
    clause: "a claim left unsettled is taken over when it is stale",
    async run({ log }) {
      await claim(log, 5);
      expect(await claim(log, 20, 5)).toBe(false);
      expect(await claim(log, 20, 6)).toBe(true);
      expect(await claim(log, 21, 6)).toBe(false);
    },
  },
  {
    clause: "a slow attempt does not unsay what a later one delivered",
    async run({ log }) {
      await claim(log, 0);
      await claim(log, 20, 10);
      await log.settle(KEY, DELIVERED, minute(21));
      await log.settle(KEY, UNKNOWN, minute(22));
      expect((await log.known([KEY])).get(KEY)).toMatchObject({ outcome: DELIVERED, settledAt: minute(21) });
    },
  },
  {
    clause: "nothing is settled that was not claimed",
    async run({ log }) {
      await expect(log.settle(KEY, DELIVERED, minute(1))).rejects.toThrow(KEY);
    },
  },
  {
    clause: "known tells each claim with what it rested on, how often it was tried and how it ended",
    async run({ log }) {
      await log.claim(OTHER, basis("digest"), minute(0), LONG_AGO);
      await claim(log, 0);
      await log.settle(KEY, later(minute(10)), minute(1));
      await log.claim(KEY, { ...basis("reminder"), shown: { units: 47 } }, minute(10), LONG_AGO);
      await log.settle(KEY, DELIVERED, minute(11));
      const known = await log.known([KEY, OTHER, "nothing" as DeliveryKey]);
      expect([...known.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1))).toEqual([
        { key: OTHER, basis: basis("digest"), claimedAt: minute(0), attempts: 1, outcome: null, settledAt: null },
        {
          key: KEY,
          basis: { ...basis("reminder"), shown: { units: 47 } },
          claimedAt: minute(10),
          attempts: 2,
          outcome: DELIVERED,
          settledAt: minute(11),
        },
      ]);
      expect(await log.known([])).toEqual(new Map());
    },
  },
  {
    clause: "undelivered tells what was put off, refused or lost, and what was left unsettled before that moment",
    async run({ log }) {
      const outcomes = { delivered: DELIVERED, later: later(minute(90)), never: NEVER, unknown: UNKNOWN, unsettled: null, fresh: null };
      for (const [index, [name, outcome]] of Object.entries(outcomes).entries()) {
        await log.claim(name as DeliveryKey, basis("reminder"), minute(index), LONG_AGO);
        if (outcome !== null) await log.settle(name as DeliveryKey, outcome, minute(index));
      }
      const told = await log.undelivered(minute(5));
      expect(told.map((one) => [one.key, one.outcome])).toEqual([
        ["later", later(minute(90))],
        ["never", NEVER],
        ["unknown", UNKNOWN],
        ["unsettled", null],
      ]);
    },
  },
];

/** Declares one test a clause. */
export function deliveryLogContract(name: string, open: () => Promise<DeliveryLogSubject>): void {
  contract(`the delivery-log contract: ${name}`, DELIVERY_LOG_CLAUSES, open);
}
