import type { Json } from "./blocks/shape.ts";
import type { SlackConversations } from "./conversations.ts";
import { information, membership, people, person } from "./directory.ts";
import type { SlackFiles } from "./files.ts";
import { missingScope, scopeOf, type Token } from "./tokens.ts";
import type { SlackViews } from "./views.ts";
import { conversationOf, directOf, type Workspace } from "./workspaces.ts";

export interface WebApi {
  readonly address: () => string;
  readonly conversations: SlackConversations;
  readonly views: SlackViews;
  readonly files: SlackFiles;
}

/** What Slack answers to a method that is called with a good token. */
export function callMethod(api: WebApi, token: Token, method: string, args: Json): Json {
  const workspace = workspaceFor(token, args);
  const missing = missingScope(scopeOf(method, args, workspace), token);
  if (missing !== undefined) return missing;
  const { conversations, views, files } = api;
  switch (method) {
    case "auth.test":
      return identity(api, token, workspace);
    case "auth.revoke":
      token.dead = "token_revoked";
      return { ok: true, revoked: true };
    case "apps.uninstall":
      token.dead = "account_inactive";
      return { ok: true };
    case "chat.postMessage":
      return conversations.post(workspace, args, { isPublicOpen: token.scopes.includes("chat:write.public") });
    case "chat.postEphemeral":
      return conversations.post(workspace, args, { user: String(args.user) });
    case "chat.update":
      return conversations.change(workspace, args);
    case "chat.delete":
      return conversations.remove(workspace, args);
    case "chat.getPermalink":
      return permalink(api, workspace, args);
    case "conversations.history":
      return readable(workspace, args) ?? conversations.history(workspace, args);
    case "conversations.replies":
      return readable(workspace, args) ?? conversations.replies(workspace, args);
    case "conversations.info":
      return information(workspace, args);
    case "conversations.members":
      return membership(workspace, args);
    case "conversations.open":
      return direct(workspace, args);
    case "users.info":
      return person(workspace, args);
    case "users.list":
      return people(workspace, args);
    case "views.open":
      return views.open(workspace, args);
    case "views.push":
      return views.push(workspace, args);
    case "views.update":
      return views.update(workspace, args);
    case "views.publish":
      return views.publish(workspace, args);
    case "files.getUploadURLExternal":
      return files.getUploadUrl(workspace, args);
    case "files.completeUploadExternal":
      return files.complete(workspace, args);
    case "files.info":
      return files.info(workspace, args);
    case "files.delete":
      return files.remove(workspace, args);
    default:
      return { ok: false, error: "unknown_method" };
  }
}

/** The workspace that a call is about: that of the channel, person or team it names; of the token, where it serves one only. */
export function workspaceFor({ workspaces }: Token, args: Json): Workspace {
  const named = workspaces.find(
    (workspace) =>
      workspace.team === args.team_id ||
      [args.channel, args.channel_id].some((channel) => channel !== undefined && conversationOf(workspace, String(channel)) !== null) ||
      [args.user, args.user_id].some((user) => user !== undefined && workspace.users.has(String(user))),
  );
  return named ?? workspaces[0]!;
}

function identity({ address }: WebApi, { enterprise }: Token, workspace: Workspace): Json {
  const { team, name, botUser, botId } = workspace;
  const organisation = enterprise ?? workspace.enterprise;
  return {
    ok: true,
    url: `http://${address()}/`,
    team: name,
    team_id: enterprise ?? team,
    user: "curewatch",
    user_id: botUser,
    bot_id: botId,
    is_enterprise_install: enterprise !== null,
    ...(organisation === null ? {} : { enterprise_id: organisation }),
  };
}

function readable(workspace: Workspace, { channel }: Json): Json | undefined {
  const found = conversationOf(workspace, String(channel));
  if (found === null || found !== channel) return { ok: false, error: "channel_not_found" };
  return workspace.channels.get(found)?.isMember === false ? { ok: false, error: "not_in_channel" } : undefined;
}

function permalink({ address, conversations }: WebApi, workspace: Workspace, { channel, message_ts }: Json): Json {
  if (conversationOf(workspace, String(channel)) === null) return { ok: false, error: "channel_not_found" };
  const found = conversations.shown.some(({ ts, channel: stands }) => ts === message_ts && stands === channel);
  if (!found) return { ok: false, error: "message_not_found" };
  return { ok: true, channel, permalink: `http://${address()}/archives/${String(channel)}/p${String(message_ts).replace(".", "")}` };
}

function direct(workspace: Workspace, { users }: Json): Json {
  const user = String(users);
  return workspace.users.has(user) ? { ok: true, channel: { id: directOf(user) } } : { ok: false, error: "user_not_found" };
}
