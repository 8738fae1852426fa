import type { IncomingMessage, ServerResponse } from "node:http";
import type { webApi } from "@slack/bolt";
import { ErrorCode, type Installation, type InstallationStore, InstallProvider } from "@slack/oauth";
import type { ChatHost, Log } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { refusedWith } from "./failure.ts";
import type { Installations } from "./installations.ts";
import { boltLogger } from "./logger.ts";
import { type Page, showPage } from "./oauth-page.ts";
import { refusedInstallation, sentBackWith, uninstalledWhy } from "./oauth-refusals.ts";
import { STATE_SECONDS, type States } from "./oauth-state.ts";
import { askedLanguage, installedIn, PAGE } from "./oauth-words.ts";

/** What Slack wants to know of an app that several workspaces install, and what their tokens are kept by. */
export interface OAuthConfig {
  /** Basic Information, App Credentials in the app's settings. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seals the installations; at least 32 characters. */
  readonly secretKey: string;
  /** The secret key before this one: what it sealed is still opened. */
  readonly secretKeyBefore?: string;
  /** Where Slack sends the browser back to, as the app's settings have it; the first of those without it. */
  readonly redirectUri?: string;
}

/** What a workspace is asked for, as the manifest has it: all but the first three are optional there, and whoever installs the app may leave them out. */
export const BOT_SCOPES: readonly string[] = [
  ...["commands", "chat:write", "users:read"],
  ...["chat:write.public", "files:write", "channels:read", "groups:read", "mpim:read"],
];

export const INSTALL_PATH = "/slack/install";
const REDIRECT_PATH = "/slack/oauth_redirect";

interface Options {
  readonly config: OAuthConfig;
  readonly apiUrl: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly installations: Installations;
  readonly states: States;
}

/** Serves the two pages by which a workspace installs the app: one sends the browser to Slack, the other takes it back with a code. */
export function serveInstallation(host: ChatHost, { config, apiUrl, clientOptions, installations, states }: Options): void {
  const urlOptions = {
    scopes: [...BOT_SCOPES],
    ...(config.redirectUri === undefined ? {} : { redirectUri: config.redirectUri }),
  };
  const provider = new InstallProvider({
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    // Beside the Web API, whatever its address: https://slack.com/oauth/v2/authorize.
    authorizationUrl: new URL("/oauth/v2/authorize", apiUrl).href,
    installationStore: storeIn(installations, host.clock),
    directInstall: true,
    installUrlOptions: urlOptions,
    stateCookieExpirationSeconds: STATE_SECONDS,
    stateStore: {
      generateStateParam: async () => states.issue(),
      async verifyStateParam(_now, state) {
        if (!(await states.accept(state)))
          throw Object.assign(new Error("used, expired or not ours"), { code: ErrorCode.InvalidStateError });
        return urlOptions;
      },
    },
    clientOptions,
    // What it would log of a failure is told below, once and without the request.
    logger: { ...boltLogger(host.log), error: () => {} },
  });

  host.route("GET", INSTALL_PATH, (request, response) => provider.handleInstallPath(request, withoutCaching(response)));
  host.route("GET", REDIRECT_PATH, (request, response) =>
    provider.handleCallback(request, withoutCaching(response), {
      successAsync: async (installed, _options, asked, answer) =>
        showPage(answer as ServerResponse, installedPage(installed, asked as IncomingMessage, host.log)),
      failureAsync: async (error, _options, asked, answer) =>
        showPage(answer as ServerResponse, failedPage(error, asked as IncomingMessage, host.log)),
    }),
  );
}

function withoutCaching(response: ServerResponse): ServerResponse {
  return response.setHeader("cache-control", "no-store").setHeader("referrer-policy", "no-referrer");
}

/** Only what the bot needs is kept: no person's token, even where Slack gives one. */
function storeIn(installations: Installations, clock: Clock): InstallationStore {
  return {
    async storeInstallation({ team, enterprise, isEnterpriseInstall, bot }: Installation) {
      if (bot === undefined) throw new Error("Slack gave no bot token");
      const { token, id, userId: user, scopes, refreshToken, expiresAt } = bot;
      const rotated = refreshToken === undefined || expiresAt === undefined ? {} : { refreshToken, expiresAt };
      await installations.put({
        team: isEnterpriseInstall === true ? null : (team?.id ?? null),
        enterprise: enterprise?.id ?? null,
        bot: { token, id, user, scopes, ...rotated },
        madeAt: Math.floor(millisecondsOf(clock.now()) / 1000),
      });
    },
    fetchInstallation: () => Promise.reject(new Error("installations are looked up elsewhere")),
  };
}

function installedPage({ team, enterprise, isEnterpriseInstall }: Installation, { headers }: IncomingMessage, log: Log): Page {
  const language = askedLanguage(headers["accept-language"]);
  const where = isEnterpriseInstall === true ? enterprise : team;
  log.info({ workspace: where?.id }, "slack: installed in a workspace");
  const open = PAGE.open[language];
  return {
    ...{ status: 200, language, title: PAGE.installed[language] },
    sentences: [installedIn(where?.name ?? PAGE.workspace[language], language), PAGE.invite[language]],
    ...(team === undefined ? {} : { link: { to: `https://app.slack.com/client/${encodeURIComponent(team.id)}`, label: open } }),
  };
}

/** Slack's words for a code that was kept too long, or sent twice (docs.slack.dev/reference/methods/oauth.v2.access). */
const SPENT: ReadonlySet<string> = new Set(["invalid_code", "code_expired", "code_already_used"]);

function failedPage(error: Error & { readonly code?: string }, { url, headers }: IncomingMessage, log: Log): Page {
  const language = askedLanguage(headers["accept-language"]);
  const page = (status: number, ...sentences: readonly string[]): Page => ({
    ...{ status, language, title: PAGE.uninstalled[language], sentences },
    link: { to: INSTALL_PATH, label: PAGE.again[language] },
  });
  const code = error.code;
  if (code === ErrorCode.AuthorizationError) return page(403, PAGE.unallowed[language]);
  const word = code === ErrorCode.MissingCodeError ? sentBackWith(url) : null;
  if (word !== null) {
    log.warn({ word }, "slack: an installation failed, as Slack's page says");
    return page(400, refusedInstallation(word, language), PAGE.inLog[language]);
  }
  if (code === ErrorCode.MissingStateError || code === ErrorCode.InvalidStateError || code === ErrorCode.MissingCodeError)
    return page(400, PAGE.elsewhere[language]);
  if (SPENT.has(refusedWith(error) ?? "")) return page(400, PAGE.spent[language], PAGE.withinTen[language]);
  log.warn({ err: error }, "slack: an installation failed");
  return page(502, uninstalledWhy(error, language), PAGE.inLog[language]);
}
