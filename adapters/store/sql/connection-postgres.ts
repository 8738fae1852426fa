import { AbortedTransactionError, type CompiledQuery, type DatabaseConnection, type QueryResult, type TransactionSettings } from "kysely";
import type pg from "pg";
import { InDoubt } from "../../../src/ports/in-doubt.ts";
import { afterDoubt, type Transacting } from "./doubt-postgres.ts";
import type { Row, Step } from "./engine.ts";
import { inWords, isLost, LostConnection, unreachable } from "./errors-postgres.ts";
import { escaped } from "./escape-postgres.ts";
import { CONNECTIONS, LIMITS, socketOf } from "./pool-postgres.ts";

/** What is said before something that is to take longer than others; the client then waits as long as the server does. */
const LONG = /^set (?:local )?statement_timeout = (\d+)$/;
/** For a statement without a limit on the server: a day. */
const DAY = 86_400_000;
/** What may be asked twice. */
const READS = /^\s*(select|set|reset|begin)\b/i;
/** Names of prepared statements, the same on every connection. */
const names = new Map<string, string>();

/** One connection of the pool, for as long as it is borrowed. */
export class PostgresConnection implements DatabaseConnection {
  readonly #pool: pg.Pool;
  readonly #name: string;
  #client: pg.PoolClient;
  #lost = false;
  #released = false;
  /** Null outside of a transaction. */
  #transaction: Transacting | null = null;
  /** How long an answer is waited for; null for as long as for any. */
  #patience: number | null = null;

  private constructor(pool: pg.Pool, name: string, client: pg.PoolClient) {
    this.#pool = pool;
    this.#name = name;
    this.#client = client;
  }

  static async borrow(pool: pg.Pool, name: string): Promise<PostgresConnection> {
    return new PostgresConnection(pool, name, await connect(pool, name));
  }

  release(): void {
    if (!this.#released) this.#client.release(this.#lost);
    this.#released = true;
  }

  /** What only reads is asked once more where the connection turned out to be lost. */
  executeQuery<Answer>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Answer>> {
    return this.#ask(sql, parameters);
  }

  /**
   * Several in one go, none of which waits for the answer to another. Each is read and planned once on each connection: for what is asked all the
   * time, in few wordings.
   */
  async executePrepared(some: readonly CompiledQuery[]): Promise<readonly QueryResult<unknown>[]> {
    const socket = socketOf(this.#client);
    // Else the server would begin to read at the first of them, and both sides be woken for each.
    socket.cork();
    const asked = some.map(({ sql, parameters }) => this.#ask(sql, parameters, nameOf(sql)));
    socket.uncork();
    return Promise.all(asked);
  }

  async #ask<Answer>(sql: string, parameters: readonly unknown[], name?: string): Promise<QueryResult<Answer>> {
    const long = LONG.exec(sql)?.[1];
    if (long !== undefined) this.#patience = long === "0" ? DAY : Number(long) + LIMITS.silence;
    const ask = () => this.#query<Answer & object>(sql, parameters, name);
    const { rows, rowCount, command } = await (this.#transaction !== null ? ask() : READS.test(sql) ? this.#afresh(ask) : this.#alone(ask));
    const changed = /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {};
    return { rows: rows ?? [], ...changed };
  }

  /** The number of rows that each changed, asked for without waiting for one another's answer. */
  async run({ text, rows }: Step): Promise<readonly number[]> {
    const name = nameOf(text);
    const answers = await Promise.all(rows.map((row) => this.#query(text, row, name)));
    return answers.map(({ rowCount }) => rowCount ?? 0);
  }

  /** A connection that was lost while nobody used it is replaced: nothing was begun on it. */
  async begin({ isolationLevel = "read committed", accessMode }: TransactionSettings): Promise<void> {
    // Where the database was set to be only read, by a provider whose disk is full, nothing of ours writes past that.
    const begin = `begin isolation level ${isolationLevel} ${accessMode ?? ""}`;
    // Told the number of the transaction, one can ask later what became of it. One that only reads has none.
    const known = accessMode === "read only" ? "null" : "pg_current_xact_id()::text";
    const answer = await this.#afresh(() => this.#query(`${begin}; select ${known} as id, pg_backend_pid() as process`, []));
    const [, { rows }] = answer as unknown as [unknown, pg.QueryResult<Transacting>];
    this.#transaction = rows[0]!;
  }

  /** Done when it is known to be. */
  async commit(): Promise<void> {
    const transaction = this.#transaction!;
    this.#ended();
    try {
      // What failed before has undone it all, and the server says so.
      if ((await this.#query("commit", [])).command === "ROLLBACK") throw new AbortedTransactionError();
    } catch (error) {
      if (!this.#lost) throw error;
      await afterDoubt(this.#pool, this.#name, transaction, error);
    }
  }

  async rollback(): Promise<void> {
    this.#ended();
    // The server has undone it, or does as soon as it sees that nobody is there.
    if (!this.#lost) await this.#query("rollback", []);
  }

  // biome-ignore lint/correctness/useYield: nothing here reads row by row
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("nothing is streamed");
  }

  #ended(): void {
    this.#transaction = null;
    this.#patience = null;
  }

  async #query<Answer extends object>(text: string, values: Row | readonly unknown[], name?: string): Promise<pg.QueryResult<Answer>> {
    const bound = values.map((one) => (typeof one === "string" ? escaped(one) : one));
    const patience = this.#patience === null ? {} : { query_timeout: this.#patience };
    const asked = { text, values: bound, ...patience, ...(name === undefined ? {} : { name }) };
    try {
      return await this.#client.query<Answer>(asked);
    } catch (error) {
      this.#lost ||= isLost(error);
      throw inWords(error, this.#name);
    }
  }

  /** A statement that is a transaction of its own. */
  async #alone<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LostConnection)) throw error;
      throw new InDoubt(`The connection to the database ${this.#name} was lost: whether the statement was carried out is not known.`, {
        cause: error,
      });
    }
  }

  async #afresh<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    // Each of those that wait in the pool may have been lost with this one.
    for (let left = CONNECTIONS; ; left--) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof LostConnection) || left === 0) throw error;
        this.release();
        this.#client = await connect(this.#pool, this.#name);
        this.#lost = false;
        this.#released = false;
      }
    }
  }
}

function nameOf(text: string): string {
  const name = names.get(text) ?? `curewatch_${names.size + 1}`;
  names.set(text, name);
  return name;
}

async function connect(pool: pg.Pool, name: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw unreachable(error, name);
  }
}
