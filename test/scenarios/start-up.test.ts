import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import { isLoopback, readConfig } from "../../src/app/config.ts";
import { SILENT } from "../../src/app/log.ts";
import { startService } from "../../src/app/service.ts";
import type { ChatAdapter } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";
import { APP_TOKEN, BOT_TOKEN, type SlackPlatform, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { cli, start } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

/** Slack over a WebSocket, which alone would keep a process alive, and a port that another program has. */
async function slackAndTakenPort(): Promise<{ readonly slack: SlackPlatform; readonly environment: Record<string, string> }> {
  const slack = await slackPlatform();
  onTestFinished(() => slack.close());
  const environment = {
    INIT_CWD: folderOfTest(),
    CUREWATCH_PORT: String(await takenPort()),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  };
  return { slack, environment };
}

interface Heard extends ChatAdapter {
  readonly heard: readonly string[];
}

function adapterOf(name: string, faults: { readonly start?: string; readonly stop?: string } = {}): Heard {
  const heard: string[] = [];
  const note = (what: "start" | "stop") => async () => {
    heard.push(what);
    if (faults[what] !== undefined) throw new Error(faults[what]);
  };
  return { ...adapterOfTest(name), heard, start: note("start"), stop: note("stop") };
}

async function starting(adapters: readonly ChatAdapter[], port = 0) {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const desk = openDesk(store, { clock: systemClock, log: SILENT, language: "en", zone: "Europe/Paris" });
  return startService(desk, adapters, { host: "127.0.0.1", port });
}

describe("npm start where the port is taken", () => {
  test("ends with status 1 and a sentence, and leaves Slack", { timeout: 30_000 }, async () => {
    const { slack, environment } = await slackAndTakenPort();
    const { status, errors } = await start(["src/app/start.js", "main"], environment);
    expect(status).toBe(1);
    expect(errors).toContain(`Nothing can be served at 127.0.0.1, port ${environment.CUREWATCH_PORT}`);
    expect(slack.calls.map(({ method }) => method)).toContain("apps.connections.open");
    await vi.waitFor(() => expect(slack.connections).toBe(0), { interval: 5 });
  });

  test("so does curewatch serve", { timeout: 30_000 }, async () => {
    const { environment } = await slackAndTakenPort();
    const { status, errors, output } = await cli(["serve"], environment);
    expect({ status, output }).toEqual({ status: 1, output: "" });
    // It is said first that the register was just made.
    expect(errors.split("\n").slice(1).join("\n")).toMatch(/^Nothing can be served at 127\.0\.0\.1, port \d+: .*EADDRINUSE.*\n$/);
  });
});

describe("a service", () => {
  test("that cannot start stops the adapters that it had started, and says why", async () => {
    const adapters = [adapterOf("one"), adapterOf("two", { start: "Two needs a token." }), adapterOf("three")];
    await expect(starting(adapters)).rejects.toThrow("Two needs a token.");
    expect(adapters.map(({ heard }) => heard.at(-1))).toEqual(["stop", "stop", undefined]);
  });

  test("that cannot start stops the others also where one cannot be stopped", async () => {
    const adapters = [adapterOf("one"), adapterOf("two", { stop: "stuck" })];
    await expect(starting(adapters, await takenPort())).rejects.toThrow("EADDRINUSE");
    expect(adapters.map(({ heard }) => heard)).toEqual([
      ["start", "stop"],
      ["start", "stop"],
    ]);
  });

  test("serves nothing any more once it was stopped", async () => {
    const service = await starting([adapterOf("one")]);
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
    await service.stop();
    await expect(fetch(`${service.address}/healthz`)).rejects.toThrow();
  });
});

describe("the configuration", () => {
  test.each([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["localhost", true],
    ["127.example.org", false],
    ["127.0.0.1.example.org", false],
    ["128.0.0.1", false],
    ["0.0.0.0", false],
  ])("takes %s for loopback: %s", (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  test("does not switch authentication off at an address that only looks like loopback", () => {
    const config = readConfig({ TEAMS_INSECURE_FOR_TESTS: "yes", CUREWATCH_HOST: "127.example.org" });
    expect(config).toMatchObject({ problems: [expect.stringContaining("TEAMS_INSECURE_FOR_TESTS")] });
  });

  test("takes the tenant's id in either case", () => {
    const config = readConfig({ TEAMS_APP_ID: "a", TEAMS_APP_PASSWORD: "b", TEAMS_TENANT_ID: "AAAAAAAA-0000-4000-8000-00000000000F" });
    expect(config).toMatchObject({ teams: { tenantId: "aaaaaaaa-0000-4000-8000-00000000000f" } });
  });
});
