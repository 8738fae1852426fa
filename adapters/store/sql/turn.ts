import { sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Claim, DeliveryLog, Outcome, Settled } from "../../../src/ports/delivery-log.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database, Writing } from "./engine.ts";
import type { DeliveryTable } from "./schema.ts";
import { shaped } from "./shaped.ts";

type Known = Pick<DeliveryTable, "key">;

/** SQLite and PostgreSQL alike call the columns of a list of values column1, column2 … */
const settleRows = shaped<never>(
  (rows) => sql`update delivery set outcome = v.column3, posted = v.column4, trouble = v.column5, not_before = v.column6,
      doubts = case when v.column3 = 'never' then doubts else v.column7 end, superseded = v.column8,
      settled_at = ${null}, announced_at = case when v.column3 = 'never' then null else announced_at end
    from (values ${rows}) as v
    where delivery.desk = v.column1 and delivery.key = v.column2 and (outcome is null or outcome <> 'delivered')`,
  8,
);

const findRows = shaped<Known>((rows) => sql`select key from delivery where desk = ${null} and key in (${rows})`, 1);

/** What may not be posted now is left as it is, and does not come back. */
const claimRows = shaped<Known>(
  (rows) => sql`insert into delivery
      (desk, key, message, place, kind, reason, stream, version, head, rulebook, shown, first_at, claimed_at, attempts, doubts, superseded) values ${rows}
    on conflict (desk, key) do update set message = excluded.message, place = excluded.place, kind = excluded.kind, reason = excluded.reason,
      stream = excluded.stream, version = excluded.version, head = excluded.head, rulebook = excluded.rulebook, shown = excluded.shown,
      claimed_at = excluded.claimed_at, attempts = delivery.attempts + 1,
      outcome = null, posted = null, trouble = null, not_before = null, settled_at = null, superseded = 0
      where delivery.outcome in ('later', 'unknown') and (delivery.not_before is null or delivery.not_before <= excluded.claimed_at
        or delivery.settled_at > excluded.claimed_at)
    returning key`,
  16,
);

/** See DeliveryLog.turn. */
export function turnOf(db: Database, desk: string): DeliveryLog["turn"] {
  return async (settled, wanted, at) => {
    if (settled.length === 0 && wanted.length === 0) return new Set();
    return db.transaction().execute(async (tx) => {
      await settle(tx, desk, settled, at);
      return claim(tx, desk, wanted, at);
    });
  };
}

async function settle(tx: Writing, desk: string, settled: readonly Settled[], at: Instant): Promise<void> {
  const last = new Map<string, Outcome>();
  for (const { key, outcome } of settled) {
    const name = key.toWellFormed();
    if (last.get(name)?.kind !== "delivered") last.set(name, outcome);
  }
  const rows = [...last].map(([key, outcome]) => [desk, key, ...outcomeColumns(outcome)]);
  const { changed } = await settleRows(tx, rows, at);
  if (changed === rows.length) return;
  // Not all were changed: the others are delivered already, or were never claimed.
  for (const { key } of await find(tx, desk, last)) last.delete(key);
  for (const key of last.keys()) throw new Error(`settled without a claim: ${key}`);
}

async function claim(tx: Writing, desk: string, wanted: readonly Claim[], at: Instant): Promise<ReadonlySet<DeliveryKey>> {
  const asked = new Map(wanted.map((one) => [one.key.toWellFormed(), one]));
  const rows = [...asked].map(([key, { message, basis }]) => [
    ...[desk, key, message, basis.place, basis.kind, basis.reason, basis.stream, basis.version],
    ...[basis.head, basis.rulebook, JSON.stringify(basis.shown), at, at, 1, 0, 0],
  ]);
  const { found } = await claimRows(tx, rows);
  return new Set(found.map(({ key }) => asked.get(key)!.key));
}

async function find(tx: Writing, desk: string, keys: ReadonlyMap<string, unknown>): Promise<readonly Known[]> {
  const rows = [...keys.keys()].map((key) => [key]);
  return (await findRows(tx, rows, desk)).found;
}

/** outcome, posted, trouble, not_before, doubts, superseded. What is given up keeps its doubts: it may be revived. */
function outcomeColumns(outcome: Outcome): readonly (string | number | null)[] {
  switch (outcome.kind) {
    case "delivered":
      return [outcome.kind, outcome.posted, null, null, 0, 0];
    case "never":
      return [outcome.kind, null, outcome.reason, null, 0, 0];
    case "later":
      return [outcome.kind, null, outcome.reason, outcome.notBefore, 0, outcome.superseded === true ? 1 : 0];
    case "unknown":
      return [outcome.kind, null, outcome.reason, outcome.notBefore, outcome.doubts, outcome.superseded === true ? 1 : 0];
  }
}
