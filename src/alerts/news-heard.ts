import type { RecordedEvent } from "../matter/events.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { dayIn, type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { watchesAll, watchesOn } from "./subscription.ts";
import { beforeEvent } from "./whose.ts";

/** What took a matter away from a place is told there this long, in milliseconds: longer than places are closed, and outages last. */
const LEFT_FOR = 28 * 24 * 60 * 60_000;

/** What is nobody's news: what was jotted down, and who may see the matter. */
export const NEVER_NEWS: ReadonlySet<string> = new Set(["note", "visibility"]);

/**
 * Whether what was recorded is news for a place by what it watches: the matter was under a watch that it had by then, on that day, just before it or just
 * after. What takes a matter away is so told too, and what was recorded while no watch held it is not told later.
 */
export function hearsNews({ watches }: Pick<Subscription, "watches">, scene: Scene, recorded: RecordedEvent): boolean {
  const watching = watches.filter(({ since }) => since < recorded.recordedAt);
  if (watching.length === 0 || watchesAll({ watches: watching })) return watching.length > 0;
  return around(scene, recorded).some((standing) => watchesOn(watching, standing).length > 0);
}

/** Whether the matter, which no watch of the place holds now, was lately taken from under one by something that was recorded. */
export function hasLeft(to: Pick<Subscription, "watches">, scene: Scene): boolean {
  return scene.matter.events.some((recorded) => isNewsOfLeaving(scene, recorded) && hearsNews(to, scene, recorded));
}

/** What may have taken it away, and is told as that. */
export function isNewsOfLeaving({ now }: Scene, { event, initial, recordedAt }: RecordedEvent): boolean {
  const since: Instant = instantOf(millisecondsOf(now) - LEFT_FOR);
  return !initial && recordedAt > since && !NEVER_NEWS.has(event.type);
}

/** Of each matter that is looked at: many places ask about the same events. */
const AROUND = new WeakMap<Scene, Map<string, readonly Standing[]>>();

/** Where the matter stood on the day on which that was recorded, without it and with it; what was recorded later apart. */
function around(scene: Scene, recorded: RecordedEvent): readonly Standing[] {
  const known = AROUND.get(scene) ?? new Map<string, readonly Standing[]>();
  AROUND.set(scene, known);
  const kept = known.get(recorded.id);
  if (kept !== undefined) return kept;
  const day = dayIn(scene.zone, recorded.recordedAt as Instant);
  const after = beforeEvent(scene.matter, { order: recorded.order + 1 });
  const standings = [standingNow(beforeEvent(scene.matter, recorded), day), standingNow(after, day)];
  known.set(recorded.id, standings);
  return standings;
}
