import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { openRegister } from "../../src/alerts/register.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { BOT_TOKEN, SIGNING_SECRET, type SlackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { COMPILED, ROOT } from "../support/child.ts";
import { oughtToBeSaid } from "./oughts.ts";

/** How long a process may take for anything that is waited for, in milliseconds. */
export const PATIENCE = 30_000;

/** What is due in the register now. */
export async function duesIn(store: Store): Promise<readonly DeliveryKey[]> {
  const matters = await openRegister(store.ledger).all();
  return (await store.subscriptions.all()).flatMap((place) => oughtToBeSaid(place, matters, systemClock.now()));
}

/** How the process of a test is configured: nothing of the tester's own environment reaches it. */
export function environmentOf(folder: string, file: string, platform: SlackPlatform, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: COMPILED,
    INIT_CWD: folder,
    DATABASE_URL: `sqlite:${file}`,
    CUREWATCH_PORT: String(port),
    CUREWATCH_LOG: "warn",
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: platform.apiUrl,
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Node with the arguments, in the project's folder. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.setEncoding("utf8").resume();
  return child;
}

/** What it says on standard error from now on. */
export function heardFrom(child: ChildProcess): () => string {
  let heard = "";
  child.stderr!.on("data", (text: string) => {
    heard += text;
  });
  return () => heard;
}

/** Its exit status, or the signal that ended it. */
export async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
  const [status, signal] = (await once(child, "exit")) as [number | null, string | null];
  return status ?? signal;
}

/** Waits until everything that was due is delivered and nothing is under way; answers what is left when patience ends. */
export async function finished(store: Store, dues: readonly DeliveryKey[], patience = PATIENCE): Promise<readonly string[]> {
  const until = Date.now() + patience;
  let left: readonly DeliveryKey[] = dues;
  while (Date.now() < until) {
    const known = await store.deliveries.known(dues);
    left = dues.filter((key) => known.get(key)?.outcome?.kind !== "delivered");
    const { oldestWaiting } = await store.deliveries.tally();
    if (left.length === 0 && oldestWaiting === null) {
      // Whatever it might say too much has a moment to be said in.
      await wait(1_200);
      return [];
    }
    await wait(50);
  }
  return left.map((key) => `${key}: not delivered within ${patience / 1000} s`);
}
