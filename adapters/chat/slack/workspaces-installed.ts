import { webApi } from "@slack/bolt";
import { neverFailure } from "../shared/failure.ts";
import type { Tokens } from "./installation-tokens.ts";
import type { Installations, Installed } from "./installations.ts";
import type { Workspace } from "./post.ts";
import { type Fetch, Withheld } from "./web-client.ts";
import { NotThere, type Reached } from "./workspaces.ts";

interface Options {
  readonly installations: Installations;
  readonly tokens: Tokens;
  readonly clientOptions: webApi.WebClientOptions & { readonly fetch: Fetch };
  /** What posts need beside the client and the workspace. */
  readonly shared: Pick<Workspace, "state" | "log" | "pause">;
  /** What somebody does who wants the app in a workspace. */
  readonly howToInstall: string;
}

/** The workspaces that have installed the app, each with a client of its own: a 429 pauses a whole client. */
export function installedWorkspaces({ installations, tokens, clientOptions, shared, howToInstall }: Options): Reached {
  const clients = new Map<string, webApi.WebClient>();

  function clientOf(team: string): webApi.WebClient {
    const client = clients.get(team) ?? new webApi.WebClient("taken-when-sent", { ...clientOptions, fetch: fetchFor(team) });
    clients.set(team, client);
    return client;
  }

  async function installedIn(team: string): Promise<Installed> {
    const installed = await installations.serving(team);
    if (installed === null) throw new Withheld(gone(team));
    const fresh = await tokens.fresh(installed);
    if ("ok" in fresh) throw new Withheld(fresh);
    return fresh;
  }

  /** Calls Slack with the token that the workspace has at that moment. One that Slack calls expired is renewed, once: it has refused the call. */
  function fetchFor(team: string): Fetch {
    return async (url, init) => {
      const installed = await installedIn(team).catch(nothingSent);
      const response = await clientOptions.fetch(url, bearing(init, installed));
      if (installed.bot.refreshToken === undefined || response.status !== 200) return response;
      const text = await response.text();
      if (!isExpired(text)) return new Response(text, { status: 200, headers: [...response.headers.entries()] });
      const renewed = await tokens.renewed(installed);
      if ("ok" in renewed) throw new Withheld(renewed);
      return clientOptions.fetch(url, bearing(init, renewed));
    };
  }

  function gone(team: string) {
    return neverFailure(`The app was removed from the workspace ${team}, or never installed there. ${howToInstall}`);
  }

  return {
    async authorize({ teamId, enterpriseId, isEnterpriseInstall }) {
      const installed = await installations.find({
        team: teamId ?? null,
        enterprise: enterpriseId ?? null,
        ofOrganisation: isEnterpriseInstall,
      });
      if (installed === null) throw new NotThere(`Curewatch is not installed in this workspace. ${howToInstall}`);
      const fresh = await tokens.fresh(installed);
      if ("ok" in fresh) throw new NotThere(`Curewatch cannot answer in this workspace now. ${fresh.reason}`);
      const { bot, team, enterprise } = fresh;
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
      return installed === null ? gone(team) : { ...shared, client: clientOf(team), team, bot: installed.bot.id };
    },
    isOurs: () => true,
  };
}

/** The call as the client makes it, with the workspace's token in the place of the client's. */
function bearing(init: Parameters<Fetch>[1], { bot }: Installed): Parameters<Fetch>[1] {
  return { ...init, headers: { ...init?.headers, Authorization: `Bearer ${bot.token}` } };
}

/** What keeps the token from being read keeps the call from being made. */
function nothingSent(error: unknown): never {
  if (error instanceof Withheld) throw error;
  throw new Withheld({ ok: false, retry: "later", reason: "The workspace's token could not be read: nothing was sent." });
}

function isExpired(text: string): boolean {
  return /"error"\s*:\s*"token_expired"/.test(text);
}
