import type { webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import { readHttpDate } from "../shared/http-date.ts";
import { waitOf } from "../shared/retry-after.ts";

/** A 429, whatever form its Retry-After has: the client itself reads whole seconds only, and those wrongly where they are negative. */
export class AskedToWait extends Error {
  readonly failure: Failure;

  constructor(header: string | null, now: Parameters<typeof waitOf>[1]) {
    const { asked, afterSeconds } = waitOf(header, now);
    const reason = `Slack ${asked}.`;
    super(reason);
    this.name = "AskedToWait";
    this.failure = { ok: false, retry: "later", reason, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  }
}

export interface Reach {
  readonly apiUrl: string;
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

/**
 * How every client of ours calls Slack. No retries: the client's default of ten repeats a post that Slack had accepted, and a 429 pauses every
 * workspace. What time it is by Slack's clock is passed on once a response.
 */
export function clientOptions({ apiUrl, timeout }: Reach, host: Pick<ChatHost, "clock" | "heardTime">): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    async fetch(url, init) {
      const response = await fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeout) });
      const platform = readHttpDate(response.headers.get("date"), host.clock.now());
      if (platform !== null) host.heardTime(platform);
      if (response.status !== 429) return response;
      await response.body?.cancel();
      throw new AskedToWait(response.headers.get("retry-after"), platform ?? host.clock.now());
    },
  };
}
