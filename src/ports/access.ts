import type { Instant } from "../time/instant.ts";
import type { Place } from "./chat.ts";

/** What a person may do at a desk, each more than the one before it. `none` is turned away. */
export const ROLES = ["none", "reader", "editor", "approver", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody was given a role, or it was taken back (null): then the desk's own for everybody holds again. */
export interface RoleGrant {
  /** An opaque person id, as is `by`. */
  readonly person: string;
  readonly role: Role | null;
  readonly by: string;
  readonly at: Instant;
}

/** Somebody was let in on a restricted matter, or was sent away. */
export interface Admission {
  readonly stream: string;
  /** An opaque person id, as is `by`. */
  readonly person: string;
  readonly admitted: boolean;
  readonly by: string;
  readonly at: Instant;
}

/** Somebody has confirmed that every member of a place may see the desk's matters, or has taken that back. */
export interface Confirmation {
  readonly place: Place;
  readonly internal: boolean;
  /** An opaque person id. */
  readonly by: string;
  readonly at: Instant;
}

/** How a desk wants it, whoever asks. */
export interface DeskPolicy {
  /** The role of everybody to whom none was given; null for the house's own: reader where administrators are configured, else editor. */
  readonly role: Exclude<Role, "admin"> | null;
  /** Notes may be taken: they may be discoverable, and the chat platform keeps its own copies. */
  readonly notes: boolean;
  /** What ends, lowers or postpones waits for another person's approval. */
  readonly twoPersons: boolean;
  /** For so long such a thing waits, in hours. */
  readonly pendingHours: number;
  /** Amounts are shown in places that are shared with others. */
  readonly sharedAmounts: boolean;
  /** How long closed matters stay, such as P5Y; null for without end. */
  readonly retain: string | null;
}

export const USUAL_POLICY: DeskPolicy = {
  role: null,
  notes: false,
  twoPersons: false,
  pendingHours: 72,
  sharedAmounts: false,
  retain: null,
};

/** Who may do and see what at one desk: kept whole, nothing is overwritten; the last word counts. What test/contracts/access.ts demands. */
export interface Access {
  /** The role that was given to each person, by opaque id; those whose last grant is null are left out. */
  roles(): Promise<ReadonlyMap<string, Role>>;
  grant(grant: RoleGrant): Promise<void>;
  /** All grants of a person, the oldest first. */
  grants(person: string): Promise<readonly RoleGrant[]>;
  /** The opaque ids of those who are let in on each restricted matter; streams without any are left out. */
  admitted(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  admit(admissions: readonly Admission[]): Promise<void>;
  /** All admissions to a matter, the oldest first. */
  admissions(stream: string): Promise<readonly Admission[]>;
  /** The last word on each place. */
  confirmations(): Promise<ReadonlyMap<Place, Confirmation>>;
  confirm(confirmation: Confirmation): Promise<void>;
  policy(): Promise<DeskPolicy>;
  /** Changes what is named. Answers what holds now. */
  setPolicy(change: Partial<DeskPolicy>, by: string, at: Instant): Promise<DeskPolicy>;
  /** Grows with each of the above: what was computed of them holds as long as it stays. */
  version(): Promise<number>;
}
