import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Readiness } from "../../src/app/health.ts";
import { fillFile } from "../adapters/filled-register.ts";
import { stamp } from "../contracts/ledger-fixtures.ts";
import { servedOn } from "../fleet/served-fleet.ts";
import { start } from "../support/child.ts";
import { bareEnvironment, call, folderOfTest, nodeArguments } from "../support/cli.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** The command line on a database whose address stands in the environment alone. */
function on(url: string, folder: string, ...words: string[]) {
  return call(words, folder, { ...bareEnvironment(folder), TMPDIR: folder, DATABASE_URL: url });
}

describe("a restore into PostgreSQL that is killed", () => {
  test("goes on when the same copy is restored again, and keeps the note of what may have been posted since", {
    timeout: 120_000,
  }, async () => {
    const folder = folderOfTest();
    await fillFile(join(folder, "copy.db"), 1_000);
    const to = await postgres.database();
    await killedWhileItWrites(folder, to);
    const open = await on(to, folder, "list");
    expect(open.err).toMatch(/a restore into register_\w+ at 127\.0\.0\.1:\d+ was begun and has not ended\. Restore the same copy again/);
    const moved = await on(to, folder, "move", "--from", `sqlite:${join(folder, "copy.db")}`);
    expect([moved.status, moved.err]).toEqual([1, expect.stringContaining("a restore into")]);
    const left = () => readdirSync(folder).filter((name) => name.startsWith("curewatch-restore-"));
    expect(left().length).toBeGreaterThan(0);

    expect(await on(to, folder, "restore", "copy.db")).toMatchObject({ status: 0, err: "" });
    expect(left()).toEqual([]);
    const store = await openStore({ url: to });
    onTestFinished(() => store.close());
    expect(await store.state("desk").get("restored")).toMatchObject({ lookedAt: null });
    expect(await store.ledger.verify()).toMatchObject({ ok: true });
  });

  async function killedWhileItWrites(folder: string, to: string): Promise<void> {
    const child = spawn(process.execPath, [...nodeArguments(["restore", "copy.db"])], {
      env: { ...bareEnvironment(folder), TMPDIR: folder, DATABASE_URL: to },
      stdio: "ignore",
    });
    const gone = once(child, "exit");
    await vi.waitFor(async () => expect(await postgres.query(to, "select 1 from moving")).toHaveLength(1), {
      timeout: 30_000,
      interval: 5,
    });
    child.kill("SIGKILL");
    expect(await gone).toEqual([null, "SIGKILL"]);
  }
});

describe("a move", () => {
  test("that could not begin says that nothing was moved, and not to go on", { timeout: 60_000 }, async () => {
    const folder = folderOfTest();
    await fillFile(join(folder, "source.db"), 2);
    const wrong = (await postgres.database()).replace(":tests@", ":wrong@");
    const { status, err } = await on(wrong, folder, "move", "--from", "sqlite:source.db");
    expect([status, err]).toEqual([1, expect.stringMatching(/^Nothing was moved: The database register_\w+ at .* cannot be reached/)]);
    expect(err).not.toMatch(/again|wrong@/);
  });
});

