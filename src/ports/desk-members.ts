import type { Instant } from "../time/instant.ts";

/** A workspace or a place as its adapter names it: slack:T1, teams:TENANT, slack:T1/C2. */
export type Member = string;

/** One word on a member: it was given to a desk, or taken back. */
export interface DeskMember {
  readonly member: Member;
  /** Null where it belongs to none but its usual one again. */
  readonly desk: string | null;
  readonly at: Instant;
}

/**
 * Which workspaces and places were given to which desk, over all desks of a database: what test/contracts/desk-members.ts demands. Whatever is not
 * there belongs where it usually does. Nothing is changed or taken out: the last word on a member counts.
 */
export interface DeskMembers {
  /** Each member that belongs to a desk by what was said, and that desk. */
  all(): Promise<ReadonlyMap<Member, string>>;
  /** Gives it to the desk. Where it is a desk's already, this one's or another's, that one is answered and nothing is written; else null. */
  assign(member: Member, desk: string, at: Instant): Promise<string | null>;
  /** Takes it back; answers the desk that had it, null where none had, and then nothing is written. */
  release(member: Member, at: Instant): Promise<string | null>;
  /** All that was said of it, the oldest first. */
  given(member: Member): Promise<readonly DeskMember[]>;
  /** Grows with each word, over every connection, and with nothing else. */
  version(): Promise<number>;
}
