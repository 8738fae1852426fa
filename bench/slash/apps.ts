import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Ending } from "../ending.ts";
import { TEAM } from "../recovery/slack.ts";
import { answering, freePort } from "../servers/free-port.ts";
import type { App } from "./asking.ts";

const ROOT = join(import.meta.dirname, "../..");
const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
/** How long a process rests before its memory is read, in milliseconds. */
const REST = 10_000;

export interface Running extends App {
  readonly child: ChildProcess;
}

export interface Starts {
  /** The program that serves, as `npm start` runs it, on a register. */
  ours(url: string): Promise<Running>;
  echo(): Promise<Running>;
}

/** Both are .ts files that the same Node runs. */
export function startsOf(ending: Ending, apiUrl: string): Starts {
  const slack = { SLACK_BOT_TOKEN: "xoxb-bench", SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: apiUrl, PATH: process.env.PATH };

  async function start(name: string, words: readonly string[], env: NodeJS.ProcessEnv, port: number): Promise<Running> {
    const child = spawn(process.execPath, words, { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
    ending.kill(child);
    await answering(port, name, 60_000);
    return { child, port, secret: SECRET, team: TEAM };
  }

  return {
    async ours(url) {
      const port = await freePort();
      const env = { ...slack, DATABASE_URL: url, CUREWATCH_PORT: String(port), CUREWATCH_LOG: "error" };
      return start("Curewatch", [...startOptions(), join(ROOT, "src/app/start.js"), "main"], env, port);
    },
    async echo() {
      const port = await freePort();
      return start("the echo", [join(import.meta.dirname, "echo.ts")], { ...slack, PORT: String(port) }, port);
    },
  };
}

/** What `npm start` tells node besides what to run. */
function startOptions(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly scripts: { readonly start: string } };
  const [, options] = /^node (.*?)src\/app\/start\.js main --dotenv$/.exec(scripts.start) ?? [];
  if (options === undefined) throw new Error(`"npm start" is not as the bench knows it: ${scripts.start}`);
  return options.split(" ").filter((option) => option !== "");
}

export async function stop({ child }: Running): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

/** Megabytes of each after a rest. */
export async function atRest(apps: readonly Running[]): Promise<readonly number[]> {
  await wait(REST);
  return Promise.all(apps.map(resident));
}

/** Megabytes in memory; from /proc, which Linux has. */
export async function resident({ child }: Running): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
