import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import type { SlackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { ended, environmentOf, heardFrom, PATIENCE, run } from "../faults/processes.ts";
import { lastingPort } from "../support/lasting-port.ts";
import { type TcpProxy, tcpProxy } from "./tcp-proxy.ts";

/** Where one process runs, with a line of its own to the database; what runs there may end and be started again. */
export interface Machine {
  readonly name: string;
  readonly port: number;
  readonly line: TcpProxy;
  /** Milliseconds by which its clock is ahead. */
  readonly ahead: number;
  /** Null before the first start. */
  readonly child: ChildProcess | null;
  /** What its processes said on standard error. */
  log(): string;
  /** Starts the program there, or what else Node is given, and waits until it serves, unless it ends first. */
  start(program?: readonly string[]): Promise<void>;
  /** Ends it by the signal, and waits; its exit status, or the signal. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
}

export interface Fleet {
  readonly machines: readonly Machine[];
  /** The machine whose process leads; waits until one does. */
  leader(): Promise<Machine>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly machines: number;
  /** Of the database, as it is reached without a line between. */
  readonly url: string;
  readonly folder: string;
  readonly platform: SlackPlatform;
  /** By how many milliseconds the clock of each machine is ahead; none where it is not said. */
  readonly ahead?: readonly number[];
}

export const PROGRAM: readonly string[] = ["src/app/start.js", "main"];

/** Machines on which nothing runs yet. */
export async function openFleet({ machines: count, url, folder, platform, ahead = [] }: FleetOptions): Promise<Fleet> {
  const machines: Machine[] = [];
  for (let index = 0; index < count; index++) {
    const line = await tcpProxy(Number(new URL(url).port));
    const through = new URL(url);
    through.port = String(line.port);
    const port = await lastingPort();
    const environment = { ...environmentOf(folder, "", platform, port), DATABASE_URL: through.href };
    machines.push(machineOf(`machine ${index + 1}`, port, line, ahead[index] ?? 0, environment));
  }
  return {
    machines,
    async leader() {
      let leads: readonly (boolean | null)[] = [];
      for (const until = Date.now() + PATIENCE; Date.now() < until; await wait(50)) {
        leads = await Promise.all(machines.map(isLeading));
        // Two may say so for a moment: the one that has lost its lease without having looked, and the one that has it.
        if (leads.filter(Boolean).length === 1) return machines[leads.indexOf(true)]!;
      }
      const said = machines.map(({ name, log }, index) => `${name}: ${leads[index]}\n${log().slice(-2_000)}`);
      throw new Error(`not just one of the processes leads, ${PATIENCE / 1000} s long\n${said.join("\n")}`);
    },
    async close() {
      for (const { child } of machines) {
        if (child === null || child.exitCode !== null || child.signalCode !== null) continue;
        child.kill("SIGKILL");
        await ended(child);
      }
      await Promise.all(machines.map(({ line }) => line.close()));
    },
  };
}

function machineOf(name: string, port: number, line: TcpProxy, ahead: number, environment: NodeJS.ProcessEnv): Machine {
  const logs: (() => string)[] = [];
  let child: ChildProcess | null = null;
  const clock = ahead === 0 ? [] : ["--import", `./test/fleet/shifted-clock.ts?by=${ahead}`];
  const machine: Machine = {
    name,
    port,
    line,
    ahead,
    get child() {
      return child;
    },
    log: () => logs.map((log) => log()).join(""),
    async start(program = PROGRAM) {
      child = run([...clock, ...program], environment);
      logs.push(heardFrom(child));
      for (const until = Date.now() + PATIENCE; Date.now() < until && isRunning(machine); await wait(50)) {
        if ((await asked(machine, "/healthz"))?.ok === true) return;
      }
      if (isRunning(machine)) throw new Error(`${name} does not serve after ${PATIENCE / 1000} s: ${machine.log()}`);
    },
    async end(signal) {
      child!.kill(signal);
      return ended(child!);
    },
  };
  return machine;
}

export function isRunning({ child }: Machine): boolean {
  return child !== null && child.exitCode === null && child.signalCode === null;
}

/** By the lead as the database has it; null where it does not say. */
async function isLeading(machine: Machine): Promise<boolean | null> {
  const answered = await asked(machine, "/readyz");
  const read = (await answered?.json().catch(() => null)) as Ready | null | undefined;
  return read?.fleet ? read.fleet.process === read.fleet.leader : null;
}

interface Ready {
  readonly fleet?: { readonly process: string; readonly leader: string | null } | null;
}

/** Null where it does not answer soon: it does not run, or stands still. */
async function asked({ port }: Machine, path: string): Promise<Response | null> {
  return fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
}
