import type { Settled } from "../../../src/ports/delivery-log.ts";
import type { Clock } from "../../../src/time/clock.ts";
import type { Carried } from "./carried.ts";

/** Nobody can have seen it: this process has not begun. */
export function unposted({ parcel }: Carried, reason: string, clock: Clock): readonly Settled[] {
  const shared = { reason, notBefore: clock.now() };
  return parcel.dues.map(({ key, doubts }) => ({
    key,
    outcome: doubts > 0 ? { kind: "unknown", ...shared, doubts } : { kind: "later", ...shared },
  }));
}

/** A bug of ours: it may have been shown. */
export function inDoubt({ parcel }: Carried, clock: Clock): readonly Settled[] {
  const shared = { kind: "unknown", reason: "internal fault", notBefore: clock.now() } as const;
  return parcel.dues.map(({ key, doubts }) => ({ key, outcome: { ...shared, doubts: doubts + 1 } }));
}
