import type { Attention } from "../../src/ports/attention.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Delivery, DeliveryLog } from "../../src/ports/delivery-log.ts";
import type { LiveCards, MatterIndex } from "../../src/ports/matter-index.ts";
import type { Subscription, Subscriptions } from "../../src/ports/subscriptions.ts";
import type { Instant } from "../../src/time/instant.ts";

/** A delivery log in memory, with the promise of the port that the plan rests on, for properties that run a thousand times. */
export function memoryLog(): DeliveryLog {
  const held = new Map<DeliveryKey, Delivery>();
  return {
    async turn(settled, wanted, at) {
      for (const { key, outcome } of settled) held.set(key, { ...held.get(key)!, outcome, settledAt: at });
      const taken = wanted.filter(({ key }) => !held.has(key));
      for (const claim of taken) {
        const fresh = { firstAt: at, claimedAt: at, attempts: 1, outcome: null, settledAt: null, announcedAt: null };
        held.set(claim.key, { ...claim, ...fresh });
      }
      return new Set(taken.map(({ key }) => key));
    },
    abandon: async () => 0,
    known: async (keys) => new Map(keys.flatMap((key) => (held.has(key) ? [[key, held.get(key)!] as const] : []))),
    about: async (stream) => [...held.values()].filter(({ basis }) => basis.stream === stream),
    last: async () => null,
    waiting: async () => [],
    undelivered: async () => [],
    unannounced: async () => [],
    announced: async () => undefined,
    revive: async () => 0,
    restsOnOther: async () => false,
    tally: async () => ({ delivered: held.size, later: 0, unknown: 0, never: 0, claimed: 0, oldestWaiting: null }),
  };
}

/** Nobody has taken note of anything. */
export const NO_ATTENTION: Attention = { acknowledge: async () => [], snooze: async () => undefined, of: async () => new Map() };

export const NO_CARDS: LiveCards = { of: async () => [], put: async () => undefined, drop: async () => undefined };

/** Those places, unchanging. */
export function fixedSubscriptions(all: readonly Subscription[]): Subscriptions {
  const not = () => Promise.reject(new Error("these do not change"));
  return {
    all: async () => all,
    of: async (place) => all.find((one) => one.place === place) ?? null,
    settle: not,
    add: not,
    refilter: not,
    remove: not,
    forget: not,
  };
}

/** An index in memory of matters that are looked at when they are due, or at every tick. */
export function memoryIndex(versions: () => ReadonlyMap<string, number>, always: boolean): MatterIndex & { readonly looks: () => number } {
  const wakes = new Map<string, { readonly version: number; readonly wakeAt: Instant | null; readonly at: Instant }>();
  let looks = 0;
  return {
    looks: () => looks,
    async due(now) {
      return [...versions()].flatMap(([stream, version]) => {
        const row = wakes.get(stream);
        const due = always || row === undefined || row.version !== version || row.at > now || (row.wakeAt !== null && row.wakeAt <= now);
        return due ? [{ stream, version, woken: 0 }] : [];
      });
    },
    nextWake: async () => null,
    async looked(seen, at) {
      looks += seen.length;
      for (const { stream, version, wakeAt } of seen) wakes.set(stream, { version, wakeAt, at });
    },
    wake: async () => wakes.clear(),
    states: async () => new Map(),
    rebuild: async () => 0,
  };
}
