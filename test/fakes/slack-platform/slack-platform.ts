import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type At, type Fault, faultScript } from "../fault-script.ts";
import type { Showing } from "../shown-record.ts";
import type { Json } from "./blocks/shape.ts";
import { type SlackMessageShown, slackConversations } from "./conversations.ts";
import { type SlackFile, slackFiles } from "./files.ts";
import { rateLimits } from "./limits.ts";
import { APP } from "./names.ts";
import { type Consent, slackOauth } from "./oauth.ts";
import { render } from "./render.ts";
import { responseUrls } from "./response-urls.ts";
import { type Call, requestHandler } from "./server.ts";
import { socketSide } from "./socket-side.ts";
import { slackTokens } from "./tokens.ts";
import { slackTriggers } from "./triggers.ts";
import { slackViews, type ViewShown } from "./views.ts";
import { type Channel, DEFAULT_WORKSPACE, type Workspace, type WorkspaceOptions, workspaceOf } from "./workspaces.ts";

export type { SlackMessageShown } from "./conversations.ts";
export * from "./names.ts";

export interface SlackOptions {
  /** Milliseconds since 1970 by Slack's clock: the messages' timestamps, and the Date of every answer. */
  readonly now?: () => number;
  /** The most messages on a page of history; 999 without it. */
  readonly page?: number;
  /** The workspaces; DEFAULT_WORKSPACE without it. */
  readonly workspaces?: readonly WorkspaceOptions[];
  /** Whether the app's tokens rotate: those from OAuth expire after twelve hours and come with a refresh token. */
  readonly rotates?: boolean;
}

/** Slack as far as this project uses it, on a loopback port of its own. */
export interface SlackPlatform {
  readonly apiUrl: string;
  /** Where a browser asks for the app: /oauth/v2/authorize of the same server. */
  readonly authorizeUrl: string;
  /** The redirect URLs of the app's settings: none at first, and then any that is asked for is taken. */
  readonly redirects: string[];
  /** Every call of the Web API, in order. */
  readonly calls: readonly Call[];
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** What stands in the channel, oldest first; with a user, what that user alone sees too. */
  messages(channel: string, user?: string): readonly SlackMessageShown[];
  /** Everything that was shown, changed or removed, in order. */
  readonly record: readonly Showing[];
  /** Befalls one call of a method that begins so (chat. without it; "respond" is a response_url, "upload" a file), after as many that go well. */
  failNext(fault: Fault, at?: At): Promise<void>;
  /** Befalls the next calls of such methods, one fault each. */
  failWith(faults: readonly Fault[], at?: At): Promise<void>;
  /** What the tokens of the workspace may do from now on; SCOPES at first. */
  grant(scopes: readonly string[], team?: string): void;
  /** Slack's rate limits, off at first. */
  limit(on: boolean): void;
  /** The newer blocks that the workspace takes, on any surface; the others are refused. Without it each is taken where it is documented. */
  takes(blockTypes: readonly string[], team?: string): void;
  /** A channel, to be archived, renamed, shared, or left by the bot. */
  channel(id: string): Channel;
  /** From now on every call is answered 500, or none any more. */
  trouble(on: boolean): void;
  /** What the person at Slack's page answers from now on: installs in that workspace, or its whole organisation, or declines. */
  consent(answer: { readonly team: string; readonly isForOrganisation?: boolean } | null): void;
  /** A bot token as an installation gives it, without the pages. */
  install(team: string, scopes?: readonly string[]): string;
  /** The app is removed from the workspace: its tokens are dead, and that event is to be delivered. */
  uninstall(team: string): Json;
  /** The workspace's tokens are revoked, and that event is to be delivered. */
  revoke(team: string): Json;
  /** The workspace's tokens have expired. */
  expire(team: string): void;
  /** An event as the Events API sends it, with an id of its own. */
  event(team: string, event: Json): Json;
  /** A trigger id of an interaction of that person, or the one that the test chose. */
  trigger(user: string, id?: string, view?: string): string;
  /** The modals of the person, the one on top last; their Home. */
  views(user: string): readonly ViewShown[];
  home(user: string): ViewShown | null;
  readonly files: readonly SlackFile[];
  /** What a person does at a view, for person.ts. */
  readonly screen: ReturnType<typeof slackViews>;
  /** Somebody removes everything that stands in the channel. */
  wipe(channel: string): void;
  /** Connections over Socket Mode. */
  readonly connections: number;
  /** Closes them all, as Slack does when it recycles a machine. */
  dropConnections(): void;
  /** A response_url that serves five times, for a person in a channel; of a button, with the timestamp of its message. */
  responseUrl(channel: string, user: string, ts?: string): string;
  /** What was shown over a response_url so far, as plain text. */
  shownOver(responseUrl: string): readonly string[];
  /** Sends an envelope over Socket Mode and waits until it is acknowledged; the payload of the acknowledgement. */
  deliver(type: string, payload: object | null | undefined, retry?: number): Promise<unknown>;
  /** Sends anything at all over Socket Mode. */
  say(frame: unknown): void;
  close(): Promise<void>;
}

