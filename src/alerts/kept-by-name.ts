import type { People } from "../ports/ledger.ts";
import type { MatterIndex } from "../ports/matter-index.ts";
import type { Subscription, Subscriptions } from "../ports/subscriptions.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import { inOrder, nameAlone, spoken } from "./filter.ts";
import { personCalled } from "./owner.ts";

export interface KeptByName {
  readonly people: People;
  readonly subscriptions: Subscriptions;
  readonly index: MatterIndex;
  readonly memory: { readonly namesAsked: NamesAsked };
}

/** When it was last asked who is known by the names that watches are kept by (in milliseconds), by name as it is spoken. */
export type NamesAsked = Map<string, number>;

/** Asking goes through everybody whom the desk knows: so many names a minute, each of them at most once. */
const NAMES = 20;
const AGAIN = 60_000;

/** A filter that means a person by name alone, by the reference of the one person of that name as well; as it is where nobody is known by it, or several are. */
export async function byReferenceToo(people: People, text: string): Promise<string> {
  const name = nameAlone(text);
  const person = name === null ? null : await personCalled(people, name);
  return name === null || person === null ? text : `${text.slice(0, text.indexOf(":")).toLowerCase()}:${name},${person}`;
}

/**
 * All places, each of whose watches means a person by reference, too, as soon as there is one alone of the name by which it was set up: matters may be
 * assigned to them by mention. From then on it is theirs, whoever bears the name later.
 */
export async function meantByNow(host: KeptByName, now: Instant): Promise<readonly Subscription[]> {
  const { people, subscriptions, index } = host;
  const all = await subscriptions.all();
  const asked = namesToAsk(host, all, millisecondsOf(now));
  if (asked.size === 0) return all;
  let isChanged = false;
  for (const { place, watches } of all)
    for (const { id, filters } of watches) {
      if (!filters.some((text) => asked.has(spokenIn(text)))) continue;
      const meant = await Promise.all(filters.map((text) => (asked.has(spokenIn(text)) ? byReferenceToo(people, text) : text)));
      if (meant.every((text, at) => text === filters[at])) continue;
      // Somebody may have changed it meanwhile, or have been erased from it.
      if ((await subscriptions.refilter(place, id, inOrder(meant), filters)) !== null) isChanged = true;
    }
  if (!isChanged) return all;
  // What they have is watched from now on.
  await index.wake("all");
  return subscriptions.all();
}

/** The name in a filter that means a person by it alone; empty where there is none. */
function spokenIn(text: string): string {
  return spoken(nameAlone(text) ?? "");
}

/** Those that were asked longest ago. */
function namesToAsk({ memory: { namesAsked } }: KeptByName, all: readonly Subscription[], now: number): ReadonlySet<string> {
  const names = new Set(all.flatMap(({ watches }) => watches.flatMap(({ filters }) => filters.map(spokenIn))));
  names.delete("");
  for (const name of namesAsked.keys()) if (!names.has(name)) namesAsked.delete(name);
  const since = (name: string) => now - (namesAsked.get(name) ?? Number.NEGATIVE_INFINITY);
  // A clock that was set back counts as a minute that is over.
  const lately = [...names].filter((name) => since(name) >= 0 && since(name) < AGAIN).length;
  const others = [...names].filter((name) => !(since(name) >= 0 && since(name) < AGAIN)).sort((one, other) => since(other) - since(one));
  const asked = others.slice(0, Math.max(0, NAMES - lately));
  for (const name of asked) namesAsked.set(name, now);
  return new Set(asked);
}

/** Of the names by which filters mean a person, those that several people bear: what was assigned to one of them by mention falls under none of these. */
export async function namesOfSeveral(people: People, filters: readonly string[]): Promise<readonly string[]> {
  const names = new Map(filters.flatMap((text) => nameAlone(text) ?? []).map((name) => [spoken(name), name]));
  const several: string[] = [];
  for (const name of names.values()) if ((await people.named(name)).length > 1) several.push(name);
  return several;
}
