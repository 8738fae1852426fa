import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Place } from "./chat.ts";

/** Somebody has taken note of one stage of one deadline. The next stage asks again. */
export interface Acknowledgement {
  readonly stream: string;
  readonly item: string;
  /** The deadline's day: one that moves is to be acknowledged anew. */
  readonly deadline: Day;
  /** 30, 14 … 0, last-working-day, overdue, or total with its day. */
  readonly stage: string;
  readonly place: Place;
  /** An opaque person id. */
  readonly by: string;
  readonly at: Instant;
}

/** A place is not reminded of a matter before that day. */
export interface Snooze {
  readonly stream: string;
  readonly place: Place;
  /** The first day on which it may speak again; null lifts the snooze. */
  readonly until: Day | null;
  readonly by: string;
  readonly at: Instant;
}

export interface Heed {
  /** In the order in which they were given. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** The last one of each place; lifted ones are left out. */
  readonly snoozes: readonly Snooze[];
}

/** Who has taken note, and who has put off: kept whole, nothing is overwritten. What test/contracts/attention.ts demands. */
export interface Attention {
  /** The same stage acknowledged again by anybody keeps the first one. Answers those that were new. */
  acknowledge(given: readonly Acknowledgement[]): Promise<readonly Acknowledgement[]>;
  snooze(snooze: Snooze): Promise<void>;
  /** Only streams with something are in it. */
  of(streams: readonly string[]): Promise<ReadonlyMap<string, Heed>>;
}
