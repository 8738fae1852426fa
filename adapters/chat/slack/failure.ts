import { RespondError, webApi } from "@slack/bolt";
import { connectionFailure, type Failure, neverFailure, unknownFailure } from "../shared/failure.ts";
import { Unrenewed, Withheld } from "./web-client.ts";

/** What a person must do about an answer of Slack (docs.slack.dev/reference/methods/chat.postMessage, "Errors"). */
const MEND: Readonly<Record<string, string>> = {
  not_in_channel: "The bot is not in this channel. Invite it there: /invite @ and the bot's name.",
  channel_not_found:
    "Slack knows no such channel, or it is private and the bot was never invited. Type /invite @ and the bot's name there.",
  is_archived: "The channel is archived. Unarchive it, or let another channel watch these matters.",
  restricted_action: "The workspace does not let the bot post there. A workspace admin can change who may post in the channel.",
  restricted_action_read_only_channel: "The channel is read-only. Ask its managers to let the bot post.",
  user_not_found: "Slack knows no such person.",
  cannot_dm_bot: "Slack does not deliver direct messages to a bot.",
  messages_tab_disabled: "Direct messages to the app are switched off. Switch on the Messages tab in the app's settings, under App Home.",
  no_permission: "The bot lacks a permission. Reinstall the app with the scopes commands and chat:write.",
  access_denied: "Slack denies access. Ask a workspace admin whether the app may be used there, and install it again.",
  ekm_access_denied: "The administrators of the workspace have suspended posting there. Ask them until when.",
  enterprise_is_restricted: "Slack does not take this from an app of a whole organisation. Install the app in the workspace itself.",
  team_access_not_granted: "The organisation has not given the app this workspace. Ask an administrator of the organisation to add it.",
  not_allowed_token_type: "This is no bot token. Configure the Bot User OAuth Token from the app's settings, under Install App.",
  invalid_auth:
    "Slack refuses the bot token. Copy the Bot User OAuth Token again from the app's settings, under Install App, or install the app again.",
  not_authed: "Slack got no token. Configure the Bot User OAuth Token.",
  account_inactive: "The app was removed from the workspace. Install it again, and configure the new token where one is configured.",
  token_revoked: "The bot token was revoked. Install the app again, and configure the new token where one is configured.",
  token_expired: "The bot token has expired. Install the app again, and configure the new token where one is configured.",
  invalid_refresh_token: "Slack does not renew the bot token any more. Install the app again.",
  invalid_client_id: "Slack does not know the app's client id. Copy it again from the app's settings, under Basic Information.",
  bad_client_secret: "Slack refuses the app's client secret. Copy it again from the app's settings, under Basic Information.",
  message_not_found: "The message is not there any more.",
  cant_update_message: "Slack does not let the bot change this message.",
  edit_window_closed: "The workspace's settings do not let messages of this age be changed.",
};

/** The token serves for nothing, in the whole workspace. */
const ENDED = new Set(["account_inactive", "token_revoked", "token_expired", "invalid_auth"]);

/** The message is left as it is, whatever else the bot may do there. */
const FIXED = new Set(["cant_update_message", "edit_window_closed"]);

/** Slack's own trouble: whether the message was taken nobody can tell. */
const TROUBLE = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"]);
/** Nothing was taken, and later it may be: `org_login_required` while a workspace is being moved into an organisation. */
const THROTTLED = new Set(["ratelimited", "rate_limited", "message_limit_exceeded", "org_login_required"]);

/** Nobody can tell whether what was sent was shown; the cause says why. */
export class PerhapsShown extends Error {}

/** Of an answer of several messages one failed, and why is its cause. */
export class Stopped extends Error {
  /** So many were shown before, of so many. */
  readonly shown: number;
  readonly of: number;

  constructor(shown: number, of: number, cause: unknown) {
    super(`${shown} of ${of} messages of an answer were shown`, { cause });
    this.shown = shown;
    this.of = of;
  }
}

