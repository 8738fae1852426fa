import type { ChatAdapter, DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery } from "../ports/delivery-log.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, momentOf, type Zone } from "../time/instant.ts";
import { keyOf } from "./telling.ts";

/** The wall-clock time from which a day's canary is due: early enough to be missed before the first digest. */
export const CANARY_AT = "06:00";

/** A sign of life: one line a day in one place, through all that a reminder goes through. Its silence says that reminders are silent too. */
export interface Canary {
  readonly key: DeliveryKey;
  readonly place: Place;
  readonly day: Day;
  readonly zone: Zone;
  /** Since when it is due. */
  readonly dueAt: Instant;
}

/**
 * The canary of the day, once its hour has come in the zone; null before. Days that passed without one are not made up for. It stays due all
 * day: the delivery log says whether it was posted. Each time that the loop looks it is one message like any other, never merged with others of
 * its place, since it is looked for by its own key:
 *
 *     const canary = canaryDue(place, zone, now); // CUREWATCH_CANARY, CUREWATCH_ZONE
 *     const due = { key: canary.key, basis: canaryBasis(canary, head, rulebook()), before };
 *     const message = { place, language, dues: [due], card: () => canaryCard(language, { at: now, zone }) };
 *
 * Reading it back is the business of the watch (src/app/canary-watch.ts). `canaryNext` is the moment to wake at.
 */
export function canaryDue(place: Place, zone: Zone, now: Instant): Canary | null {
  const day = dayIn(zone, now);
  const dueAt = momentOf(zone, day, CANARY_AT);
  if (now < dueAt) return null;
  return { key: keyOf(place, ["canary", day]), place, day, zone, dueAt };
}

/** The first moment after `now` at which a canary becomes due. */
export function canaryNext(zone: Zone, now: Instant): Instant {
  const today = momentOf(zone, dayIn(zone, now), CANARY_AT);
  if (now < today) return today;
  // Noon of today and 24 hours more lie within tomorrow, whatever the clocks do in that night.
  const noon = millisecondsOf(momentOf(zone, dayIn(zone, now), "12:00"));
  return momentOf(zone, dayIn(zone, instantOf(noon + DAY)), CANARY_AT);
}

/** It rests on no figure of the register. */
export function canaryBasis({ place, day, zone }: Canary, head: string, rulebook: string): Basis {
  return { place, kind: "canary", reason: "canary", stream: null, version: null, head, rulebook, shown: { day, zone } };
}

/** Whether a canary that was posted can be seen in its place: 1 yes, 0 no, -1 where the platform does not tell. */
export type ReadBack = 1 | 0 | -1;

/** Looks for a canary that the platform said it had accepted. Never throws: what cannot be asked cannot be told. */
export async function readBack(
  adapter: Pick<ChatAdapter, "find">,
  { message, basis, firstAt }: Pick<Delivery, "message" | "basis" | "firstAt">,
): Promise<ReadBack> {
  try {
    const found = await adapter.find(basis.place, message, instantOf(millisecondsOf(firstAt) - CLOCKS_DIFFER));
    if (found === "cannot-tell" || found === "partly") return -1;
    return found === null ? 0 : 1;
  } catch {
    return -1;
  }
}

const DAY = 24 * 60 * 60_000;
/** By how much the platform's clock may be behind ours: its own time stands on what it shows. */
const CLOCKS_DIFFER = 10 * 60_000;
