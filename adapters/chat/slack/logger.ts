import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../../src/ports/chat.ts";

/** Bolt's log in ours. Its debug lines carry whole requests with people's texts, so they are left out. */
export function boltLogger(log: Log): Logger {
  const write = (level: "info" | "warn" | "error", words: readonly unknown[]) => {
    const error = words.find((word) => word instanceof Error);
    const text = words.map((word) => (word instanceof Error ? word.message : String(word))).join(" ");
    log[level](error === undefined ? {} : { err: error }, `slack: ${text}`);
  };
  return {
    debug: () => {},
    // What the SDK calls information, such as each reconnection, says nothing to who runs the register.
    info: () => {},
    warn: (...words) => write("warn", words),
    error: (...words) => write("error", words),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
