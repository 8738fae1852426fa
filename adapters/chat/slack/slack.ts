import { setTimeout as sleep } from "node:timers/promises";
import { App, type AuthorizeResult, type Receiver, webApi } from "@slack/bolt";
import type { ChatAdapter, ChatHost } from "../../../src/ports/chat.ts";
import { answerCommands } from "./answer.ts";
import { failureOf } from "./failure.ts";
import { find } from "./find.ts";
import { httpReceiver } from "./http-receiver.ts";
import { boltLogger } from "./logger.ts";
import { SLACK_LIMITS } from "./message.ts";
import { directPlace, readPlace } from "./places.ts";
import { type SlackPosts, slackPosts, type Workspace } from "./post.ts";
import { type SocketReceiver, socketReceiver } from "./socket-receiver.ts";
import { settled, track, type UnderWay } from "./under-way.ts";
import { clientOptions } from "./web-client.ts";

export interface SlackConfig {
  /** Bot User OAuth Token, xoxb-. */
  readonly botToken: string;
  /** "socket" needs the app token and no address that Slack can reach; "http" needs the signing secret and one. */
  readonly mode: "socket" | "http";
  /** App-level token with connections:write, xapp-. */
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** The slash command as the manifest has it; /matter without it. */
  readonly command?: string;
  /** Another address for the Web API, with its path; https://slack.com/api/ without it. */
  readonly apiUrl?: string;
  /** How long one call may take; 10,000 without it. */
  readonly timeoutMilliseconds?: number;
  /** How long to wait between two messages of one card; the adapter's pace without it. */
  readonly pauseMilliseconds?: number;
}

/** Slack takes about one message a second in a channel (docs.slack.dev, "Rate limits"). */
const PACE = 1_000;

/** Slack through Bolt, for one workspace. */
export interface SlackAdapter extends ChatAdapter {
  /** Resolves when no command is being answered and nothing is being posted. */
  idle(): Promise<void>;
}

export function slackAdapter(config: SlackConfig): SlackAdapter {
  const timeout = config.timeoutMilliseconds ?? 10_000;
  const apiUrl = config.apiUrl ?? "https://slack.com/api/";
  let running: Running | undefined;
  const underWay: UnderWay = new Set();

  async function start(host: ChatHost): Promise<void> {
    const options = clientOptions({ apiUrl, timeout }, host);
    const receiver = receiverFor(config, host, options);
    const logger = boltLogger(host.log);
    const client = new webApi.WebClient(config.botToken, { ...options, logger });
    const identity = await identify(client);
    const { team } = identity;
    const stopping = new AbortController();
    // Whoever stops the program waits for the posts that are under way, and not for their pauses.
    const pause = () => sleep(config.pauseMilliseconds ?? PACE, undefined, { signal: stopping.signal }).catch(() => undefined);
    const workspace = { client, team, bot: identity.authorized.botId, state: host.state, log: host.log, pause };
    const app = new App({
      receiver,
      authorize: async (): Promise<AuthorizeResult> => identity.authorized,
      clientOptions: options,
      convoStore: false,
      logger,
    });
    app.error(async (error: Error) => host.log.error({ err: error }, "slack: a request could not be handled"));
    answerCommands(app, { host, client, team, command: config.command ?? "/matter", underWay });
    await receiver.start();
    running = { workspace, posts: slackPosts(workspace), receiver, stopping };
  }

  return {
    name: "slack",
    limits: SLACK_LIMITS,
    pace: PACE,
    inPlace: true,
    start,
    async post(to, card, once, under) {
      const posts = running?.posts;
      return posts === undefined ? STOPPED : track(underWay, () => posts.post(to, card, once, under));
    },
    async update(posted, card) {
      const posts = running?.posts;
      return posts === undefined ? STOPPED : track(underWay, () => posts.update(posted, card));
    },
    async find(to, once, since) {
      const workspace = running?.workspace;
      return workspace === undefined ? "cannot-tell" : track(underWay, () => find(workspace, to, once, since));
    },
    direct(person) {
      const place = directPlace(person);
      const team = running?.workspace.team;
      // A person of another workspace, in a shared channel, cannot be written to.
      return place === null || (team !== undefined && readPlace(place)?.team !== team) ? null : place;
    },
    connected: () => running !== undefined && (!("isOpen" in running.receiver) || running.receiver.isOpen()),
    idle: () => settled(underWay),
    async stop() {
      const last = running;
      running = undefined;
      last?.stopping.abort();
      await settled(underWay);
      await last?.receiver.stop();
    },
  };
}

interface Running {
  readonly workspace: Workspace;
  readonly posts: SlackPosts;
  readonly receiver: Receiver | SocketReceiver;
  readonly stopping: AbortController;
}

const STOPPED = { ok: false, retry: "later", reason: "The Slack adapter is not running." } as const;

/** The workspace of the token and the bot in it; refuses in words, since a wrong token is the commonest mistake. */
async function identify(client: webApi.WebClient): Promise<{ readonly team: string; readonly authorized: AuthorizeResult }> {
  try {
    const { team_id: team, user_id: botUserId, bot_id: botId } = await client.auth.test();
    if (team === undefined) throw new Error("Slack did not say which workspace the bot token is for.");
    return { team, authorized: { botToken: client.token!, teamId: team, ...(botUserId && { botUserId }), ...(botId && { botId }) } };
  } catch (error) {
    const failure = error instanceof webApi.SlackError ? failureOf(error) : undefined;
    throw new Error(`Slack cannot be used: ${failure?.reason ?? (error as Error).message}`, { cause: error });
  }
}

function receiverFor(config: SlackConfig, host: ChatHost, options: webApi.WebClientOptions): Receiver | SocketReceiver {
  if (config.mode === "http") {
    if (!config.signingSecret)
      throw new Error("Slack over HTTP needs the signing secret: Basic Information, App Credentials in the app's settings.");
    return httpReceiver(host, config.signingSecret);
  }
  if (!config.appToken)
    throw new Error("Slack in Socket Mode needs an app-level token with connections:write: Basic Information, App-Level Tokens.");
  return socketReceiver({ appToken: config.appToken, clientOptions: options, log: host.log });
}
