import { sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Claim } from "../../../src/ports/delivery-log.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { prepared } from "./boss.ts";
import { rowsOf } from "./carried.ts";
import type { Writing } from "./engine.ts";
import { type JobOf, ONTO } from "./turn.ts";

const COLUMNS = `key text, message text, place text, kind text, reason text, stream text, version integer, head text, rulebook text, shown text,
  job text`;

/** The claims of a turn in one statement, where each would have to cross a line and be answered; answers those that were taken. */
export async function claimMany(
  tx: Writing,
  desk: string,
  wanted: readonly Claim[],
  at: Instant,
  jobOf: JobOf,
): Promise<ReadonlySet<DeliveryKey>> {
  if (wanted.length === 0) return new Set();
  const asked = new Map(wanted.map((one) => [one.key.toWellFormed(), one]));
  const rows = [...asked].map(([key, { message, basis }]) => ({
    ...basis,
    key,
    message: message === key ? "" : message,
    shown: JSON.stringify(basis.shown),
    job: jobOf(message),
  }));
  const claim = sql<{ key: string }>`insert into delivery
      (desk, key, message, place, kind, reason, stream, version, head, rulebook, shown, first_at, claimed_at, job, attempts)
    select ${desk}, key, message, place, kind, reason, stream, version, head, rulebook, shown, ${at}, ${at}, job, 1
    from ${rowsOf(rows, COLUMNS)}
    ${ONTO} returning key`;
  const keys = new Set((await prepared(tx, claim)).map(({ key }) => key));
  return new Set([...asked].filter(([key]) => keys.has(key)).map(([, one]) => one.key));
}
