import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The project's root, from which every command of a test is run. */
export const ROOT = new URL("../..", import.meta.url).pathname;

/** Node keeps there what it has compiled, so that a child starts sooner. */
export const COMPILED = join(ROOT, "node_modules/.cache/curewatch-tests");

export interface Ran {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

export interface Cli {
  /** The register's file. */
  readonly file: string;
  readonly folder: string;
  run(args: readonly string[]): Promise<Ran>;
}

/** Runs `curewatch` as a child process; nothing of the tester's own environment reaches it. */
export async function cli(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return start(["src/app/start.js", "cli", ...args], { INIT_CWD: ROOT, ...environment });
}

/** Runs Node with the arguments, and types the text on its standard input. */
export function start(args: readonly string[], environment: NodeJS.ProcessEnv, input = ""): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, ...environment },
      stdio: "pipe",
    });
    let [output, errors] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status: status ?? -1, output, errors }));
    child.stdin.end(input);
  });
}

/** A register of its own in a folder of its own, gone when it is disposed of. */
export async function openCli(): Promise<Cli & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "curewatch-"));
  const file = join(folder, "register.db");
  return {
    file,
    folder,
    run: (args) => cli([...args, "--db", `sqlite:${file}`]),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
