import type { Dialect, Kysely, Transaction } from "kysely";
import type { Tables } from "./schema.ts";

export type Database = Kysely<Tables>;
export type Writing = Transaction<Tables>;

/** What is bound to a statement, in the order in which the parameters stand in it. */
export type Row = readonly (string | number | null)[];

/** A statement, run once for each of the rows. Its answer: how many rows of its table each time changed. */
export interface Step {
  readonly text: string;
  readonly rows: readonly Row[];
}

/** What one database engine does in its own way; the rest of this folder is the same for all. */
export interface Engine {
  readonly dialect: Dialect;
  /** What stands after the closing bracket of each `create table`. */
  readonly tableEnd: string;
  /** The same for a table whose rows lie in the order in which they were written, and not in that of their keys. */
  readonly heapEnd: string;
  /** The guards of the ledger: name -> the statement that makes it. */
  readonly guards: ReadonlyMap<string, string>;
  /** The guards of acknowledgements and snoozes, likewise. */
  readonly attentionGuards: ReadonlyMap<string, string>;
  /** The guards of who may, who did and what was erased, likewise. */
  readonly accessGuards: ReadonlyMap<string, string>;
  /** The names of those among them that stand in place of older ones. */
  readonly remadeGuards: readonly string[];
  /** The guards as the database has them now. */
  guardsPresent(db: Database): Promise<ReadonlyMap<string, string>>;
  /** Runs steps one after the other in one durable transaction, with as little between them as can be. Where one throws, or `steps` does, nothing is written. */
  script<Answer>(db: Database, steps: () => Generator<Step, Answer, readonly number[]>): Promise<Answer>;
  /**
   * Asks a question that is written already, outside of any transaction: what every command asks takes longer to put together, and to wait its
   * turn, than to answer.
   */
  ask<Answer>(db: Database, text: string, bound: Row): Promise<readonly Answer[]>;
  /** Lets one append at a time take positions, where a transaction alone does not see to it. */
  serialise(tx: Writing): Promise<void>;
  /** Names of the tables that the database holds. */
  tables(db: Database): Promise<readonly string[]>;
  /** A consistent copy while others write. */
  copyTo(db: Database, file: string): Promise<void>;
  /** See Store.lead. */
  lead(of: string | null): boolean;
  /** Lets another one lead. */
  yieldLead(): void;
  /** Overwrites the desk's row of write_check, durably, beside whatever the other connection is doing; waits a second for a lock at most. */
  writeCheck(db: Database, desk: string, at: string): Promise<void>;
  /** Keeps lines beside the database, where a back-up does not reach: what was erased, so that a restored register forgets it too. */
  noteErasures(lines: readonly string[]): void;
  /** Sees to it that nothing of what was deleted is left in the database's files; false where others held it up, and then it is tried once more at the end. */
  scrub(db: Database): Promise<boolean>;
  /** Brings what a log beside the database holds into it, as far as others let it. */
  checkpoint(db: Database): Promise<void>;
}
