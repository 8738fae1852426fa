import type { DeliveryKey, Place, PostRef } from "../../../src/ports/chat.ts";
import type { Delivery, Outcome, Reason, Superseded, Tally } from "../../../src/ports/delivery-log.ts";
import type { Json } from "../../../src/ports/ledger.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { DeliveryTable } from "./schema.ts";

/** The row as the port has it. */
export function delivery(row: DeliveryTable): Delivery {
  return {
    key: row.key as DeliveryKey,
    message: (row.message === "" ? row.key : row.message) as DeliveryKey,
    basis: {
      place: row.place as Place,
      kind: row.kind,
      reason: row.reason as Reason,
      stream: row.stream,
      version: row.version,
      head: row.head,
      rulebook: row.rulebook,
      shown: JSON.parse(row.shown) as Json,
    },
    firstAt: row.first_at as Instant,
    claimedAt: row.claimed_at as Instant,
    attempts: row.attempts,
    outcome: outcomeOf(row),
    settledAt: row.settled_at as Instant | null,
    announcedAt: row.announced_at as Instant | null,
  };
}

/** What tells what came of a delivery. */
export type Outcoming = Pick<DeliveryTable, "outcome" | "posted" | "trouble" | "not_before" | "claimed_at" | "doubts" | "superseded">;

export function outcomeOf(row: Outcoming): Outcome | null {
  switch (row.outcome) {
    case "delivered":
      return { kind: "delivered", posted: row.posted as PostRef };
    case "later":
      return { kind: "later", reason: row.trouble ?? "", notBefore: notBefore(row), ...superseded(row) };
    case "unknown":
      return { kind: "unknown", reason: row.trouble ?? "", notBefore: notBefore(row), doubts: row.doubts, ...superseded(row) };
    case "never":
      return { kind: "never", reason: row.trouble ?? "", ...(row.doubts > 0 ? { doubts: row.doubts } : {}) };
    default:
      return null;
  }
}

function superseded({ superseded: number }: Pick<DeliveryTable, "superseded">): { readonly superseded?: Superseded } {
  return number === 0 ? {} : { superseded: number === 2 ? "untold" : true };
}

/** As the column holds it. */
export function supersededNumber(superseded: Superseded | undefined): number {
  return superseded === undefined ? 0 : superseded === "untold" ? 2 : 1;
}

function notBefore(row: Pick<DeliveryTable, "not_before" | "claimed_at">): Instant {
  return (row.not_before ?? row.claimed_at) as Instant;
}

interface Counted {
  readonly outcome: string | null;
  readonly count: number;
  /** When the first of them was first claimed. */
  readonly oldest: Instant;
}

/** The counts of the open outcomes beside that of the delivered. */
export function talliedOf(delivered: number, open: readonly Counted[]): Tally {
  const countOf = (outcome: string | null) => open.find((one) => one.outcome === outcome)?.count ?? 0;
  const waiting = open.filter(({ outcome }) => outcome !== "never").map(({ oldest }) => oldest);
  return {
    delivered,
    later: countOf("later"),
    unknown: countOf("unknown"),
    never: countOf("never"),
    claimed: countOf(null),
    oldestWaiting: waiting.toSorted()[0] ?? null,
  };
}
