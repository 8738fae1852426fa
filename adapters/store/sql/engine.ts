import type { Dialect, Kysely, KyselyPlugin, RawBuilder, Transaction } from "kysely";
import type { ClientConfig } from "pg";
import type { Instant } from "../../../src/time/instant.ts";
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

/** Whether what was deleted is gone from the files: others held it up, which passes, or only the owner of the tables may see to it. */
export type Scrubbed = "gone" | "held-up" | "not-ours";

/** What one database engine does in its own way; the rest of this folder is the same for all. */
export interface Engine {
  readonly dialect: Dialect;
  /** How a connection to a server is made; absent where the database is a file. Where it is there, several processes may serve. */
  readonly connection?: ClientConfig;
  /** What writes the migrations' statements as this database means them; absent where they are as it means them. */
  readonly ddl?: KyselyPlugin;
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
  /** The guards of reviews and of the desks' members, likewise. */
  readonly laterGuards: ReadonlyMap<string, string>;
  /** What takes away the older guards in whose place some of the access guards stand. */
  readonly remade: readonly string[];
  /** The guards as the database has them now. */
  guardsPresent(db: Database): Promise<ReadonlyMap<string, string>>;
  /** Runs steps one after the other in one durable transaction, with as little between them as can be. Where one throws, or `steps` does, nothing is written. */
  script<Answer>(db: Database, steps: () => Generator<Step, Answer, readonly number[]>): Promise<Answer>;
  /** Runs steps within a transaction that is open already; where the database is a file there is none beside a script's own. */
  scriptIn?<Answer>(tx: Writing, steps: () => Generator<Step, Answer, readonly number[]>): Promise<Answer>;
  /**
   * Asks a question that is written already, outside of any transaction: what every command asks takes longer to put together, and to wait its
   * turn, than to answer.
   */
  ask<Answer>(db: Database, text: string, bound: Row): Promise<readonly Answer[]>;
  /** Lets one program at a time change the schema, where a transaction alone does not see to it, and gives it the time that it takes. */
  migrating(tx: Writing): Promise<void>;
  /** Keeps everybody else from these tables until the transaction ends, all of them at once; absent where one program writes at a time anyway. */
  take?(tx: Writing, tables: readonly string[]): Promise<void>;
  /** Gives the roles that run the program what they need after a migration; absent where there are none. */
  migrated?(tx: Writing): Promise<void>;
  /** Gives a transaction as long as it takes, where a server would end it otherwise: for what goes through every row of a desk. */
  patient?(tx: Writing): Promise<void>;
  /**
   * To be called where the server was not heard on one connection: the others are given up too, and what waits on them is told so at once, for it
   * would wait until its time is over. Absent where the database is a file.
   */
  suspect?(): void;
  /**
   * Lets one transaction at a time of those that ask write for the desk, where a transaction alone does not see to it: what it reads after this
   * stands until it ends, and positions and numbers are taken in the order in which they are committed. Null is for what is numbered over all desks.
   */
  serialise(tx: Writing, desk: string | null): Promise<void>;
  /** A member of the JSON object in a column. */
  member(column: string, key: string): RawBuilder<string>;
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
  /** Throws where the role lacks a right on a table of the register. */
  rightsCheck(db: Database): Promise<void>;
  /** Keeps lines beside the database, where a back-up does not reach: what was erased, so that a restored register forgets it too. */
  noteErasures(lines: readonly string[]): void;
  /** Takes back what waits to be posted for the desk, since it is written already; absent where nothing waits outside of a process. */
  withdraw?(tx: Writing, desk: string, at: Instant): Promise<void>;
  /** Sees to it that nothing of what was deleted is left in the database's files; where it was held up it is tried once more at the end. */
  scrub(db: Database): Promise<Scrubbed>;
  /** Brings what a log beside the database holds into it, as far as others let it. */
  checkpoint(db: Database): Promise<void>;
}
