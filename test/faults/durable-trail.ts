import { DatabaseSync } from "node:sqlite";
import type { DeliveryTable } from "../../adapters/store/sql/schema.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Basis, Outcome, Reason } from "../../src/ports/delivery-log.ts";
import { type Instant, millisecondsOf } from "../../src/time/instant.ts";
import type { Claiming } from "./evidence.ts";

/** Of a delivery, as it was noted. */
export const COLUMNS =
  "key, message, place, kind, reason, stream, version, head, rulebook, shown, claimed_at, outcome, posted, trouble, not_before, settled_at";

/** From now on the register itself keeps every claim and what it was settled as, in the very transactions in which they are written. */
export function keepTrail(file: string): void {
  const raw = new DatabaseSync(file);
  const values = COLUMNS.split(", ").map((name) => `new.${name}`);
  const note = `BEGIN INSERT INTO fault_trail (${COLUMNS}) VALUES (${values.join(", ")}); END`;
  raw.exec(`CREATE TABLE fault_trail (number INTEGER PRIMARY KEY, ${COLUMNS});
    CREATE TRIGGER fault_trail_claimed AFTER INSERT ON delivery ${note};
    CREATE TRIGGER fault_trail_changed AFTER UPDATE ON delivery
      WHEN old.attempts <> new.attempts OR old.outcome IS NOT new.outcome ${note};`);
  raw.close();
}

/** As the register keeps it; a number of its own apart. */
export type TrailRow = Omit<DeliveryTable, "desk" | "first_at" | "attempts" | "doubts" | "superseded" | "announced_at">;

/** What the register kept, in order. */
export function readTrail(file: string): readonly Claiming[] {
  const raw = new DatabaseSync(file, { readOnly: true });
  const rows = raw.prepare("SELECT * FROM fault_trail ORDER BY number").all() as unknown as readonly TrailRow[];
  raw.close();
  const claimings: Claiming[] = [];
  const open = new Map<string, number>();
  for (const row of rows) {
    if (row.outcome === null) {
      open.set(row.key, claimings.length);
      claimings.push(claimingOf(row));
      continue;
    }
    const index = open.get(row.key);
    if (index === undefined) continue;
    const at = row.settled_at as Instant;
    claimings[index] = { ...claimings[index]!, settled: { moment: millisecondsOf(at), at, outcome: outcomeOf(row) } };
    open.delete(row.key);
  }
  return claimings;
}

function claimingOf(row: TrailRow): Claiming {
  const at = row.claimed_at as Instant;
  // Written short where the message is known by the key of what it says: see DeliveryTable.
  const message = (row.message === "" ? row.key : row.message) as DeliveryKey;
  return { moment: millisecondsOf(at), at, key: row.key as DeliveryKey, message, basis: basisOf(row), settled: null };
}

export function basisOf(row: TrailRow): Basis {
  return {
    place: row.place as Place,
    kind: row.kind,
    reason: row.reason as Reason,
    stream: row.stream,
    version: row.version === null ? null : Number(row.version),
    head: row.head,
    rulebook: row.rulebook,
    shown: JSON.parse(row.shown),
  };
}

export function outcomeOf({ outcome, posted, trouble, not_before }: TrailRow): Outcome {
  const reason = trouble ?? "";
  const notBefore = not_before as Instant;
  switch (outcome) {
    case "delivered":
      return { kind: outcome, posted: posted as PostRef };
    case "later":
      return { kind: outcome, reason, notBefore };
    case "unknown":
      return { kind: outcome, reason, notBefore, doubts: 1 };
    default:
      return { kind: "never", reason };
  }
}
