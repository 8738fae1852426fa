import type { Json } from "./blocks/shape.ts";
import { APP, CLIENT_ID, CLIENT_SECRET } from "./names.ts";
import type { Token, Tokens } from "./tokens.ts";
import type { Workspace } from "./workspaces.ts";

/** How long an access token lives where tokens rotate (docs.slack.dev/authentication/using-token-rotation): twelve hours. */
const TOKEN_SECONDS = 43_200;
/** How long a code can be exchanged: ten minutes. */
const CODE_MILLISECONDS = 600_000;

export interface OauthOptions {
  readonly now: () => number;
  readonly tokens: Tokens;
  /** Whether the app has token rotation switched on. */
  readonly rotates: boolean;
  readonly mint: () => string;
  /** The redirect URLs of the app's settings; where there are any, an asked one must be one of them, and the first serves where none is asked. */
  readonly redirects: readonly string[];
}

/** What the person at Slack's own page does: installs the app in that workspace, or in all of its organisation, or declines. */
export interface Consent {
  readonly workspaces: readonly Workspace[];
  readonly enterprise: string | null;
  readonly user: string;
}

/** Slack's OAuth, version 2. */
export interface SlackOauth {
  /** The page that asks the person; where the browser goes afterwards, or what the page says instead. */
  authorize(asked: URLSearchParams, consent: Consent | null): { readonly location: string } | { readonly error: string };
  /** oauth.v2.access, by code or by refresh token. */
  access(args: Json, authorization: string | undefined): Json;
}

interface Code extends Consent {
  readonly scopes: readonly string[];
  readonly redirect: string;
  readonly at: number;
}

export function slackOauth({ now, tokens, rotates, mint, redirects }: OauthOptions): SlackOauth {
  const codes = new Map<string, Code>();
  const spentCodes = new Set<string>();
  const refreshing = new Map<string, Token>();

  function issued(consent: Consent, scopes: readonly string[]): Json {
    const [workspace] = consent.workspaces;
    const expiresAt = rotates ? now() + TOKEN_SECONDS * 1000 : null;
    const token = tokens.issue({ token: `${rotates ? "xoxe.xoxb" : "xoxb"}-${mint()}-${workspace!.team}`, ...consent, scopes, expiresAt });
    return { ...answerOf(token, workspace!), authed_user: { id: consent.user } };
  }

  function answerOf(token: Token, { team, name, botUser, enterprise }: Workspace): Json {
    const refresh = `xoxe-1-${mint()}`;
    if (rotates) refreshing.set(refresh, token);
    return {
      ok: true,
      app_id: APP,
      token_type: "bot",
      access_token: token.token,
      scope: token.scopes.join(","),
      bot_user_id: botUser,
      team: token.enterprise === null ? { id: team, name } : null,
      enterprise: enterprise === null ? null : { id: enterprise, name: enterprise },
      is_enterprise_install: token.enterprise !== null,
      ...(rotates ? { refresh_token: refresh, expires_in: TOKEN_SECONDS } : {}),
    };
  }

  function refresh(named: string): Json {
    const before = refreshing.get(named);
    if (before === undefined) return { ok: false, error: "invalid_refresh_token" };
    // One use: the next refresh token comes with the answer.
    refreshing.delete(named);
    if (before.dead !== null) return { ok: false, error: "token_revoked" };
    const { dead: _, ...same } = before;
    const [workspace] = before.workspaces;
    const next = tokens.issue({ ...same, token: `xoxe.xoxb-${mint()}-${workspace!.team}`, expiresAt: now() + TOKEN_SECONDS * 1000 });
    return answerOf(next, workspace!);
  }

  return {
    authorize(asked, consent) {
      if (asked.get("client_id") !== CLIENT_ID) return { error: "invalid_client_id" };
      const redirect = asked.get("redirect_uri") ?? redirects[0];
      if (redirect === undefined || (redirects.length > 0 && !redirects.includes(redirect))) return { error: "bad_redirect_uri" };
      const back = new URL(redirect);
      const state = asked.get("state");
      if (state !== null) back.searchParams.set("state", state);
      if (consent === null) {
        back.searchParams.set("error", "access_denied");
        return { location: back.href };
      }
      const scopes = (asked.get("scope") ?? "").split(",").filter((scope) => scope !== "");
      if (scopes.length === 0) return { error: "invalid_scope" };
      const code = `${mint()}.code`;
      codes.set(code, { ...consent, scopes, redirect, at: now() });
      back.searchParams.set("code", code);
      return { location: back.href };
    },
    access(args, authorization) {
      const [id, secret] = credentialsOf(args, authorization);
      if (id !== CLIENT_ID) return { ok: false, error: "invalid_client_id" };
      if (secret !== CLIENT_SECRET) return { ok: false, error: "bad_client_secret" };
      if (args.grant_type === "refresh_token") return refresh(String(args.refresh_token));
      const named = String(args.code);
      if (spentCodes.has(named)) return { ok: false, error: "code_already_used" };
      const code = codes.get(named);
      if (code === undefined || now() - code.at >= CODE_MILLISECONDS) return { ok: false, error: "invalid_code" };
      if (args.redirect_uri !== undefined && args.redirect_uri !== code.redirect) return { ok: false, error: "bad_redirect_uri" };
      spentCodes.add(named);
      return issued(code, code.scopes);
    },
  };
}

/** The app's id and secret: in the form, or by Basic authentication. */
function credentialsOf(args: Json, authorization: string | undefined): readonly [unknown, unknown] {
  const basic = /^Basic (.+)$/.exec(authorization ?? "")?.[1];
  if (basic === undefined) return [args.client_id, args.client_secret];
  const [id, secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return [id, secret];
}