describe("a backup", () => {
  test("of a read-only database is refused before anything is copied, and so is a command, in words and without a stack", {
    timeout: 60_000,
  }, async () => {
    const folder = folderOfTest();
    const url = await postgres.database();
    await (await openStore({ url })).close();
    expect(await on(url, folder, "register", "CNIL", "A-1", "One", "--kind", "order")).toMatchObject({ status: 0 });
    const readOnly = `${url}?options=-c%20default_transaction_read_only%3Don`;
    const copying = await on(readOnly, folder, "backup", "copy.db", "--json");
    expect([copying.status, JSON.parse(copying.out)]).toEqual([1, { error: expect.objectContaining({ code: "backup-refused" }) }]);
    expect(copying.err).toMatch(/^The copy was not made: copy\.db: .* nothing can be noted now: The database \S+ at \S+ is read-only: /);
    expect(readdirSync(folder).filter((name) => name.startsWith("copy"))).toEqual([]);

    expect(await on(readOnly, folder, "list")).toMatchObject({ status: 0 });
    const recording = await on(readOnly, folder, "register", "CNIL", "A-2", "Two", "--kind", "order", "--json");
    const text = "The register is read-only at the moment. Nothing was recorded; tell whoever operates it";
    expect([recording.status, JSON.parse(recording.out)]).toEqual([1, { error: { code: "register-read-only", text } }]);
    const [logged, said] = recording.err.trim().split("\n");
    expect([JSON.parse(logged!), said]).toEqual([expect.objectContaining({ level: 40, verb: "register", recorded: false }), text]);
    expect(recording.err).not.toMatch(/\bat .*\.ts:\d/);
  });

  test("into a folder that is not there is refused, from PostgreSQL too, and makes none", { timeout: 60_000 }, async () => {
    const folder = folderOfTest();
    const url = await postgres.database();
    await (await openStore({ url })).close();
    const { status, err } = await on(url, folder, "backup", "mnt/copy.db");
    expect([status, err]).toEqual([1, expect.stringContaining(`There is no folder ${join(folder, "mnt")}`)]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("restored --erasures", () => {
  const erased = (desk: string) =>
    JSON.stringify({ desk, what: { kind: "person", person: "p9" }, row: null, by: "p1", at: stamp("").recordedAt, because: "request" });

  test("refuses a file that is no list, and always says how much a list held", { timeout: 60_000 }, async () => {
    const folder = folderOfTest();
    const url = await postgres.database();
    await (await openStore({ url })).close();
    const told = async (text: string) => {
      writeFileSync(join(folder, "list"), text);
      return on(url, folder, "restored", "--erasures", "list");
    };
    expect(await told("# Curewatch\n")).toMatchObject({ status: 1, err: expect.stringContaining("line 1 of list is no erasure") });
    expect(await told(`${erased("main")}\n{"desk":"main"}\n${erased("main")}\n`)).toMatchObject({
      status: 1,
      err: expect.stringContaining("line 2 of list"),
    });
    expect((await told("")).out).toContain("list names no erasure: nothing was erased again");
    const both = await told(`${erased("main")}\n${erased("nowhere")}\n`);
    expect(both.out).toContain(
      "list names 2 erasures; no text or person was still here and erased again; one is of a desk that is not here",
    );
    expect((await told(`${erased("main")}\n${erased("main").slice(0, 30)}`)).out).toContain("The last line of list is cut off");
    mkdirSync(join(folder, "some"));
    expect((await on(url, folder, "restored", "--erasures", "some")).status).toBe(1);
  });
});

describe("a database that was set to be only read, as by a provider whose disk is full", () => {
  test("leads nobody and is written by nothing: /readyz says so, and the log says why, once, and not that another leads", {
    timeout: 60_000,
  }, async () => {
    const url = await postgres.database();
    await (await openStore({ url })).close();
    const name = new URL(url).pathname.slice(1);
    await postgres.query(url, `alter database ${name} set default_transaction_read_only = on`);
    const one = await servedOn(url);
    const told = () => one.log.lines.filter((line) => line.includes("who leads cannot be told"));
    await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 10_000 });
    expect(told()[0]).toContain("read-only transaction");
    const ready = (await one.ready()) as unknown as Readiness;
    expect(ready).toMatchObject({ ready: false, leading: null });
    expect(ready.checks.find(({ check }) => check === "register-write")).toMatchObject({ state: "failing" });
    await vi.waitFor(async () => expect(await one.store.lead().catch((error: Error) => error.name)).toBe("LeadUnknown"));
    expect(told()).toHaveLength(1);
    expect(one.log.lines.join()).not.toMatch(/another process leads|a tick failed/);
  });
});

describe("an address", () => {
  test("with a parameter that nobody knows is refused by its name, and one with sslmode=require warns of nothing", {
    timeout: 60_000,
  }, async () => {
    const folder = folderOfTest();
    const url = await postgres.database();
    expect((await on(`${url}?statement_timout=4`, folder, "verify")).err).toContain("has a parameter statement_timout that is not known");
    expect((await on(`${url}?sslmode=nope`, folder, "verify")).err).toContain("says sslmode=nope: write one of disable");
    const { status, err } = await on(`${url}?sslmode=require`, folder, "verify");
    expect([status, err]).toEqual([1, expect.stringContaining("does not support SSL")]);
    expect(err).not.toContain("WARNING");
  });

  test("with a file that cannot be read names the file, what it is for and why, and never the password", async () => {
    const folder = folderOfTest();
    const told = async (query: string) => (await on(`postgres://u:s3cret@127.0.0.1:9/curewatch?${query}`, folder, "verify")).err.trim();
    const missing = "The register cannot be opened: The file /nope/ca.pem that sslrootcert names cannot be read (ENOENT).";
    expect(await told("sslmode=verify-full&sslrootcert=/nope/ca.pem")).toBe(missing);
    const isFolder = `The register cannot be opened: The file ${folder} that sslkey names cannot be read (EISDIR).`;
    expect(await told(`sslkey=${encodeURIComponent(folder)}`)).toBe(isFolder);
    const other = await on("postgres://u:s3cret@127.0.0.1:9/%E0?sslmode=disable", folder, "verify");
    expect(other.err).toContain("DATABASE_URL cannot be read: write postgres://USER:PASSWORD@HOST:PORT/DATABASE");
    expect(other.err).not.toContain("s3cret");
  });

  test("of the register's own database, however it is spelled, is refused for what adapters keep by key", async () => {
    const [folder, url] = [folderOfTest(), "postgres://owner:x@127.0.0.1:5432/register"];
    for (const spelled of ["postgres://app:y@localhost/register", "postgresql://owner:x@127.0.0.1:5432/register?application_name=x"]) {
      const environment = { ...bareEnvironment(folder), DATABASE_URL: url, CUREWATCH_KEYV_URL: spelled };
      expect((await call(["verify"], folder, environment)).err).toContain("CUREWATCH_KEYV_URL: names the register's own database");
    }
  });
});

describe("a service that is started on PostgreSQL", () => {
  test("without a platform and without anybody who types ends with a sentence and with status 1", async () => {
    const folder = folderOfTest();
    const started = await start(["src/app/start.js", "main"], { ...bareEnvironment(folder), DATABASE_URL: await postgres.database() });
    expect(started).toMatchObject({ status: 1, output: "", errors: expect.stringContaining("no platform is configured") });
  });
});
