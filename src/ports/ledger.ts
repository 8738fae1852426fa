import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Admission } from "./access.ts";
import type { PersonRef } from "./chat.ts";
import type { Derived } from "./matter-index.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One event as it goes in. Every name and free text stands in `texts`, which can be erased; `data` holds the rest. */
export interface LedgerEntry {
  /** The event's id, unique within its stream: corrections name it. */
  readonly eventId: string;
  readonly type: string;
  /** The civil day on which it took effect; null where the event has none (a matter's registration). */
  readonly on: Day | null;
  readonly data: { readonly [key: string]: Json };
  /** Names and free texts by their path in the event, such as "respondent" or "items.0.order". The chain covers salted digests of them. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The entries of one stream (one matter) in one append. */
export interface StreamAppend {
  readonly stream: string;
  /** How many entries the stream had when the writer decided; 0 for a new one. */
  readonly expectedVersion: number;
  readonly entries: readonly LedgerEntry[];
  /** What the matter's derived row says afterwards. Without it the row keeps what it said; either way the matter is due for a look. */
  readonly derived?: Derived;
}

export interface Stamp {
  readonly recordedAt: Instant;
  /** An opaque person id, such as p1; people's names and platform ids stand in the erasable table (see People). */
  readonly by: string;
  /** The same id twice is one append: the second answers `repeated`. */
  readonly commandId: string;
  readonly via: "import" | "command";
  /**
   * Privacy.version as it was when what is written was read, for what others had written before: it is written only where nothing was erased
   * since, or it would bring back what was. Without it nothing is compared.
   */
  readonly erasures?: number;
}

/** An entry as it came out. Erased texts are absent from `texts` and named in `erased`. */
export interface LedgerRow extends LedgerEntry {
  /** 1, 2, 3 … over the whole chain. */
  readonly position: number;
  readonly stream: string;
  /** 1, 2, 3 … within the stream. */
  readonly version: number;
  readonly recordedAt: Instant;
  readonly by: string;
  readonly via: "import" | "command";
  readonly commandId: string;
  readonly erased: readonly string[];
  /** SHA-256 in hex over this row and the hash before it. */
  readonly hash: string;
}

export type Appended =
  | { readonly ok: true; readonly head: Head; readonly repeated: boolean }
  /** Somebody else wrote first: nothing was written. */
  | { readonly ok: false; readonly stream: string; readonly actualVersion: number }
  /** Something was erased since what was to be written was read: nothing was written. */
  | { readonly ok: false; readonly erased: true };

export interface Head {
  /** How many events the ledger holds. */
  readonly events: number;
  /** The last row's hash; 64 zeros for an empty ledger. */
  readonly hash: string;
}

export type Verified =
  | { readonly ok: true; readonly events: number; readonly head: string }
  | {
      readonly ok: false;
      readonly events: number;
      readonly head: string;
      readonly fault:
        | { readonly kind: "row"; readonly position: number; readonly column: string }
        | { readonly kind: "order"; readonly position: number }
        | { readonly kind: "missing-row"; readonly position: number }
        | { readonly kind: "head-missing"; readonly head: string }
        | { readonly kind: "guard-missing"; readonly guard: string };
    };

/** The append-only register of one desk: what test/contracts/ledger.ts demands. */
export interface Ledger {
  /** All streams or none, in one durable transaction, and with them who is let in by it. */
  append(streams: readonly StreamAppend[], stamp: Stamp, admissions?: readonly Admission[]): Promise<Appended>;
  read(stream: string): Promise<readonly LedgerRow[]>;
  /** The rows of several streams, those of each one together and in their order. */
  readEach(streams: readonly string[]): Promise<readonly LedgerRow[]>;
  /** Whether something was recorded by that command. */
  knows(commandId: string): Promise<boolean>;
  /** Rows with a position above `after`, in order, at most `limit`. */
  readAll(after: number, limit: number): Promise<readonly LedgerRow[]>;
  head(): Promise<Head>;
  /** Walks the whole chain. `posted` is a head that was shown once (at least its first 6 characters): it must be in the chain. */
  verify(posted?: string, progress?: (done: number, of: number) => void): Promise<Verified>;
}

/** Who is who: platform ids and names behind opaque person ids. Erasable, so never in the chain. */
export interface People {
  /** The opaque id of a person (p1, p2 …), made at first sight; keeps the newest name. */
  idOf(person: string, name: string): Promise<string>;
  /** The opaque id of a person by their platform's reference; null where the desk has never met them. Nobody is met by asking. */
  known(person: string): Promise<string | null>;
  /** The name behind an id, or of a person by their platform's reference; null when erased or unknown. */
  nameOf(id: string): Promise<string | null>;
  /** The person behind an id as their adapter knows them, null when erased or unknown. */
  refOf(id: string): Promise<PersonRef | null>;
  /** Ids of those who bear that name now, case and a leading @ ignored. */
  named(name: string): Promise<readonly string[]>;
}
