import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { cli } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

/** A register in which one workspace's desk holds Kourou and the house's is empty; its address and its folder. */
async function withWorkspace(): Promise<{ readonly url: string; readonly folder: string }> {
  const folder = folderOfTest();
  const url = `sqlite:${join(folder, "register.db")}`;
  const store = await openStore({ url });
  await store.desk("slack-t1");
  await store.close();
  expect((await cli(["import", "examples/kourou.yaml", "--db", url, "--desk", "slack-t1"])).status).toBe(0);
  return { url, folder };
}

describe("a register with the desk of a workspace", () => {
  test("is backed up and restored whole", async () => {
    const { url, folder } = await withWorkspace();
    const copy = join(folder, "copy.db");
    const backedUp = await cli(["backup", copy, "--json", "--db", url]);
    const desks = [
      { desk: "main", events: 0, head: expect.any(String) },
      { desk: "slack-t1", events: expect.any(Number), head: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ];
    expect(JSON.parse(backedUp.output)).toMatchObject({ file: copy, events: 0, head: expect.any(String), desks });
    const other = `sqlite:${join(folder, "other.db")}`;
    const restored = await cli(["restore", copy, "--db", other]);
    expect(restored.status).toBe(0);
    expect(restored.output.replace(/[\u00a0\u202f]/g, " ")).toMatch(
      /^Desk main: 0 events, head \w+\n+Desk slack-t1: [1-9]\d* events?, head \w{12}$/m,
    );
    const shown = await cli(["show", "SAN-2023-018", "--json", "--db", other, "--desk", "slack-t1"]);
    expect(JSON.parse(shown.output)).toMatchObject({ respondent: "Commune de Kourou" });
  });

  test("is not written over by a copy, though the house's own desk is empty", async () => {
    const { url, folder } = await withWorkspace();
    const empty = join(folder, "empty.db");
    await (await openStore({ url: `sqlite:${empty}` })).close();
    const refused = await cli(["restore", empty, "--json", "--db", url]);
    expect([refused.status, JSON.parse(refused.output).error.code]).toEqual([1, "restore-not-empty"]);
    expect((await cli(["show", "SAN-2023-018", "--db", url, "--desk", "slack-t1"])).status).toBe(0);
  });

  test("is not restored where the chain of a workspace is broken", async () => {
    const { url, folder } = await withWorkspace();
    const copy = join(folder, "copy.db");
    expect((await cli(["backup", copy, "--db", url])).status).toBe(0);
    const forged = join(folder, "forged.db");
    copyFileSync(copy, forged);
    const file = new DatabaseSync(forged);
    const guards = file.prepare("select name, sql from sqlite_master where type = 'trigger'").all();
    for (const { name } of guards) file.exec(`drop trigger "${name}"`);
    file.exec("update ledger set hash = iif(hash like 'f%', '0', 'f') || substr(hash, 2) where desk = 'slack-t1' and position = 1");
    for (const { sql } of guards) file.exec(String(sql));
    file.close();
    const other = join(folder, "other.db");
    const refused = await cli(["restore", forged, "--json", "--db", `sqlite:${other}`]);
    expect([refused.status, JSON.parse(refused.output).error.code]).toEqual([1, "restore-refused"]);
    expect(existsSync(other)).toBe(false);
  });
});
