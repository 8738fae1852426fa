import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import type { AdapterState } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";

/** How long an installation may take from the first page to the last, as long as the browser keeps the state's cookie. */
export const STATE_SECONDS = 600;

export interface States {
  /** A state for one installation: random, signed, good for ten minutes. Nothing is stored until it comes back. */
  issue(): string;
  /** True once for each that was issued within ten minutes. */
  accept(state: string): Promise<boolean>;
}

/** Whoever asks for the first page a million times fills no disk: what was issued is known by its signature, and what came back by a note. */
export function statesOf({
  secret,
  clock,
  state,
}: {
  readonly secret: string;
  readonly clock: Clock;
  readonly state: AdapterState;
}): States {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "curewatch slack oauth state", 32));
  const accepting = new Set<string>();
  const now = () => Math.floor(millisecondsOf(clock.now()) / 1000);
  const signatureOf = (issued: string) => createHmac("sha256", key).update(issued).digest();

  return {
    issue() {
      const issued = `${(now() + STATE_SECONDS).toString(36)}.${randomBytes(24).toString("base64url")}`;
      return `${issued}.${signatureOf(issued).toString("base64url")}`;
    },
    async accept(given) {
      const [ends = "", random = "", signature = ""] = given.split(".");
      const [expected, shown] = [signatureOf(`${ends}.${random}`), Buffer.from(signature, "base64url")];
      if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) return false;
      const left = Number.parseInt(ends, 36) - now();
      if (left < 0 || left > STATE_SECONDS || accepting.has(random)) return false;
      accepting.add(random);
      try {
        const note = `slack/state/${random}`;
        if ((await state.get(note)) !== undefined) return false;
        await state.set(note, "used", (STATE_SECONDS + 60) * 1000);
        return true;
      } finally {
        accepting.delete(random);
      }
    },
  };
}
