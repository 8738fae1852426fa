import type { Undelivered } from "../cards/contents.ts";
import type { Delivery, DeliveryLog, Outcome } from "../ports/delivery-log.ts";
import type { People } from "../ports/ledger.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";

const MINUTE = 60_000;
/** What is being posted at this moment is not undelivered yet. */
const UNDER_WAY = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** What is still tried after that long is announced as late. */
const LATE = 60 * MINUTE;

/** What was tried first before that moment is late. */
export function lateBefore(now: Instant): Instant {
  return instantOf(millisecondsOf(now) - LATE);
}

/**
 * What was given up in the day that ends now, or since that moment where it is longer ago: what is older was told by the digest before. What is
 * not given up is told as long as it waits, were it for a platform that does not run.
 */
export async function failedNow(deliveries: DeliveryLog, now: Instant, before: Instant = now): Promise<readonly Delivery[]> {
  const day = instantOf(millisecondsOf(now) - DAY);
  const since = before < day ? before : day;
  const failed = await deliveries.undelivered(instantOf(millisecondsOf(now) - UNDER_WAY));
  return failed.filter(({ outcome, settledAt }) => outcome?.kind !== "never" || settledAt! > since);
}

export function undeliveredOf({ basis, outcome, firstAt }: Delivery): Undelivered {
  const isOver = outcome !== null && "superseded" in outcome;
  return {
    place: basis.place,
    ref: basis.stream === null ? null : basis.stream.slice(basis.stream.indexOf(":") + 1),
    kind: basis.kind,
    reason: outcome === null || outcome.kind === "delivered" ? "" : outcome.reason,
    at: firstAt,
    retried: outcome?.kind !== "never" && !isOver,
    ...(isOver ? { outOfDate: true as const } : {}),
    ...(isInDoubt(outcome) ? { perhapsShown: true as const } : {}),
  };
}

/** Whether an attempt may have shown it, whatever came of the last one. */
function isInDoubt(outcome: Outcome | null): boolean {
  return outcome === null || ((outcome.kind === "unknown" || outcome.kind === "never") && (outcome.doubts ?? 0) > 0);
}

/** As a list tells it: which of the places are people's own conversations, too. */
export async function toldAs(failed: readonly Delivery[], people?: Pick<People, "nameOf">): Promise<readonly Undelivered[]> {
  const told: Undelivered[] = [];
  for (const one of failed) {
    const isOwn = people !== undefined && (await people.nameOf(one.basis.place)) !== null;
    told.push({ ...undeliveredOf(one), ...(isOwn ? { alone: true as const } : {}) });
  }
  return told;
}
