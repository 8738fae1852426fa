import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { DeliveryKey } from "../../../../src/ports/chat.ts";
import type { Outcome } from "../../../../src/ports/delivery-log.ts";
import type { Broken } from "../../clause.ts";
import { settledAs } from "../../delivery-fixtures.ts";
import type { DeliveryLogSubject } from "../../delivery-log.ts";
import { allowing, brokenLog, hoursBetween } from "./broken-log.ts";

const memory = async () => (await openStore({ url: "sqlite::memory:" })).deliveries;

/** Logs that claim or settle wrongly, each in its own way. */
export const brokenTurns: readonly Broken<DeliveryLogSubject>[] = [
  // Takes a claim of a week ago for one that nobody holds.
  brokenLog("a key that is being posted is not claimed again", (log) => ({
    async turn(settled, wanted, at) {
      const known = await log.known(wanted.map(({ key }) => key));
      const old = [...known.values()].filter((one) => one.outcome === null && hoursBetween(one.claimedAt, at) > 7 * 24);
      const lost = old.map(({ key }) => settledAs(key, { kind: "unknown", reason: "old", notBefore: at, doubts: 1 }));
      return log.turn([...settled, ...lost], wanted, at);
    },
  })),
  { breaks: "of many who claim a key at once one may post", of: (subject) => ({ ...subject, another: memory }) },
  {
    breaks: "a claim is there after a restart",
    of: (subject) => ({
      ...subject,
      async reopen() {
        await subject.reopen();
        return memory();
      },
    }),
  },
  allowing(
    "what was delivered is never claimed again",
    ({ outcome, claimedAt }, at) => outcome?.kind === "delivered" && hoursBetween(claimedAt, at) > 8,
  ),
  allowing(
    "what was given up is not claimed again",
    ({ outcome, claimedAt }, at) => outcome?.kind === "never" && hoursBetween(claimedAt, at) > 8,
  ),
  allowing("what was put off is claimed from its moment on", ({ outcome }) => outcome?.kind === "later"),
  allowing("what may have been shown is claimed again from its moment on", ({ outcome }) => outcome?.kind === "unknown"),
  // Waits for the moment as it was, however the clock stands.
  brokenLog("a clock that was set back holds nothing up", (log) => ({
    async turn(settled, wanted, at) {
      const taken = await log.turn(settled, [], at);
      const known = await log.known(wanted.map(({ key }) => key));
      const held = (outcome: Outcome | null | undefined) => outcome != null && "notBefore" in outcome && outcome.notBefore > at;
      const ready = wanted.filter(({ key }) => !held(known.get(key)?.outcome));
      return new Set([...taken, ...(await log.turn([], ready, at))]);
    },
  })),
  brokenLog("a turn settles before it claims", (log) => ({
    async turn(settled, wanted, at) {
      const known = await log.known(settled.map(({ key }) => key));
      if (settled.some(({ key }) => !known.has(key))) return log.turn(settled, wanted, at);
      const taken = await log.turn([], wanted, at);
      await log.turn(settled, [], at);
      return taken;
    },
  })),
  brokenLog("a turn takes as many as it is given, each once", (log) => ({
    turn: (settled, wanted, at) => log.turn(settled, wanted.slice(0, 16), at),
  })),
  brokenLog("a turn with nothing in it does nothing", (log) => ({
    async turn(settled, wanted, at) {
      if (settled.length + wanted.length === 0) throw new Error("syntax error");
      return log.turn(settled, wanted, at);
    },
  })),
  brokenLog("what is delivered stays delivered, whoever settles it later", (log) => {
    const last = new Map<DeliveryKey, Outcome>();
    return {
      async turn(settled, wanted, at) {
        const taken = await log.turn(settled, wanted, at);
        for (const { key, outcome } of settled) last.set(key, outcome);
        return taken;
      },
      async known(keys) {
        const known = await log.known(keys);
        return new Map(
          [...known].map(([key, one]) => [
            key,
            one.outcome?.kind === "delivered" ? { ...one, outcome: last.get(key) ?? one.outcome } : one,
          ]),
        );
      },
    };
  }),
  brokenLog("a turn that settles what was never claimed throws and writes nothing", (log) => ({
    async turn(settled, wanted, at) {
      const known = await log.known(settled.map(({ key }) => key));
      return log.turn(
        settled.filter(({ key }) => known.has(key)),
        wanted,
        at,
      );
    },
  })),
  brokenLog("claims left by a process that is no more become unknown, to be tried at once", () => ({ abandon: async () => 1 })),
];
