import type { MovedDay } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { standingOn } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import { type Day, later } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { beforeEvent } from "./whose.ts";

/** These move no day; a payment takes the clock of forfeited sums on to the next one, which is no correction. */
const MOVES_NONE: ReadonlySet<MatterEvent["type"]> = new Set(["note", "assigned", "visibility", "invoiced", "paid", "refunded"]);

/** Each event's once: it takes two looks at where the matter stood. */
const KNOWN = new WeakMap<Matter, Map<string, readonly MovedDay[]>>();

/**
 * The clocks beside the cure periods that an event has moved, or taken away, and that somebody waited for: the day that held before it and the one that
 * holds now. Of a correction the ends of the time to comply too, which another event tells of itself.
 */
export function movedClocks(scene: Scene, recorded: RecordedEvent): readonly MovedDay[] {
  const { matter } = scene;
  if (MOVES_NONE.has(recorded.event.type) || !hasClocks(scene)) return [];
  const known = KNOWN.get(matter) ?? new Map<string, readonly MovedDay[]>();
  KNOWN.set(matter, known);
  const moved = known.get(recorded.id) ?? movedBy(scene, recorded);
  known.set(recorded.id, moved);
  return moved;
}

function hasClocks({ matter, standing }: Scene): boolean {
  const { items = [], authority } = standing.facts;
  return (
    items.some(({ clocks }) => clocks !== undefined) ||
    authorityOf(authority)?.regime === "forfeited" ||
    matter.events.some(({ event }) => event.type === "intended" || event.type === "corrected")
  );
}

function movedBy({ matter, standing, zone }: Scene, recorded: RecordedEvent): readonly MovedDay[] {
  const before = beforeEvent(matter, recorded);
  const after: Matter = { ...before, events: [...before.events, recorded], version: recorded.order };
  const [was, is] = [standingOn(before, standing.on), standingOn(after, standing.on)];
  // What had passed by then, and has passed by now, is nobody's deadline.
  const since = dayIn(zone, recorded.recordedAt as Instant);
  const moved = [...(recorded.event.type === "corrected" ? ends(was, is) : []), ...clocks(was, is)];
  return moved.filter((one) => one.was !== one.is && later(one.was, one.is ?? one.was) >= since);
}

function clocks(was: Standing, is: Standing): readonly MovedDay[] {
  return was.related
    .filter(({ done }) => !done)
    .flatMap(({ id, item, kind, day }): readonly MovedDay[] => {
      const now = is.related.find((one) => one.id === id && one.item === item);
      return now?.done === true ? [] : [{ what: kind, item, was: day, is: now?.day ?? null }];
    });
}

const AWAITED: ReadonlySet<string> = new Set(["pending", "curing", "accruing", "capped", "overdue"]);

function ends(was: Standing, is: Standing): readonly MovedDay[] {
  return was.items.flatMap(({ id, state, expiry }): readonly MovedDay[] => {
    if (expiry === null || !AWAITED.has(state)) return [];
    return [{ what: "expiry", item: id, was: expiry as Day, is: is.items.find((one) => one.id === id)?.expiry ?? null }];
  });
}
