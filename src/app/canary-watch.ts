import { type ReadBack, readBack } from "../alerts/canary.ts";
import type { ChatAdapter, DeliveryKey, Log, Place } from "../ports/chat.ts";
import type { Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";

/** A platform may show a message a little later in what it lets a bot read. */
const MOST_LOOKS = 5;
const LOOK_EVERY = 60_000;

/** The newest canary that was delivered. */
export interface CanaryState {
  /** Null where none ever was. */
  readonly deliveredAt: Instant | null;
  /** Null until it was looked for. */
  readonly readBack: ReadBack | null;
}

export interface CanaryWatch {
  /** What the delivery log says now; one that was not seen yet is looked for meanwhile, at most once a minute. */
  look(): Promise<CanaryState>;
  /** Returns when nothing is looked for any more. */
  settled(): Promise<void>;
}

interface CanaryWatchOptions {
  readonly place: Place;
  /** The adapter that minted the place; null where it is not served. */
  readonly adapter: Pick<ChatAdapter, "find"> | null;
  readonly deliveries: Pick<DeliveryLog, "last">;
  readonly log: Log;
  /** Milliseconds that only ever grow. */
  readonly stopwatch: () => number;
}

export function openCanaryWatch({ place, adapter, deliveries, log, stopwatch }: CanaryWatchOptions): CanaryWatch {
  let looked: { readonly key: DeliveryKey; readonly times: number; readonly at: number; readonly found: ReadBack } | null = null;
  let underWay: Promise<void> | null = null;

  async function lookFor(canary: Delivery): Promise<void> {
    const times = looked?.key === canary.key ? looked.times + 1 : 1;
    const found = adapter === null ? -1 : await readBack(adapter, canary);
    looked = { key: canary.key, times, at: stopwatch(), found };
    if (found === 0) log.warn({ times }, "the canary was accepted, but does not stand in its place");
  }

  function isToBeLookedFor({ key }: Delivery): boolean {
    if (underWay !== null) return false;
    if (looked?.key !== key) return true;
    return looked.found !== 1 && looked.times < MOST_LOOKS && stopwatch() - looked.at >= LOOK_EVERY;
  }

  return {
    async look() {
      const canary = await deliveries.last(place, "canary");
      if (canary === null) return { deliveredAt: null, readBack: null };
      if (isToBeLookedFor(canary)) {
        underWay = lookFor(canary).finally(() => {
          underWay = null;
        });
      }
      return { deliveredAt: canary.settledAt ?? canary.claimedAt, readBack: looked?.key === canary.key ? looked.found : null };
    },
    settled: async () => void (await underWay),
  };
}
