import type { ColumnType } from "kysely";
import type { KeyvTable } from "../keyv/keyv-store.ts";

/** The tables as the newest migration leaves them. Every one but `schema_version` carries the desk. */
export interface Tables {
  readonly schema_version: SchemaVersionTable;
  readonly desk: DeskTable;
  readonly ledger: LedgerTable;
  readonly private_text: PrivateTextTable;
  readonly person: PersonTable;
  readonly delivery: DeliveryTable;
  readonly watch: WatchTable;
  readonly keyv: KeyvTable;
}

export interface SchemaVersionTable {
  readonly version: number;
  readonly applied_at: string;
}

export interface DeskTable {
  readonly id: string;
  /** The number of the person met last. Never goes back: an erased person's id is not given to another. */
  readonly last_person: ColumnType<number, number, number>;
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
  readonly place: string;
  readonly kind: string;
  readonly stream: string | null;
  readonly head: string;
  /** JSON. */
  readonly shown: string;
  readonly claimed_at: string;
  readonly attempts: number;
  /** delivered, later, never or unknown; null between claim and settle. */
  readonly outcome: string | null;
  readonly posted: string | null;
  readonly reason: string | null;
  readonly not_before: string | null;
  readonly settled_at: string | null;
}

export interface WatchTable {
  readonly desk: string;
  readonly place: string;
  /** JSON. */
  readonly filters: string;
  readonly language: string;
  readonly zone: string;
  readonly digest_at: string;
  readonly by_person: string;
  readonly since: string;
}
