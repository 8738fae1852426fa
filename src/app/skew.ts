import type { Log } from "../ports/chat.ts";
import type { Clock } from "../time/clock.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";

/** Beyond so many seconds the difference is spoken of. */
export const SKEW_SPOKEN = 60;
/** Beyond so many seconds days and hours are wrong, and the process is not ready. */
export const SKEW_WRONG = 3600;

/** How far the machine's clock is off, by what the platforms said that the time was. */
export interface Skew {
  heard(adapter: string, platform: Instant): void;
  /** Seconds by which the machine is ahead of the platform, negative when behind, as last heard; null where it has said nothing yet. */
  seconds(adapter: string): number | null;
}

/** Logs a difference once when it begins and once when it is over: a platform says its time with every answer. */
export function openSkew(clock: Clock, log: Log): Skew {
  const newest = new Map<string, number>();
  const spoken = new Set<string>();
  return {
    heard(adapter, platform) {
      const said = millisecondsOf(platform);
      if (Number.isNaN(said)) return;
      const seconds = (millisecondsOf(clock.now()) - said) / 1000;
      newest.set(adapter, seconds);
      const off = Math.abs(seconds) > SKEW_SPOKEN;
      if (off && !spoken.has(adapter)) {
        spoken.add(adapter);
        const direction = seconds > 0 ? "ahead of" : "behind";
        log.warn(
          { adapter, seconds: Math.round(seconds) },
          `the machine's clock is ${Math.round(Math.abs(seconds))} seconds ${direction} that of ${adapter}: set it by NTP`,
        );
      } else if (!off && spoken.delete(adapter)) {
        log.info({ adapter, seconds: Math.round(seconds) }, `the machine's clock agrees with that of ${adapter} again`);
      }
    },
    seconds: (adapter) => newest.get(adapter) ?? null,
  };
}
