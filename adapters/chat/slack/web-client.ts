import type { webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import { readHttpDate } from "../shared/http-date.ts";
import { waitOf } from "../shared/retry-after.ts";

/** Nothing was sent, or Slack asked to wait: what became of the call is known already. */
export class Withheld extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.name = "Withheld";
    this.failure = failure;
  }
}

/** A 429, whatever form its Retry-After has: the client itself reads whole seconds only, and those wrongly where they are negative. */
function askedToWait(header: string | null, now: Parameters<typeof waitOf>[1]): Withheld {
  const { asked, afterSeconds } = waitOf(header, now);
  return new Withheld({ ok: false, retry: "later", reason: `Slack ${asked}.`, ...(afterSeconds === undefined ? {} : { afterSeconds }) });
}

/** As the client calls it. */
export type Fetch = NonNullable<webApi.WebClientOptions["fetch"]>;

export interface Reach {
  readonly apiUrl: string;
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

/**
 * How every client of ours calls Slack. No retries: the client's default of ten repeats a post that Slack had accepted, and a 429 pauses every
 * workspace. What time it is by Slack's clock is passed on once a response.
 */
export function clientOptions(
  { apiUrl, timeout }: Reach,
  host: Pick<ChatHost, "clock" | "heardTime">,
): webApi.WebClientOptions & { readonly fetch: Fetch } {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    async fetch(url, init) {
      const response = await fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeout) });
      const { status, headers } = response;
      const withheld = heardFrom({ status, date: headers.get("date"), retryAfter: headers.get("retry-after") }, host);
      if (withheld === null) return response;
      await response.body?.cancel();
      throw withheld;
    },
  };
}

interface Heard {
  readonly status: number;
  readonly date: string | null | undefined;
  readonly retryAfter: string | null | undefined;
}

/** Passes on what time it is by Slack's clock; what to throw where Slack asks to wait, else null. */
export function heardFrom({ status, date, retryAfter }: Heard, host: Pick<ChatHost, "clock" | "heardTime">): Withheld | null {
  const platform = readHttpDate(date ?? null, host.clock.now());
  if (platform !== null) host.heardTime(platform);
  return status === 429 ? askedToWait(retryAfter ?? null, platform ?? host.clock.now()) : null;
}
