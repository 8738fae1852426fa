import { onTestFinished } from "vitest";
import type { Json } from "./slack-platform/blocks/shape.ts";
import {
  BOT_TOKEN,
  CLIENT_ID,
  CLIENT_SECRET,
  SCOPES,
  type SlackOptions,
  type SlackPlatform,
  slackPlatform,
} from "./slack-platform/slack-platform.ts";
import { DEFAULT_WORKSPACE } from "./slack-platform/workspaces.ts";

export const OTHER = "xoxb-other";

/** A pretended Slack with two workspaces, whose clock a test moves, and calls of its Web API without a client. */
export interface Calling {
  readonly platform: SlackPlatform;
  readonly clock: { now: number };
  call(method: string, args?: Json, token?: string): Promise<Json>;
  /** The same with the status and the headers. */
  fetch(method: string, args?: Json, token?: string): Promise<Response>;
}

export async function calling(options: SlackOptions = {}): Promise<Calling> {
  const clock = { now: 1_700_000_000_000 };
  const workspaces = [DEFAULT_WORKSPACE, { team: "T0OTHER", enterprise: "E0ORG", botToken: OTHER, scopes: SCOPES }];
  const platform = await slackPlatform({ workspaces, ...options, now: () => clock.now });
  onTestFinished(() => platform.close());
  const fetched = (method: string, args: Json = {}, token: string = BOT_TOKEN) =>
    fetch(`${platform.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(
        Object.entries(args).map(([key, value]): [string, string] => [key, typeof value === "string" ? value : JSON.stringify(value)]),
      ),
    });
  return { platform, clock, fetch: fetched, call: async (...how) => (await (await fetched(...how)).json()) as Json };
}

/** Goes to Slack's page and back: the parameters with which the browser comes home. */
export async function approved({ authorizeUrl }: SlackPlatform, asked: Readonly<Record<string, string>> = {}): Promise<URLSearchParams> {
  const query = { client_id: CLIENT_ID, scope: "commands,chat:write", state: "s1", redirect_uri: "http://127.0.0.1:1/back", ...asked };
  const response = await fetch(`${authorizeUrl}?${new URLSearchParams(query)}`, { redirect: "manual" });
  const location = response.headers.get("location");
  if (location === null) throw new Error(await response.text());
  return new URL(location).searchParams;
}

export const CREDENTIALS = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
