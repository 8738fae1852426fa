import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Ending } from "../ending.ts";

/** The pretended chat platform, seen from the bench: what it showed is the truth that every contestant is checked against. */
export interface Platform {
  readonly port: number;
  reset(): Promise<void>;
  shown(): Promise<readonly string[]>;
}

export async function startPlatform(ending: Ending): Promise<Platform> {
  const child = fork(join(import.meta.dirname, "server.ts"));
  ending.kill(child);
  const [port] = (await once(child, "message")) as [number];
  const address = `http://127.0.0.1:${port}`;
  return {
    port,
    async reset() {
      await (await fetch(`${address}/reset`, { method: "POST" })).text();
    },
    shown: async () => (await (await fetch(`${address}/shown`)).json()) as readonly string[],
  };
}

/** What is wrong with what was shown; null where each text stands there exactly once and nothing else does. */
export function faultIn(shown: readonly string[], wanted: readonly string[]): string | null {
  const counts = new Map<string, number>(wanted.map((text) => [text, 0]));
  for (const text of shown) {
    const count = counts.get(text);
    if (count === undefined) return `showed "${text}", which nobody was to post`;
    counts.set(text, count + 1);
  }
  const missing = [...counts].filter(([, count]) => count === 0);
  const doubled = [...counts].filter(([, count]) => count > 1);
  if (missing.length === 0 && doubled.length === 0) return null;
  const [one] = [...missing, ...doubled];
  return `${missing.length} of ${wanted.length} texts were never shown and ${doubled.length} more than once, such as "${one![0]}"`;
}
