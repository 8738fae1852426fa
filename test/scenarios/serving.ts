import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import {
  BOT_TOKEN,
  CHANNEL,
  SIGNING_SECRET,
  type SlackPlatform,
  seen,
  slackPlatform,
  TEAM,
} from "../fakes/slack-platform/slack-platform.ts";
import { cli, ROOT } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

export const SLACK_CHANNEL = `slack:${TEAM}/${CHANNEL}` as Place;

/** The real process as npm start runs it. */
export interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  log(): string;
  /** The exit status, once it has ended. */
  ended(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A register with Kourou that the places watch, at an hour of the digest that has come; its address. */
export async function registerWatchedBy(...places: readonly Place[]): Promise<string> {
  const url = `sqlite:${join(folderOfTest(), "register.db")}`;
  expect((await cli(["import", "examples/kourou.yaml", "--db", url])).status).toBe(0);
  await inRegister(url, async ({ subscriptions }) => {
    const since = systemClock.now();
    for (const place of places) {
      await subscriptions.settle({ ...usualSettings(place, "en", "Europe/Paris", "p1", since), at: "00:00" });
      await subscriptions.add(place, { filters: [], by: "p1", since });
    }
  });
  return url;
}

export async function inRegister<T>(url: string, ask: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url });
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}

export async function slackOfTest(): Promise<SlackPlatform> {
  const slack = await slackPlatform();
  onTestFinished(() => slack.close());
  return slack;
}

/** Starts the process and waits until it serves. What it is not given stands in no environment. */
export async function serve(url: string, environment: Readonly<Record<string, string>>): Promise<Served> {
  const port = await freePort();
  const env = { PATH: process.env.PATH, INIT_CWD: folderOfTest(), DATABASE_URL: url, CUREWATCH_PORT: String(port), ...environment };
  const child = spawn(process.execPath, ["src/app/start.js", "main"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await vi.waitFor(() => expect(log).toContain('"serving"'), { timeout: 15_000 });
  return { child, port, log: () => log, ended: async () => (await ended)[0] };
}

export function slackEnvironment(slack: SlackPlatform): Record<string, string> {
  return { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_API_URL: slack.apiUrl };
}

/** What the bot has posted in the channel. */
export function inChannel(slack: SlackPlatform): readonly string[] {
  return slack
    .messages(CHANNEL)
    .filter(({ user }) => user === undefined)
    .map(seen);
}
