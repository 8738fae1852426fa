/** One thing that a pretended platform showed, changed or took away, as a checker reads it afterwards. */
export interface Showing {
  /** Milliseconds since 1970 by the platform's clock. */
  readonly at: number;
  readonly did: "posted" | "changed" | "removed";
  /** The conversation without its thread. */
  readonly place: string;
  readonly id: string;
  /** Who alone sees it; null where the whole place does. */
  readonly person: string | null;
  /** The message that it stands under. */
  readonly thread: string | null;
  /** The delivery's key, where the platform is told it. */
  readonly once: string | null;
  /** Which message of the card, from 0, where the platform is told it. */
  readonly part: number | null;
  /** What people see, as plain text; of what was removed "". */
  readonly text: string;
}
