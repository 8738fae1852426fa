import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openDesk } from "../../src/app/answer.ts";
import { startService } from "../../src/app/service.ts";
import { systemClock } from "../../src/time/clock.ts";
import { keptLog } from "../app/kept-log.ts";
import { type Many, manyOfTest } from "../app/many-of-test.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { fleetOf } from "./store-fleet.ts";

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** Longer than the three seconds for which whoever gave way leaves the lead to others. */
const SOON = { timeout: 8_000, interval: 100 };

test("a process that gives way loses the lead to another, which keeps it", { timeout: 30_000 }, async () => {
  const { members } = await fleetOf(postgres, ["a", "b"]);
  const [a, b] = [members[0]!, members[1]!];
  await vi.waitFor(async () => expect(await a.store.lead()).toBe(true), SOON);
  expect(await b.store.lead()).toBe(false);
  expect(await a.store.fleet!.giveWay()).toBe(true);
  expect(a.store.fleet!.leads()).toBe(false);
  await vi.waitFor(async () => expect(await b.store.lead()).toBe(true), { timeout: 2_000, interval: 20 });
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect([await a.store.lead(), await b.store.lead()]).toEqual([false, true]);
});

test("one that is alone keeps the lead; where all give way, one of them leads and keeps it", { timeout: 30_000 }, async () => {
  const { members, join } = await fleetOf(postgres, ["a"]);
  const a = members[0]!;
  await vi.waitFor(async () => expect(await a.store.lead()).toBe(true), SOON);
  expect(await a.store.fleet!.giveWay()).toBe(false);
  expect(await a.store.lead()).toBe(true);
  const b = await join("b");
  await vi.waitFor(async () => expect(await a.store.fleet!.giveWay()).toBe(true), SOON);
  await vi.waitFor(async () => expect(await b.store.lead()).toBe(true), SOON);
  expect(await b.store.fleet!.giveWay()).toBe(true);
  await vi.waitFor(async () => expect([await a.store.lead(), await b.store.lead()]).toContain(true), SOON);
  expect(await Promise.all([a, b].map(({ store }) => store.fleet!.giveWay()))).toEqual([false, false]);
});

test("after a database was read-only a process leads again, by one new connection at each beat", { timeout: 60_000 }, async () => {
  const { members, url } = await fleetOf(postgres, ["a"]);
  const { store } = members[0]!;
  const name = new URL(url).pathname.slice(1);
  const server = new URL("/postgres", url).href;
  const ask = (text: string) => postgres.query(server, text);
  await vi.waitFor(async () => expect(await store.lead()).toBe(true), SOON);
  await ask(`alter database ${name} set default_transaction_read_only = on`);
  await ask(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await vi.waitFor(async () => await expect(store.lead()).rejects.toThrow("read-only"), SOON);
  const made = async () => Number((await ask(`select sessions from pg_stat_database where datname = '${name}'`))[0]!.sessions);
  const [before, began] = [await made(), performance.now()];
  // It is asked some ten times a second and beats twice: each beat makes one connection, and has those of the pool made anew, of which two may be in use.
  for (let tenth = 0; tenth < 100; tenth++) {
    await store.lead().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await made()) - before).toBeLessThanOrEqual(5 + ((performance.now() - began) / 500) * 3);
  await ask(`alter database ${name} reset default_transaction_read_only`);
  await vi.waitFor(async () => expect(await store.lead()).toBe(true), SOON);
  await expect(store.canWrite()).resolves.toBeUndefined();
});

/** A process that serves the workspaces of its adapter. */
async function served(url: string, many: Many) {
  const [store, log] = [await openStore({ url }), keptLog()];
  const desk = openDesk(store, { clock: systemClock, log, language: "en", zone: "Europe/Paris" });
  const service = await startService(desk, [many], { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await service.stop();
    await store.close();
  });
  const ready = async () => {
    const response = await fetch(`${service.address}/readyz`);
    const { checks, leading } = (await response.json()) as { checks: { check: string; state: string; wrong: string }[]; leading: boolean };
    return { status: response.status, leading, installations: checks.find(({ check }) => check === "installations")! };
  };
  return { log, many, ready };
}

test("a process that lacks the key of an installation is not ready, gives up the lead to one that has it, and is ready with the key", {
  timeout: 60_000,
}, async () => {
  const url = await postgres.database();
  const [first, second] = [manyOfTest(), manyOfTest()];
  first.teams = ["T1", "T2"];
  const a = await served(url, first);
  await vi.waitFor(async () => expect((await a.ready()).leading).toBe(true), SOON);
  // The other one seals the installation of T1 anew, with a key that the first one does not have.
  second.teams = ["T1", "T2"];
  const b = await served(url, second);
  [first.teams, first.sealed] = [["T2"], ["T1"]];
  // Looked at every ten seconds; it gives nothing up before it knows that another one lives.
  await vi.waitFor(async () => {
    await first.host.workspacesChanged();
    expect((await b.ready()).leading).toBe(true);
  }, SOON);
  const words = expect.stringContaining("the installation of one workspace is sealed with a key that this process does not have");
  // What it says of the lead is of its last tick.
  await vi.waitFor(async () => expect((await a.ready()).leading).toBe(false), SOON);
  expect(await a.ready()).toMatchObject({ status: 503, leading: false, installations: { state: "failing", wrong: words } });
  expect(await b.ready()).toMatchObject({ status: 200, installations: { state: "ok", wrong: null } });
  expect(JSON.stringify(a.log.lines)).toContain("it gives up the lead, for another to take");
  [first.teams, first.sealed] = [["T1", "T2"], []];
  expect(await a.ready()).toMatchObject({ status: 200, installations: { state: "ok" } });
});
