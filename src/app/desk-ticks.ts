import { HOUSE_DESK } from "./desk-names.ts";
import type { LoopWatch } from "./loop.ts";
import type { LoopState } from "./vitals.ts";

type Facts = Parameters<LoopWatch["ticked"]>[0];

/** How the loops of all desks go: the whole is as well as the one that is worst off. */
export interface DeskTicks {
  /** A desk is served from now on. */
  opened(desk: string): void;
  closed(desk: string): void;
  ticked(desk: string, facts: Facts): void;
  state(): Pick<LoopState, "leading" | "goodTickAt">;
  /** Whether no desk's last tick failed, and none ended too long ago. */
  areWell(): boolean;
}

interface Entry {
  goodTickAt: number | null;
  failed: boolean;
}

/** A tick of each desk comes at least once a minute, in milliseconds. */
const LATE = 180_000;

export function deskTicks(stopwatch: () => number): DeskTicks {
  const entries = new Map<string, Entry>([[HOUSE_DESK, { goodTickAt: null, failed: false }]]);
  let leading: boolean | null = null;
  return {
    // As if it had ticked: it has the same time for its first one as for any.
    opened: (desk) => void entries.set(desk, { goodTickAt: stopwatch(), failed: false }),
    closed: (desk) => void entries.delete(desk),
    ticked(desk, facts) {
      leading = facts.leading;
      const entry = entries.get(desk);
      if (entry === undefined) return;
      entry.failed = facts.failed;
      if (facts.leading === true && !facts.failed) entry.goodTickAt = stopwatch();
    },
    state() {
      const all = [...entries.values()].map(({ goodTickAt }) => goodTickAt);
      return { leading, goodTickAt: all.includes(null) ? null : Math.min(...(all as number[])) };
    },
    areWell: () =>
      [...entries.values()].every(({ goodTickAt, failed }) => !failed && (goodTickAt === null || stopwatch() - goodTickAt < LATE)),
  };
}
