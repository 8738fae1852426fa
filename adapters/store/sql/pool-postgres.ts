import { randomUUID } from "node:crypto";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import pg from "pg";
import { withStrictTls } from "../keyv/address-postgres.ts";
import { unescaped } from "./escape-postgres.ts";

/** How long what waits, in milliseconds. What takes longer on purpose says so: see LONG in driver-postgres.ts. */
export const LIMITS = {
  /** For a connection: a new one, or one that others hand back. A line may be slow, and to be let in takes several answers: see `silence`. */
  connect: 12_000,
  /** For each of the answers while a connection is made: where nothing comes at all it will not. */
  silence: 5_000,
  /** For another program's lock. */
  lock: 6_000,
  /** For one statement, as the server counts. */
  statement: 10_000,
  /** The same as counted here: a socket whose other end is gone never answers. */
  answer: 12_000,
  /** With a transaction open and nothing said: longer than any pause of ours, and what a process that was stopped holds is soon free. */
  idleInTransaction: 4_000,
} as const;

/** Connections of one process. */
export const CONNECTIONS = 10;

const INT8 = 20;
const TEXT = 25;
const VARCHAR = 1043;
const NUMERIC = 1700;

const PREFIX = "curewatch ";

/** What the database shows the sessions of a process as, unless the address names them otherwise. */
export function sessionsOf(process: string): string {
  return `${PREFIX}${process}`;
}

/** The process whose connections these are, by an id that is made anew each time a register is opened. */
export function processOf({ application_name }: pg.ClientConfig): string {
  return application_name!.slice(PREFIX.length);
}

/** How one connection to it is made: what pg takes, and what others of this process may use to make one of their own. */
export function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: withStrictTls(url),
    application_name: sessionsOf(randomUUID()),
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: LIMITS.connect,
    statement_timeout: LIMITS.statement,
    lock_timeout: LIMITS.lock,
    // In the address, as are statement_timeout and the others, for those who need more or less.
    query_timeout: Number(new URL(url).searchParams.get("query_timeout") ?? LIMITS.answer),
    idle_in_transaction_session_timeout: LIMITS.idleInTransaction,
    types: {
      getTypeParser(oid: number, format?: "text" | "binary") {
        if (oid === INT8 || oid === NUMERIC) return whole;
        if (oid === TEXT || oid === VARCHAR) return unescaped;
        return pg.types.getTypeParser(oid, format as "text");
      },
    } as pg.CustomTypesConfig,
  };
}

/**
 * What is answered as recorded is on the server's disk, as a SQLite register has it, also where the database is set not to wait for that; one that
 * waits for its standbys still does. Said once in each session.
 */
export const DURABLE =
  "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')";

/** Connections are made as they are needed. One that breaks while nobody uses it is put aside, and does not end the process. */
export function poolOf(config: pg.ClientConfig): { readonly pool: pg.Pool; readonly clients: ReadonlySet<pg.PoolClient> } {
  const pool = new pg.Pool({ ...config, max: CONNECTIONS, idleTimeoutMillis: 30_000, onConnect, Client: PoolClient, ...PIPELINED });
  const ignore = (): void => undefined;
  pool.on("error", ignore);
  const clients = new Set<pg.PoolClient>();
  pool.on("connect", (client) => {
    clients.add(client);
    client.on("error", ignore);
  });
  pool.on("remove", (client) => clients.delete(client));
  return { pool, clients };
}

class PoolClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    leaveWhenSilent(this, LIMITS.silence);
  }
}

/**
 * Gives up a connection that is being made as soon as nothing has come for so many milliseconds after something was sent: over a slow line all that
 * it takes (three answers, with TLS five) takes long, and a half-open one does not answer the first.
 */
export function leaveWhenSilent(client: pg.Client, patience: number): void {
  // TLS is laid over it later, and what passes counts here too.
  const socket = socketOf(client);
  // What the client itself finds wrong, such as an address without a password, leaves the socket open, and with it the program.
  connectionOf(client).once("error", () => socket.destroy());
  socket.setTimeout(patience, () => socket.destroy(new Error("timeout expired")));
  client.once("connect", () => socket.setTimeout(0));
}

async function onConnect(client: pg.ClientBase): Promise<void> {
  await client.query(DURABLE);
}

/** Ends the connections that there are, used or not, without a word to the other end: whatever waits on one of them is lost at once. */
export function cut(clients: ReadonlySet<pg.PoolClient>): void {
  for (const client of clients) socketOf(client).destroy();
}

export function socketOf(client: pg.ClientBase): Pick<Socket, "cork" | "destroy" | "setTimeout" | "uncork"> {
  return connectionOf(client).stream;
}

/** pg offers it, and its types do not tell. */
function connectionOf(client: pg.ClientBase): EventEmitter & { readonly stream: Socket } {
  return (client as unknown as { readonly connection: EventEmitter & { readonly stream: Socket } }).connection;
}

/** Statements that follow one another need not wait for one another's answers. */
export const PIPELINED = { pipeline: true } as object;

/** Without its user and its password, for people to read. */
export function nameOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: withStrictTls(url) });
  return host.startsWith("/") ? `${database} in ${host}` : `${database} at ${host}:${port}`;
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError(`The database answers a number that is too large: ${text}.`);
  return value;
}
