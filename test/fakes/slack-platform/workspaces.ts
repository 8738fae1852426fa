import { BOT, BOT_TOKEN, CHANNEL, DIRECT, SCOPES, TEAM, USER } from "./names.ts";

/** A workspace as a test describes it; what is left out follows from its id: T0OTHER has the channel C0OTHER and the person U0OTHER. */
export interface WorkspaceOptions {
  readonly team: string;
  readonly enterprise?: string;
  readonly name?: string;
  /** The token of a bot that is installed from the start; without it the app is not installed there. */
  readonly botToken?: string;
  readonly botUser?: string;
  readonly scopes?: readonly string[];
  readonly channels?: readonly ChannelOptions[];
  readonly users?: readonly UserOptions[];
}

export interface ChannelOptions {
  readonly id: string;
  readonly name?: string;
  readonly isPrivate?: boolean;
  /** Whether the bot is in it; it is without this. */
  readonly isMember?: boolean;
  /** With whom it is shared; nobody without it. */
  readonly sharing?: Sharing;
  /** Who is in it; everybody of the workspace without it. */
  readonly members?: readonly string[];
  readonly isGroupDirect?: boolean;
}

/** With another company, as an invitation to one, or with other workspaces of the organisation. */
export type Sharing = "external" | "pending" | "organisation";

export interface UserOptions {
  readonly id: string;
  readonly name?: string;
  readonly realName?: string;
  /** en-US without it. */
  readonly locale?: string;
  readonly is?: Being;
  /** Their own workspace, where it is another one. */
  readonly home?: string;
}

/** What a user is besides an ordinary member: a guest of several channels or of one, of another company, or deactivated. */
export type Being = "guest" | "single-channel guest" | "stranger" | "deleted";

export interface Channel {
  readonly id: string;
  name: string;
  readonly isPrivate: boolean;
  isMember: boolean;
  isArchived: boolean;
  sharing: Sharing | null;
  /** Null for everybody of the workspace. */
  members: readonly string[] | null;
  readonly isGroupDirect: boolean;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly locale: string;
  is: Being | null;
  readonly home: string | null;
}

export interface Workspace {
  readonly team: string;
  readonly enterprise: string | null;
  readonly name: string;
  readonly botUser: string;
  readonly botId: string;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly users: ReadonlyMap<string, User>;
  /** The newer blocks that it takes on every surface; undefined where it takes each where it is documented. */
  taken: readonly string[] | undefined;
}

export const DEFAULT_WORKSPACE: WorkspaceOptions = {
  team: TEAM,
  name: "Watch",
  botToken: BOT_TOKEN,
  botUser: "U0BOT",
  scopes: SCOPES,
  channels: [{ id: CHANNEL, name: "watch" }],
  users: [{ id: USER, name: "ana", realName: "Ana Dias" }],
};

export function workspaceOf(options: WorkspaceOptions): Workspace {
  const rest = options.team.slice(1);
  const channels = options.channels ?? [{ id: `C${rest}` }];
  const users = options.users ?? [{ id: `U${rest}` }];
  return {
    team: options.team,
    enterprise: options.enterprise ?? null,
    name: options.name ?? options.team,
    botUser: options.botUser ?? (options.team === TEAM ? "U0BOT" : `U${rest}BOT`),
    botId: options.team === TEAM ? BOT : `B${rest}`,
    channels: new Map(channels.map((channel) => [channel.id, channelOf(channel)])),
    users: new Map(users.map((user) => [user.id, userOf(user)])),
    taken: undefined,
  };
}

function channelOf({ id, name = id.toLowerCase(), isPrivate = false, isMember = true, ...more }: ChannelOptions): Channel {
  const { sharing = null, members = null, isGroupDirect = false } = more;
  return { id, name, isPrivate, isMember, isArchived: false, sharing, members, isGroupDirect };
}

function userOf({ id, name = id.toLowerCase(), realName = name, locale = "en-US", is, home }: UserOptions): User {
  return { id, name, realName, locale, is: is ?? null, home: home ?? null };
}

/** The conversation of the direct messages with that user. */
export function directOf(user: string): string {
  return user === USER ? DIRECT : `D${user.slice(1)}`;
}

/** The conversation that an argument of the Web API names: a user's id stands for the direct messages with them. Null for one of elsewhere. */
export function conversationOf(workspace: Workspace, named: string): string | null {
  if (workspace.channels.has(named)) return named;
  if (workspace.users.has(named)) return directOf(named);
  return [...workspace.users.keys()].some((user) => directOf(user) === named) ? named : null;
}
