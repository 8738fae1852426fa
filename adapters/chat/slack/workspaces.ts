import type { AuthorizeResult, AuthorizeSourceData } from "@slack/bolt";
import type { Workspaces } from "../../../src/ports/chat.ts";
import { type Failure, neverFailure } from "../shared/failure.ts";
import type { Team } from "./installation.ts";
import { readWorkspace } from "./places.ts";
import type { Workspace } from "./post.ts";
import { ANOTHER, NotThere } from "./turned-away.ts";
import type { Fetch } from "./web-client.ts";

/** The workspaces in which the adapter is: one, by a bot token, or those that have installed it. */
export interface Reached {
  /** The bot that answers what came from there; throws NotThere. */
  authorize(source: AuthorizeSourceData<boolean>): Promise<AuthorizeResult>;
  /** The workspace as posts need it; a refusal in words where the adapter is not there, or not any more. */
  workspace(team: string): Promise<Workspace | Failure>;
  /** Whether a person of that workspace may be written to. */
  isOurs(team: string): boolean;
  /** How whoever has done something is answered, where tokens end. */
  readonly fetch?: Fetch;
}

/** The bot of a token. */
export interface Identity {
  readonly team: string;
  /** The organisation, where the token is for all of it. */
  readonly organisation: string | null;
  readonly authorized: AuthorizeResult;
}

/**
 * The one workspace of a bot token. What comes from another, where the same app is installed too or from people of a shared channel, is turned
 * away: it would be answered from this workspace's register.
 */
export function oneWorkspace({ team, organisation, authorized }: Identity, workspace: Workspace): Reached {
  return {
    async authorize({ teamId, enterpriseId }) {
      if (teamId === undefined || teamId === team || (organisation !== null && enterpriseId === organisation)) {
        // A copy: Bolt writes into it who asked.
        return { ...authorized };
      }
      throw new NotThere(ANOTHER);
    },
    async workspace(asked) {
      return asked === team ? workspace : neverFailure(`${asked} is another workspace than the bot's, ${team}.`);
    },
    isOurs: (asked) => asked === team,
  };
}

/** The desk of a workspace: nothing of one is seen at another. */
export function deskOfTeam(team: string): string {
  return `slack-${team.toLowerCase()}`;
}

/** The workspaces as desks. Before the adapter is started none is known. */
export function desksOf(teams: () => Promise<readonly Team[]>): Workspaces {
  const desks = async (isOpen: boolean) => (await teams()).filter((one) => one.isOpen === isOpen).map(({ team }) => deskOfTeam(team));
  return {
    deskOf(minted) {
      const team = readWorkspace(minted);
      return team === null ? null : deskOfTeam(team);
    },
    installed: () => desks(true),
    sealed: () => desks(false),
  };
}
