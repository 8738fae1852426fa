import { createHmac } from "node:crypto";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import { CHANNEL, SIGNING_SECRET, TEAM, USER } from "./slack-platform.ts";

/** What Slack sends for a slash command. It escapes & < > of what was typed. */
export function slashCommand(typed: string, triggerId: string, responseUrl: string, command = "/matter"): Record<string, string> {
  return {
    command,
    text: escaped(typed),
    trigger_id: triggerId,
    response_url: responseUrl,
    ...{
      team_id: TEAM,
      team_domain: "watch",
      channel_id: CHANNEL,
      channel_name: "watch",
      user_id: USER,
      user_name: "ana",
      api_app_id: "A0APP",
    },
  };
}

/** What Slack sends for a pressed button; texts and the value come back escaped (slackapi/bolt-python#513). */
export function pressedButton(
  button: { readonly action_id: string; readonly value: string },
  triggerId: string,
  responseUrl: string,
): object {
  return {
    type: "block_actions",
    trigger_id: triggerId,
    response_url: responseUrl,
    team: { id: TEAM, domain: "watch" },
    channel: { id: CHANNEL, name: "watch" },
    user: { id: USER, username: "ana", name: "ana", team_id: TEAM },
    container: { type: "message", channel_id: CHANNEL },
    actions: [{ type: "button", block_id: "b", action_id: button.action_id, value: escaped(button.value), action_ts: "1" }],
  };
}

export interface Signing {
  readonly now: Instant;
  readonly secret?: string;
  /** How far the request's timestamp is from now. */
  readonly skewSeconds?: number;
}

/** The headers and body of a form that Slack signed. */
export function signedForm(
  fields: Record<string, string>,
  signing: Signing,
): { readonly headers: Record<string, string>; readonly body: string } {
  return signed(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded", signing);
}

/** The same for a JSON body. */
export function signedJson(body: object, signing: Signing): { readonly headers: Record<string, string>; readonly body: string } {
  return signed(JSON.stringify(body), "application/json", signing);
}

function signed(body: string, contentType: string, { now, secret = SIGNING_SECRET, skewSeconds = 0 }: Signing) {
  const timestamp = String(Math.floor(millisecondsOf(now) / 1000) + skewSeconds);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return { headers: { "content-type": contentType, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature }, body };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
