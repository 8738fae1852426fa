import { expect } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Clause } from "./clause.ts";
import {
  claim,
  claimOf,
  DELIVERED,
  type DeliveryLogSubject,
  entry,
  KEY,
  later,
  minute,
  NEVER,
  OTHER,
  settle,
  settledAs,
  unknown,
} from "./delivery-fixtures.ts";

/** What claiming and settling promise. */
export const turnClauses: readonly Clause<DeliveryLogSubject>[] = [
  {
    clause: "a key that is being posted is not claimed again",
    async run({ log }) {
      expect(await claim(log, 0)).toBe(true);
      expect(await claim(log, 1)).toBe(false);
      expect(await claim(log, 1, OTHER)).toBe(true);
      expect(await claim(log, 60 * 24 * 30)).toBe(false);
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
      await settle(log, DELIVERED, 1);
      for (const at of [-600, 1, 600]) expect(await claim(log, at)).toBe(false);
    },
  },
  {
    clause: "what was given up is not claimed again",
    async run({ log }) {
      await claim(log, 0);
      await settle(log, NEVER, 1);
      for (const at of [-600, 1, 600]) expect(await claim(log, at)).toBe(false);
    },
  },
  {
    clause: "what was put off is claimed from its moment on",
    async run({ log }) {
      await claim(log, 0);
      await settle(log, later(10), 1);
      expect(await claim(log, 9.99)).toBe(false);
      expect(await claim(log, 10)).toBe(true);
      expect(await claim(log, 11)).toBe(false);
    },
  },
  {
    clause: "what may have been shown is claimed again from its moment on",
    async run({ log }) {
      await claim(log, 0);
      await settle(log, unknown(10), 1);
      expect(await claim(log, 9.99)).toBe(false);
      expect(await claim(log, 10)).toBe(true);
      expect(await claim(log, 11)).toBe(false);
    },
  },
  {
    clause: "a clock that was set back holds nothing up",
    async run({ log }) {
      await claim(log, 100);
      await claim(log, 100, OTHER);
      await settle(log, later(110), 100);
      await settle(log, unknown(110), 100, OTHER);
      expect(await claim(log, 40)).toBe(true);
      expect(await claim(log, 40, OTHER)).toBe(true);
    },
  },
  {
    clause: "a turn settles before it claims",
    async run({ log }) {
      await claim(log, 0);
      const taken = await log.turn([settledAs(KEY, later(1))], [claimOf(KEY), claimOf(OTHER)], minute(1));
      expect(taken).toEqual(new Set([KEY, OTHER]));
      expect(await entry(log)).toMatchObject({ attempts: 2, outcome: null, settledAt: null });
    },
  },
  {
    clause: "a turn takes as many as it is given, each once",
    async run({ log }) {
      const keys = Array.from({ length: 47 }, (_, index) => `key ${index}` as DeliveryKey);
      const taken = await log.turn(
        [],
        [...keys, "key 3", "key 46"].map((key) => claimOf(key)),
        minute(0),
      );
      expect(taken).toEqual(new Set(keys));
      const outcomes = keys.map((_, index) => [DELIVERED, NEVER, later(index), unknown(index)][index % 4]!);
      await log.turn(
        keys.map((key, index) => settledAs(key, outcomes[index]!)),
        [],
        minute(1),
      );
      const known = await log.known(keys);
      expect(keys.map((key) => known.get(key)?.outcome)).toEqual(outcomes);
      expect(keys.map((key) => known.get(key)?.attempts)).toEqual(keys.map(() => 1));
    },
  },
  {
    clause: "a turn with nothing in it does nothing",
    async run({ log }) {
      expect(await log.turn([], [], minute(0))).toEqual(new Set());
    },
  },
  {
    clause: "what is delivered stays delivered, whoever settles it later",
    async run({ log }) {
      await claim(log, 0);
      await settle(log, DELIVERED, 1);
      await settle(log, later(5), 2);
      await log.turn([settledAs(KEY, NEVER), settledAs(KEY, unknown(3))], [], minute(3));
      expect(await entry(log)).toMatchObject({ outcome: DELIVERED, settledAt: minute(1) });
    },
  },
  {
    clause: "a turn that settles what was never claimed throws and writes nothing",
    async run({ log }) {
      await claim(log, 0);
      const turn = log.turn([settledAs(KEY, DELIVERED), settledAs("nobody's", DELIVERED)], [claimOf(OTHER)], minute(1));
      await expect(turn).rejects.toThrow("nobody's");
      expect(await entry(log)).toMatchObject({ outcome: null, settledAt: null });
      expect(await entry(log, OTHER)).toBeUndefined();
    },
  },
  {
    clause: "claims left by a process that is no more become unknown, to be tried at once",
    async run({ log }) {
      await claim(log, 0);
      await claim(log, 0, OTHER);
      await settle(log, later(90), 0, OTHER);
      expect(await log.abandon(minute(5))).toBe(1);
      expect(await entry(log)).toMatchObject({ outcome: { kind: "unknown", notBefore: minute(5) }, settledAt: minute(5) });
      expect(await entry(log, OTHER)).toMatchObject({ outcome: later(90) });
      expect(await claim(log, 5)).toBe(true);
    },
  },
];
