import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";

/** Slack asks to refuse what is older; Bolt 5.1 refuses the old and takes the future, so both sides are checked here. */
const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  readonly secret: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly now: Instant;
}

/** Whether the headers alone may be those of a request that Slack has signed within five minutes of now. */
export function isPlausible(headers: IncomingHttpHeaders, now: Instant): boolean {
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (typeof timestamp !== "string" || typeof signature !== "string" || !/^\d{1,12}$/.test(timestamp)) return false;
  return /^v0=[0-9a-f]{64}$/.test(signature) && Math.abs(millisecondsOf(now) / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
}

/** Whether Slack signed the request within five minutes of now (docs.slack.dev, "Verifying requests from Slack"). */
export function isSigned({ secret, headers, body, now }: SignedRequest): boolean {
  if (!isPlausible(headers, now)) return false;
  const timestamp = String(headers["x-slack-request-timestamp"]);
  const expected = Buffer.from(`v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`);
  return timingSafeEqual(Buffer.from(String(headers["x-slack-signature"])), expected);
}
