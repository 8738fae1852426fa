import type { Ledger } from "../../src/ports/ledger.ts";
import type { Store } from "../../src/ports/store.ts";
import { type Closable, contract } from "./clause.ts";
import { appendClauses } from "./ledger-append.ts";
import { guardClauses } from "./ledger-guards.ts";
import { verifyClauses } from "./ledger-verify.ts";

/** A ledger, and who is let in on the matters in it. */
export type Kept = Pick<Store, "ledger" | "access">;

/** A ledger, and hands that reach round it into the database. */
export interface LedgerSubject extends Closable {
  readonly ledger: Ledger;
  readonly access: Store["access"];
  /** Closes the ledger and opens it again. */
  reopen(): Promise<Ledger>;
  /** A second writer on the same ledger. */
  another(): Promise<Ledger>;
  readonly hands: Hands;
}

export type Attempt = "update" | "delete" | "replace by version" | "replace by position" | "replace by event id";

export interface Hands {
  /** Tries it in the database's own language, with the guards in force, on the row at that position. Throws when the database refuses. */
  attempt(what: Attempt, position: number): Promise<void>;
  /** The columns of a row that verify tells apart. */
  readonly columns: readonly string[];
  /** Changes one column with the guards out of the way; answers how to put it back. */
  change(position: number, column: string): Promise<() => Promise<void>>;
  /** Changes a free text that was kept. */
  changeText(position: number, path: string): Promise<void>;
  /** Lets two rows change places, with the guards out of the way. */
  swap(one: number, other: number): Promise<void>;
  /** Takes a row away, with the guards out of the way. */
  remove(position: number): Promise<void>;
  /** Erases the free texts of a row: that is allowed. */
  erase(position: number): Promise<void>;
  readonly guards: readonly string[];
  /** Takes a guard away, or leaves one of its name that guards nothing; answers how to put it back. */
  disarm(guard: string, how: "gone" | "hollow"): Promise<() => Promise<void>>;
  /** Copies of the database as they stand when the machine dies while the work is being written, at several moments, opened again. */
  tear(work: () => Promise<void>): Promise<readonly Kept[]>;
}

export const LEDGER_CLAUSES = [...appendClauses, ...guardClauses, ...verifyClauses];

/** What every ledger must do: see src/ports/ledger.ts. */
export function ledgerContract(name: string, open: () => Promise<LedgerSubject>): void {
  contract(`the ledger contract: ${name}`, LEDGER_CLAUSES, open);
}
