import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Place, PostRef } from "./chat.ts";

/** What can be computed of a matter from the ledger and is kept beside it, so that a tick reads only what is due. */
export interface Derived {
  readonly authority: string;
  readonly ref: string;
  readonly kind: string;
  readonly state: string;
  /** The next deadline. */
  readonly nextDay: Day | null;
}

/** A matter as it was looked at. */
export interface Look {
  readonly stream: string;
  readonly version: number;
  /** As `due` told it: a matter that was woken since is due still. Without it only the version tells. */
  readonly woken?: number;
  /** The next moment at which anything can change or has to be said; null for never, short of a new event. */
  readonly wakeAt: Instant | null;
  readonly derived: Derived;
}

export interface DueMatter {
  readonly stream: string;
  readonly version: number;
  /** How often it was written to or woken so far. */
  readonly woken: number;
}

/** One derived row a matter, written in the append's own transaction and rebuilt from the ledger at will: what test/contracts/matter-index.ts demands. */
export interface MatterIndex {
  /**
   * Matters whose wakeAt has come, the longest waiting first. One that was looked at after `now` is due too: the clock was set back. Every
   * matter that the ledger has written to since it was looked at is due at once.
   */
  due(now: Instant, limit: number): Promise<readonly DueMatter[]>;
  /** The earliest wakeAt; null where nothing will ever be due. */
  nextWake(): Promise<Instant | null>;
  /** Notes what a look found. A row that was written to or woken since is left alone: it is due still. */
  looked(looks: readonly Look[], at: Instant): Promise<void>;
  /** Those matters, or all, are due at once. */
  wake(streams: readonly string[] | "all"): Promise<void>;
  /** How many matters stand in each state, by the last look. */
  states(): Promise<ReadonlyMap<string, number>>;
  /** Makes every row anew from the ledger, all of them due; answers how many. */
  rebuild(): Promise<number>;
}

/** The message in which a matter stands in a place, kept up to date there. */
export interface LiveCard {
  readonly place: Place;
  readonly stream: string;
  readonly posted: PostRef;
  /** A digest of what it shows. */
  readonly shows: string;
  readonly updatedAt: Instant;
}

/** One card a matter and place: what test/contracts/live-cards.ts demands. */
export interface LiveCards {
  of(streams: readonly string[]): Promise<readonly LiveCard[]>;
  put(card: LiveCard): Promise<void>;
  drop(place: Place, stream: string): Promise<void>;
}
