import pino from "pino";
import type { Log } from "../ports/chat.ts";

/** JSON lines on standard error. What could hold a secret is never logged whole; these paths are cut out all the same. */
export function openLog(level: string): Log {
  const redact = {
    paths: [
      "*.token",
      "*.botToken",
      "*.appToken",
      "*.signingSecret",
      "*.signingSecretBefore",
      "*.oauth",
      "*.clientSecret",
      "*.secretKey",
      "*.appPassword",
      "*.authorization",
      "*.headers",
      "*.metricsToken",
      "*.heartbeat",
    ],
    censor: "[secret]",
  };
  return pino({ level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}

export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
