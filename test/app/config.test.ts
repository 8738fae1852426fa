import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, isDatabaseAddress, readConfig } from "../../src/app/config.ts";
import { cli, start } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "signing" };
const TOKEN = "0123456789abcdef";
const OBJECT = "8f6b2c1e-5d2a-4e0b-9a53-0f3f1f9f2d11";

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
    ["CUREWATCH_OPERATIONS", "slack:T0WATCH/#ops", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_OPERATIONS", "slack:C0FIRM/C0OPS", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_CANARY", "teams:t/general", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_ADMINS", "slack:T0WATCH/C0FIRM", "write people, separated by commas, as slack:TEAM/PERSON or teams:OBJECT-ID"],
    ["CUREWATCH_ADMINS", "slack:T0WATCH/@ana", "write people, separated by commas, as slack:TEAM/PERSON or teams:OBJECT-ID"],
    ["CUREWATCH_ADMINS", "teams:someone@example.com", "write people, separated by commas, as slack:TEAM/PERSON or teams:OBJECT-ID"],
    ["CUREWATCH_ADMINS", `teams:${OBJECT}`, "names a person of teams, which is not configured"],
    ["CUREWATCH_OPERATIONS", "console:terminal", "write a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION"],
    ["CUREWATCH_OPERATIONS", "teams:t/19:a@thread.v2", "is a place of teams, which is not configured"],
    ["CUREWATCH_CANARY", "teams:t/19:a@thread.v2", "is a place of teams, which is not configured"],
  ])("%s=%s is refused in words, once, and the value is not repeated", (name, value, words) => {
    const problems = problemsOf({ ...SLACK, [name]: value });
    expect(problems).toEqual([`${name}: ${words}`]);
    expect(problems.join()).not.toContain(value);
  });

  test("takes administrators of either platform, an object id in whichever case", () => {
    const both = { ...SLACK, TEAMS_APP_ID: "a", TEAMS_APP_PASSWORD: "b", TEAMS_TENANT_ID: "t" };
    const admins = `slack:T0WATCH/U0ANA, slack:T0WATCH/W0BO, teams:${OBJECT.toUpperCase()}, teams:29:1abcDEF`;
    expect(read({ ...both, CUREWATCH_ADMINS: admins }).admins).toEqual([
      "slack:T0WATCH/U0ANA",
      "slack:T0WATCH/W0BO",
      `teams:${OBJECT}`,
      "teams:29:1abcDEF",
    ]);
  });

  test("takes a place of either platform that is served, and of Teams' one tenant", () => {
    const teams = { TEAMS_APP_ID: "a", TEAMS_APP_PASSWORD: "b", TEAMS_TENANT_ID: "t" };
    expect(problemsOf({ ...teams, CUREWATCH_CANARY: "teams:other/19:a@thread.v2" })).toEqual([
      "CUREWATCH_CANARY: is a place of another tenant than TEAMS_TENANT_ID",
    ]);
    for (const tenant of ["t", "T"])
      expect(read({ ...teams, CUREWATCH_CANARY: `teams:${tenant}/19:a@thread.v2` }).canary).toBe("teams:t/19:a@thread.v2");
    expect(problemsOf({ ...teams, CUREWATCH_CANARY: "slack:T1/C2" })).toHaveLength(1);
  });
});