/** What became of a call of the client that failed. */
export function failureOf(error: unknown): Failure {
  if (error instanceof PerhapsShown) return failureOf(error.cause);
  const scope = scopeNeeded(error);
  if (scope !== null)
    return neverFailure(
      `The bot lacks a permission. Reinstall the app with the scope ${scope || "commands and chat:write"}. (missing_scope)`,
    );
  if (error instanceof webApi.WebAPIPlatformError) return refusal(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError)
    return unknownFailure(`Slack answered ${error.statusCode}; the message may have been shown.`);
  if (error instanceof RespondError) {
    const { statusCode: status } = error;
    if (status >= 500) return unknownFailure(`Slack answered ${status}; the message may have been shown.`);
    return neverFailure(`Slack's address for the answer takes it no more (${status}).`);
  }
  const original = error instanceof webApi.WebAPIRequestError ? error.original : error;
  if (original instanceof Withheld) return original.failure;
  // What broke the connection, before an answer or in its midst; an answer that makes no sense comes as a TypeError.
  return connectionFailure("Slack", original);
}

/** Whether it failed on the way to Slack or there, and not in this program. */
export function isOfSlack(error: unknown): boolean {
  return error instanceof webApi.SlackError || error instanceof PerhapsShown;
}

/** Whether it may have been shown all the same. */
export function isInDoubt(error: unknown): boolean {
  return isOfSlack(error) && failureOf(error).retry === "unknown";
}

/** What a delivery is kept with, where Slack asks to wait for more than a day. */
const TRIED_AGAIN = /asks to wait (\d+) hours?, more than a day(; it is tried again in an hour)/;

/** Why, to somebody for whom nothing is tried again: that it is holds of a delivery alone. */
export function untried({ reason }: Failure): string {
  const [, , again] = TRIED_AGAIN.exec(reason) ?? [];
  return again === undefined ? reason : reason.replace(again, "");
}

/** How many seconds Slack asked to wait, where a delivery may be tried again before; null where it named no time. */
export function waitAsked(failure: Failure): number | null {
  const [, hours] = TRIED_AGAIN.exec(failure.reason) ?? [];
  if (hours !== undefined) return Number(hours) * 3_600;
  return failure.retry === "later" ? (failure.afterSeconds ?? null) : null;
}

/** Why nothing at all can be said in a workspace, by the word with which Slack refused; null for any other word. */
export function endedBy(code: string): string | null {
  return ENDED.has(code) ? `${MEND[code]} (${code})` : null;
}

/** Whether the call failed for the workspace's token, so that whoever acts there next fares no better. */
export function isEnded(error: unknown): boolean {
  return refusalToRenew(error) !== null || endedBy(refusedWith(error) ?? "") !== null;
}

/** Why Slack gave no other token in the place of one that had expired, and its word for it, empty where it said none; null where it was not that. */
export function refusalToRenew(error: unknown): { readonly code: string; readonly reason: string } | null {
  if (!(error instanceof webApi.WebAPIRequestError) || !(error.original instanceof Unrenewed)) return null;
  const { reason } = error.original.failure;
  return { code: /\((\w+)\)$/.exec(reason)?.[1] ?? "", reason };
}

/** The word by which Slack refused, where it did. */
export function refusedWith(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/**
 * The scope for want of which Slack refused, or several of which one would do; empty where it did not name it, null where it did not refuse for
 * that.
 */
export function scopeNeeded(error: unknown): string | null {
  if (!(error instanceof webApi.WebAPIPlatformError) || refusedWith(error) !== "missing_scope") return null;
  const { needed } = error.data as { readonly needed?: unknown };
  return typeof needed === "string" && /^[\w:.,]+$/.test(needed) ? needed : "";
}

function refusal(code: string | undefined): Failure {
  // The client takes a page that is no JSON, such as a proxy's, for the name of an error.
  if (code === undefined || !/^\w+$/.test(code))
    return unknownFailure("Something between here and Slack answered in its stead; the message may have been shown.");
  if (THROTTLED.has(code)) return { ok: false, retry: "later", reason: `Slack asks to wait (${code}).` };
  if (TROUBLE.has(code)) return unknownFailure(`Slack had trouble of its own (${code}); the message may have been shown.`);
  const reason = `${Object.hasOwn(MEND, code) ? MEND[code] : "Slack refuses the message."} (${code})`;
  return { ok: false, retry: "never", reason, ...(code === "message_not_found" ? { gone: true } : FIXED.has(code) ? { fixed: true } : {}) };
}
