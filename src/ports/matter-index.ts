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
  /** What questions about many matters ask of it. Absent where it cannot be told. */
  readonly told?: Told;
}

/** What of a matter decides whether a question about many need read it. */
export interface Told {
  /** By which rules: what was reckoned by others is not relied on. */
  readonly by: string;
  /** Its own state and those of its items, each once. */
  readonly states: readonly string[];
  readonly visibility: string;
}

/** A question about many matters: what an index can tell of it, each condition absent where it is not asked. */
export interface Asked {
  /** The moment of the question, and by which rules it is asked. */
  readonly now: Instant;
  readonly by: string;
  readonly authority?: string;
  readonly kind?: string;
  readonly state?: string;
  /** With a deadline on that day or before. */
  readonly dueBy?: Day;
  readonly visibility?: string;
}

/** A matter, and how many entries its stream has. */
export interface Versioned {
  readonly stream: string;
  readonly version: number;
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

/** What people wrote of a matter by which it is looked for: its respondents and titles, or to whom it was assigned or referred. */
export type Mentions = "names" | "people";

/** Finds matters without reading them, by the same rows: what test/contracts/matter-finder.ts demands. */
export interface MatterFinder {
  /** How many matters there are, counted up to `most`. */
  size(most: number): Promise<number>;
  /** The matters whose keys have one of these references: what stands in a key between the first colon and the slash behind it. */
  named(refs: readonly string[]): Promise<readonly Versioned[]>;
  /** Those of the streams that are there, in no order. */
  versions(streams: readonly string[]): Promise<readonly Versioned[]>;
  /**
   * The streams of the matters of whose mentions, as registered, filled in or corrected, one fits: in the order in which they were recorded, each
   * once, at most `most`. A text that was erased fits nothing; one that was corrected since may fit still.
   */
  mentioned(mentions: Mentions, fits: (text: string) => boolean, most: number): Promise<readonly string[]>;
  /**
   * The matters after that stream, in the order of their streams, at most `limit`: of those that `asked` does not rule out. One of which the row
   * cannot tell, since something was recorded, woken or due after it was looked at, is never left out.
   */
  page(after: string | null, limit: number, asked?: Asked): Promise<readonly Versioned[]>;
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
