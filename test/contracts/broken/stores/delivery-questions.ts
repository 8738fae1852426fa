import type { DeliveryKey } from "../../../../src/ports/chat.ts";
import type { Broken } from "../../clause.ts";
import { HERE, THERE } from "../../delivery-fixtures.ts";
import type { DeliveryLogSubject } from "../../delivery-log.ts";
import { brokenLog } from "./broken-log.ts";

/** Logs that keep everything and tell it wrongly, each in its own way. */
export const brokenQuestions: readonly Broken<DeliveryLogSubject>[] = [
  brokenLog("a delivery is told with its message, all that it rested on and how it ended", (log) => ({
    async known(keys) {
      const known = await log.known(keys);
      return new Map([...known].map(([key, one]) => [key, one.attempts === 1 ? { ...one, message: key } : one]));
    },
  })),
  brokenLog("a second attempt has grounds of its own and counts from the first", (log) => ({
    async known(keys) {
      const known = await log.known(keys);
      return new Map([...known].map(([key, one]) => [key, { ...one, firstAt: one.claimedAt }]));
    },
  })),
  brokenLog("what was said about a matter is told, in a place or in all, the oldest first", (log) => ({
    about: (stream) => log.about(stream),
  })),
  brokenLog("the newest one of a kind that was delivered in a place is told", (log) => ({
    async last(_place, kind) {
      const found = (await Promise.all([HERE, THERE].map((place) => log.last(place, kind)))).filter((one) => one !== null);
      return found.toSorted((one, other) => (one.claimedAt < other.claimedAt ? 1 : -1))[0] ?? null;
    },
  })),
  brokenLog("what is waiting is what was put off and what is in doubt, the oldest first", (log) => ({
    waiting: async () => (await log.waiting()).filter(({ outcome }) => outcome?.kind === "later"),
  })),
  brokenLog("undelivered tells what was put off, given up or lost, and what was left unsettled before that moment", (log) => ({
    undelivered: async (before) => (await log.undelivered(before)).filter(({ outcome }) => outcome?.kind !== "unknown"),
  })),
  brokenLog("unannounced tells what was given up, and what is late, until somebody was told", (log) => ({
    unannounced: async (lateBefore) => (await log.unannounced(lateBefore)).filter(({ outcome }) => outcome !== null),
  })),
  brokenLog("of what was given up it is told how many attempts before may have shown it", (log) => ({
    undelivered: async (before) =>
      (await log.undelivered(before)).map((one) =>
        one.outcome?.kind === "never" ? { ...one, outcome: { kind: "never", reason: one.outcome.reason } } : one,
      ),
  })),
  brokenLog("lateness is counted from the first claim and told once, whatever is tried again", (log) => ({
    async unannounced(lateBefore) {
      const told = await log.unannounced(lateBefore);
      return told.filter(({ outcome, claimedAt }) => outcome?.kind === "never" || claimedAt < lateBefore);
    },
  })),
  brokenLog("what was superseded is told nobody any more, but what was so untold, until somebody was told", (log) => ({
    unannounced: async (lateBefore) =>
      (await log.unannounced(lateBefore)).filter(({ outcome }) => outcome === null || !("superseded" in outcome)),
  })),
  brokenLog("what was told as late is told anew when it is given up", (log) => {
    const told = new Set<DeliveryKey>();
    return {
      async announced(keys, at) {
        for (const key of keys) told.add(key);
        await log.announced(keys, at);
      },
      unannounced: async (lateBefore) => (await log.unannounced(lateBefore)).filter(({ key }) => !told.has(key)),
    };
  }),
  brokenLog("what was given up in a place may be tried again there once it is revived", (log) => ({
    revive: async (_place, at) => (await log.revive(HERE, at)) + (await log.revive(THERE, at)),
  })),
  brokenLog("whether anything said of a matter rested on another rulebook is told", () => ({ restsOnOther: async () => false })),
  brokenLog("the tally counts how deliveries came out, and tells since when the oldest waits", (log) => ({
    tally: async () => ({ ...(await log.tally()), claimed: 0 }),
  })),
];