export async function slackPlatform(options: SlackOptions = {}): Promise<SlackPlatform> {
  const { now = Date.now, page = 999, rotates = false } = options;
  let minted = 0;
  const mint = () => String(++minted);
  let address = "";
  const described = options.workspaces ?? [DEFAULT_WORKSPACE];
  const workspaces = new Map(described.map((one) => [one.team, workspaceOf(one)]));
  const tokens = slackTokens(now);
  for (const { team, botToken, scopes = DEFAULT_WORKSPACE.scopes! } of described)
    if (botToken !== undefined)
      tokens.issue({ token: botToken, workspaces: [workspaces.get(team)!], enterprise: null, scopes, expiresAt: null });

  const files = slackFiles(
    () => address,
    mint,
    () => conversations,
  );
  const hasFile = (workspace: Workspace, id: string) => files.has(workspace, id);
  const conversations = slackConversations({ now, most: page, hasFile });
  const triggers = slackTriggers(now, mint);
  const views = slackViews({ triggers, mint, hasFile });
  const urls = responseUrls(now, mint, conversations);
  const redirects: string[] = [];
  const oauth = slackOauth({ now, tokens, rotates, mint, redirects });
  const limits = rateLimits(now);
  const script = faultScript();
  const sockets = socketSide(mint);
  const calls: Call[] = [];
  let answer: Consent | null = consentTo(described[0]!.team, false);

  const api = { address: () => address, conversations, views, files };
  const handle = requestHandler({ now, api, tokens, oauth, urls, limits, script, calls, consent: () => answer });
  const server = createServer((request, response) => void handle(request, response));
  server.on("upgrade", (request, socket) => sockets.accept(request, socket));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function workspace(team: string): Workspace {
    const found = workspaces.get(team);
    if (found === undefined) throw new Error(`no workspace ${team}`);
    return found;
  }

  function consentTo(team: string, isForOrganisation: boolean): Consent {
    const { enterprise, users } = workspace(team);
    const served = isForOrganisation ? [...workspaces.values()].filter((one) => one.enterprise === enterprise) : [workspace(team)];
    return { workspaces: served, enterprise: isForOrganisation ? enterprise : null, user: [...users.keys()][0]! };
  }

  function teamOf(what: "users" | "channels", id: string): string {
    const found = [...workspaces.values()].find((one) => one[what].has(id));
    return found?.team ?? described[0]!.team;
  }

  function event(team: string, about: Json): Json {
    const { botUser, enterprise } = workspace(team);
    const at = Math.floor(now() / 1000);
    const isOrganisation = tokens.of(team).some((token) => token.enterprise !== null);
    const bot = { enterprise_id: enterprise, team_id: isOrganisation ? null : team, user_id: botUser, is_bot: true };
    return {
      ...{ token: "legacy", team_id: team, api_app_id: APP, type: "event_callback", event_id: `Ev0${mint()}`, event_time: at },
      event: { event_ts: `${at}.000000`, ...about },
      authorizations: [{ ...bot, is_enterprise_install: isOrganisation }],
    };
  }

  function kill(team: string, dead: "account_inactive" | "token_revoked"): void {
    for (const token of tokens.of(team)) token.dead = dead;
  }

  return {
    apiUrl: `http://${address}/api/`,
    authorizeUrl: `http://${address}/oauth/v2/authorize`,
    redirects,
    calls,
    workspaces,
    messages: (channel, user) =>
      conversations.shown.filter((message) => message.channel === channel && (message.user === undefined || message.user === user)),
    record: conversations.record,
    failNext: (fault, { method = "chat.", after = 0, team } = {}) => script.add([fault], { method, after, ...(team && { team }) }),
    failWith: (faults, { method = "chat.", after = 0, team } = {}) => script.add(faults, { method, after, ...(team && { team }) }),
    grant(scopes, team = described[0]!.team) {
      for (const token of tokens.of(team)) token.scopes = [...scopes];
    },
    limit(on) {
      limits.on = on;
    },
    takes(blockTypes, team = described[0]!.team) {
      workspace(team).taken = [...blockTypes];
    },
    channel(id) {
      return workspace(teamOf("channels", id)).channels.get(id)!;
    },
    trouble(on) {
      script.isDown = on;
    },
    consent(next) {
      answer = next === null ? null : consentTo(next.team, next.isForOrganisation ?? false);
    },
    install(team, scopes = DEFAULT_WORKSPACE.scopes!) {
      const token = `xoxb-${mint()}-${team}`;
      tokens.issue({ token, workspaces: [workspace(team)], enterprise: null, scopes, expiresAt: null });
      return token;
    },
    uninstall(team) {
      kill(team, "account_inactive");
      return event(team, { type: "app_uninstalled" });
    },
    revoke(team) {
      kill(team, "token_revoked");
      return event(team, { type: "tokens_revoked", tokens: { oauth: [], bot: [workspace(team).botUser] } });
    },
    expire(team) {
      for (const token of tokens.of(team)) token.expiresAt = now();
    },
    event,
    trigger: (user, id, view) => triggers.mint({ team: teamOf("users", user), user, view: view ?? null }, id),
    views: (user) => views.stack(teamOf("users", user), user),
    home: (user) => views.home(teamOf("users", user), user),
    files: files.files,
    screen: views,
    wipe: (channel) => conversations.wipe(channel),
    get connections() {
      return sockets.connections;
    },
    dropConnections: () => sockets.drop(),
    responseUrl: (channel, user, ts) =>
      `http://${address}${urls.mint({ workspace: workspace(teamOf("users", user)), channel, user, ...(ts === undefined ? {} : { ts }) })}`,
    shownOver: (responseUrl) => urls.shown(new URL(responseUrl).pathname),
    deliver: (type, payload, retry) => sockets.deliver(type, payload, retry),
    say: (frame) => sockets.say(frame),
    async close() {
      sockets.drop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What a person sees of a message. */
export function seen(message: SlackMessageShown): string {
  return render(message);
}
