import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";

/** What a lawyer can have reviewed: a rule of time, or what the catalogue says of an authority. */
export type Reviewed = "rule" | "authority";

/** Somebody who knows the law has read a rule or an authority's facts, and when. */
export interface Review {
  readonly subject: Reviewed;
  /** The rule's id or the authority's code. */
  readonly id: string;
  /** Who reviewed it, as it was typed: Me X. */
  readonly by: string;
  readonly on: Day;
  /** A digest of what was reviewed, as it stood when this was entered: where it has changed since, that is said. */
  readonly text: string;
  /** An opaque person id: who entered it. */
  readonly enteredBy: string;
  readonly at: Instant;
}

/** The reviews of one desk: kept whole; a row is never changed or taken out, and of many who add at once none is lost. */
export interface Reviews {
  add(review: Review): Promise<void>;
  /** In the order in which they were entered. */
  all(): Promise<readonly Review[]>;
}
