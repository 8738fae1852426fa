import type { ItemStanding, State } from "./standing-types.ts";

const STOPPED: ReadonlySet<State> = new Set<State>(["annulled", "withdrawn", "settled", "closed", "complied", "claimed", "lapsed"]);

/** Whether an event has stopped the count, for good or as long as a claim stands: where that is taken back, the days since count after all. */
export function isStopped({ state }: Pick<ItemStanding, "state">): boolean {
  return STOPPED.has(state);
}
