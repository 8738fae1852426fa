import pg from "pg";
import { OWN_KEYS } from "../../adapters/index.ts";
import { jobGrants, registerGrants } from "../../adapters/store/sql/grants-postgres.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Store } from "../../src/ports/store.ts";
import type { LedgerSubject } from "../contracts/ledger.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { postgresHands, tornAt } from "./postgres-hands.ts";

export interface PostgresSubject extends LedgerSubject {
  /** As the application's own role, which owns nothing, whoever has it opened. */
  readonly url: string;
  readonly store: Store;
  /** As the superuser, beside every store. */
  readonly raw: pg.Client;
  anotherStore(): Promise<Store>;
  /** A copy of the database as it is now, opened. */
  storeOfCopy(): Promise<Store>;
}

export interface PostgresSubjects {
  readonly server: Postgres;
  /** Served as the application's role, or as the one that owns the tables. */
  subject(as?: "application" | "owner"): Promise<PostgresSubject>;
}

/** Nothing here survives the tests' own machine. */
const QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

const PASSWORD = "s3cr et/of?the#role";

/** One PostgreSQL for a file of tests, and registers in it, each in a database of its own: served as a role that may only run the program. */
export async function postgresSubjects(settings: readonly string[] = QUICK): Promise<PostgresSubjects> {
  const server = await startPostgres(settings);
  const empty = await server.database();
  await (await openStore({ url: empty })).close();
  await server.query(empty, `create role curewatch_app login password '${PASSWORD}'`);
  for (const grant of [...registerGrants("curewatch_app", "public"), ...jobGrants("curewatch_app")]) await server.query(empty, grant);
  // As docs/postgresql-grants.sql says: before 15 everybody may make tables there.
  await server.query(empty, "revoke create on schema public from public");
  return { server, subject: async (as = "application") => subjectOn(server, await server.database(empty), as) };
}

/** The same database as the application's role opens it. */
export function asApplication(url: string): string {
  const own = new URL(url);
  own.username = "curewatch_app";
  own.password = encodeURIComponent(PASSWORD);
  return own.href;
}

async function subjectOn(server: Postgres, owned: string, as: "application" | "owner"): Promise<PostgresSubject> {
  const opened: Store[] = [];
  const open = async (url: string): Promise<Store> => {
    const store = await openStore({ url: as === "owner" ? url : asApplication(url), ownKeys: OWN_KEYS });
    opened.push(store);
    return store;
  };
  const store = await open(owned);
  const raw = new pg.Client({ connectionString: owned });
  raw.on("error", () => undefined);
  await raw.connect();

  /** What stands in the database now, in a database of its own. PostgreSQL copies one only while nobody is connected to it. */
  async function copy(): Promise<Store> {
    await raw.end().catch(() => undefined);
    const name = new URL(owned).pathname.slice(1);
    await server.query(new URL("/postgres", owned).href, "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      name,
    ]);
    return open(await server.database(owned));
  }

  const tear = (work: () => Promise<void>) => tornAt((text) => server.query(owned, text), work, copy);

  return {
    url: asApplication(owned),
    store,
    raw,
    ledger: store.ledger,
    access: store.access,
    async reopen() {
      await store.close();
      return (await open(owned)).ledger;
    },
    anotherStore: () => open(owned),
    storeOfCopy: copy,
    another: async () => (await open(owned)).ledger,
    hands: postgresHands(raw, tear),
    async close() {
      for (const one of opened) await one.close().catch(() => undefined);
      await raw.end().catch(() => undefined);
    },
  };
}
