import { EventEmitter } from "node:events";
import { Keyv, type KeyvStoreAdapter, type StoredData } from "keyv";
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { AdapterState } from "../../../src/ports/chat.ts";
import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../../src/time/instant.ts";

/** The one table that a KeyvStore needs. */
export interface KeyvTable {
  readonly desk: string;
  /** As Keyv makes it: namespace:key. */
  readonly key: string;
  readonly value: string;
  /** Null is never. */
  readonly expires_at: string | null;
}

interface KeyvTables {
  readonly keyv: KeyvTable;
}

export interface KeyvStoreOptions {
  /** The database's URL: Keyv looks for its kind before it iterates. */
  readonly url: string;
  readonly clock?: Clock;
  readonly desk?: string;
  /** Lets one transaction at a time touch many rows, where two in another order could stand in each other's way; absent where one writes at a time. */
  readonly alone?: (tx: Transaction<KeyvTables>) => Promise<void>;
}

/** A Keyv storage adapter on the register's own database. Keyv sets the namespace, so each Keyv needs a KeyvStore of its own. */
export class KeyvStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts: { readonly dialect: string; readonly url: string };
  namespace?: string | undefined;
  readonly #db: Kysely<KeyvTables>;
  readonly #clock: Clock;
  readonly #desk: string;
  readonly #alone: (tx: Transaction<KeyvTables>) => Promise<void>;

  constructor(db: Kysely<KeyvTables>, options: KeyvStoreOptions) {
    super();
    this.opts = { dialect: options.url.slice(0, options.url.indexOf(":")), url: options.url };
    this.#db = db;
    this.#clock = options.clock ?? systemClock;
    this.#desk = options.desk ?? "main";
    this.#alone = options.alone ?? (async () => undefined);
  }

  async get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    const [found] = await this.#living([key]);
    return found?.value as StoredData<Value> | undefined;
  }

  async getMany<Value>(keys: string[]): Promise<Array<StoredData<Value | undefined>>> {
    const found = new Map((await this.#living(keys)).map((row) => [row.key, row.value]));
    // Keyv reads a string as what its serialiser wrote.
    return keys.map((key) => found.get(key) as StoredData<Value | undefined>);
  }

  async set(key: string, value: string, milliseconds?: number): Promise<boolean> {
    const now = this.#clock.now();
    const held = this.#held(value, now, milliseconds);
    await this.#db.transaction().execute(async (tx) => {
      await this.#sweep(tx, now);
      await tx
        .insertInto("keyv")
        .values({ desk: this.#desk, key, ...held })
        .onConflict((on) => on.columns(["desk", "key"]).doUpdateSet(held))
        .execute();
    });
    return true;
  }

  /** Writes it where it is not there or has expired; whether it did. */
  async add(key: string, value: string, milliseconds?: number): Promise<boolean> {
    const now = this.#clock.now();
    const held = this.#held(value, now, milliseconds);
    return this.#db.transaction().execute(async (tx) => {
      await this.#sweep(tx, now);
      const added = tx
        .insertInto("keyv")
        .values({ desk: this.#desk, key, ...held })
        .onConflict((on) => on.columns(["desk", "key"]).doUpdateSet(held).where("keyv.expires_at", "<", now))
        .returning("key");
      return (await added.executeTakeFirst()) !== undefined;
    });
  }

  async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    if (keys.length === 0) return false;
    return this.#db.transaction().execute(async (tx) => {
      if (keys.length > 1) await this.#alone(tx);
      const gone = await tx.deleteFrom("keyv").where("desk", "=", this.#desk).where("key", "in", keys).executeTakeFirst();
      return gone.numDeletedRows > 0n;
    });
  }

  async clear(): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await this.#alone(tx);
      await tx.deleteFrom("keyv").where("desk", "=", this.#desk).where(within(this.namespace)).execute();
    });
  }

  async has(key: string): Promise<boolean> {
    return (await this.#living([key])).length > 0;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    const found = new Set((await this.#living(keys)).map((row) => row.key));
    return keys.map((key) => found.has(key));
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    const rows = await this.#db
      .selectFrom("keyv")
      .select(["key", "value"])
      .where("desk", "=", this.#desk)
      .where(within(namespace))
      .orderBy("key")
      .execute();
    for (const { key, value } of rows) yield [key, value];
  }

  #held(value: string, now: Instant, milliseconds: number | undefined): Pick<KeyvTable, "value" | "expires_at"> {
    return { value, expires_at: milliseconds === undefined ? null : instantOf(millisecondsOf(now) + milliseconds) };
  }

  /** Nobody asks again for an event id that was seen last week. */
  async #sweep(tx: Transaction<KeyvTables>, now: Instant): Promise<void> {
    const old = tx.selectFrom("keyv").select("key").where("desk", "=", this.#desk).where("expires_at", "<", now).limit(1);
    if ((await old.executeTakeFirst()) === undefined) return;
    await this.#alone(tx);
    await tx.deleteFrom("keyv").where("desk", "=", this.#desk).where("expires_at", "<", now).execute();
  }

  async #living(keys: readonly string[]): Promise<Pick<KeyvTable, "key" | "value">[]> {
    if (keys.length === 0) return [];
    return this.#db
      .selectFrom("keyv")
      .select(["key", "value"])
      .where("desk", "=", this.#desk)
      .where("key", "in", keys)
      .where((of) => of.or([of("expires_at", "is", null), of("expires_at", ">=", this.#clock.now())]))
      .execute();
  }
}

/** What an adapter keeps by key in the store: a Keyv of that namespace, which throws what the store throws. */
export function stateIn(store: KeyvStore, namespace: string): AdapterState {
  const keyv = new Keyv({ store, namespace, throwOnErrors: true });
  // Keyv puts the namespace before a key that does not begin with it.
  return Object.assign(keyv, { add: (key: string, milliseconds?: number) => store.add(keyv._getKeyPrefix(key), ADDED, milliseconds) });
}

/** As Keyv writes `true`; when it expires the row says. */
const ADDED = JSON.stringify({ value: true });

/** Compared by its start and not with LIKE: a namespace may hold % and _. No namespace is every one. */
function within(namespace: string | undefined): RawBuilder<boolean> {
  const start = namespace === undefined ? "" : `${namespace}:`;
  return sql<boolean>`substr(key, 1, length(${start})) = ${start}`;
}
