import type { RecordedEvent } from "../matter/events.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { watchesAll, watchesOn } from "./subscription.ts";
import { beforeEvent } from "./whose.ts";

/** What took a matter away from a place is told there this long, in milliseconds: longer than places are closed, and outages last. */
const LEFT_DAYS = 28;
const LEFT_FOR = LEFT_DAYS * 24 * 60 * 60_000;

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

/** Whether the matter, which no watch of the place holds now, was lately taken from under one: by something that was recorded, or by a cap that was reached. */
export function hasLeft(to: Pick<Subscription, "watches">, scene: Scene): boolean {
  return (
    scene.matter.events.some((recorded) => isNewsOfLeaving(scene, recorded) && hearsNews(to, scene, recorded)) ||
    scene.standing.items.some((item) => hasLeftByCap(to, scene, item))
  );
}

/** Whether a watch of the place held the matter on the day at whose end a cap of the item was lately reached. */
export function hasLeftByCap(to: Pick<Subscription, "watches">, scene: Scene, { state, capReached }: ItemStanding): boolean {
  if ((state !== "capped" && state !== "lapsed") || capReached === null) return false;
  return daysBetween(capReached, scene.today) <= LEFT_DAYS && wasHeld(to, scene, capReached);
}

function wasHeld({ watches }: Pick<Subscription, "watches">, scene: Scene, day: Day): boolean {
  const end = momentOf(scene.zone, addDays(day, 1));
  const watching = watches.filter(({ since }) => since < end);
  return watching.length > 0 && scene.matter.registeredAt < end && watchesOn(watching, standsOn(scene, day)).length > 0;
}

/**
 * The day after a deadline from which on no watch of the place holds the matter, as things stand; null where one still does. Nothing is recorded on
 * such a day of which the place would be told.
 */
export function leavesAfter({ watches }: Pick<Subscription, "watches">, scene: Scene, deadline: Day): Day | null {
  if (deadline < scene.today || watchesAll({ watches })) return null;
  const after = addDays(deadline, 1);
  return watchesOn(watches, standsOn(scene, after)).length > 0 ? null : after;
}

function standsOn(scene: Scene, day: Day): Standing {
  return keptOf(STANDS, scene, day, () => standingNow(scene.matter, day));
}

/** What may have taken it away, and is told as that. */
export function isNewsOfLeaving({ now }: Scene, { event, initial, recordedAt }: RecordedEvent): boolean {
  const since: Instant = instantOf(millisecondsOf(now) - LEFT_FOR);
  return !initial && recordedAt > since && !NEVER_NEWS.has(event.type);
}

/** Where the matter stood on the day on which that was recorded, without it and with it; what was recorded later apart. */
function around(scene: Scene, recorded: RecordedEvent): readonly Standing[] {
  return keptOf(AROUND, scene, recorded.id, () => {
    const day = dayIn(scene.zone, recorded.recordedAt as Instant);
    const after = beforeEvent(scene.matter, { order: recorded.order + 1 });
    return [standingNow(beforeEvent(scene.matter, recorded), day), standingNow(after, day)];
  });
}

/** Of each matter that is looked at, by the day, and by the event: many places ask about the same ones. */
const STANDS: Kept<Standing> = new WeakMap();
const AROUND: Kept<readonly Standing[]> = new WeakMap();

type Kept<Answer> = WeakMap<Scene, Map<string, Answer>>;

function keptOf<Answer>(kept: Kept<Answer>, scene: Scene, key: string, reckon: () => Answer): Answer {
  const known = kept.get(scene) ?? new Map<string, Answer>();
  kept.set(scene, known);
  const answer = known.get(key) ?? reckon();
  known.set(key, answer);
  return answer;
}
