import KeyvPostgres from "@keyv/postgres";
import pg from "pg";
import { systemClock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { addressProblem, withStrictTls } from "./address-postgres.ts";
import { type Kind, throwingKeyv } from "./outside.ts";

const TABLE = "curewatch_keyv";
const ADD = `insert into public.${TABLE} as kept (key, value) values ($1, $2) on conflict (key)`;
/** A connection, and a statement, may take so long, in milliseconds. */
const PATIENCE = 5_000;
/** What has expired is deleted so often, in milliseconds: @keyv/postgres keeps it for ever. */
const SWEEP = 3_600_000;

/** @keyv/postgres keeps one pool for an address, whoever asks for it, and ends it for all: so many use it. */
const users = new Map<string, number>();

/** One table and one pool for all. */
export async function postgresKind(url: string): Promise<Kind> {
  const problem = addressProblem(url);
  if (problem !== null) throw new Error(`CUREWATCH_KEYV_URL: ${problem}`);
  users.set(url, (users.get(url) ?? 0) + 1);
  const store = new KeyvPostgres({
    uri: withStrictTls(url),
    table: TABLE,
    // Names of places and of people's conversations are long, and two of them stand in some keys.
    keySize: 1_000,
    Client: QuietClient,
    max: 4,
    keepAlive: true,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    statement_timeout: PATIENCE,
    application_name: "curewatch-keyv",
  });
  // One listener for each desk and adapter; what goes wrong is thrown as well.
  store.setMaxListeners(0);
  store.on("error", () => undefined);
  let sweptAt = 0;

  /** Values are as Keyv writes them: {"value":…,"expires":…}. */
  async function sweep(): Promise<void> {
    const now = millisecondsOf(systemClock.now());
    if (now - sweptAt < SWEEP) return;
    sweptAt = now;
    await store.query(`delete from public.${TABLE} where (value::json ->> 'expires')::numeric < $1`, [now]);
  }

  return {
    separator: ":",
    // Each with a namespace of its own, which Keyv sets, over the one that has the table and the connections.
    keyv: (namespace) => throwingKeyv({ store: Object.create(store) as KeyvPostgres, namespace }),
    async add(key, value) {
      const expired = `(kept.value::json ->> 'expires')::numeric < $3`;
      const bound = [key, value, millisecondsOf(systemClock.now())];
      return (await store.query(`${ADD} do update set value = excluded.value where ${expired} returning key`, bound)).length > 0;
    },
    async ask() {
      await store.query(`select key from public.${TABLE} limit 1`);
      await sweep();
    },
    async *beginningWith(start) {
      const rows = await store.query(`select key, value from public.${TABLE} where starts_with(key, $1) order by key`, [start]);
      for (const { key, value } of rows as readonly { readonly key: string; readonly value: string }[]) yield [key, value];
    },
    async close() {
      users.set(url, users.get(url)! - 1);
      if (users.get(url) === 0) await store.disconnect();
    },
  };
}

/**
 * A pool tells of a connection that breaks while nobody uses it by an error event of its own, which ends a process in which nobody listens; and
 * @keyv/postgres keeps its pool to itself. The pool has put the connection aside by then, so there is nothing left to hear.
 */
class QuietClient extends pg.Client {
  override emit(event: string, ...about: unknown[]): boolean {
    try {
      return super.emit(event as "error", ...(about as [Error]));
    } catch (error) {
      if (event === "error" && error === about[0]) return true;
      throw error;
    }
  }
}
