import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Place } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { seenIn } from "../adapters/teams-harness.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import {
  BOT_TOKEN,
  CHANNEL,
  SIGNING_SECRET,
  type SlackPlatform,
  seen,
  slackPlatform,
  TEAM,
  USER,
} from "../fakes/slack-platform/slack-platform.ts";
import { installation, PERSONAL, TENANT, typed } from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { cli, ROOT } from "../support/child.ts";

const tidy: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of tidy.splice(0).reverse()) await step();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly slack: SlackPlatform;
  readonly teams: TeamsPlatform;
  readonly log: () => string;
}

/** The real process with both platforms configured, over a register with Kourou that a Slack channel and a Teams chat watch. */
async function serving(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "curewatch-"));
  tidy.push(() => rm(folder, { recursive: true, force: true }));
  const url = `sqlite:${join(folder, "register.db")}`;
  expect((await cli(["import", "examples/kourou.yaml", "--db", url])).status).toBe(0);
  const store = await openStore({ url });
  for (const place of [`slack:${TEAM}/${CHANNEL}`, `teams:${TENANT}/${PERSONAL}`] as Place[]) {
    await store.watches.set({ place, filters: [], language: "en", zone: "Europe/Paris", at: "00:00", by: "p1", since: systemClock.now() });
  }
  await store.close();
  const [slack, teams, port] = [await slackPlatform(), await startTeamsPlatform(), await freePort()];
  tidy.push(
    () => slack.close(),
    () => teams.stop(),
  );
  const env = {
    PATH: process.env.PATH,
    INIT_CWD: folder,
    DATABASE_URL: url,
    CUREWATCH_PORT: String(port),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    TEAMS_TENANT_ID: TENANT,
    TEAMS_INSECURE_FOR_TESTS: "yes",
  };
  const child = spawn(process.execPath, ["src/app/start.js", "main"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  tidy.push(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await vi.waitFor(() => expect(log).toContain("serving"), { timeout: 15_000 });
  return { child, port, slack, teams, log: () => log };
}

describe("npm start with Slack and Teams configured", () => {
  test("serves both: posts the digest once, answers /matter and a message, and stops cleanly when it is told to", {
    timeout: 60_000,
  }, async () => {
    const { child, port, slack, teams, log } = await serving();
    const inChannel = () =>
      slack
        .messages(CHANNEL)
        .filter(({ user }) => user === undefined)
        .map(seen);
    await vi.waitFor(() => expect(inChannel().join("\n")).toContain("1 matter watched"), { timeout: 15_000 });

    const request = signedForm(slashCommand("show SAN-2023-018 --on 2024-04-04", "1.trigger", slack.responseUrl(CHANNEL, USER)), {
      now: systemClock.now(),
    });
    expect((await fetch(`http://127.0.0.1:${port}/slack/commands`, { method: "POST", ...request })).status).toBe(200);
    await vi.waitFor(() => expect(slack.messages(CHANNEL, USER).map(seen).join("\n")).toContain("EUR 6,900 (46 days)"), {
      timeout: 15_000,
    });

    const endpoint = `http://127.0.0.1:${port}/api/messages`;
    expect((await teams.deliver(endpoint, installation(teams.serviceUrl, PERSONAL, "add"))).status).toBe(200);
    expect((await teams.deliver(endpoint, typed(teams.serviceUrl, PERSONAL, "why SAN-2023-018 --on 2024-04-04"))).status).toBe(200);
    await vi.waitFor(() => expect(seenIn(teams, PERSONAL).join("\n")).toContain("46 units at EUR 150"), { timeout: 15_000 });

    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe("alive\n");
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({
      ready: true,
      adapters: ["slack", "teams"],
      matters: 1,
      unwatched: 0,
    });
    child.kill("SIGTERM");
    const [status] = await once(child, "exit");
    expect(status).toBe(0);
    expect(inChannel().filter((text) => text.includes("1 matter watched"))).toHaveLength(1);
    expect(log()).not.toContain(BOT_TOKEN);
    expect(log()).not.toContain(SIGNING_SECRET);
  });
});
