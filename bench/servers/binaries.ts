import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Progress } from "../progress.ts";

/** Where Debian keeps what is not on the path. */
const POSTGRES = "/usr/lib/postgresql";

/** The path of a program, on the path or where Debian keeps PostgreSQL's; null where it is not installed. */
export function programOf(name: string): string | null {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(POSTGRES, version, "bin")), ...(process.env.PATH ?? "").split(delimiter)];
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program, installed from Debian's packages where it is missing and that can be done; else it throws the line to type. */
export async function need(name: string, debianPackage: string, progress: Progress): Promise<string> {
  const found = programOf(name);
  if (found !== null) return found;
  const line = `apt-get install --yes --no-install-recommends ${debianPackage}`;
  const missing = `${name} is not installed, and without it there is nothing to compare with. Type: ${line}`;
  if (process.getuid?.() !== 0 || programOf("apt-get") === null) throw new Error(missing);
  progress.now(`installing ${debianPackage}`);
  // Debian starts the services that it installs, unless the machine stands at runlevel 1: the bench starts its own.
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const child = spawn("sh", ["-c", `apt-get update -qq; ${line}`], { env: environment, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [status] = (await once(child, "close")) as [number | null];
  const installed = programOf(name);
  if (status !== 0 || installed === null) throw new Error(`${missing}\n${errors}`);
  return installed;
}
