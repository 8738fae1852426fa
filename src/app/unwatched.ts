import type { Sights } from "../alerts/sights.ts";
import { unwatchedIn, type Watching, watchesAll } from "../alerts/subscription.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Desk } from "./answer.ts";

/** Whoever asks often is answered from memory: asking may take a twentieth of the process's time at most. */
const SHARE = 20;
const AT_LEAST = 60_000;

/** How many matters no place watches that may see them. Where filters must be asked of every matter it is counted at most once a minute. */
export function countsUnwatched(
  { register, store, clock, sights }: Pick<Desk, "register" | "store" | "clock"> & { readonly sights: Pick<Sights, "ofPlace"> },
  stopwatch: () => number,
): (of: readonly Subscription[]) => Promise<number> {
  let last: { readonly count: number; readonly until: number; readonly for: string } | null = null;
  return async (subscriptions) => {
    const places: Watching[] = [];
    for (const one of subscriptions.filter(({ reminders, watches }) => reminders && watches.length > 0)) {
      const sight = await sights.ofPlace(one.place);
      if (watchesAll(one) && sight.desk) return 0;
      places.push({ ...one, sight });
    }
    if (places.length === 0) return [...(await store.index.states()).values()].reduce((sum, count) => sum + count, 0);
    const asked = JSON.stringify(places.map(({ watches, sight }) => [sight?.any, sight?.desk, watches.map(({ filters }) => filters)]));
    const began = stopwatch();
    if (last !== null && last.for === asked && began < last.until) return last.count;
    const now = clock.now();
    const count = await unwatchedIn(register, places, now);
    const ended = stopwatch();
    last = { count, until: ended + Math.max(AT_LEAST, SHARE * (ended - began)), for: asked };
    return count;
  };
}
