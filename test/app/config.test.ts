import { describe, expect, test } from "vitest";
import { type Config, readConfig } from "../../src/app/config.ts";
import { cli, start } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "signing" };
const TOKEN = "0123456789abcdef";

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  const config = readConfig(environment);
  return "problems" in config ? config.problems : [];
}

function read(environment: Readonly<Record<string, string>>): Config {
  const config = readConfig(environment);
  if ("problems" in config) throw new Error(config.problems.join("\n"));
  return config;
}

describe("how the process is watched", () => {
  test("is not at all unless it is asked for", () => {
    expect(read({}).watch).toEqual({ metricsToken: null, heartbeat: null });
    expect(read({ CUREWATCH_HEARTBEAT_SECONDS: "30" }).watch.heartbeat).toBeNull();
    expect(read({})).toMatchObject({ canary: null, operations: null });
  });

  test("is read from the environment", () => {
    const config = read({
      ...SLACK,
      CUREWATCH_METRICS_TOKEN: TOKEN,
      CUREWATCH_HEARTBEAT_URL: "https://switch.example.org/ping/secret",
      CUREWATCH_CANARY: "slack:T1/C2",
      CUREWATCH_OPERATIONS: "slack:T1/C3",
    });
    expect(config.watch).toEqual({
      metricsToken: TOKEN,
      heartbeat: { url: "https://switch.example.org/ping/secret", seconds: 60 },
    });
    expect(config).toMatchObject({ canary: "slack:T1/C2", operations: "slack:T1/C3" });
  });

  test.each([
    ["CUREWATCH_METRICS_TOKEN", "hunter2", "write at least 16 characters of ASCII without spaces"],
    ["CUREWATCH_METRICS_TOKEN", "0123456789 abcdefgh", "write at least 16 characters of ASCII without spaces"],
    [
      "CUREWATCH_HEARTBEAT_URL",
      "switch.example.org/secret",
      "write an address that begins with https:// or http://, without user and password",
    ],
    ["CUREWATCH_HEARTBEAT_URL", "file:///etc/secret", "write an address that begins with https:// or http://, without user and password"],
    [
      "CUREWATCH_HEARTBEAT_URL",
      "https://me:word@x.example.org/",
      "write an address that begins with https:// or http://, without user and password",
    ],
    ["CUREWATCH_HEARTBEAT_SECONDS", "9", "write whole seconds, 10 to 86400"],
    ["CUREWATCH_HEARTBEAT_SECONDS", "86401", "write whole seconds, 10 to 86400"],
    ["CUREWATCH_HEARTBEAT_SECONDS", "12.5", "write whole seconds, 10 to 86400"],
    ["CUREWATCH_HEARTBEAT_SECONDS", "often", "write whole seconds, 10 to 86400"],
    ["CUREWATCH_CANARY", "#alerts", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_CANARY", "slack:T1", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_OPERATIONS", "console:terminal", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_OPERATIONS", "teams:t/19:a@thread.v2", "is a place of teams, which is not configured"],
    ["CUREWATCH_CANARY", "teams:t/19:a@thread.v2", "is a place of teams, which is not configured"],
  ])("%s=%s is refused in words, once, and the value is not repeated", (name, value, words) => {
    const problems = problemsOf({ ...SLACK, [name]: value });
    expect(problems).toEqual([`${name}: ${words}`]);
    expect(problems.join()).not.toContain(value);
  });

  test("takes a place of either platform that is served", () => {
    const teams = { TEAMS_APP_ID: "a", TEAMS_APP_PASSWORD: "b", TEAMS_TENANT_ID: "t" };
    expect(read({ ...teams, CUREWATCH_CANARY: "teams:t/19:a@thread.v2" }).canary).toBe("teams:t/19:a@thread.v2");
    expect(problemsOf({ ...teams, CUREWATCH_CANARY: "slack:T1/C2" })).toHaveLength(1);
  });
});

describe("several bad values", () => {
  const BAD = { CUREWATCH_PORT: "0", CUREWATCH_HEARTBEAT_URL: "x", CUREWATCH_CANARY: "y", CUREWATCH_CANERY: "slack:T1/C2" };

  test("are named at once, mistyped names among them", () => {
    const named = problemsOf(BAD).map((problem) => problem.split(":")[0]);
    expect(named.toSorted()).toEqual(["CUREWATCH_CANARY", "CUREWATCH_CANERY", "CUREWATCH_HEARTBEAT_URL", "CUREWATCH_PORT"]);
  });

  test.each([
    ["npm start", (environment: Record<string, string>) => start(["src/app/start.js", "main"], environment)],
    ["the command line", (environment: Record<string, string>) => cli(["list"], environment)],
  ])("end %s with status 1 and each of them on a line", async (_door, run) => {
    const { status, errors } = await run({ INIT_CWD: folderOfTest(), ...BAD });
    expect(status).toBe(1);
    for (const name of Object.keys(BAD)) expect(errors).toMatch(new RegExp(`^${name}: `, "m"));
  });
});
