import type { Finding, Step } from "../law/finding.ts";
import type { Money } from "../law/money.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { ItemStanding, Next, RelatedDeadline, Standing, State } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";

/** What cards are made of: plain data, before any word. */

/** Something to be said about one matter, apart from the digest. */
export interface Utterance {
  readonly kind: "reminder" | "total" | "cap-near" | "cap-reached" | "overdue" | "correction" | "event";
  /** Days before the expiry, "last-working-day", or "missing-fact" for a draft that waits; null for other kinds. */
  readonly stage: number | "last-working-day" | "missing-fact" | null;
  readonly standing: Standing;
  /** Null where it concerns the matter as a whole. */
  readonly item: ItemStanding | null;
  /** The deadline of which a reminder speaks: the expiry, a draft's earliest one, or a related clock. */
  readonly deadline: { readonly day: Day; readonly what: "expiry" | "earliest-expiry" | RelatedDeadline["kind"] } | null;
  /** The civil day at the authority when it is said. */
  readonly today: Day;
  /** The last working day before the deadline. */
  readonly lastWorkingDay: Day | null;
  readonly event: RecordedEvent | null;
  /** For a correction: the event that it mends, as it was recorded. */
  readonly corrected: RecordedEvent | null;
}

/** One line of the digest, about one item of one matter. */
export interface DigestLine {
  readonly standing: Standing;
  readonly item: ItemStanding | null;
  readonly today: Day;
  readonly next: Next | null;
}

export interface RunningTotal {
  readonly currency: string;
  readonly matters: number;
  readonly regimes: readonly ItemStanding["regime"][];
  readonly theoretical: Money;
  /** Against the day before. */
  readonly change: Money;
  /** What today adds. */
  readonly perDay: Money;
}

export interface DigestContents {
  readonly day: Day;
  readonly through: Day;
  readonly at: Instant;
  readonly zone: string;
  readonly watched: number;
  readonly drafts: number;
  /** Matters that no place watches. */
  readonly unwatched: number;
  readonly actNow: readonly DigestLine[];
  readonly cannotCount: readonly DigestLine[];
  readonly running: readonly RunningTotal[];
  readonly upcoming: readonly DigestLine[];
  /** Events recorded since the digest before. */
  readonly corrected: readonly { readonly standing: Standing; readonly event: RecordedEvent }[];
  readonly undelivered: number;
  /** The register's head: the hash of its last row. */
  readonly head: string;
}

export interface ListRow {
  readonly key: string;
  readonly ref: string;
  readonly addressee?: string;
  readonly authority: string;
  readonly respondent: string;
  readonly state: State;
  readonly next: Next | null;
}

export interface Scenario {
  readonly comply: Day;
  readonly units: number | null;
  readonly theoretical: Money | null;
  readonly capReached: Day | null;
}

export interface Explanation {
  readonly steps: readonly Step[];
  readonly assumptions: readonly Finding[];
  readonly warnings: readonly Finding[];
}
