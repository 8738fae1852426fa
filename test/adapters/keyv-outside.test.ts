import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import keyvTestSuite from "@keyv/test-suite";
import KeyvClass from "keyv";
import * as vitest from "vitest";
import { type OutsideState, openOutside } from "../../adapters/store/keyv/outside.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { adapterStateContract } from "../contracts/adapter-state.ts";
import { stamp, to } from "../contracts/ledger-fixtures.ts";
import { freePort } from "../faults/processes.ts";
import { folderOfFile } from "../support/cli.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";

const { afterAll, beforeAll, describe, expect, test } = vitest;

interface Server {
  readonly url: string;
  /** Stops it as a crash does, and starts it again with what it held on its disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

function promisesOf(started: () => Promise<Server>): void {
  let server: Server;
  let state: OutsideState;

  beforeAll(async () => {
    server = await started();
    state = await openOutside(server.url);
  }, 60_000);

  afterAll(async () => {
    await state.close();
    await server.stop();
  });

  let made = 0;
  keyvTestSuite(vitest, KeyvClass, () => {
    made += 1;
    return state.of(`suite ${made}`, "test").store;
  });

  adapterStateContract("outside the register", async () => {
    const [one, other] = [await openOutside(server.url), await openOutside(server.url)];
    made += 1;
    // Each has desks of its own, where another finds nothing.
    const of = (outside: OutsideState, round: number) => async (desk: string, adapter: string) => outside.of(`${round} ${desk}`, adapter);
    const round = made;
    return {
      of: of(one, round),
      another: async () => of(other, round),
      async close() {
        await one.close();
        await other.close();
      },
    };
  });

  test("keeps desks and adapters apart, though their names and keys run into one another", async () => {
    const names = [
      ["main", "slack"],
      ["main", "slac"],
      ["main:slack", "teams"],
      ["ma%in_", "slack"],
    ] as const;
    for (const [index, [desk, adapter]] of names.entries()) await state.of(desk, adapter).set("k:1", index);
    for (const [index, [desk, adapter]] of names.entries()) expect(await state.of(desk, adapter).get("k:1")).toBe(index);
    await state.of("main", "slack").delete("k:1");
    expect(await state.of("main", "slack").get("k:1")).toBeUndefined();
    const kept = (await state.all())
      .filter(({ key }) => key === "k:1")
      .map(({ desk, adapter, value }) => [desk, adapter, JSON.parse(value).value]);
    expect(kept.sort()).toEqual(
      [
        ["ma%in_", "slack", 3],
        ["main", "slac", 1],
        ["main:slack", "teams", 2],
      ].sort(),
    );
  });

  test("forgets what has expired", async () => {
    const keyv = state.of("main", "brief");
    await keyv.set("soon", 1, 1);
    await vitest.expect.poll(() => keyv.get("soon")).toBeUndefined();
  });

  test("is where a register's adapters keep theirs, and what is erased is erased there too", async () => {
    const store = await openStore({ url: "sqlite::memory:", keyv: server.url });
    const [ana, ben] = ["slack:T1/U1", "slack:T1/U2"] as unknown as readonly [PersonRef, PersonRef];
    const person = await store.people.idOf(ana, "Ana");
    await store.ledger.append([to("alpha", 0, "e1")], stamp("c1"));
    await store.state("feed").set("one", { person: ana, filters: [] });
    await store.state("feed").set("other", { person: ben, filters: [] });
    await store.state("slack").set("draft", { typed: "Ada Exemple" }, 3_600_000);
    await store.state("desk").set("operations", ana);
    expect((await state.all()).filter(({ desk, adapter }) => desk === "main" && adapter === "feed")).toHaveLength(2);
    const text = { kind: "text", stream: "alpha", eventId: "e1", path: "respondent" } as const;
    await store.privacy.erase([{ kind: "person", person }, text], "p1", stamp("").recordedAt, "asked");
    expect(await store.state("feed").get("one")).toBeUndefined();
    expect(await store.state("feed").get("other")).toEqual({ person: ben, filters: [] });
    expect(await store.state("slack").get("draft")).toBeUndefined();
    await store.canWrite();
    await store.close();
  });

  test("throws a sentence without a secret while nobody answers, and answers again without a restart", { timeout: 60_000 }, async () => {
    const keyv = state.of("main", "teams");
    await keyv.set("kept", { of: "before" });
    await server.restart();
    await vitest.expect.poll(() => keyv.get("kept").catch((error: Error) => error.message), { timeout: 20_000 }).toEqual({ of: "before" });
    await state.check();
  });
}

describe("a key-value store on PostgreSQL", () => {
  promisesOf(async () => {
    const postgres: Postgres = await startPostgres();
    return { url: await postgres.database(), restart: () => postgres.restart(), stop: () => postgres.stop() };
  });
});

const redis = redisServer();
if (redis === null) console.log("The tests on Redis are left out: no redis-server is on this machine's PATH.");

describe.skipIf(redis === null)("a key-value store on Redis", () => {
  const folder = folderOfFile();

  async function running(port: number): Promise<ChildProcess> {
    const flags = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always"];
    const child = spawn(redis!, [...flags, "--requirepass", "hidden"], { stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of child.stdout!) if (String(line).includes("Ready to accept connections")) break;
    child.stdout!.resume();
    return child;
  }

  promisesOf(async () => {
    const port = await freePort();
    let child = await running(port);
    const end = async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    return {
      url: `redis://:hidden@127.0.0.1:${port}`,
      stop: end,
      async restart() {
        await end();
        child = await running(port);
      },
    };
  });
});

test.each(["redis://me:hidden@127.0.0.1:1", "postgres://me:hidden@127.0.0.1:1/keyv"])(
  "nobody at %s is a sentence at the start",
  async (url) => {
    const failed = await openOutside(url).catch((error: unknown) => error as Error);
    expect(failed).toBeInstanceOf(Error);
    expect((failed as Error).message).toMatch(
      /^The key-value store at (redis|postgres):\/\/127\.0\.0\.1:1\S* \(CUREWATCH_KEYV_URL\) does not answer: connect ECONNREFUSED/,
    );
    expect((failed as Error).message).not.toContain("hidden");
  },
);

/** Debian's, or any other, where there is one. */
function redisServer(): string | null {
  try {
    return execFileSync("which", ["redis-server"], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}
