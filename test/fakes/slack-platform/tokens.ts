import type { Json } from "./blocks/shape.ts";
import type { Workspace } from "./workspaces.ts";

/** What a token may do, and where. One of an organisation serves all its workspaces. */
export interface Token {
  readonly token: string;
  readonly workspaces: readonly Workspace[];
  /** The organisation, where the app was installed for all of it. */
  readonly enterprise: string | null;
  scopes: readonly string[];
  /** Milliseconds since 1970; null for a token that does not expire. */
  expiresAt: number | null;
  /** The word with which Slack answers it from now on. */
  dead: "token_revoked" | "account_inactive" | null;
}

export interface Tokens {
  issue(token: Omit<Token, "dead">): Token;
  /** The token; Slack's refusal where it is unknown, revoked or expired. */
  read(token: string): Token | Json;
  /** Those that serve the workspace and are not dead. */
  of(team: string): readonly Token[];
}

export function slackTokens(now: () => number): Tokens {
  const issued = new Map<string, Token>();
  return {
    issue(given) {
      const token: Token = { ...given, dead: null };
      issued.set(token.token, token);
      return token;
    },
    read(named) {
      const token = issued.get(named);
      if (token === undefined) return { ok: false, error: "invalid_auth" };
      if (token.dead !== null) return { ok: false, error: token.dead };
      if (token.expiresAt !== null && now() >= token.expiresAt) return { ok: false, error: "token_expired" };
      return token;
    },
    of: (team) => [...issued.values()].filter(({ workspaces, dead }) => dead === null && workspaces.some((one) => one.team === team)),
  };
}

export function isToken(read: Token | Json): read is Token {
  return "workspaces" in read;
}

/** The scope that a method needs; undefined where it needs none (docs.slack.dev/reference/methods, each method's page). */
export function scopeOf(method: string, args: Json, workspace: Workspace): string | undefined {
  switch (method) {
    case "chat.postMessage":
    case "chat.postEphemeral":
    case "chat.update":
    case "chat.delete":
      return "chat:write";
    case "users.info":
    case "users.list":
      return "users:read";
    case "files.getUploadURLExternal":
    case "files.completeUploadExternal":
    case "files.delete":
      return "files:write";
    case "files.info":
      return "files:read";
    case "conversations.history":
    case "conversations.replies":
      return `${kindOf(workspace, args.channel)}:history`;
    case "conversations.info":
    case "conversations.members":
      return `${kindOf(workspace, args.channel)}:read`;
    case "conversations.open":
      return "im:write";
    default:
      return undefined;
  }
}

/** Slack's answer where the token lacks the scope. */
export function missingScope(needed: string | undefined, { scopes }: Token): Json | undefined {
  if (needed === undefined || scopes.includes(needed)) return undefined;
  return { ok: false, error: "missing_scope", needed, provided: scopes.join(",") };
}

function kindOf({ channels }: Workspace, channel: unknown): string {
  if (String(channel).startsWith("D")) return "im";
  const { isPrivate = false, isGroupDirect = false } = channels.get(String(channel)) ?? {};
  return isGroupDirect ? "mpim" : isPrivate ? "groups" : "channels";
}
