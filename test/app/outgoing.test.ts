import { readFileSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../../src/app/config.ts";
import { entryFor, guardOutgoing, isPrivate, type Outgoing, outgoingOf } from "../../src/app/outgoing.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
const TEAMS = { TEAMS_APP_ID: "a", TEAMS_APP_PASSWORD: "b", TEAMS_TENANT_ID: "c" };

function allowedBy(environment: Readonly<Record<string, string>>): readonly Outgoing[] {
  const config = readConfig(environment);
  if ("problems" in config) throw new Error(config.problems.join("\n"));
  return outgoingOf(config);
}

function isAllowed(environment: Readonly<Record<string, string>>, host: string, port = 443): boolean {
  return entryFor(allowedBy(environment), host, port) !== null;
}

describe("what a process may connect to follows from its configuration", () => {
  test("a terminal connects to nothing", () => {
    expect(allowedBy({})).toEqual([]);
  });

  test("Slack's addresses by their names, and no name that only looks like one", () => {
    for (const host of ["slack.com", "files.slack.com", "hooks.slack.com", "wss-primary.slack.com", "SLACK.com."])
      expect(isAllowed(SLACK, host), host).toBe(true);
    for (const host of ["slack.com.example.org", "notslack.com", "login.microsoftonline.com"])
      expect(isAllowed(SLACK, host), host).toBe(false);
    expect(isAllowed(SLACK, "slack.com", 80)).toBe(false);
  });

  test("the addresses of Teams by whole names: anybody can have one under trafficmanager.net", () => {
    expect(isAllowed(TEAMS, "smba.trafficmanager.net")).toBe(true);
    expect(isAllowed(TEAMS, "evil.trafficmanager.net")).toBe(false);
    expect(isAllowed(TEAMS, "169.254.169.254", 80)).toBe(false);
    const identity = { TEAMS_APP_ID: "a", TEAMS_TENANT_ID: "c", TEAMS_APP_TYPE: "UserAssignedMsi" };
    expect(isAllowed(identity, "169.254.169.254", 80)).toBe(true);
  });

  test.each(["http://127.0.0.1:4010/api/", "http://localhost:4010/api/", "http://[::1]:4010/api/"])(
    "a pretended Slack at %s by whatever this machine calls itself, and nothing else",
    (url) => {
      const pretended = { ...SLACK, SLACK_API_URL: url };
      for (const host of ["localhost", "127.0.0.1", "::1"]) expect(isAllowed(pretended, host, 4_011), host).toBe(true);
      for (const host of ["127.0.0.2", "0.0.0.0", "10.0.0.1", "localhost.example.org", "slack.com", "hooks.slack.com"])
        expect(isAllowed(pretended, host), host).toBe(false);
    },
  );

  test.each([{}, { SLACK_API_URL: "https://slack.example.org/api/" }, { SLACK_API_URL: "https://10.0.0.7/api/" }])(
    "a Slack that is not of this machine (%o) does not open this machine",
    (more) => {
      for (const host of ["localhost", "127.0.0.1", "::1"])
        for (const port of [443, 80, 5_432]) expect(isAllowed({ ...SLACK, ...more }, host, port), host).toBe(false);
    },
  );

  test("the dead-man's switch at its own port alone", () => {
    const beating = { CUREWATCH_HEARTBEAT_URL: "https://hc.example.org:8443/secret" };
    expect(isAllowed(beating, "hc.example.org", 8443)).toBe(true);
    expect(isAllowed(beating, "hc.example.org")).toBe(false);
  });

  test("every address stands in docs/operating.md", () => {
    const page = readFileSync(new URL("../../docs/operating.md", import.meta.url), "utf8");
    const hosts = [...allowedBy(SLACK), ...allowedBy({ ...TEAMS, TEAMS_APP_TYPE: "UserAssignedMsi" })].map(({ host }) => host);
    expect(hosts.length).toBeGreaterThan(8);
    expect(hosts.filter((host) => !page.includes(`\`${host.replace(/^\./, "*.")}\``))).toEqual([]);
  });

  test.each([
    ["10.1.2.3", true],
    ["100.64.0.1", true],
    ["127.9.9.9", true],
    ["169.254.169.254", true],
    ["172.31.255.255", true],
    ["172.32.0.1", false],
    ["192.168.0.1", true],
    ["0.0.0.0", true],
    ["::1", true],
    ["::ffff:10.0.0.1", true],
    ["::ffff:8.8.8.8", false],
    ["fe80::1", true],
    ["fd00::1", true],
    ["8.8.8.8", false],
    ["2606:4700::1111", false],
  ])("%s is private: %s", (address, expected) => {
    expect(isPrivate(address)).toBe(expected);
  });
});

describe("a process that is guarded", () => {
  let server: Server;
  let port: number;
  let undo: () => void;
  const refused: string[] = [];

  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === "/away") response.writeHead(302, { location: `http://localhost:${port}/` }).end();
      else response.end("reached");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
    refused.length = 0;
    const allowed = [
      { host: "127.0.0.1", port, private: true, because: "a test" },
      { host: "rebound.test", port, private: false, because: "a test" },
      { host: "10.0.0.1", port: 80, private: false, because: "a test" },
    ];
    undo = guardOutgoing(allowed, (host, to, why) => refused.push(`${host}:${to} ${why}`));
  });

  afterEach(async () => {
    undo();
    await new Promise((resolve) => server.close(resolve));
  });

  test("reaches what is listed", async () => {
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("reached");
    expect(refused).toEqual([]);
  });

  test("refuses what is not, before its name is looked up", async () => {
    await expect(fetch("https://elsewhere.test/")).rejects.toMatchObject({ cause: { code: "EREFUSEDBYLIST" } });
    expect(refused).toEqual(["elsewhere.test:443 it is not among the addresses of the configuration"]);
  });

  test("does not follow a redirect to what is not listed", async () => {
    await expect(fetch(`http://127.0.0.1:${port}/away`)).rejects.toMatchObject({ cause: { code: "EREFUSEDBYLIST" } });
  });

  test("refuses a listed name that leads into a private range", async () => {
    const lookup = (_name: string, options: { all?: boolean }, done: (error: null, found: unknown, family?: number) => void) =>
      options.all === true ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
    const failed = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
      get({ host: "rebound.test", port, lookup: lookup as never }, () => reject(new Error("it was reached"))).on("error", resolve);
    });
    expect(failed.code).toBe("EREFUSEDBYLIST");
    expect(refused[0]).toContain("its name leads to 127.0.0.1, in a private range");
  });

  test("refuses a listed address in a private range that no configuration names", async () => {
    const failed = await new Promise<NodeJS.ErrnoException>((resolve) => connect(80, "10.0.0.1").on("error", resolve));
    expect(failed.code).toBe("EREFUSEDBYLIST");
  });

  test("refuses in every way in which a socket can be asked to connect", async () => {
    const ways = [
      () => connect(81, "127.0.0.1"),
      () => connect({ port: 81 }),
      () => connect("82"),
      () => connect({ port: 83, host: "::1" }),
    ];
    for (const way of ways) {
      const failed = await new Promise<NodeJS.ErrnoException>((resolve) => way().on("error", resolve));
      expect(failed.code).toBe("EREFUSEDBYLIST");
    }
  });
});
