/** Append-only and numbered within the desk, as what schema-access.ts tells of: 3 is a3. */
export interface ProposalTable {
  readonly desk: string;
  readonly number: number;
  readonly stream: string;
  readonly version: number;
  /** JSON, without names and texts. */
  readonly event: string;
  readonly by_person: string;
  readonly proposed_at: string;
  readonly place: string | null;
  readonly expires_at: string;
}

/** Append-only, one for a proposal at most. */
export interface ProposalOutcomeTable {
  readonly desk: string;
  /** The proposal's. */
  readonly number: number;
  readonly kind: string;
  readonly by_person: string | null;
  readonly settled_at: string;
  readonly event_id: string | null;
}

/** The names and free texts of proposals, and why one was declined: gone once any text of their matter is erased. */
export interface ProposalTextTable {
  readonly desk: string;
  readonly number: number;
  readonly path: string;
  readonly text: string;
}

/** Append-only: what was erased, and nothing of what it said. */
export interface ErasureTable {
  readonly desk: string;
  readonly number: number;
  /** text or person. */
  readonly kind: string;
  readonly stream: string | null;
  readonly event_id: string | null;
  readonly path: string | null;
  readonly person: string | null;
  readonly row_hash: string | null;
  readonly by_person: string;
  readonly erased_at: string;
  readonly because: string;
}

/** Append-only. */
export interface HoldTable {
  readonly desk: string;
  readonly number: number;
  readonly stream: string;
  /** 1 or 0. */
  readonly held: number;
  readonly by_person: string;
  readonly given_at: string;
}
