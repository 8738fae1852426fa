import { type Filter, parseFilters, withAsker } from "../alerts/filter.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";
import { dayIn } from "../time/instant.ts";
import type { Context } from "./command.ts";

/** What was found of a matter on a day, by the filters that were asked. */
const FOUND = new WeakMap<Matter, { readonly on: Day; readonly by: Map<string, boolean> }>();

/** So many are reckoned anew while somebody types: an order that is a little off for the first few keys hurts nobody, a wait does. */
const MOST_RECKONED = 200;

/** Where a matter is not reckoned, a filter that asks for more than its facts finds nothing. */
const UNRECKONED = { items: [], next: null, state: null, assignedTo: null, ownedBy: null };

/**
 * Whether the place watches a matter by a filter: a watch of everything prefers nothing. Remembered for as long as the matter and the day last;
 * what there was no time for is asked again by the next key press.
 */
export async function watchedIn(context: Context): Promise<(matter: Matter) => boolean> {
  const { watches = [] } = (await context.store.subscriptions.of(context.place)) ?? {};
  const asker = { name: context.personName, person: context.person };
  const read = watches.flatMap(({ filters }) => {
    const parsed = parseFilters(withAsker(filters, asker));
    return filters.length === 0 || "refused" in parsed ? [] : [parsed];
  });
  if (read.length === 0) return () => false;
  const key = JSON.stringify(read.map((filters) => filters.map(({ text }) => text)));
  const days = new Map<string, Day>();
  const todayAt = (authority: string): Day => {
    const known = days.get(authority) ?? dayIn(authorityOf(authority)?.zone ?? "UTC", context.clock.now());
    days.set(authority, known);
    return known;
  };
  let left = MOST_RECKONED;
  return (matter) => {
    const on = todayAt(matter.facts.authority);
    let found = FOUND.get(matter);
    if (found?.on !== on) {
      found = { on, by: new Map() };
      FOUND.set(matter, found);
    }
    const known = found.by.get(key);
    if (known !== undefined) return known;
    const { fits, reckoned } = ask(read, matter, on, left > 0);
    if (reckoned) left -= 1;
    if (fits !== null) found.by.set(key, fits);
    return fits ?? false;
  };
}

/** Most filters ask for facts alone: where the matter stands is reckoned only for one that asks. Null where that would have been needed and may not. */
function ask(read: readonly (readonly Filter[])[], { facts, ...matter }: Matter, on: Day, mayReckon: boolean) {
  let standing: Standing | null = null;
  let lacked = false;
  const lazy = new Proxy({ facts, ...UNRECKONED } as unknown as Standing, {
    get(without, name) {
      if (name === "facts") return facts;
      if (mayReckon) standing ??= standingNow({ facts, ...matter }, on);
      lacked ||= standing === null;
      return (standing ?? without)[name as keyof Standing];
    },
  });
  const fits = read.some((filters) => filters.every((filter) => filter.matches(lazy, on)));
  return { fits: lacked && !fits ? null : fits, reckoned: standing !== null };
}
