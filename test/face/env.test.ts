import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, readConfig, VARIABLES } from "../../src/app/config.ts";

const LINES = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8").split("\n");
const SHOWN = LINES.flatMap((line) => {
  const found = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
  return found === null ? [] : [[found[1]!, found[2]!] as const];
});

function read(environment: Readonly<Record<string, string>>): Config {
  const config = readConfig(environment);
  if ("problems" in config) throw new Error(config.problems.join("\n"));
  return config;
}

describe(".env.example", () => {
  test("names every variable that is read, and no other", () => {
    expect(SHOWN.map(([name]) => name).toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
  });

  test("shows the defaults: filled in as it stands it changes nothing", () => {
    expect(read(Object.fromEntries(SHOWN)).settings).toEqual(read({}).settings);
  });

  test("shows a value for each variable that has a default, and for no other", () => {
    const settings: Readonly<Record<string, unknown>> = read({}).settings;
    for (const [name, value] of SHOWN) expect(value, name).toBe(String(settings[name] ?? ""));
  });

  test("holds comments, blank lines and variables alone, and explains each block of variables", () => {
    expect(LINES.filter((line) => line !== "" && !line.startsWith("#") && !/^[A-Z][A-Z0-9_]*=/.test(line))).toEqual([]);
    const unexplained = LINES.filter((line, index) => /^[A-Z]/.test(line) && (LINES[index - 1] ?? "") === "");
    expect(unexplained).toEqual([]);
  });
});
