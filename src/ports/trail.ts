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

/** Which traces; what is left out is not asked for. */
export interface Wanted {
  /** An opaque person id. */
  readonly by?: string;
  /** Such as were done to this person: an opaque id, as the detail has it under person. */
  readonly about?: string;
  readonly actions?: readonly TrailAction[];
  /** Such as are about no one matter. */
  readonly ofNone?: true;
}

/** What one person was refused of one verb within one day of UTC. */
export interface Refused {
  /** The last time. */
  readonly at: Instant;
  readonly by: string;
  /** Where, if it was one place. */
  readonly from: string | null;
  readonly verb: string;
  readonly times: number;
}

/** Who looked, and who did what, when and from where: append-only in the database itself. What test/contracts/trail.ts demands. */
export interface Trail {
  note(traces: readonly Trace[]): Promise<void>;
  /** Of one matter, the oldest first. */
  of(stream: string): Promise<readonly Trace[]>;
  /** The newest first, at most so many of those that are wanted. */
  latest(limit: number, wanted?: Wanted): Promise<readonly Trace[]>;
  /** What was refused, counted by person, verb and day, the sorts with the newest first, at most so many: whoever tries a thousand times buries nothing. */
  refusals(limit: number, by?: string): Promise<readonly Refused[]>;
}
