import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { DeliveryLog, Outcome } from "../../src/ports/delivery-log.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Claiming } from "./evidence.ts";

/** Every claim that was taken and what it was settled as, in order. */
export interface Trail {
  readonly claimings: readonly Claiming[];
  /** The log, which from now on is written down as it is used. */
  watch(log: DeliveryLog): DeliveryLog;
}

export function trailOf(moment: () => number): Trail {
  const claimings: Claiming[] = [];
  const open = new Map<DeliveryKey, number>();

  function settle(key: DeliveryKey, outcome: Outcome, at: Instant): void {
    const index = open.get(key);
    if (index === undefined) return;
    open.delete(key);
    claimings[index] = { ...claimings[index]!, settled: { moment: moment(), at, outcome } };
  }

  return {
    claimings,
    watch: (log) => ({
      ...log,
      async turn(settled, wanted, at) {
        const taken = await log.turn(settled, wanted, at);
        for (const { key, outcome } of settled) settle(key, outcome, at);
        for (const { key, message, basis } of wanted.filter((claim) => taken.has(claim.key))) {
          open.set(key, claimings.length);
          claimings.push({ moment: moment(), at, key, message, basis, settled: null });
        }
        return taken;
      },
      async abandon(at) {
        const count = await log.abandon(at);
        for (const key of [...open.keys()]) settle(key, { kind: "unknown", reason: "abandoned", notBefore: at, doubts: 1 }, at);
        return count;
      },
    }),
  };
}