describe("Slack", () => {
  const KEY = "0123456789abcdef0123456789abcdef";
  const MANY = { SLACK_CLIENT_ID: "1.2", SLACK_CLIENT_SECRET: "client", CUREWATCH_SECRET_KEY: KEY, SLACK_SIGNING_SECRET: "signing" };

  test("is one workspace by a bot token, over Socket Mode where there is an app token, else over HTTP", () => {
    expect(read(SLACK).slack).toEqual({ botToken: "xoxb-1", mode: "http", signingSecret: "signing", command: "/matter" });
    const socket = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", SLACK_COMMAND: "/amende" };
    expect(read(socket).slack).toEqual({ botToken: "xoxb-1", mode: "socket", appToken: "xapp-1", command: "/amende" });
    expect(read({}).slack).toBeNull();
  });

  test("is many workspaces by a client id, over either way", () => {
    const oauth = { clientId: "1.2", clientSecret: "client", secretKey: KEY };
    expect(read(MANY).slack).toEqual({ oauth, mode: "http", signingSecret: "signing", command: "/matter" });
    const before = { CUREWATCH_SECRET_KEY_BEFORE: `${KEY}0`, SLACK_SIGNING_SECRET_BEFORE: "older" };
    const redirectUri = "https://curewatch.example.org/slack/oauth_redirect";
    expect(read({ ...MANY, ...before, SLACK_APP_TOKEN: "xapp-1", SLACK_REDIRECT_URI: redirectUri }).slack).toMatchObject({
      oauth: { ...oauth, secretKeyBefore: `${KEY}0`, redirectUri },
      ...{ mode: "socket", appToken: "xapp-1", signingSecretBefore: "older" },
    });
  });

  test("is taken without the spaces and line ends around what was copied: a signature would never be right", () => {
    const copied = Object.fromEntries(Object.entries(SLACK).map(([name, value]) => [name, ` ${value}\n`]));
    expect(read(copied).slack).toEqual(read(SLACK).slack);
  });

  const without = (...names: readonly string[]) => Object.fromEntries(Object.entries(MANY).filter(([name]) => !names.includes(name)));
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "a client id alone",
      { SLACK_CLIENT_ID: "1.2" },
      ["SLACK_CLIENT_SECRET", "CUREWATCH_SECRET_KEY", "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"],
    ],
    ["no client secret", without("SLACK_CLIENT_SECRET"), ["SLACK_CLIENT_SECRET"]],
    ["no client id", without("SLACK_CLIENT_ID"), ["SLACK_CLIENT_ID"]],
    ["no key for the installations", without("CUREWATCH_SECRET_KEY"), ["CUREWATCH_SECRET_KEY"]],
    ["neither way in", without("SLACK_SIGNING_SECRET"), ["SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"]],
    ["a bot token beside it", { ...MANY, SLACK_BOT_TOKEN: "xoxb-1" }, ["SLACK_BOT_TOKEN"]],
    ["a way in and no token", { SLACK_APP_TOKEN: "xapp-1" }, ["SLACK_BOT_TOKEN"]],
    [
      "an older signing secret without the newer",
      { ...SLACK, SLACK_SIGNING_SECRET: "", SLACK_APP_TOKEN: "xapp-1", SLACK_SIGNING_SECRET_BEFORE: "o" },
      ["SLACK_SIGNING_SECRET"],
    ],
    ["an older key without the newer", { ...SLACK, CUREWATCH_SECRET_KEY_BEFORE: KEY }, ["CUREWATCH_SECRET_KEY"]],
    ["a key that is too short", { ...MANY, CUREWATCH_SECRET_KEY: KEY.slice(1) }, ["CUREWATCH_SECRET_KEY"]],
    [
      "an address to come back to that is read on its way",
      { ...MANY, SLACK_REDIRECT_URI: "http://example.org/slack/oauth_redirect" },
      ["SLACK_REDIRECT_URI"],
    ],
    ["an address to come back to that is not ours", { ...MANY, SLACK_REDIRECT_URI: "https://example.org/oauth" }, ["SLACK_REDIRECT_URI"]],
    [
      "a redirect address for one workspace",
      { ...SLACK, SLACK_REDIRECT_URI: "https://example.org/slack/oauth_redirect" },
      ["SLACK_CLIENT_ID"],
    ],
    ["a token with a line end inside", { ...SLACK, SLACK_BOT_TOKEN: "xoxb-1\nxoxb-1" }, ["SLACK_BOT_TOKEN"]],
    ["a token with a dash that an editor has made", { ...SLACK, SLACK_BOT_TOKEN: "xoxb-1–2" }, ["SLACK_BOT_TOKEN"]],
    ["a signing secret with a space inside", { ...SLACK, SLACK_SIGNING_SECRET: "xoxb-1 2" }, ["SLACK_SIGNING_SECRET"]],
    ["a command that is none", { ...SLACK, SLACK_COMMAND: "matter" }, ["SLACK_COMMAND"]],
  ])("with %s is refused in words that name the variable and no value", (_what, environment, named) => {
    const problems = problemsOf(environment);
    expect(problems.map((problem) => problem.split(":")[0])).toEqual(named);
    expect(problems.join("\n")).not.toMatch(/xoxb-1|xapp-1|client$|0123456789abcdef|example\.org/m);
  });
});

