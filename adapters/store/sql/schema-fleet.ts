/** Append-only: somebody who knows the law has read a rule or an authority's facts. Numbered within the desk. */
export interface ReviewTable {
  readonly desk: string;
  readonly number: number;
  /** rule or authority. */
  readonly subject: string;
  readonly id: string;
  /** As typed: Me X. */
  readonly reviewer: string;
  readonly on_day: string;
  /** A digest of what was reviewed. */
  readonly text: string;
  readonly by_person: string;
  readonly given_at: string;
}

/** Append-only, numbered over all desks: the last word on a member counts. */
export interface DeskMemberTable {
  readonly number: number;
  /** A workspace or a place as its adapter mints it: slack:T1, teams:TENANT, slack:T1/C2. */
  readonly member: string;
  /** Null where it belongs to none but its usual one again. */
  readonly desk: string | null;
  readonly given_at: string;
}

/** A process that serves the database now; on one machine there is none. Moments are milliseconds by the database's clock. */
export interface ProcessTable {
  readonly id: string;
  readonly since: number;
  readonly seen_at: number;
}

/** Who leads of several processes, and until when, likewise; the epoch grows with each new holder. */
export interface LeadTable {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
  readonly until: number;
  /** The database's id of the session in which it was renewed. */
  readonly session: number;
}
