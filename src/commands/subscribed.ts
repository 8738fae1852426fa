import { inOrder, sameBesideReferences } from "../alerts/filter.ts";
import { counted, gathered } from "../alerts/gathered.ts";
import { namesOfSeveral } from "../alerts/kept-by-name.ts";
import type { Register } from "../alerts/register.ts";
import { perhapsWatched, usualSettings, watchedBy } from "../alerts/subscription.ts";
import type { ShownSubscription } from "../cards/subscription-card.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees } from "../matter/sight.ts";
import type { Place } from "../ports/chat.ts";
import type { Subscription, Watch } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import type { Context } from "./command.ts";
import { filtersMeant, filtersShown, nameShown } from "./person-or-place.ts";
import type { Named } from "./place-settings.ts";

/**
 * Sets what was named of a place's settings, and that alone, whatever is set at the same moment; a place without any gets the usual ones. Answers
 * them as they are now.
 */
export async function settlePlace(place: Place, named: Named & { reminders?: boolean }, context: Context): Promise<Subscription> {
  const { store, clock, person, personName, language, zone } = context;
  const by = await store.people.idOf(person, personName);
  const known = await store.subscriptions.of(place);
  const before = known ?? { ...usualSettings(place, language, zone, by, clock.now()), watches: [] };
  if (known !== null && Object.keys(named).length === 0) return known;
  const { watches: _watches, ...settings } = { ...before, ...named, by };
  await store.subscriptions.settle(settings, [...(Object.keys(named) as (keyof typeof named)[]), "by"]);
  return (await store.subscriptions.of(place))!;
}

/** Adds a watch to a place that has settings. Filters that say me mean whoever types. */
export async function addWatch(place: Place, filters: readonly string[], context: Context): Promise<Watch> {
  const { store, clock, person, personName } = context;
  const by = await store.people.idOf(person, personName);
  const meant = inOrder(await filtersMeant(filters, context));
  const watches = (await store.subscriptions.of(place))?.watches ?? [];
  return (await heldAlready(place, watches, meant, context)) ?? store.subscriptions.add(place, { filters: meant, by, since: clock.now() });
}

/** A watch of an earlier version keeps its filters as they were typed: in any order, and of people the names alone, until they are typed again. */
async function heldAlready(
  place: Place,
  watches: readonly Watch[],
  meant: readonly string[],
  { store }: Pick<Context, "store">,
): Promise<Watch | null> {
  const isKept = ({ filters }: Watch, as: readonly string[]) => inOrder(filters).join("\n") === inOrder(as).join("\n");
  const held = watches.find((one) => isKept(one, meant));
  if (held !== undefined) return held;
  for (const one of watches) {
    const both = sameBesideReferences(one.filters, meant);
    if (both !== null) return isKept(one, both) ? one : store.subscriptions.refilter(place, one.id, inOrder(both));
  }
  return null;
}

/** A place's watches with what falls under them and the names of those who set them up, as cards and documents show it. */
export async function shownSubscription(subscription: Subscription, context: Context): Promise<ShownSubscription> {
  const { store, register, clock, sights } = context;
  // What the place is told of: whoever asks may see more, and may see less.
  const seen = await sights.ofPlace(subscription.place);
  const { desk } = await context.sight();
  const now = clock.now();
  // What a person's own digest watches is assigned to somebody: of the others nothing need be reckoned.
  const isAsked = ({ events }: Matter) => subscription.reminders || events.some(({ event }) => event.type === "assigned");
  const isSeen = (matter: Matter) => sees(seen, matter) && isAsked(matter);
  const { watches: held, escalation, ...settings } = subscription;
  const under: number[] = [];
  const watched = new Set<string>();
  let all: number | null = null;
  for (const watch of held) {
    const isAll = watch.filters.length === 0 && seen.any && seen.desk && subscription.reminders;
    if (isAll) all ??= await countSeen(seen, register);
    const keys = isAll ? [] : await keysUnder(watch, isSeen, register, now);
    for (const key of keys) watched.add(key);
    under.push(isAll ? all! : keys.length);
  }
  const watches = [];
  for (const [index, { id, filters, by, since }] of held.entries()) {
    const shown = desk || filters.length === 0 ? await filtersShown(filters, context) : filters.length;
    const several = desk ? await namesOfSeveral(store.people, filters) : [];
    const told = several.length === 0 ? {} : { several };
    watches.push({ id, filters: shown, ...told, matters: under[index]!, by: await store.people.nameOf(by), since });
  }
  return {
    settings: subscription,
    watches,
    matters: all ?? watched.size,
    settledBy: await store.people.nameOf(settings.by),
    escalation,
    escalatesTo: escalation === null ? null : await nameShown(escalation.to, context),
  };
}

/** How many matters a place sees that is told of the desk's: a restricted one only where it is let in. */
async function countSeen(seen: Sight, register: Pick<Register, "each" | "versions">): Promise<number> {
  const all = await counted(register.versions(), (some) => some.length);
  return all - (await counted(register.each({ visibility: "restricted" }), (some) => some.filter((matter) => !sees(seen, matter)).length));
}

async function keysUnder(watch: Watch, isSeen: (matter: Matter) => boolean, register: Register, now: Instant): Promise<readonly string[]> {
  const only = { watches: [watch] };
  const under = (some: readonly Matter[]) => watchedBy(only, some.filter(isSeen), now).map(({ key }) => key);
  return gathered(perhapsWatched(only, register, now), under);
}

/** What --json prints of a place's settings. */
export function settingsJson({ settings, settledBy }: ShownSubscription) {
  const { language, zone, at, weekdays, holidays, stages, quiet, digest, reminders, escalation, since } = settings;
  return { language, zone, at, weekdays, holidays, stages, quiet, digest, reminders, escalation, by: settledBy, since };
}

/** After a change of who is told what, every matter is looked at again. */
export async function lookAtAll({ store }: Context): Promise<void> {
  await store.index.wake("all");
}
