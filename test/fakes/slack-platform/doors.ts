import { createHmac } from "node:crypto";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import { SIGNING_SECRET } from "./names.ts";
import type { SlackPlatform } from "./slack-platform.ts";

export interface Signing {
  readonly now: Instant;
  readonly secret?: string;
  /** How far the request's timestamp is from now. */
  readonly skewSeconds?: number;
}

export interface Signed {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The headers and body of a form that Slack signed. */
export function signedForm(fields: Record<string, string>, signing: Signing): Signed {
  return signed(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded", signing);
}

/** The same for a JSON body. */
export function signedJson(body: object, signing: Signing): Signed {
  return signed(JSON.stringify(body), "application/json", signing);
}

function signed(body: string, contentType: string, { now, secret = SIGNING_SECRET, skewSeconds = 0 }: Signing): Signed {
  const timestamp = String(Math.floor(millisecondsOf(now) / 1000) + skewSeconds);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return { headers: { "content-type": contentType, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature }, body };
}

export type Envelope = "slash_commands" | "interactive" | "events_api";

/** How the app answered. */
export interface Acknowledged {
  readonly status: number;
  /** undefined where the body was empty. */
  readonly body: unknown;
}

/** One of the two ways on which Slack reaches the app. `retry` counts Slack's deliveries of the same thing after the first. */
export type Door = (type: Envelope, payload: object, retry?: number) => Promise<Acknowledged>;

/** Signed requests to the app's address. */
export function httpDoor(url: () => string, signing: () => Signing): Door {
  return async (type, payload, retry) => {
    const request =
      type === "events_api"
        ? signedJson(payload, signing())
        : signedForm(type === "interactive" ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>), signing());
    const retried: Record<string, string> =
      retry === undefined ? {} : { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" };
    const path = type === "slash_commands" ? "/slack/commands" : "/slack/events";
    const response = await fetch(`${url()}${path}`, { method: "POST", headers: { ...request.headers, ...retried }, body: request.body });
    return { status: response.status, body: read(await response.text()) };
  };
}

/** Envelopes over Socket Mode: what is acknowledged counts as 200. */
export function socketDoor(platform: Pick<SlackPlatform, "deliver">): Door {
  return async (type, payload, retry) => {
    const body = await platform.deliver(type, payload, retry);
    return { status: 200, body: body === "" ? undefined : body };
  };
}

function read(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