describe("what was copied with spaces or a line end around it", () => {
  const ADDRESSES = {
    DATABASE_URL: "postgres://u:p@db.example.org/curewatch",
    CUREWATCH_KEYV_URL: "rediss://:p@keys.example.org",
    CUREWATCH_HEARTBEAT_URL: "https://switch.example.org/ping",
    CUREWATCH_METRICS_TOKEN: TOKEN,
    CUREWATCH_SECRET_KEY: `${TOKEN}${TOKEN}`,
    CUREWATCH_CANARY: "slack:T1/C2",
    TEAMS_APP_ID: "a",
    TEAMS_APP_PASSWORD: "b",
    TEAMS_TENANT_ID: "t",
    SLACK_API_URL: "http://127.0.0.1:4003/api/",
    CUREWATCH_PORT: "4000",
    ...SLACK,
  };

  const JOINED = [
    "postgres://u:p4ss@h/db\npostgres://u:p4ss@h/db2",
    "postgres://u:p4ss@h/dbpostgres://u:p4ss@h/db2",
    "postgres://u:p4ss@h/a b",
  ];
  test.each(JOINED)("holds one address: %j is refused without showing any of it", (address) => {
    for (const name of ["DATABASE_URL", "CUREWATCH_KEYV_URL"]) {
      const problems = problemsOf({ [name]: address });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: write `))]);
      expect(problems.join()).not.toContain("p4ss");
    }
  });

  // The first two were shown where the database could not be reached: s3cr as its name, Secret77 as its host.
  test.each([
    "postgres://curewatch_app:12/s3cr@127.0.0.1:13442/curewatch",
    "postgres://curewatch_app:s3@Secret77#cd@127.0.0.1:13442/curewatch",
    "postgres://curewatch_app:s3@Secret77?x@127.0.0.1/curewatch",
    "postgres://curewatch_app:12?s3cr=1@127.0.0.1/curewatch",
    "postgres://curewatch_app:12#s3cr@127.0.0.1/curewatch",
  ])("has the signs of its password in %% codes: %j is refused without showing any of it", (address) => {
    for (const name of ["DATABASE_URL", "CUREWATCH_KEYV_URL"]) {
      const problems = problemsOf({ [name]: address });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: write .*with % codes for signs such as @ and #`))]);
      expect(problems.join()).not.toMatch(/s3|Secret77/);
    }
    expect(isDatabaseAddress(address)).toBe(false);
  });

  test("may have any sign in % codes, and no password at all", () => {
    for (const address of [
      "postgres://u:%40%23%2Fx@h:5432/db?sslmode=disable",
      "postgres:///db?host=/run/pg",
      "postgres://h/db",
      "postgresql:///db?host=/cloudsql/p:r:i&user=sa@proj.iam",
      "postgres://h/db?sslrootcert=/etc/a@b.pem",
      "postgres://me@server:pw@server.db.example/db",
    ])
      expect(isDatabaseAddress(address), address).toBe(true);
  });

  test.each([" ", "\t", "\n", "\r\n"])("is taken without %j", (around) => {
    const copied = Object.fromEntries(Object.entries(ADDRESSES).map(([name, value]) => [name, `${around}${value}${around}`]));
    expect({ ...read(copied), folder: "" }).toEqual({ ...read(ADDRESSES), folder: "" });
    expect(read(copied).settings.DATABASE_URL).toBe(ADDRESSES.DATABASE_URL);
  });

  test("is so in a file too, and a variable of spaces alone is an absent one", () => {
    const INIT_CWD = folderOfTest();
    writeFileSync(join(INIT_CWD, "url"), ` ${ADDRESSES.DATABASE_URL} \n`);
    expect(read({ INIT_CWD, DATABASE_URL_FILE: " url " }).settings.DATABASE_URL).toBe(ADDRESSES.DATABASE_URL);
    expect(read({ CUREWATCH_METRICS_TOKEN: "  ", DATABASE_URL: "\n" })).toMatchObject({
      settings: { DATABASE_URL: "sqlite:data/curewatch.db" },
    });
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
