import { copyFileSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderOfTest } from "../support/cli.ts";

const NAME = "Zofia Niewypowiedziana";
const REGISTER = ["register", "CNIL", "SAN-2023-018", NAME, "--kind", "sanction", "--decided", "2023-12-12", "--notified", "2023-12-18"];
const ITEM = ["--item", "dpo", "--order", "Designate a data protection officer", "--period", "P2M", "--rate", "150", "--per", "day"];

async function run(folder: string, ...words: readonly string[]) {
  const { status, out, err } = await call([...words, "--db", "sqlite:register.db", "--json"], folder);
  expect({ words, status, err }).toEqual({ words, status: 0, err: "" });
  return JSON.parse(out);
}

function holdsName(folder: string, ...files: readonly string[]): boolean {
  return files.some((file) => readFileSync(join(folder, file)).includes("Niewypowiedziana"));
}

describe("a back-up that was made before an erasure", () => {
  test("does not bring back what was erased, and says what it has erased again", async () => {
    const folder = folderOfTest();
    await run(folder, ...REGISTER, ...ITEM);
    await run(folder, "backup", "before.db");
    const erased = await run(folder, "erase", "SAN-2023-018", "--path", "respondent", "--because", "request");
    expect(erased).toMatchObject({ ref: "SAN-2023-018", erased: [{ path: "respondent" }], because: "request" });
    expect([holdsName(folder, "register.db"), holdsName(folder, "before.db")]).toEqual([false, true]);
    renameSync(join(folder, "register.db"), join(folder, "moved-away.db"));
    expect(await run(folder, "restore", "before.db")).toMatchObject({ events: 1, erased: 1 });
    expect(holdsName(folder, "register.db", "register.db.erasures")).toBe(false);
    expect(await run(folder, "verify")).toMatchObject({ ok: true, events: 1, erased: 1 });
    expect((await run(folder, "show", "SAN-2023-018")).respondent).toBe("[erased]");
  });

  test("restored where no list of erasures stands says so, and what to do, which helps", async () => {
    const folder = folderOfTest();
    await run(folder, ...REGISTER, ...ITEM);
    await run(folder, "backup", "before.db");
    await run(folder, "erase", "SAN-2023-018", "--path", "respondent", "--because", "request");
    const trial = await call(["restore", "before.db", "--db", "sqlite:trial.db"], folder);
    expect(trial.out).toMatch(/No list of erasures \(.*trial\.db\.erasures\) stands beside it/);
    expect((await call(["show", "SAN-2023-018", "--db", "sqlite:trial.db"], folder)).out).toContain(NAME);
    rmSync(join(folder, "trial.db"));
    copyFileSync(join(folder, "register.db.erasures"), join(folder, "trial.db.erasures"));
    const again = await call(["restore", "before.db", "--db", "sqlite:trial.db", "--json"], folder);
    expect(JSON.parse(again.out)).toMatchObject({ events: 1, erased: 1 });
    expect(JSON.parse(again.out)).not.toHaveProperty("unlisted");
    expect((await call(["show", "SAN-2023-018", "--db", "sqlite:trial.db"], folder)).out).toContain("[erased]");
  });

  test("of another register keeps its own, whatever was erased from the one before it", async () => {
    const folder = folderOfTest();
    await run(folder, ...REGISTER, ...ITEM);
    await run(folder, "backup", "other.db");
    rmSync(join(folder, "register.db"));
    // The same matter, recorded at another moment: other rows.
    await run(folder, ...REGISTER, ...ITEM);
    await run(folder, "erase", "SAN-2023-018", "--all", "--because", "mistake");
    rmSync(join(folder, "register.db"));
    expect(await run(folder, "restore", "other.db")).toMatchObject({ events: 1, erased: 0 });
    expect((await run(folder, "show", "SAN-2023-018")).respondent).toBe(NAME);
  });
});
