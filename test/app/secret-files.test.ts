import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/app/config.ts";
import { folderOfTest } from "../support/cli.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const OAUTH = { SLACK_CLIENT_ID: "1.2", SLACK_CLIENT_SECRET: "s", SLACK_SIGNING_SECRET: "t" };

function problemsWith(environment: Readonly<Record<string, string>>): readonly string[] {
  const config = readConfig(environment);
  return "problems" in config ? config.problems : [];
}

function keyFile(text: string): { readonly INIT_CWD: string; readonly CUREWATCH_SECRET_KEY_FILE: string } {
  const folder = folderOfTest();
  writeFileSync(join(folder, "key"), text);
  return { INIT_CWD: folder, CUREWATCH_SECRET_KEY_FILE: "key" };
}

describe("a master key in a file", () => {
  test.each([KEY, `${KEY}\n`, `${KEY}\r\n`])("is the key, with or without a line end", (text) => {
    const config = readConfig({ ...OAUTH, ...keyFile(text) });
    expect("problems" in config ? config.problems : config.slack?.oauth?.secretKey).toBe(KEY);
  });

  test("so is the one before it", () => {
    const { INIT_CWD } = keyFile(KEY);
    writeFileSync(join(INIT_CWD, "before"), `${KEY}before\n`);
    const config = readConfig({ ...OAUTH, INIT_CWD, CUREWATCH_SECRET_KEY_FILE: "key", CUREWATCH_SECRET_KEY_BEFORE_FILE: "before" });
    expect("problems" in config ? config.problems : config.slack?.oauth?.secretKeyBefore).toBe(`${KEY}before`);
  });

  test("is refused beside the variable, when it is absent, a folder, empty, too long or no key; and no refusal shows what was read", () => {
    const file = keyFile(KEY);
    expect(problemsWith({ ...OAUTH, ...file, CUREWATCH_SECRET_KEY: KEY })).toEqual([
      "CUREWATCH_SECRET_KEY_FILE: is set beside CUREWATCH_SECRET_KEY: set one or the other",
    ]);
    expect(problemsWith({ ...OAUTH, INIT_CWD: file.INIT_CWD, CUREWATCH_SECRET_KEY_FILE: "absent" })[0]).toBe(
      "CUREWATCH_SECRET_KEY_FILE: cannot be read (ENOENT)",
    );
    mkdirSync(join(file.INIT_CWD, "folder"));
    expect(problemsWith({ ...OAUTH, INIT_CWD: file.INIT_CWD, CUREWATCH_SECRET_KEY_FILE: "folder" })[0]).toBe(
      "CUREWATCH_SECRET_KEY_FILE: cannot be read (EISDIR)",
    );
    expect(problemsWith({ ...OAUTH, ...keyFile("\n") })[0]).toBe("CUREWATCH_SECRET_KEY_FILE: is empty");
    expect(problemsWith({ ...OAUTH, ...keyFile("k".repeat(5_000)) })[0]).toBe("CUREWATCH_SECRET_KEY_FILE: holds more than a key");
    const two = problemsWith({ ...OAUTH, ...keyFile(`${KEY}\n${KEY}1\n`) });
    expect(two).toEqual(["CUREWATCH_SECRET_KEY_FILE: holds more than one line"]);
    const short = problemsWith({ ...OAUTH, ...keyFile("hunter2") });
    expect(short[0]).toMatch(/^CUREWATCH_SECRET_KEY_FILE: write at least 32 characters/);
    expect(short.join()).not.toContain("hunter2");
  });
});

describe("an address in a file", () => {
  test.each(["\n", "\r\n", "\r"])("of two lines, parted by %j, is refused without showing either", (end) => {
    const folder = folderOfTest();
    writeFileSync(join(folder, "url"), `postgres://u:p4ss@h/db${end}postgres://u:p4ss@h/db2${end}`);
    const problems = problemsWith({ INIT_CWD: folder, DATABASE_URL_FILE: "url" });
    expect(problems).toEqual(["DATABASE_URL_FILE: holds more than one line"]);
  });
});
