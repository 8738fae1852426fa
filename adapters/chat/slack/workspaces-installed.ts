import { webApi } from "@slack/bolt";
import type { Clock } from "../../../src/time/clock.ts";
import type { Failure } from "../shared/failure.ts";
import { soon } from "../shared/soon.ts";
import type { Installed } from "./installation.ts";
import type { Tokens } from "./installation-tokens.ts";
import type { Installations } from "./installations.ts";
import type { Workspace } from "./post.ts";
import { bearing, endOf } from "./refused-token.ts";
import { renewing } from "./renewing.ts";
import { NotThere, SEALED, type Told, tokenless, uninstalled } from "./turned-away.ts";
import { type Fetch, Withheld } from "./web-client.ts";
import type { Reached } from "./workspaces.ts";

interface Options {
  readonly installations: Installations;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly clientOptions: webApi.WebClientOptions & { readonly fetch: Fetch };
  /** What posts need beside the client and the workspace. */
  readonly shared: Pick<Workspace, "state" | "log" | "pause">;
  /** What somebody does who wants the app in a workspace. */
  readonly howToInstall: Told;
}

/** How long whoever has done something waits for another token, in milliseconds: Slack wants to be answered within three seconds. */
const PATIENCE = { alive: 500, ended: 2_000 } as const;

/** The workspaces that have installed the app, each with a client of its own: a 429 pauses a whole client. */
export function installedWorkspaces({ installations, tokens, clock, clientOptions, shared, howToInstall }: Options): Reached {
  const clients = new Map<string, webApi.WebClient>();
  /** Workspaces in which nothing can be said, with what was complained of. */
  const complained = new Map<string, string>();
  const answering = renewing({
    ...{ fetch: clientOptions.fetch, tokens, clock },
    told({ team, enterprise }, failure) {
      if (failure === null) complained.delete((team ?? enterprise)!);
      else waits((team ?? enterprise)!, failure);
    },
  });

  function clientOf(team: string): webApi.WebClient {
    const client = clients.get(team) ?? new webApi.WebClient("taken-when-sent", { ...clientOptions, fetch: fetchFor(team) });
    clients.set(team, client);
    return client;
  }

  async function installedIn(team: string): Promise<Installed> {
    const installed = await installations.serving(team);
    if (installed === null) throw new Withheld(gone(team));
    if (installed === "sealed") throw new Withheld(closed(team));
    const fresh = await tokens.fresh(installed);
    if ("ok" in fresh) throw new Withheld(waits(team, fresh));
    return fresh;
  }

  /**
   * Calls Slack with the token that the workspace has at that moment. One that Slack calls expired is renewed, once: it has refused the call. While
   * it takes none, everything waits: it is due still when the app is installed again.
   */
  function fetchFor(team: string): Fetch {
    return async (url, init) => {
      const installed = await installedIn(team).catch(nothingSent);
      const response = await clientOptions.fetch(url, bearing(init, installed));
      const ended = await endOf(response);
      if (ended === null) {
        if (response.status === 200) complained.delete(team);
        return response;
      }
      if (ended.code !== "token_expired" || installed.bot.refreshToken === undefined) throw new Withheld(waits(team, ended.failure));
      const renewed = await tokens.renewed(installed);
      if ("ok" in renewed) throw new Withheld(waits(team, renewed));
      return clientOptions.fetch(url, bearing(init, renewed));
    };
  }

  function gone(team: string): Failure {
    return {
      ok: false,
      retry: "later",
      reason: `The app was removed from the workspace ${team}, or never installed there. ${howToInstall.en}`,
    };
  }

  /** It is said by this process that it cannot: another one may have the key. */
  function closed(team: string): Failure {
    return {
      ok: false,
      retry: "later",
      reason: `The installation of the workspace ${team} was sealed with a key that this process does not have: CUREWATCH_SECRET_KEY_BEFORE takes it.`,
    };
  }

  /** Nobody in the workspace can be told: whoever runs the program reads it, once for each reason. */
  function waits(team: string, failure: Failure): Failure {
    const { reason } = failure;
    if (complained.get(team) !== reason) shared.log.error({ workspace: team }, `slack: nothing can be said in a workspace: ${reason}`);
    complained.set(team, reason);
    return failure;
  }

  /** The installation with a token by which somebody can be answered in time. */
  async function inTime(installed: Installed): Promise<Installed> {
    const isAlive = tokens.isAlive(installed);
    const fresh = await soon(tokens.fresh(installed), isAlive ? PATIENCE.alive : PATIENCE.ended, null);
    if (fresh !== null && !("ok" in fresh)) return fresh;
    if (fresh === null && isAlive) return installed;
    throw new NotThere(tokenless(fresh));
  }

  return {
    async authorize({ teamId, enterpriseId, isEnterpriseInstall }) {
      const installed = await installations.find({
        team: teamId ?? null,
        enterprise: enterpriseId ?? null,
        ofOrganisation: isEnterpriseInstall,
      });
      if (installed === null) throw new NotThere(uninstalled(howToInstall));
      if (installed === "sealed") throw new NotThere(SEALED);
      const served = await inTime(installed);
      answering.serve(served);
      const { bot, team, enterprise } = served;
      return {
        botToken: bot.token,
        botId: bot.id,
        botUserId: bot.user,
        ...((team ?? teamId) ? { teamId: team ?? teamId! } : {}),
        ...(enterprise === null ? {} : { enterpriseId: enterprise }),
      };
    },
    async workspace(team) {
      const installed = await installations.serving(team);
      if (installed === null) return gone(team);
      return installed === "sealed" ? closed(team) : { ...shared, client: clientOf(team), team, bot: installed.bot.id };
    },
    isOurs: () => true,
    fetch: answering.fetch,
  };
}

/** What keeps the token from being read keeps the call from being made. */
function nothingSent(error: unknown): never {
  if (error instanceof Withheld) throw error;
  throw new Withheld({ ok: false, retry: "later", reason: "The workspace's token could not be read: nothing was sent." });
}
