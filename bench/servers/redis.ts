import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ending } from "../ending.ts";
import type { Progress } from "../progress.ts";
import { need } from "./binaries.ts";
import { answering, freePort } from "./free-port.ts";

/** A Redis of the bench's own on loopback, each write on the disk before it is answered; its port. */
export async function startRedis(folder: string, ending: Ending, progress: Progress): Promise<number> {
  const program = await need("redis-server", "redis-server", progress);
  const port = await freePort();
  const data = join(folder, "redis");
  await mkdir(data);
  const settings = {
    port: String(port),
    bind: "127.0.0.1",
    dir: data,
    appendonly: "yes",
    appendfsync: "always",
    // The log alone makes it durable: snapshots beside it would only cost.
    save: "",
    // BullMQ asks for it.
    "maxmemory-policy": "noeviction",
  };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  ending.kill(spawn(program, words, { stdio: "ignore" }));
  await answering(port, "Redis");
  return port;
}
