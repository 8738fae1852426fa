import { counted } from "../alerts/gathered.ts";
import type { Single } from "../alerts/messages.ts";
import { forReview, reviewSought } from "../alerts/retention.ts";
import { rulebook } from "../alerts/rulebook.ts";
import { keyOf } from "../alerts/telling.ts";
import { reviewCard } from "../cards/retention-card.ts";
import type { Place } from "../ports/chat.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, momentOf } from "../time/instant.ts";
import type { Desk } from "./answer.ts";

/** The wall-clock time from which it is said. */
const AT = "09:00";

/**
 * Once a month the operations place is told how many matters wait for a retention review, where any do: the number, and nothing of which. The
 * whole register is looked through for it, so once a day at most.
 */
export function retentionMessages(
  { store, register, zone, language }: Desk,
  operations: () => Promise<Place | null>,
): (now: Instant, head: string) => Promise<readonly Single[]> {
  let looked: { readonly day: Day; readonly count: number } | null = null;

  async function countOn(day: Day): Promise<number> {
    if (looked?.day === day) return looked.count;
    const [policy, holds] = [await store.access.policy(), await store.privacy.holds()];
    const { retain } = policy;
    const all = register.each({ ...reviewSought(retain), once: true });
    const count = await counted(all, (some) => forReview(some, retain, (key) => holds.has(key), day).length);
    looked = { day, count };
    return count;
  }

  return async (now, head) => {
    const day = dayIn(zone, now);
    if (now < momentOf(zone, day, AT)) return [];
    const place = await operations();
    if (place === null) return [];
    const count = await countOn(day);
    if (count === 0) return [];
    const month = day.slice(0, "2026-11".length);
    const shown = { day, count };
    const basis: Basis = { place, kind: "retention", reason: "retention", stream: null, version: null, head, rulebook: rulebook(), shown };
    return [{ place, language, due: { key: keyOf(place, ["retention", month]), basis }, card: () => reviewCard(language, count) }];
  };
}
