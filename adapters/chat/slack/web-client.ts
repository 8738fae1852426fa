import type { webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import { readHttpDate } from "../shared/http-date.ts";
import { waitOf } from "../shared/retry-after.ts";
import { type HttpAnswer, postText } from "./http-client.ts";

/** Nothing was sent, or Slack asked to wait: what became of the call is known already. */
export class Withheld extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.name = "Withheld";
    this.failure = failure;
  }
}

/** Slack called the token expired and has given no other, for the reason that the failure says: nothing came of the call. */
export class Unrenewed extends Withheld {}

/** A 429, whatever form its Retry-After has: the client itself reads whole seconds only, and those wrongly where they are negative. */
function askedToWait(header: string | null, now: Parameters<typeof waitOf>[1]): Withheld {
  const { asked, afterSeconds } = waitOf(header, now);
  return new Withheld({ ok: false, retry: "later", reason: `Slack ${asked}.`, ...(afterSeconds === undefined ? {} : { afterSeconds }) });
}

/** JSON that is neither an object nor a list. */
const BARE_VALUE = /^(?:null|true|false|-?\d[\d.eE+-]*|"[^"]*")$/;

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
      const { headers, body } = init ?? {};
      // Nothing that is no text is sent this way: pictures go to an address of their own.
      if (typeof body !== "string") throw new TypeError("only a text can be sent to Slack this way");
      const answer = await postText(new URL(url as string), { headers: headers as Record<string, string>, body, timeout, kept: false });
      const withheld = heardFrom(answer, host);
      if (withheld !== null) throw withheld;
      return responseOf(answer);
    },
  };
}

/**
 * What the client reads of a response, as often as it likes, and no more: fetch's own class would bring all of fetch into memory. What is neither an
 * object nor a list is no answer of Slack's, and the client would fail on it in the midst of its reading.
 */
function responseOf({ status, statusText, headers, body: heard }: HttpAnswer): Response {
  const body = BARE_VALUE.test(heard.trim()) ? "" : heard;
  const named = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const get = (name: string) => named.get(name.toLowerCase()) ?? null;
  const read = { text: async () => body, arrayBuffer: async () => new TextEncoder().encode(body).buffer };
  return { status, statusText, url: "", headers: { get, entries: () => named.entries() }, ...read } as unknown as Response;
}

/** Passes on what time it is by Slack's clock; what to throw where Slack asks to wait, else null. */
export function heardFrom({ status, headers }: HttpAnswer, host: Pick<ChatHost, "clock" | "heardTime">): Withheld | null {
  const platform = readHttpDate(headers.date ?? null, host.clock.now());
  if (platform !== null) host.heardTime(platform);
  return status === 429 ? askedToWait(headers["retry-after"] ?? null, platform ?? host.clock.now()) : null;
}
