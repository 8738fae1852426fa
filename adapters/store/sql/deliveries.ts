import type { DeliveryKey, Place, PostRef } from "../../../src/ports/chat.ts";
import type { Basis, Delivery, DeliveryLog, Outcome } from "../../../src/ports/delivery-log.ts";
import type { Json } from "../../../src/ports/ledger.ts";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import type { Database } from "./engine.ts";
import type { DeliveryTable } from "./schema.ts";

/** Keys in one `in` list. */
const KEYS = 1_000;

/** How long what may have been shown is left alone: another process that looked before it was settled must not post it again at once. */
const UNKNOWN_REST = 30_000;

/** What was said on behalf of one desk. */
export function deliveriesOf(db: Database, desk: string): DeliveryLog {
  return {
    claim: (key, basis, at, staleBefore) =>
      db.transaction().execute(async (tx) => {
        const before = await tx.selectFrom("delivery").selectAll().where("desk", "=", desk).where("key", "=", key).executeTakeFirst();
        if (before !== undefined && !mayBeTried(delivery(before), at, staleBefore)) return false;
        const attempt = { ...basisColumns(basis), claimed_at: at, attempts: (before?.attempts ?? 0) + 1, ...NO_OUTCOME };
        await tx
          .insertInto("delivery")
          .values({ desk, key, ...attempt })
          .onConflict((on) => on.columns(["desk", "key"]).doUpdateSet(attempt))
          .execute();
        return true;
      }),
    settle: (key, outcome, at) =>
      db.transaction().execute(async (tx) => {
        const before = await tx.selectFrom("delivery").select("outcome").where("desk", "=", desk).where("key", "=", key).executeTakeFirst();
        if (before === undefined) throw new Error(`settled without a claim: ${key}`);
        // A slow attempt that was taken for lost may settle after the one that delivered: what was said stays said.
        if (before.outcome === "delivered") return;
        await tx
          .updateTable("delivery")
          .set({ ...outcomeColumns(outcome), settled_at: at })
          .where("desk", "=", desk)
          .where("key", "=", key)
          .execute();
      }),
    async known(keys) {
      const found = new Map<DeliveryKey, Delivery>();
      for (let start = 0; start < keys.length; start += KEYS) {
        const some = keys.slice(start, start + KEYS);
        const rows = await db.selectFrom("delivery").selectAll().where("desk", "=", desk).where("key", "in", some).execute();
        for (const row of rows) found.set(row.key as DeliveryKey, delivery(row));
      }
      return found;
    },
    async undelivered(before) {
      const rows = await db
        .selectFrom("delivery")
        .selectAll()
        .where("desk", "=", desk)
        .where((of) =>
          of.or([of("outcome", "in", ["later", "never", "unknown"]), of.and([of("outcome", "is", null), of("claimed_at", "<", before)])]),
        )
        .orderBy("claimed_at")
        .orderBy("key")
        .execute();
      return rows.map(delivery);
    },
  };
}

function mayBeTried(before: Delivery, at: Instant, staleBefore: Instant): boolean {
  switch (before.outcome?.kind) {
    case undefined:
      return before.claimedAt < staleBefore;
    case "later":
      return before.outcome.notBefore <= at;
    case "unknown":
      return before.settledAt === null || millisecondsOf(before.settledAt) + UNKNOWN_REST <= millisecondsOf(at);
    case "delivered":
    case "never":
      return false;
  }
}

const NO_OUTCOME = { outcome: null, posted: null, reason: null, not_before: null, settled_at: null };

function basisColumns(basis: Basis): Pick<DeliveryTable, "place" | "kind" | "stream" | "head" | "shown"> {
  return { place: basis.place, kind: basis.kind, stream: basis.stream, head: basis.head, shown: JSON.stringify(basis.shown) };
}

function outcomeColumns(outcome: Outcome): Pick<DeliveryTable, "outcome" | "posted" | "reason" | "not_before"> {
  return {
    outcome: outcome.kind,
    posted: outcome.kind === "delivered" ? outcome.posted : null,
    reason: outcome.kind === "delivered" ? null : outcome.reason,
    not_before: outcome.kind === "later" ? outcome.notBefore : null,
  };
}

function delivery(row: DeliveryTable): Delivery {
  return {
    key: row.key as DeliveryKey,
    basis: { place: row.place as Place, kind: row.kind, stream: row.stream, head: row.head, shown: JSON.parse(row.shown) as Json },
    claimedAt: row.claimed_at as Instant,
    attempts: row.attempts,
    outcome: outcomeOf(row),
    settledAt: row.settled_at as Instant | null,
  };
}

function outcomeOf(row: DeliveryTable): Outcome | null {
  switch (row.outcome) {
    case "delivered":
      return { kind: "delivered", posted: row.posted as PostRef };
    case "later":
      return { kind: "later", reason: row.reason ?? "", notBefore: row.not_before as Instant };
    case "never":
    case "unknown":
      return { kind: row.outcome, reason: row.reason ?? "" };
    default:
      return null;
  }
}
