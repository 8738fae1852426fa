import type { Json } from "./blocks/shape.ts";
import { APP, CHANNEL, TEAM, USER } from "./names.ts";

/** Who acts, and where. */
export interface Origin {
  readonly team: string;
  readonly enterprise?: string | null;
  /** The app is installed for the whole organisation: what people do then comes without a workspace of its own. */
  readonly isOrganisation?: true;
  readonly user: string;
  readonly userName: string;
  readonly channel: string;
  readonly channelName: string;
}

export const ANA: Origin = { team: TEAM, user: USER, userName: "ana", channel: CHANNEL, channelName: "watch" };

/** What Slack sends for a slash command. It escapes & < > of what was typed. */
export function slashCommand(
  typed: string,
  triggerId: string,
  responseUrl: string,
  command = "/matter",
  { team, enterprise, isOrganisation, user, userName, channel, channelName }: Origin = ANA,
): Record<string, string> {
  return {
    ...{ token: "legacy", command, text: escaped(typed), trigger_id: triggerId, response_url: responseUrl },
    ...{ team_id: team, team_domain: "watch", channel_id: channel, channel_name: channelName, user_id: user, user_name: userName },
    ...{ api_app_id: APP, is_enterprise_install: String(isOrganisation === true) },
    ...(enterprise == null ? {} : { enterprise_id: enterprise, enterprise_name: enterprise }),
  };
}

/** What Slack sends for a pressed button; texts and the value come back escaped (slackapi/bolt-python#513). */
export function pressedButton(
  button: { readonly action_id: string; readonly value: string },
  triggerId: string,
  responseUrl: string,
  origin: Origin = ANA,
): object {
  const action = { type: "button", block_id: "b", action_id: button.action_id, value: escaped(button.value), action_ts: "1" };
  return {
    ...acted("block_actions", origin),
    ...{ trigger_id: triggerId, response_url: responseUrl, ...channelOf(origin) },
    container: { type: "message", channel_id: origin.channel },
    actions: [action],
  };
}

/** Acting on an element of a message: docs.slack.dev/reference/interaction-payloads/block_actions-payload. */
export function messageAction(
  action: Json,
  message: Json,
  { triggerId, responseUrl, isEphemeral }: { readonly triggerId: string; readonly responseUrl: string; readonly isEphemeral: boolean },
  origin: Origin,
): object {
  const { ts: message_ts, thread_ts } = message;
  return {
    ...acted("block_actions", origin),
    ...{ trigger_id: triggerId, response_url: responseUrl, ...channelOf(origin) },
    container: { type: "message", message_ts, channel_id: origin.channel, is_ephemeral: isEphemeral, ...(thread_ts ? { thread_ts } : {}) },
    // Of a message that only one person sees Slack keeps nothing.
    ...(isEphemeral ? {} : { message }),
    state: { values: {} },
    actions: [action],
  };
}

/** Acting on an element of a modal or of Home: there is no channel, and no response_url. */
export function viewAction(action: Json, view: Json, triggerId: string, origin: Origin): object {
  const { state } = view;
  return {
    ...acted("block_actions", origin),
    ...{ trigger_id: triggerId, container: { type: "view", view_id: view.id }, view, state, actions: [action] },
  };
}

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function viewSubmission(view: Json, triggerId: string, origin: Origin): object {
  return { ...acted("view_submission", origin), trigger_id: triggerId, view, response_urls: [] };
}

export function viewClosed(view: Json, isCleared: boolean, origin: Origin): object {
  return { ...acted("view_closed", origin), view, is_cleared: isCleared };
}

/** docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export function suggestion(typed: string, block: Json, element: Json, view: Json, origin: Origin): object {
  const { action_id } = element;
  return {
    ...acted("block_suggestion", origin),
    ...{ value: typed, block_id: block.block_id, action_id, container: { type: "view", view_id: view.id }, view },
  };
}

/** docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function globalShortcut(callbackId: string, triggerId: string, origin: Origin): object {
  return { ...acted("shortcut", origin), callback_id: callbackId, trigger_id: triggerId, action_ts: "1" };
}

export function messageShortcut(callbackId: string, message: Json, triggerId: string, responseUrl: string, origin: Origin): object {
  const { ts: message_ts } = message;
  return {
    ...acted("message_action", origin),
    ...{ callback_id: callbackId, trigger_id: triggerId, response_url: responseUrl, action_ts: "1", message_ts, message },
    ...channelOf(origin),
  };
}

function acted(type: string, { team, enterprise, isOrganisation, user, userName }: Origin): Json {
  const organisation = enterprise == null ? {} : { enterprise_id: enterprise, enterprise_name: enterprise };
  return {
    ...{ type, token: "legacy", api_app_id: APP, is_enterprise_install: isOrganisation === true },
    team: isOrganisation === true ? null : { id: team, domain: "watch", ...organisation },
    enterprise: enterprise == null ? null : { id: enterprise, name: enterprise },
    user: { id: user, username: userName, name: userName, team_id: team },
  };
}

function channelOf({ channel, channelName }: Origin): Json {
  return { channel: { id: channel, name: channelName } };
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
