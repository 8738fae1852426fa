import type { Instant } from "../time/instant.ts";
import type { Place } from "./chat.ts";
import type { Json } from "./ledger.ts";

/** What somebody wants recorded and another person has to approve. */
export interface Proposal {
  /** a1, a2 … within the desk. */
  readonly id: string;
  readonly stream: string;
  /** How many events the matter had when it was proposed. */
  readonly version: number;
  /** The event as it would be recorded, without its names and texts: those stand in `texts`, which can be erased. */
  readonly event: { readonly [key: string]: Json };
  readonly texts: Readonly<Record<string, string>>;
  /** An opaque person id. */
  readonly by: string;
  readonly at: Instant;
  /** Where it was proposed, so that the proposer hears of it there; null for a terminal. */
  readonly place: Place | null;
  readonly expiresAt: Instant;
  /** What became of it; null while it waits. */
  readonly outcome: ProposalOutcome | null;
}

export interface ProposalOutcome {
  readonly kind: "approved" | "declined" | "expired" | "withdrawn";
  /** An opaque person id; null where it expired. */
  readonly by: string | null;
  readonly at: Instant;
  /** The id of the event that was recorded; null where none was. */
  readonly eventId: string | null;
}

/** What waits for another person's approval: what test/contracts/proposals.ts demands. */
export interface Proposals {
  propose(proposal: Omit<Proposal, "id" | "outcome">): Promise<Proposal>;
  of(id: string): Promise<Proposal | null>;
  /** Those that wait, the oldest first. */
  open(): Promise<readonly Proposal[]>;
  /** All of a matter, the oldest first. */
  about(stream: string): Promise<readonly Proposal[]>;
  /** Those that were settled after that moment, the oldest first. */
  settledSince(at: Instant): Promise<readonly Proposal[]>;
  /**
   * Settles one that waits; false where it was settled before: of two who press at once one decides. Why it was declined is a text: it is kept
   * among the proposal's texts, under `declined`.
   */
  settle(id: string, outcome: ProposalOutcome, because?: string): Promise<boolean>;
}
