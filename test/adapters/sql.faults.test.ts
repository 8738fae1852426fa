import { spawn } from "node:child_process";
import { once } from "node:events";
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { PATIENCE, whenFree } from "../../adapters/store/sql/busy-sqlite.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { claimOf, DELIVERED, KEY, minute, OTHER, settledAs } from "../contracts/delivery-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

describe("a register that another connection has locked", () => {
  test("makes a turn throw, and nothing of it is done", async () => {
    const { file, store } = await subjectOfTest();
    await store.deliveries.turn([], [claimOf(KEY)], minute(0));
    const hurried = await openStore({ url: `sqlite:${file}`, patience: 50 });
    const raw = new DatabaseSync(file);
    raw.exec("BEGIN IMMEDIATE");
    const turn = () => hurried.deliveries.turn([settledAs(KEY, DELIVERED)], [claimOf(OTHER)], minute(1));
    const busy = { why: "busy", message: "The register is busy: another program has been writing to it for 0.05 s." };
    await expect(turn()).rejects.toMatchObject({ name: "NotNow", ...busy });
    const known = await hurried.deliveries.known([KEY, OTHER]);
    expect([...known.values()].map(({ key, outcome }) => [key, outcome])).toEqual([[KEY, null]]);
    raw.exec("ROLLBACK");
    raw.close();
    expect(await turn()).toEqual(new Set([OTHER]));
    await hurried.close();
  });

  test("is waited for half a minute and no longer, where nothing else is said", async () => {
    const { file } = await subjectOfTest();
    const [raw, other] = [new DatabaseSync(file), new DatabaseSync(file, { timeout: 0 })];
    let waited = 0;
    const clock = async (milliseconds: number) => {
      waited += milliseconds;
      if (waited > 29_000 && freed) raw.exec("ROLLBACK");
      freed &&= waited <= 29_000;
    };
    let freed = false;
    raw.exec("BEGIN IMMEDIATE");
    const begin = () => whenFree(PATIENCE, () => other.exec("BEGIN IMMEDIATE"), clock);
    await expect(begin()).rejects.toThrow("for half a minute");
    expect(waited).toBeGreaterThanOrEqual(30_000);
    expect(waited).toBeLessThan(30_100);
    [waited, freed] = [0, true];
    await begin();
    expect(other.isTransaction).toBe(true);
    for (const one of [raw, other]) one.close();
  });

  test("is waited for once by all who wait together, and anew by who comes later", async () => {
    const { file } = await subjectOfTest();
    const patience = 400;
    const hurried = await openStore({ url: `sqlite:${file}`, patience });
    const raw = new DatabaseSync(file);
    const turns = async (count: number) => {
      const began = performance.now();
      const all = await Promise.allSettled(Array.from({ length: count }, () => hurried.deliveries.turn([], [claimOf(KEY)], minute(0))));
      return { took: performance.now() - began, refused: all.filter(({ status }) => status === "rejected").length };
    };
    raw.exec("BEGIN IMMEDIATE");
    const together = await turns(5);
    expect(together.refused).toBe(5);
    expect(together.took).toBeLessThan(3 * patience);
    await wait(600);
    const alone = await turns(1);
    expect(alone.took).toBeGreaterThanOrEqual(patience);
    raw.exec("ROLLBACK");
    raw.close();
    expect((await turns(5)).refused).toBe(0);
    await hurried.close();
  });

  test("cannot be written to for now, which is told within about a second", async () => {
    const { file, store } = await subjectOfTest();
    await store.canWrite();
    const raw = new DatabaseSync(file);
    raw.exec("BEGIN IMMEDIATE");
    await expect(store.canWrite()).rejects.toThrow("The register is busy: another program has been writing to it for 1 s.");
    raw.exec("ROLLBACK");
    await store.canWrite();
    expect(raw.prepare("SELECT count(*) AS rows FROM write_check").get()).toEqual({ rows: 1 });
    raw.close();
  });
});

describe("a register that cannot be written to", () => {
  test("is said to be read-only, or to have no room, as soon as that is seen", async () => {
    const { file } = await subjectOfTest();
    const [readOnly, small] = [new DatabaseSync(file, { readOnly: true }), new DatabaseSync(file)];
    small.exec("CREATE TABLE heap (text TEXT); PRAGMA max_page_count=1");
    const change = () => whenFree(PATIENCE, () => readOnly.exec("DELETE FROM write_check"));
    await expect(change()).rejects.toMatchObject({ why: "readonly", message: expect.stringMatching(/^The register is read-only: /) });
    const write = () => whenFree(PATIENCE, () => small.exec("INSERT INTO heap VALUES (hex(randomblob(100000)))"));
    await expect(write()).rejects.toMatchObject({
      why: "full",
      message: expect.stringMatching(/^There is no room left for the register: /),
    });
    for (const one of [readOnly, small]) one.close();
  });

  test("is told when its file is gone", async () => {
    const { file, store } = await subjectOfTest();
    unlinkSync(file);
    await expect(store.canWrite()).rejects.toThrow(`The register ${file} is gone.`);
  });

  test("is told in memory too, where all is well", async () => {
    const store = await openStore({ url: "sqlite::memory:" });
    for (let times = 0; times < 2; times++) await store.canWrite();
    expect(await store.lead()).toBe(true);
    await store.close();
  });

  test("makes a turn throw what stands in its way, and keeps whole turns", async () => {
    const { file, store } = await subjectOfTest();
    await store.close();
    // No file of the child grows beyond 512 KiB.
    const command = `ulimit -f 1024; exec "$0" "$@"`;
    const child = spawn("sh", ["-c", command, process.execPath, script("turns-in-child.ts"), file, "full", "until-it-fails"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const told = (await text(child.stdout)).split("\n");
    expect(told.slice(0, 3)).toEqual(["turning", "turn: disk I/O error", "canWrite: disk I/O error"]);
    expect(wholeTurns(file, "full")).toBeGreaterThan(5);
    const again = await openStore({ url: `sqlite:${file}` });
    await again.canWrite();
    expect(await again.deliveries.abandon(minute(9_999))).toBe(16);
    await again.close();
  });
});

test("a process that is killed between turns, or in one, leaves whole turns", async () => {
  const { file, store } = await subjectOfTest();
  await store.close();
  for (const milliseconds of [3, 20, 60, 110]) {
    const name = `killed after ${milliseconds}`;
    const child = spawn(process.execPath, [script("turns-in-child.ts"), file, name], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    await wait(milliseconds);
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    const turns = wholeTurns(file, name);
    if (milliseconds > 100) expect(turns).toBeGreaterThan(3);
  }
});

function script(name: string): string {
  return join(import.meta.dirname, name);
}

/** Counts the turns that were made under the name; each is there whole, and all but the last are settled whole. */
function wholeTurns(file: string, name: string): number {
  const raw = new DatabaseSync(file);
  const rows = raw.prepare("SELECT key, outcome FROM delivery WHERE key LIKE ? || ' turn %'").all(name);
  raw.close();
  const turns = Map.groupBy(rows, ({ key }) => Number(/ turn (\d+) /.exec(String(key))?.[1]));
  for (let turn = 0; turn < turns.size; turn++) {
    const outcome = turn === turns.size - 1 ? null : "delivered";
    expect(turns.get(turn)?.map((row) => row.outcome)).toEqual(Array(16).fill(outcome));
  }
  return turns.size;
}
