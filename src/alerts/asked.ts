import type { Matter } from "../matter/history.ts";
import type { Acknowledgement, Heed } from "../ports/attention.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { capOfLastYear } from "./cap-of-last-year.ts";
import { isAcknowledged, isSame } from "./escalate.ts";
import { heardSince, type PerhapsWatching } from "./heard-since.ts";
import { lookAt } from "./look.ts";
import { asking, draftWeeks, type Stage, stageOnce } from "./plan.ts";
import { deadlineOf, nextMoment, stepsOf } from "./steps.ts";
import { ANY_TIME, type Timing } from "./timing.ts";

/** What a deadline says after a stage, in a place. */
export interface AskedAgain {
  /** When it speaks again, in the place's zone, and how many days are left then (negative after it); null where it says nothing more by itself. */
  readonly again: { readonly day: Day; readonly left: number } | null;
  /** When the missing fact of a draft is asked for again; null where none is missing. */
  readonly fact: Day | null;
  /** A fact is missing: the deadline is only the earliest possible one. */
  readonly isEarliest: boolean;
}

/** What a place may take note of now: the latest stage of each deadline, or of the one item's. */
export function askedNow(
  matter: Matter,
  settings: PlaceSettings | null,
  item: string | null,
  now: Instant,
  heard?: PerhapsWatching,
): readonly Stage[] {
  const asked = asking(matter, now, { ...(settings ?? ANY_TIME), ...heard });
  return item === null ? asked : asked.filter((one) => one.item === item);
}

/**
 * What may be taken note of anywhere: each stage of the matter's deadlines, as they stand now, that was said in any place and that nobody has
 * acknowledged, the oldest first. A stage goes on to other places, whose own stages are others: what was said is what counts.
 */
export function saidUnheeded(
  matter: Matter,
  deliveries: readonly Delivery[],
  heed: Heed | undefined,
  item: string | null,
  now: Instant,
): readonly Stage[] {
  const scene = lookAt(matter, now);
  const deadlines = new Map(scene.standing.items.map((one) => [one.id, deadlineOf(scene, one)]));
  const found: Stage[] = [];
  for (const { key, outcome } of deliveries) {
    const stage = outcome?.kind === "delivered" ? stageNamed(key) : null;
    if (stage === null || (item !== null && stage.item !== item) || deadlines.get(stage.item) !== stage.deadline) continue;
    if (!isAcknowledged(stage, heed) && !found.some((one) => isSame(one, stage))) found.push(stage);
  }
  return found;
}

/** The stage that a delivery was about, from its key: place, kind, matter, item, stage, deadline, day. Null where nothing asks for a note of it. */
export function stageNamed(key: DeliveryKey): Stage | null {
  const [, ...name] = partsOf(key);
  const [kind, , item, stage, deadline, day] = name[0] === "escalated" ? name.slice(1) : name;
  if (typeof item !== "string" || typeof deadline !== "string" || deadline === "") return null;
  switch (kind) {
    case "reminder":
      return { item, deadline: deadline as Day, stage: String(stage) };
    case "total":
    case "overdue":
    case "cap-reached":
      return { item, deadline: deadline as Day, stage: stageOnce(kind, String(day) as Day) };
    default:
      return null;
  }
}

/** A key of another making says nothing here. */
function partsOf(key: DeliveryKey): readonly unknown[] {
  if (!key.startsWith("[")) return [];
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts : [];
}

/** Who has taken note of that stage first, in this place or, where nobody has here, in another. */
export function takenNote({ acknowledgements }: Heed, stage: Stage, place: Place): Acknowledgement | null {
  const same = acknowledgements.filter((one) => isSame(one, stage));
  return same.find((one) => one.place === place) ?? same[0] ?? null;
}

/** When a deadline asks again after that stage, and its missing fact. */
export function askedAgain(
  matter: Matter,
  settings: PlaceSettings | null,
  { item, deadline }: Stage,
  snoozedUntil: Day | null,
  now: Instant,
  heard?: PerhapsWatching,
): AskedAgain {
  const scene = lookAt(matter, now);
  const standing = scene.standing.items.find(({ id }) => id === item);
  if (standing === undefined) return { again: null, fact: null, isEarliest: false };
  const timing: Timing & PerhapsWatching = { ...(settings ?? ANY_TIME), ...heard };
  const view = { ...timing, snoozedUntil, heardSince: heardSince(timing, scene) };
  const cap = capOfLastYear(scene, standing, view);
  const moments = [nextMoment(stepsOf(scene, standing, view), now), cap !== null && cap.at > now ? cap.at : null];
  const next = moments.filter((at) => at !== null).sort()[0] ?? null;
  const asked = draftWeeks(scene, standing, view).find(({ at }) => at > now);
  return {
    again: next === null ? null : { day: dayIn(timing.zone, next), left: daysBetween(dayIn(scene.zone, next), deadline) },
    fact: asked === undefined ? null : dayIn(timing.zone, asked.at),
    isEarliest: standing.state === "draft",
  };
}
