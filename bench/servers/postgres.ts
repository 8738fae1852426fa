import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ending } from "../ending.ts";
import type { Progress } from "../progress.ts";
import { need } from "./binaries.ts";
import { answering, freePort } from "./free-port.ts";

/** Who owns a new cluster, and may do everything in it from this machine. */
export const POSTGRES_USER = "bench";

/** A PostgreSQL of the bench's own on loopback with the settings that it comes with; its port. It refuses to run as root. */
export async function startPostgres(folder: string, ending: Ending, progress: Progress): Promise<number> {
  const program = await need("postgres", "postgresql", progress);
  const initdb = await need("initdb", "postgresql", progress);
  const port = await freePort();
  const home = join(folder, "postgres");
  const data = join(home, "data");
  await mkdir(home);
  const as = process.getuid?.() === 0 ? await lesserUser(folder, home) : {};
  progress.now("preparing PostgreSQL");
  const made = spawn(initdb, ["--pgdata", data, "--username", POSTGRES_USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"], {
    ...as,
    cwd: home,
    stdio: ["ignore", "ignore", "pipe"],
  });
  ending.kill(made, "SIGKILL");
  let errors = "";
  made.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [status] = (await once(made, "close")) as [number | null];
  if (status !== 0) throw new Error(`PostgreSQL cannot be prepared:\n${errors}`);
  const words = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${home}`];
  // SIGINT ends its sessions at once and leaves whole files behind.
  ending.kill(spawn(program, words, { ...as, cwd: home, stdio: "ignore" }), "SIGINT");
  await answering(port, "PostgreSQL");
  return port;
}

/** The user that Debian makes for PostgreSQL, else nobody; the folder becomes theirs. */
async function lesserUser(folder: string, home: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const [uid, gid] = idsOf("postgres") ?? idsOf("nobody") ?? [65_534, 65_534];
  await chown(folder, uid, gid);
  await chown(home, uid, gid);
  return { uid, gid };
}

function idsOf(name: string): readonly [number, number] | null {
  const [uid, gid] = ["-u", "-g"].map((what) => Number.parseInt(spawnSync("id", [what, name], { encoding: "utf8" }).stdout, 10));
  return uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid) ? null : [uid, gid];
}
