import { peer } from "../servers/peers.ts";
import { POSTGRES_USER } from "../servers/postgres.ts";

export interface Client {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  release(): void;
}

export interface Pool {
  query: Client["query"];
  connect(): Promise<Client>;
  on(event: "connect" | "error", listener: (about: { on(event: "error", listener: () => void): void }) => void): void;
  end(): Promise<void>;
}

interface Pg {
  readonly Pool: new (options: { readonly connectionString: string; readonly max: number }) => Pool;
}

export function addressOf(port: number, database: string): string {
  return `postgres://${POSTGRES_USER}@127.0.0.1:${port}/${database}`;
}

/** A new database of that name, and connections to it. */
export async function openPool(port: number, database: string, max: number): Promise<Pool> {
  const { Pool } = await peer<Pg>("pg");
  const first = new Pool({ connectionString: addressOf(port, "postgres"), max: 1 });
  await first.query(`CREATE DATABASE "${database}"`);
  await first.end();
  const pool = new Pool({ connectionString: addressOf(port, database), max });
  // A connection that the server closes at the end is no fault; graphile-worker wants to see that somebody listens.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
