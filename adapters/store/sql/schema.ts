import type { ColumnType } from "kysely";
import type { KeyvTable } from "../keyv/keyv-store.ts";
import type { AdmissionTable, DeskPolicyTable, PlaceConfirmationTable, RoleGrantTable, TrailTable } from "./schema-access.ts";
import type { DeskMemberTable, LeadTable, ProcessTable, ReviewTable } from "./schema-fleet.ts";
import type { ErasureTable, HoldTable, ProposalOutcomeTable, ProposalTable, ProposalTextTable } from "./schema-privacy.ts";

/** The tables as the newest migration leaves them. Every one carries the desk but `schema_version`, `desk_member`, `process` and `lead`. */
export interface Tables {
  readonly schema_version: SchemaVersionTable;
  readonly desk: DeskTable;
  readonly ledger: LedgerTable;
  readonly private_text: PrivateTextTable;
  readonly person: PersonTable;
  readonly delivery: DeliveryTable;
  readonly place_setting: PlaceSettingTable;
  readonly watch: WatchTable;
  readonly acknowledgement: AcknowledgementTable;
  readonly snooze: SnoozeTable;
  readonly matter: MatterTable;
  readonly live_card: LiveCardTable;
  readonly write_check: WriteCheckTable;
  readonly keyv: KeyvTable;
  readonly role_grant: RoleGrantTable;
  readonly admission: AdmissionTable;
  readonly place_confirmation: PlaceConfirmationTable;
  readonly desk_policy: DeskPolicyTable;
  readonly trail: TrailTable;
  readonly proposal: ProposalTable;
  readonly proposal_outcome: ProposalOutcomeTable;
  readonly proposal_text: ProposalTextTable;
  readonly erasure: ErasureTable;
  readonly hold: HoldTable;
  readonly review: ReviewTable;
  readonly desk_member: DeskMemberTable;
  readonly process: ProcessTable;
  readonly lead: LeadTable;
}

export interface SchemaVersionTable {
  readonly version: number;
  readonly applied_at: string;
}

export interface DeskTable {
  readonly id: string;
  /** The number of the person met last. Never goes back: an erased person's id is not given to another. */
  readonly last_person: ColumnType<number, number, number>;
  /** The number of the watch set up last. Never goes back: w3 in an old message is not another watch now. */
  readonly last_watch: ColumnType<number, number | undefined, number>;
}

/** What the hash of a row is taken over, the hash before it apart. */
export interface Content {
  readonly desk: string;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly event_id: string;
  readonly type: string;
  readonly on_day: string | null;
  readonly recorded_at: string;
  readonly by_person: string;
  readonly via: string;
  readonly command_id: string;
  /** Canonical JSON. */
  readonly data: string;
  /** Canonical JSON: path -> digest of the salted text. */
  readonly texts: string;
}

export interface LedgerTable extends Content {
  /** A checksum of each column, so that verify can name the one that changed. */
  readonly marks: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** The free texts of the ledger: a row deleted here is a text erased, and the chain stands. */
export interface PrivateTextTable {
  readonly desk: string;
  readonly position: number;
  readonly path: string;
  readonly salt: string;
  readonly text: string;
}

export interface PersonTable {
  readonly desk: string;
  readonly id: string;
  readonly ref: string;
  readonly name: ColumnType<string, string, string>;
}

export interface DeliveryTable {
  readonly desk: string;
  readonly key: string;
  /** The key of the message that it was said with; empty where it is `key` itself. */
  readonly message: string;
  readonly place: string;
  readonly kind: string;
  /** Why it was said. */
  readonly reason: string;
  readonly stream: string | null;
  readonly version: number | null;
  readonly head: string;
  readonly rulebook: string;
  /** JSON. */
  readonly shown: string;
  readonly first_at: string;
  readonly claimed_at: string;
  readonly attempts: number;
  /** How many of them may have shown it. */
  readonly doubts: number;
  /** 1 where it is out of date, such as when something later was said instead; 2 as long as somebody is to be told that it was not shown. */
  readonly superseded: number;
  /** delivered, later, never or unknown; null between claim and settle. */
  readonly outcome: string | null;
  readonly posted: string | null;
  /** Why it was not delivered. */
  readonly trouble: string | null;
  readonly not_before: string | null;
  readonly settled_at: string | null;
  readonly announced_at: string | null;
  /** Which process posts it, as an earlier program noted it: now its job says it. */
  readonly process: string | null;
  /** The job that carries it there, where several do. */
  readonly job: string | null;
}

export interface PlaceSettingTable {
  readonly desk: string;
  readonly place: string;
  readonly language: string;
  readonly zone: string;
  readonly digest_at: string;
  /** JSON, as are stages, quiet and escalation. */
  readonly weekdays: string;
  readonly holidays: string | null;
  readonly stages: string | null;
  readonly quiet: string | null;
  readonly digest: string;
  /** 1 or 0. */
  readonly reminders: number;
  readonly escalation: string | null;
  readonly by_person: string;
  readonly since: string;
}

export interface WatchTable {
  readonly desk: string;
  /** 3 is w3. */
  readonly number: number;
  readonly place: string;
  /** JSON. */
  readonly filters: string;
  readonly by_person: string;
  readonly since: string;
}

/** Append-only, as is SnoozeTable: the database refuses UPDATE and DELETE. */
export interface AcknowledgementTable {
  readonly desk: string;
  readonly stream: string;
  /** 1, 2, 3 … within the stream. */
  readonly number: number;
  readonly item: string;
  readonly deadline: string;
  readonly stage: string;
  readonly place: string;
  readonly by_person: string;
  readonly given_at: string;
}

export interface SnoozeTable {
  readonly desk: string;
  readonly stream: string;
  readonly number: number;
  readonly place: string;
  readonly until_day: string | null;
  readonly by_person: string;
  readonly given_at: string;
}

/** What is computed of a matter; rebuilt from the ledger at will. */
export interface MatterTable {
  readonly desk: string;
  readonly stream: string;
  readonly version: number;
  /** The first moment of 1970 for one that is due at once; null for never. */
  /** How often it was written to or woken. */
  readonly woken: number;
  readonly wake_at: string | null;
  /** When it was looked at or written to last. */
  readonly touched_at: string;
  readonly authority: string;
  readonly ref: string;
  readonly kind: string;
  /** Empty where no append told it and nothing was looked at yet, as after a rebuild. */
  readonly state: string;
  readonly next_day: string | null;
  /** What stands in the stream between the first colon and the slash behind it; empty where an older version wrote the row. */
  readonly name: ColumnType<string, string | undefined, string>;
  /** What questions about many ask, as it was at that version, and at `told_at` by the rules of `told_by`: where it was touched since, a day may have changed it. */
  readonly told_version: ColumnType<number, number | undefined, number>;
  readonly told_at: ColumnType<string | null, string | null | undefined, string | null>;
  readonly told_by: ColumnType<string, string | undefined, string>;
  /** With a space before and after each. */
  readonly states: ColumnType<string, string | undefined, string>;
  readonly visibility: ColumnType<string, string | undefined, string>;
}

export interface LiveCardTable {
  readonly desk: string;
  readonly stream: string;
  readonly place: string;
  readonly posted: string;
  readonly shows: string;
  readonly updated_at: string;
}

/** Written to learn whether anything can be. */
export interface WriteCheckTable {
  readonly desk: string;
  readonly written_at: string;
}
