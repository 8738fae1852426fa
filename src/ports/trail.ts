import type { Instant } from "../time/instant.ts";
import type { Json } from "./ledger.ts";

/** What somebody did that the ledger does not tell. */
export const TRAIL_ACTIONS = [
  "viewed",
  "exported",
  "backed-up",
  "recorded",
  "acknowledged",
  "snoozed",
  "set-up",
  "admitted",
  "dismissed",
  "role",
  "policy",
  "confirmed",
  "proposed",
  "approved",
  "declined",
  "expired",
  "erased",
  "held",
  "released",
  "refused",
] as const;
export type TrailAction = (typeof TRAIL_ACTIONS)[number];

export interface Trace {
  readonly at: Instant;
  /** An opaque person id. */
  readonly by: string;
  /** Where it was done: a place as its adapter minted it; the adapter's name alone for a person's own conversation, which would name them. */
  readonly from: string;
  readonly action: TrailAction;
  /** The matter that it was about; null where it was about none, or none that can be told. */
  readonly stream: string | null;
  /** The verb that was run. */
  readonly verb: string;
  /** What else can be told without a name or a text: an event's id, a role, a stage. */
  readonly detail: { readonly [key: string]: Json };
}

/** Who looked, and who did what, when and from where: append-only in the database itself. What test/contracts/trail.ts demands. */
export interface Trail {
  note(traces: readonly Trace[]): Promise<void>;
  /** Of one matter, the oldest first. */
  of(stream: string): Promise<readonly Trace[]>;
  /** Of a person or of everybody, the newest first, at most so many. */
  latest(limit: number, by?: string): Promise<readonly Trace[]>;
}
