import type { Log } from "../../src/ports/chat.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";

export const NOW = "2026-11-22T08:00:00.000Z" as Instant;

export function later(from: Instant, seconds: number): Instant {
  return instantOf(millisecondsOf(from) + seconds * 1000);
}

export interface KeptLog extends Log {
  /** What was logged, with what it was about, line by line. */
  readonly lines: readonly string[];
}

export function keptLog(): KeptLog {
  const lines: string[] = [];
  const keep = (level: string) => (about: object, text: string) => void lines.push(`${level} ${text} ${JSON.stringify(about)}`);
  return { lines, info: keep("info"), warn: keep("warn"), error: keep("error") };
}
