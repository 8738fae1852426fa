import { countUnwatched, watchesAll } from "../alerts/subscription.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Desk } from "./answer.ts";

/** Whoever asks often is answered from memory: asking may take a twentieth of the process's time at most. */
const SHARE = 20;
const AT_LEAST = 60_000;

/** How many matters no place watches. Where filters must be asked of every matter it is counted at most once a minute. */
export function countsUnwatched(
  { register, store, clock }: Pick<Desk, "register" | "store" | "clock">,
  stopwatch: () => number,
): (of: readonly Subscription[]) => Promise<number> {
  let last: { readonly count: number; readonly until: number; readonly for: string } | null = null;
  return async (subscriptions) => {
    const places = subscriptions.filter(({ reminders, watches }) => reminders && watches.length > 0);
    if (places.some(watchesAll)) return 0;
    if (places.length === 0) return [...(await store.index.states()).values()].reduce((sum, count) => sum + count, 0);
    const asked = JSON.stringify(places.map(({ watches }) => watches.map(({ filters }) => filters)));
    const began = stopwatch();
    if (last !== null && last.for === asked && began < last.until) return last.count;
    const count = countUnwatched(places, await register.all(), clock.now());
    const ended = stopwatch();
    last = { count, until: ended + Math.max(AT_LEAST, SHARE * (ended - began)), for: asked };
    return count;
  };
}
