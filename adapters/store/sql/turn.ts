import { sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import { type Claim, type DeliveryLog, ErasedSince, type Outcome, type Settled } from "../../../src/ports/delivery-log.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { supersededNumber } from "./delivery-rows.ts";
import type { Database, Engine, Row, Step } from "./engine.ts";

/** Whatever is bound: only the text of the statements is taken. */
const v = sql`${null}`;

/** What is given up keeps its doubts: it may be revived. */
const SETTLE = sql`update delivery set outcome = ${v}, posted = null, trouble = ${v}, not_before = ${v}, superseded = ${v},
    doubts = case when ${v} = 1 then doubts else ${v} end, announced_at = case when ${v} = 1 then null else announced_at end, settled_at = ${v}
  where desk = ${v} and key = ${v} and (outcome is null or outcome <> 'delivered')`;

/** Nearly all: fewer parameters than SETTLE. */
const DELIVER = sql`update delivery set outcome = 'delivered', posted = ${v}, trouble = null, not_before = null, superseded = 0, settled_at = ${v},
    doubts = 0
  where desk = ${v} and key = ${v} and (outcome is null or outcome <> 'delivered')`;

/** Changes nothing, and so tells whether the key was ever claimed. */
const TOUCH = sql`update delivery set attempts = attempts where desk = ${v} and key = ${v}`;

/** What may not be posted now is left as it is. */
export const ONTO = sql`on conflict (desk, key) do update set message = excluded.message, place = excluded.place, kind = excluded.kind, reason = excluded.reason,
    stream = excluded.stream, version = excluded.version, head = excluded.head, rulebook = excluded.rulebook, shown = excluded.shown,
    claimed_at = excluded.claimed_at, attempts = delivery.attempts + 1, job = excluded.job, process = null,
    outcome = null, posted = null, trouble = null, not_before = null, settled_at = null, superseded = 0
    where delivery.outcome in ('later', 'unknown') and (delivery.not_before is null or delivery.not_before <= excluded.claimed_at
      or delivery.settled_at > excluded.claimed_at)`;

/** Changes nothing, and so tells whether anything was erased beyond that number. */
const ERASED = sql`update desk set last_person = last_person
  where id = ${v} and exists (select 1 from erasure where desk = ${v} and number > ${v})`;

/** Bound: see claimedRow. */
const CLAIM = sql`insert into delivery
    (desk, key, message, place, kind, reason, stream, version, head, rulebook, shown, first_at, claimed_at, job, attempts)
    values (${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, ${v}, 1)
  ${ONTO}`;

export type Turning<Answer> = Generator<Step, Answer, readonly number[]>;

/** The steps of a turn, for whoever runs them in a transaction. */
export type Turn = (settled: readonly Settled[], wanted: readonly Claim[], at: Instant, jobOf?: JobOf) => Turning<ReadonlySet<DeliveryKey>>;

/** Throws ErasedSince where something was erased in the desk beyond that number. */
export type Unerased = (erasures: number | undefined) => Turning<void>;

export function unerasedOf(db: Database, desk: string): Unerased {
  const text = ERASED.compile(db).sql;
  return function* (erasures) {
    if (erasures === undefined) return;
    const [changed] = yield { text, rows: [[desk, desk, erasures]] };
    if (changed !== 0) throw new ErasedSince();
  };
}

/** The job that is to carry a message; null where whoever claims it posts it. */
export type JobOf = (message: DeliveryKey) => string | null;

const NO_JOB: JobOf = () => null;

/** See DeliveryLog.turn. Its statements are written once and run row by row: sixteen rows in one statement take longer to bind and to answer. */
export function turnOf(db: Database, engine: Engine, desk: string): DeliveryLog["turn"] {
  const turn = stepsOf(db, desk);
  const unerased = unerasedOf(db, desk);
  return async (settled, wanted, at, erasures) => {
    if (settled.length === 0 && wanted.length === 0) return new Set();
    return engine.script(db, function* () {
      if (wanted.length > 0) yield* unerased(erasures);
      return yield* turn(settled, wanted, at);
    });
  };
}

export function stepsOf(db: Database, desk: string): Turn {
  const [settleText, deliverText, touchText, claimText] = [SETTLE, DELIVER, TOUCH, CLAIM].map((one) => one.compile(db).sql) as [
    ...(readonly [string, string, string, string]),
  ];

  function* settle(settled: readonly Settled[], at: Instant): Turning<void> {
    const last = new Map<string, Outcome>();
    for (const { key, outcome } of settled) {
      const name = key.toWellFormed();
      if (last.get(name)?.kind !== "delivered") last.set(name, outcome);
    }
    const delivered: Row[] = [];
    const others: Row[] = [];
    for (const [key, outcome] of last) {
      if (outcome.kind === "delivered") delivered.push([outcome.posted, at, desk, key]);
      else others.push([...outcomeColumns(outcome), at, desk, key]);
    }
    for (const step of [
      { text: deliverText, rows: delivered },
      { text: settleText, rows: others },
    ]) {
      const changed = yield step;
      // The others are delivered already, or were never claimed.
      const unchanged = step.rows.filter((_, index) => changed[index] === 0).map((row) => row.slice(-2));
      if (unchanged.length === 0) continue;
      const known = yield { text: touchText, rows: unchanged };
      for (const [index, row] of unchanged.entries()) if (known[index] === 0) throw new Error(`settled without a claim: ${row[1]}`);
    }
  }

  function* claim(wanted: readonly Claim[], at: Instant, jobOf: JobOf): Turning<ReadonlySet<DeliveryKey>> {
    const asked = new Map(wanted.map((one) => [one.key.toWellFormed(), one]));
    const changed = yield {
      text: claimText,
      rows: [...asked].map(([key, one]) => claimedRow(desk, key, one, at, jobOf(one.message))),
    };
    return new Set([...asked.values()].filter((_, index) => changed[index] !== 0).map(({ key }) => key));
  }

  return function* (settled, wanted, at, jobOf = NO_JOB) {
    if (settled.length > 0) yield* settle(settled, at);
    return wanted.length === 0 ? new Set() : yield* claim(wanted, at, jobOf);
  };
}

/** outcome, trouble, not_before, superseded, given up, doubts, given up. */
function outcomeColumns(outcome: Exclude<Outcome, { readonly kind: "delivered" }>): Row {
  switch (outcome.kind) {
    case "never":
      return [outcome.kind, outcome.reason, null, 0, 1, 0, 1];
    case "later":
      return [outcome.kind, outcome.reason, outcome.notBefore, supersededNumber(outcome.superseded), 0, 0, 0];
    case "unknown":
      return [outcome.kind, outcome.reason, outcome.notBefore, supersededNumber(outcome.superseded), 0, outcome.doubts, 0];
  }
}

function claimedRow(desk: string, key: string, { message, basis }: Claim, at: Instant, job: string | null): Row {
  const { place, kind, reason, stream, version, head, rulebook, shown } = basis;
  return [
    desk,
    key,
    message === key ? "" : message,
    place,
    kind,
    reason,
    stream,
    version,
    head,
    rulebook,
    JSON.stringify(shown),
    at,
    at,
    job,
  ];
}
