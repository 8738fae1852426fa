import type { Instant } from "../time/instant.ts";

/** What is erased: one text of one event, or who stands behind an opaque person id. */
export type Erased =
  | {
      readonly kind: "text";
      readonly stream: string;
      /** An event's id; proposal:a1 for what was proposed and is no event, or not yet. */
      readonly eventId: string;
      /** The path of the text in the event, such as respondent or items.0.order. */
      readonly path: string;
    }
  | { readonly kind: "person"; readonly person: string };

/** One erasure, as it is kept for ever: it holds nothing of what was erased. */
export interface Erasure {
  readonly what: Erased;
  /**
   * The hash of the ledger's row in which the text stood, so that it is never applied to another register's. For a person that of the desk's
   * first row; null where the desk had none. For a proposal a digest of its matter's first row and of when it was proposed.
   */
  readonly row: string | null;
  /** An opaque person id. */
  readonly by: string;
  readonly at: Instant;
  /** Why, as a word: request, retention, mistake. */
  readonly because: string;
}

export interface Hold {
  /** A matter. */
  readonly stream: string;
  readonly held: boolean;
  /** An opaque person id. */
  readonly by: string;
  readonly at: Instant;
}

/** What can be taken out of a register for good, and what must not be: what test/contracts/privacy.ts demands. */
export interface Privacy {
  /**
   * Takes texts and persons out, of the file too, and notes that it was done; the chain stands. A text of a matter that is held is refused, and so
   * is a person who had a hand in one; then nothing is erased: `held` names the matters. What is not there, and what is erased again, is no new
   * erasure. `lingers` says that old pages of the files may still hold it, which nobody is shown: others held them up, and they go with the next
   * erasure or when this process ends; or the tables are another's, whose it is to write them anew.
   */
  erase(
    what: readonly Erased[],
    by: string,
    at: Instant,
    because: string,
  ): Promise<{ readonly erased: readonly Erasure[]; readonly lingers?: "held-up" | "not-ours" } | { readonly held: readonly string[] }>;
  /** Everything that was erased, the oldest first. */
  erasures(): Promise<readonly Erasure[]>;
  /** Erases again what was erased before, such as after a restore; what stands elsewhere in this register, or nowhere, is left alone. Answers how many texts and persons went. */
  apply(erasures: readonly Erasure[]): Promise<number>;
  hold(hold: Hold): Promise<void>;
  /** The last word on each matter that is held. */
  holds(): Promise<ReadonlyMap<string, Hold>>;
  /** How many erasures there are: when there are more, what was read before has to be forgotten. */
  version(): Promise<number>;
}
