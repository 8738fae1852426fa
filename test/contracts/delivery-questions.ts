import { expect } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Delivery, Outcome } from "../../src/ports/delivery-log.ts";
import type { Clause } from "./clause.ts";
import {
  claim,
  claimOf,
  DELIVERED,
  type DeliveryLogSubject,
  entry,
  HERE,
  KEY,
  keysOf,
  later,
  minute,
  NEVER,
  OTHER,
  say,
  settle,
  THERE,
  unknown,
} from "./delivery-fixtures.ts";

/** What the log tells afterwards. */
export const questionClauses: readonly Clause<DeliveryLogSubject>[] = [
  {
    clause: "a delivery is told with its message, all that it rested on and how it ended",
    async run({ log }) {
      const digest = claimOf("digest", { kind: "digest", reason: "digest", stream: null, version: null, shown: [] });
      await log.turn([], [claimOf(KEY), digest], minute(0));
      await settle(log, DELIVERED, 2);
      const fresh = { firstAt: minute(0), claimedAt: minute(0), attempts: 1, announcedAt: null };
      expect(await log.known([KEY, digest.key, "nothing" as DeliveryKey])).toEqual(
        new Map([
          [KEY, { ...claimOf(KEY), ...fresh, outcome: DELIVERED, settledAt: minute(2) }],
          [digest.key, { ...digest, ...fresh, outcome: null, settledAt: null }],
        ]),
      );
      expect(await log.known([])).toEqual(new Map());
    },
  },
  {
    clause: "a second attempt has grounds of its own and counts from the first",
    async run({ log }) {
      await say(log, KEY, later(5), 0);
      const second = { ...claimOf(KEY, { shown: { units: 47 }, version: 4, reason: "deadline-moved" }), message: OTHER };
      await log.turn([], [second], minute(6));
      const counted = { firstAt: minute(0), claimedAt: minute(6), attempts: 2, outcome: null, settledAt: null, announcedAt: null };
      expect(await entry(log)).toEqual({ ...second, ...counted });
    },
  },
  {
    clause: "what was said about a matter is told, in a place or in all, the oldest first",
    async run({ log }) {
      await say(log, "b", DELIVERED, 1);
      await say(log, "a", NEVER, 2, { place: THERE });
      await say(log, "c", DELIVERED, 0);
      await say(log, "of another", DELIVERED, 0, { stream: "beta" });
      await say(log, "digest", DELIVERED, 0, { stream: null });
      expect(keysOf(await log.about("alpha"))).toEqual(["c", "b", "a"]);
      expect(keysOf(await log.about("alpha", THERE))).toEqual(["a"]);
      expect(await log.about("gamma")).toEqual([]);
    },
  },
  {
    clause: "the newest one of a kind that was delivered in a place is told",
    async run({ log }) {
      const digest = { kind: "digest", stream: null };
      expect(await log.last(HERE, "digest")).toBeNull();
      await say(log, "z", DELIVERED, 1, digest);
      await say(log, "a", DELIVERED, 2, digest);
      await say(log, "refused", NEVER, 3, digest);
      await say(log, "elsewhere", DELIVERED, 4, { ...digest, place: THERE });
      await say(log, "of another kind", DELIVERED, 5);
      expect(await log.last(HERE, "digest")).toMatchObject({ key: "a", outcome: DELIVERED });
    },
  },
  {
    clause: "what is waiting is what was put off and what is in doubt, the oldest first",
    async run({ log }) {
      await say(log, "delivered", DELIVERED, 0);
      await say(log, "lost", unknown(90), 1);
      await say(log, "given up", NEVER, 2);
      await say(log, "put off", later(90), 3);
      await claim(log, 4, "left");
      expect(keysOf(await log.waiting())).toEqual(["lost", "put off"]);
    },
  },
  {
    clause: "undelivered tells what was put off, given up or lost, and what was left unsettled before that moment",
    async run({ log }) {
      await say(log, "delivered", DELIVERED, 0);
      await say(log, "put off", later(90), 1);
      await say(log, "given up", NEVER, 2);
      await say(log, "lost", unknown(90), 3);
      await claim(log, 4, "left");
      await claim(log, 5, "fresh");
      expect(keysOf(await log.undelivered(minute(5)))).toEqual(["put off", "given up", "lost", "left"]);
    },
  },
  {
    clause: "unannounced tells what was given up, and what is late, until somebody was told",
    async run({ log }) {
      await say(log, "delivered", DELIVERED, 0);
      await say(log, "late", later(90), 1);
      await claim(log, 2, "left");
      await say(log, "put off", later(90), 5);
      await say(log, "given up", NEVER, 6);
      expect(keysOf(await log.unannounced(minute(5)))).toEqual(["late", "left", "given up"]);
      await log.announced(["late", "given up"] as DeliveryKey[], minute(7));
      expect(keysOf(await log.unannounced(minute(5)))).toEqual(["left"]);
      expect(await entry(log, "late")).toMatchObject({ announcedAt: minute(7), outcome: later(90) });
    },
  },
  {
    clause: "lateness is counted from the first claim and told once, whatever is tried again",
    async run({ log }) {
      await say(log, KEY, later(5), 0);
      await say(log, KEY, later(60), 6);
      expect(keysOf(await log.unannounced(minute(3)))).toEqual([KEY]);
      await log.announced([KEY], minute(7));
      await say(log, KEY, unknown(90), 61);
      expect(await log.unannounced(minute(70))).toEqual([]);
    },
  },
  {
    clause: "what was superseded is told nobody any more, but what was so untold, until somebody was told",
    async run({ log }) {
      await say(log, "needless", { ...later(90), superseded: true } as Outcome, 0);
      await say(log, "over", { ...later(90), superseded: "untold" } as Outcome, 1);
      await say(log, "in doubt", { ...unknown(90), superseded: "untold" } as Outcome, 2);
      expect(keysOf(await log.unannounced(minute(5)))).toEqual(["over", "in doubt"]);
      expect(await entry(log, "over")).toMatchObject({ outcome: { kind: "later", superseded: "untold" } });
      expect([await log.waiting(), await log.undelivered(minute(5))]).toEqual([[], []]);
      expect(await log.tally()).toMatchObject({ later: 0, unknown: 0, oldestWaiting: null });
      await log.announced(["over"] as DeliveryKey[], minute(6));
      expect(keysOf(await log.unannounced(minute(5)))).toEqual(["in doubt"]);
    },
  },
  {
    clause: "what was told as late is told anew when it is given up",
    async run({ log }) {
      await say(log, KEY, later(5), 0);
      await log.announced([KEY], minute(3));
      await say(log, KEY, NEVER, 6);
      expect(keysOf(await log.unannounced(minute(0)))).toEqual([KEY]);
    },
  },
  {
    clause: "of what was given up it is told how many attempts before may have shown it",
    async run({ log }) {
      await say(log, KEY, unknown(1), 0);
      await say(log, KEY, NEVER, 2);
      await say(log, OTHER, NEVER, 2);
      const doubtsIn = (found: readonly Delivery[]) =>
        found.map(({ key, outcome }) => [key, outcome?.kind === "never" ? (outcome.doubts ?? 0) : null]);
      const both = [
        [KEY, 2],
        [OTHER, 0],
      ];
      const known = await log.known([KEY, OTHER]);
      expect(doubtsIn([KEY, OTHER].map((key) => known.get(key)!))).toEqual(both);
      expect(doubtsIn(await log.undelivered(minute(3)))).toEqual(both);
      expect(doubtsIn(await log.unannounced(minute(0)))).toEqual(both);
    },
  },
  {
    clause: "what was given up in a place may be tried again there once it is revived",
    async run({ log }) {
      await say(log, KEY, NEVER, 0);
      await say(log, OTHER, NEVER, 0, { place: THERE });
      await say(log, "delivered", DELIVERED, 0);
      expect(await log.revive(HERE, minute(9))).toBe(1);
      expect(await entry(log)).toMatchObject({ outcome: { kind: "later", reason: "the place is gone", notBefore: minute(9) } });
      expect([await claim(log, 9), await claim(log, 9, OTHER), await claim(log, 9, "delivered")]).toEqual([true, false, false]);
    },
  },
  {
    clause: "whether anything said of a matter rested on another rulebook is told",
    async run({ log }) {
      const by = (key: string, rulebook: string, stream: string | null = "CNIL:A-1") => claimOf(key, { rulebook, stream });
      await log.turn([], [by("one", "r1"), by("digest", "r2", null), by("lost", "r3")], minute(0));
      await log.turn(
        [
          { key: "one" as DeliveryKey, outcome: DELIVERED },
          { key: "digest" as DeliveryKey, outcome: DELIVERED },
          { key: "lost" as DeliveryKey, outcome: NEVER },
        ],
        [],
        minute(1),
      );
      expect([await log.restsOnOther("r1"), await log.restsOnOther("r2")]).toEqual([false, true]);
    },
  },
  {
    clause: "the tally counts how deliveries came out, and tells since when the oldest waits",
    async run({ log }) {
      const none = { delivered: 0, later: 0, unknown: 0, never: 0, claimed: 0, oldestWaiting: null };
      expect(await log.tally()).toEqual(none);
      await say(log, "delivered", DELIVERED, 0);
      await say(log, "also delivered", DELIVERED, 0);
      await say(log, "given up", NEVER, 1);
      expect(await log.tally()).toEqual({ ...none, delivered: 2, never: 1 });
      await claim(log, 4, "claimed");
      await say(log, "lost", unknown(90), 3);
      await say(log, "put off", later(1), 2);
      expect(await log.tally()).toEqual({ delivered: 2, later: 1, unknown: 1, never: 1, claimed: 1, oldestWaiting: minute(2) });
      await say(log, "put off", later(91), 5);
      expect((await log.tally()).oldestWaiting).toBe(minute(2));
    },
  },
];
