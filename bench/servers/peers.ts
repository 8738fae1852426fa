import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../progress.ts";

const BENCH = join(import.meta.dirname, "..");

/** Installs the packages that we are measured against, as bench/package-lock.json names them, where they are not there yet. */
export async function needPeers(progress: Progress): Promise<void> {
  if (existsSync(join(BENCH, "node_modules/.package-lock.json"))) return;
  progress.now("installing what we are measured against");
  // Not "ci": it refuses the lock for parts of other systems that it does not name, and npm leaves them out where they are not to be had.
  const child = spawn("npm", ["install", "--no-save", "--no-audit", "--no-fund"], { cwd: BENCH, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [status] = (await once(child, "close")) as [number | null];
  if (status !== 0)
    throw new Error(`What we are measured against cannot be installed. Type: npm install --no-save --prefix bench\n${errors}`);
}

/** A package of bench/node_modules. Its name is not known to the compiler, so that the project type-checks without it. */
export async function peer<Module>(name: string): Promise<Module> {
  const loaded = (await import(name)) as { readonly default?: Module } & Module;
  return loaded.default ?? loaded;
}
