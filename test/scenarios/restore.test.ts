import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Head } from "../../src/ports/ledger.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
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
