import { type AuthorizeResult, webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import type { SlackConfig } from "./config.ts";
import type { Grant, Removal, Team } from "./installation.ts";
import { sealOf } from "./installation-seal.ts";
import { tokensOf } from "./installation-tokens.ts";
import { type Installations, installationsIn } from "./installations.ts";
import { boltLogger } from "./logger.ts";
import { INSTALL_PATH, type OAuthConfig, serveInstallation } from "./oauth.ts";
import { statesOf } from "./oauth-state.ts";
import { readTeam } from "./places.ts";
import type { Workspace } from "./post.ts";
import { installingAt } from "./turned-away.ts";
import type { UnderWay } from "./under-way.ts";
import { unstarted } from "./unstarted.ts";
import type { Fetch } from "./web-client.ts";
import { type Identity, oneWorkspace, type Reached } from "./workspaces.ts";
import { installedWorkspaces } from "./workspaces-installed.ts";

export interface Opened {
  readonly reached: Reached;
  /** The workspaces in which the app is installed now. */
  teams(): Promise<readonly Team[]>;
  /** An installation is no more. */
  forget(removed: Removal): Promise<void>;
  /** An organisation's installation may serve other workspaces from now on. */
  granted(grant: Grant): Promise<void>;
}

interface Means {
  readonly apiUrl: string;
  readonly clientOptions: webApi.WebClientOptions & { readonly fetch: Fetch };
  readonly pause: Workspace["pause"];
  readonly underWay: UnderWay;
}

/** The workspaces of the configuration: the one of the bot token, or all that have installed the app, with the pages by which they do. */
export async function openWorkspaces(config: SlackConfig, host: ChatHost, means: Means): Promise<Opened> {
  const { botToken, oauth } = config;
  if (botToken !== undefined && oauth === undefined) return openOne(botToken, host, means);
  if (botToken === undefined && oauth !== undefined) return openMany(oauth, host, means);
  throw new Error("Slack needs a bot token for one workspace, or a client id and a client secret for many: one of the two.");
}

async function openOne(botToken: string, host: ChatHost, { clientOptions, pause }: Means): Promise<Opened> {
  const { state, log } = host;
  const client = new webApi.WebClient(botToken, { ...clientOptions, logger: boltLogger(log) });
  const identity = await identify(client);
  const { team } = identity;
  warnOfStrange(host, (of) => of === team, `of another workspace than the bot's, ${team}`);
  return {
    reached: oneWorkspace(identity, { client, team, bot: identity.authorized.botId, state, log, pause }),
    teams: async () => [{ team, isOpen: true }],
    async forget({ left, bots }) {
      if (left !== undefined && !left.includes(team)) return;
      const own = identity.authorized.botUserId;
      if (bots !== undefined && own !== undefined && !bots.includes(own)) return;
      log.warn({ workspace: team }, "slack: the app was removed from its workspace: install it again and configure the new token");
    },
    granted: async () => undefined,
  };
}

async function openMany(config: OAuthConfig, host: ChatHost, { apiUrl, clientOptions, pause, underWay }: Means): Promise<Opened> {
  const { state, log, clock } = host;
  const options = { ...clientOptions, logger: boltLogger(log) };
  const changed = async () => {
    try {
      await host.workspacesChanged();
    } catch (err) {
      log.error({ err }, "slack: the desks could not follow what was installed, and will be tried again");
    }
  };
  const installations: Installations = installationsIn({
    state,
    seal: sealOf(config.secretKey, config.secretKeyBefore),
    log,
    clock,
    changed,
  });
  const anew = await installations.sealAnew();
  if (anew > 0)
    log.info({ installations: anew }, "slack: installations were sealed anew with the newest key: the one before is not needed any more");
  const installed = await installations.teams();
  warnOfStrange(host, (of) => installed.some(({ team }) => team === of), "of a workspace in which the app is not installed");
  const client = new webApi.WebClient(undefined, options);
  const tokens = tokensOf({ client, clientId: config.clientId, clientSecret: config.clientSecret, clock, installations, underWay });
  serveInstallation(host, {
    config,
    apiUrl,
    clientOptions: options,
    installations,
    states: statesOf({ secret: config.secretKey, clock, state }),
  });
  const { redirectUri } = config;
  const howToInstall = installingAt(redirectUri === undefined ? null : new URL(INSTALL_PATH, redirectUri).href, INSTALL_PATH);
  return {
    reached: installedWorkspaces({ installations, tokens, clock, clientOptions: options, shared: { state, log, pause }, howToInstall }),
    teams: () => installations.teams(),
    granted: (grant) => installations.grant(grant),
    async forget(removed) {
      if (await installations.remove(removed))
        log.info(
          { workspace: removed.left ?? removed.team ?? removed.enterprise },
          "slack: removed from a workspace: its installation is deleted",
        );
    },
  };
}

/** Nobody hears of anything at a place, and nobody administers, of a workspace that was mistyped. */
function warnOfStrange({ named = [], log }: ChatHost, isServed: (team: string | null) => boolean, why: string): void {
  for (const one of named.filter((name) => !isServed(readTeam(name))))
    log.warn({ named: one }, `slack: the configuration (CUREWATCH_ADMINS, _CANARY or _OPERATIONS) names somebody or a place ${why}`);
}

/** The workspace of the token and the bot in it; refuses in words, since a wrong token is the commonest mistake. */
async function identify(client: webApi.WebClient): Promise<Identity> {
  try {
    const answer = await client.auth.test();
    const { team_id: team, user_id: botUserId, bot_id: botId, enterprise_id, is_enterprise_install: isOfOrganisation } = answer;
    if (team === undefined) throw new Error("Slack did not say which workspace the bot token is for.");
    const authorized: AuthorizeResult = {
      botToken: client.token!,
      teamId: team,
      ...(botUserId && { botUserId }),
      ...(botId && { botId }),
    };
    return { team, authorized, organisation: isOfOrganisation === true ? (enterprise_id ?? null) : null };
  } catch (error) {
    const why = error instanceof webApi.SlackError ? unstarted("bot", error) : (error as Error).message;
    throw new Error(`Slack cannot be used: ${why}`, { cause: error });
  }
}
