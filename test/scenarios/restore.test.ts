import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister } from "../../src/alerts/register.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Claim } from "../../src/ports/delivery-log.ts";
import type { Head } from "../../src/ports/ledger.ts";
import { systemClock } from "../../src/time/clock.ts";
import { dayIn, type Instant } from "../../src/time/instant.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { HISTORY_SCOPES, SCOPES, type SlackPlatform, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { duesIn, ended, environmentOf, finished, freePort, run } from "../faults/processes.ts";
import { randomOf } from "../faults/random.ts";
import { fillRegister, IN_CHANNEL, matterOf, openRegisterFile, TO_USER } from "../faults/strike-desk.ts";
import { start } from "../support/child.ts";
import { call, folderOfTest } from "../support/cli.ts";

/** A register that is open, its five events in the write-ahead log and not yet in its file. */
async function liveSource(folder: string): Promise<{ readonly file: string; readonly head: Head }> {
  const file = join(folder, "live.db");
  const store = await openStore({ url: `sqlite:${file}` });
  onTestFinished(() => store.close());
  await fill(store.ledger);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  return { file, head: await store.ledger.head() };
}

describe("restore", () => {
  test("brings the events along that stand in the write-ahead log of a source that is open", async () => {
    const folder = folderOfTest();
    const { file, head } = await liveSource(folder);
    const before = readFileSync(file);
    const { status, out, err } = await call(["restore", file, "--db", "sqlite:new.db", "--json"], folder);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ events: 5, head: head.hash });
    expect(readFileSync(file).equals(before)).toBe(true);
    const verified = await call(["verify", "--head", head.hash, "--db", "sqlite:new.db", "--json"], folder);
    expect(JSON.parse(verified.out)).toMatchObject({ events: 5, head: head.hash });
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("is not hindered by what an attempt that broke off has left", async () => {
    const folder = folderOfTest();
    const { file } = await liveSource(folder);
    for (const ending of [".part", ".part.part", ".part-wal"]) writeFileSync(join(folder, `new.db${ending}`), "half a file");
    expect(await call(["restore", file, "--db", "sqlite:new.db"], folder)).toMatchObject({ status: 0, err: "" });
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("of a source that is damaged says so, leaves nothing behind and keeps the register that is there", async () => {
    const folder = folderOfTest();
    await (await openStore({ url: `sqlite:${join(folder, "new.db")}` })).close();
    const source = join(folder, "source.db");
    const store = await openStore({ url: `sqlite:${source}` });
    await fill(store.ledger);
    await store.close();
    const bytes = readFileSync(source);
    for (let page = 4096 * 2; page < bytes.length; page += 4096) bytes.fill(0xff, page, page + 200);
    writeFileSync(source, bytes);
    const { status, err } = await call(["restore", source, "--db", "sqlite:new.db"], folder);
    expect(status).toBe(1);
    expect(err).toContain("Nothing was restored");
    expect(existsSync(join(folder, "new.db.part"))).toBe(false);
    expect((await call(["verify", "--db", "sqlite:new.db"], folder)).out).toContain("0 events");
  });

  test("is refused in words where Curewatch is running, and the register answers on", async () => {
    const folder = folderOfTest();
    const { file } = await liveSource(folder);
    const typed = `n\nrestore ${file}\nverify\nquit\n`;
    const { status, output, errors } = await start(["src/app/start.js", "main"], { INIT_CWD: folder }, typed);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(output).toContain("Curewatch is running on this register");
    expect(output).toContain(`curewatch restore ${file}`);
    expect(output).toContain("0 events");
  });
});

describe("a backup that is taken while the register is written to", () => {
  test("holds whole events and whole deliveries, and its chain leads to a head that was the register's", { timeout: 60_000 }, async () => {
    const folder = folderOfTest();
    const store = await openStore({ url: `sqlite:${join(folder, "live.db")}` });
    onTestFinished(() => store.close());
    const heads = new Set([(await store.ledger.head()).hash]);
    let version = 0;
    let isDone = false;
    const writing = (async () => {
      while (!isDone) {
        const entries = ["a", "b"].map((part) => ({ eventId: `e${version}${part}`, type: "note", on: null, data: {}, texts: {} }));
        const stamp = { recordedAt: NOW, by: "p1", commandId: `c${version}`, via: "command" as const };
        const appended = await store.ledger.append([{ stream: "one", expectedVersion: version, entries }], stamp);
        if (appended.ok) heads.add(appended.head.hash);
        const keys = ["a", "b"].map((part) => `${version}${part}` as DeliveryKey);
        await store.deliveries.turn([], keys.map(claimOf), NOW);
        version += 2;
      }
    })();
    for (let copy = 0; copy < 8; copy++) await store.backup(join(folder, `copy-${copy}.db`));
    isDone = true;
    await writing;
    expect(version).toBeGreaterThan(8);
    for (let copy = 0; copy < 8; copy++) {
      const copied = await openStore({ url: `sqlite:${join(folder, `copy-${copy}.db`)}` });
      const verified = await copied.ledger.verify();
      expect(verified.ok && heads.has(verified.head)).toBe(true);
      expect(verified.events % 2).toBe(0);
      expect((await copied.deliveries.tally()).claimed % 2).toBe(0);
      await copied.close();
    }
  });
});

describe("restore refuses", () => {
  test("a register of a newer program, a file that is none and another program's database, and leaves everything as it is", async () => {
    const folder = folderOfTest();
    const newer = join(folder, "newer.db");
    await (await openStore({ url: `sqlite:${newer}` })).close();
    const raw = new DatabaseSync(newer);
    raw.exec("INSERT INTO schema_version VALUES (999, '2030-01-01T00:00:00.000Z')");
    raw.close();
    writeFileSync(join(folder, "text.db"), "no database at all, but long enough to be read as one".repeat(100));
    const other = new DatabaseSync(join(folder, "other.db"));
    other.exec("CREATE TABLE cat (name TEXT)");
    other.close();
    for (const name of ["newer.db", "text.db", "other.db", "absent.db"]) {
      const { status, err } = await call(["restore", name, "--db", "sqlite:new.db"], folder);
      expect([name, status]).toEqual([name, 1]);
      expect(err).toContain(name);
      expect(readdirSync(folder).filter((left) => left.startsWith("new.db"))).toEqual([]);
    }
  });
});

describe("after a restore", () => {
  test("what had been posted before is not posted again, and what had not is posted once", { timeout: 90_000 }, async () => {
    const folder = folderOfTest();
    const platform = await slackPlatform();
    onTestFinished(() => platform.close());
    const { file, store } = await openRegisterFile(folder);
    await fillRegister(store, randomOf(5), 3);
    await store.close();
    expect(await call(["backup", "earlier.db", "--db", `sqlite:${file}`], folder)).toMatchObject({ status: 0 });
    await servedUntilSaid(folder, file, platform);
    const before = platform.record.length;
    expect(before).toBeGreaterThan(0);
    expect(await call(["backup", "copy.db", "--db", `sqlite:${file}`], folder)).toMatchObject({ status: 0 });
    expect(await call(["restore", "copy.db", "--db", "sqlite:restored.db"], folder)).toMatchObject({ status: 0, err: "" });
    const restored = join(folder, "restored.db");
    const given = await openStore({ url: `sqlite:${restored}` });
    const added = matterOf("CNIL:KILL-99", dayIn("Europe/Paris", systemClock.now()));
    const stamp = { recordedAt: systemClock.now(), by: "p1", commandId: "added", via: "command" as const };
    await openRegister(given.ledger).record(() => [{ key: "CNIL:KILL-99", facts: added, events: [] }], stamp);
    await given.close();
    await servedUntilSaid(folder, restored, platform);
    const posted = platform.record.slice(before).filter(({ did }) => did === "posted");
    expect(posted.map(({ once }) => once).sort()).toEqual(
      [IN_CHANNEL, TO_USER].map((place) => expect.stringContaining(`["${place}","reminder","CNIL:KILL-99"`)),
    );
    for (const { text } of posted) expect(text).not.toMatch(/may be a repeat|peut-être une répétition/);

    // Of this one the register knows nothing of what was said; the platform lets the bot read what stands there.
    platform.grant([...SCOPES, ...HISTORY_SCOPES]);
    expect(await call(["restore", "earlier.db", "--db", "sqlite:yesterday.db"], folder)).toMatchObject({ status: 0, err: "" });
    const after = platform.record.length;
    await servedUntilSaid(folder, join(folder, "yesterday.db"), platform);
    const again = platform.record.slice(after).filter(({ did }) => did === "posted");
    // Which conversation is a person's own only a post to them tells: until then nobody can look into it.
    expect(again.length).toBeLessThan(2);
    for (const { place, text } of again) {
      expect(place).toBe("D0ANA");
      expect(text).toMatch(/peut-être une répétition/);
    }
  });

  /** Serves the register until all that is due has been said. */
  async function servedUntilSaid(folder: string, file: string, platform: SlackPlatform): Promise<void> {
    const child = run(["src/app/start.js", "main"], environmentOf(folder, file, platform, await freePort()));
    onTestFinished(() => void (child.exitCode === null && child.kill("SIGKILL")));
    const store = await openStore({ url: `sqlite:${file}` });
    expect(await finished(store, await duesIn(store))).toEqual([]);
    await store.close();
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(0);
  }
});

const NOW = "2024-02-01T12:00:00.000Z" as Instant;

function claimOf(key: DeliveryKey): Claim {
  const place = "memory:one" as Place;
  const basis = { place, kind: "digest", reason: "digest", stream: null, version: null, head: "", rulebook: "", shown: null } as const;
  return { key, message: key, basis };
}
