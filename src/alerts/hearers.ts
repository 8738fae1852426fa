import { sees, visibilityOf } from "../matter/sight.ts";
import type { Place } from "../ports/chat.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import { heldUntil } from "./entering.ts";
import { type LetIn, letInOn } from "./let-in.ts";
import type { Scene } from "./look.ts";
import { hasLeft } from "./news-heard.ts";
import { orFault } from "./or-fault.ts";
import { sightsNow } from "./sight-book.ts";
import { spokenTo } from "./spoken.ts";
import { usualSettings, watchesOn } from "./subscription.ts";
import type { TickHost } from "./tick.ts";

/** A place that is told of a matter, and since when. */
export interface Hearer {
  readonly to: PlaceSettings;
  readonly since: string;
  /** What it watches; absent where it is told whatever it watches. */
  readonly watches?: Subscription["watches"];
  /** Until then it is told nothing of it (entering.ts). */
  readonly heldUntil?: Instant;
  /** No watch of it holds the matter any more: it is told what has taken it away, and nothing else. */
  readonly left?: true;
}

/**
 * Who is told of each of the matters: the places that watch it and may see it. A restricted one is told, besides, to everybody who is let in, in
 * their own conversations, whether or not anything was ever set up there.
 */
export async function hearersOf(
  host: TickHost,
  scenes: ReadonlyMap<string, Scene>,
  reached: readonly Subscription[],
): Promise<ReadonlyMap<string, readonly Hearer[]>> {
  if (scenes.size === 0) return new Map();
  const letIn = await letInBy(host, scenes);
  const watching = new Map([...scenes].map(([stream, scene]) => [stream, watchersOf(host, scene, reached)]));
  // Only of those that would be told: a platform is not asked about places that watch something else.
  const wanted = [...[...letIn.values()].flat(), ...[...watching.values()].flat().map(({ to }) => to)];
  const sights = await sightsNow(
    host,
    wanted.map(({ place }) => place),
  );
  const settled = new Map(reached.map((one) => [one.place, one]));
  const found = new Map<string, readonly Hearer[]>();
  for (const [stream, { matter }] of scenes) {
    const mayHear = (place: Place) => sees(sights.get(place)!, matter);
    const named = (letIn.get(stream) ?? []).filter(({ place }) => mayHear(place));
    const isNamed = (place: Place) => named.some((one) => one.place === place);
    const told = named.map(async ({ place, since }): Promise<Hearer> => {
      return { to: settled.get(place) ?? (await settingsFor(host, place, since)), since };
    });
    found.set(stream, [
      ...watching.get(stream)!.filter(({ to: { place } }) => mayHear(place) && !isNamed(place)),
      ...(await Promise.all(told)),
    ]);
  }
  return found;
}

function watchersOf(host: TickHost, scene: Scene, reached: readonly Subscription[]): readonly Hearer[] {
  const watchers = () =>
    reached.flatMap((to): readonly Hearer[] => {
      const since = watchedSince(to, scene);
      if (since === null) return to.reminders && hasLeft(to, scene) ? [{ to, since: scene.now, watches: to.watches, left: true }] : [];
      const held = heldUntil(to, scene);
      return [{ to, since, watches: to.watches, ...(held === null ? {} : { heldUntil: held }) }];
    });
  return orFault(host, scene, watchers) ?? [];
}

/** Those whose adapters run. */
async function letInBy(host: TickHost, scenes: ReadonlyMap<string, Scene>): Promise<ReadonlyMap<string, readonly LetIn[]>> {
  const found = new Map<string, readonly LetIn[]>();
  for (const [stream, { matter }] of scenes) {
    if (visibilityOf(matter) !== "restricted") continue;
    const all = (await letInOn(host, stream)).filter(({ place }) => host.adapterOf(place) !== null);
    found.set(stream, [...new Map(all.map((one) => [one.place, one])).values()]);
  }
  return found;
}

/** How a person is spoken to who has set nothing up. */
async function settingsFor(host: TickHost, place: Place, since: Instant): Promise<PlaceSettings> {
  const { language, zone } = await spokenTo(host, place, undefined);
  return usualSettings(place, language, zone, "", since);
}

/** Since when the place watches the matter: what happened before is not told, it reads the history. Null where it does not watch it. */
function watchedSince({ watches, reminders }: Subscription, { standing }: Scene): string | null {
  if (!reminders) return null;
  const matching = watchesOn(watches, standing) as Subscription["watches"];
  return matching.reduce<string | null>((first, { since }) => (first === null || since < first ? since : first), null);
}
