import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** What the bench has started and made, to be ended whichever way the bench ends. */
export interface Ending {
  /** A process that is asked to end, and ended by force where it does not within seconds. */
  kill(child: ChildProcess, signal?: NodeJS.Signals): void;
  /** A folder of its own in the temporary folder, gone at the end. */
  folder(): Promise<string>;
  /** Something else that ends, such as a server. */
  add(end: () => Promise<void>): void;
  all(): Promise<void>;
  /** Told to stop by a signal: what fails from then on fails because of it. */
  interrupted(): boolean;
}

/** Linux's number of a file system that lies in memory. */
const TMPFS = 0x01021994;
const PATIENCE = 5_000;
/** With what a shell shows of a process that they ended. */
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

export function openEnding(): Ending {
  const ends: (() => Promise<void>)[] = [];
  let under: Promise<void> | null = null;
  let interrupted = false;
  async function run(): Promise<void> {
    for (const end of ends.splice(0).toReversed()) await end();
  }
  function all(): Promise<void> {
    under ??= run().finally(() => {
      under = null;
    });
    return under;
  }
  for (const [signal, status] of SIGNALS) {
    process.once(signal, () => {
      interrupted = true;
      void all().then(() => process.exit(status));
    });
  }
  return {
    kill(child, signal = "SIGTERM") {
      // Begun while all was being ended: it would be left.
      if (interrupted) child.kill("SIGKILL");
      else ends.push(() => ended(child, signal));
    },
    async folder() {
      const { type } = await statfs(tmpdir());
      if (type === TMPFS)
        throw new Error(`${tmpdir()} lies in memory, where making something durable costs nothing. Set TMPDIR to a folder on a disk.`);
      const folder = await mkdtemp(join(tmpdir(), "curewatch-bench-"));
      ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      return folder;
    },
    add: (end) => void ends.push(end),
    all,
    interrupted: () => interrupted,
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  if ((await Promise.race([exit, wait(PATIENCE, null, { ref: false })])) !== null) return;
  child.kill("SIGKILL");
  await exit;
}
