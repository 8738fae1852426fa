import { App, type AuthorizeResult, type Receiver, webApi } from "@slack/bolt";
import type { ChatAdapter, ChatHost } from "../../../src/ports/chat.ts";
import { answerCommands } from "./answer.ts";
import { failureOf } from "./failure.ts";
import { httpReceiver } from "./http-receiver.ts";
import { boltLogger } from "./logger.ts";
import { SLACK_LIMITS } from "./message.ts";
import { type SlackPosts, slackPosts } from "./post.ts";
import { socketReceiver } from "./socket-receiver.ts";
import { settled, track, type UnderWay } from "./under-way.ts";

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
}

/** Slack through Bolt, for one workspace. */
export interface SlackAdapter extends ChatAdapter {
  /** Resolves when no command is being answered and nothing is being posted. */
  idle(): Promise<void>;
}

export function slackAdapter(config: SlackConfig): SlackAdapter {
  const timeout = config.timeoutMilliseconds ?? 10_000;
  const apiUrl = config.apiUrl ?? "https://slack.com/api/";
  // Its own client, with no retries: the client's default of ten repeats a post that Slack had accepted, and a 429 pauses every workspace.
  const options: webApi.WebClientOptions = {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeout) }),
  };
  let running: { readonly posts: SlackPosts; readonly receiver: Receiver } | undefined;
  const underWay: UnderWay = new Set();

  async function start(host: ChatHost): Promise<void> {
    const receiver = receiverFor(config, host, apiUrl, timeout);
    const logger = boltLogger(host.log);
    const client = new webApi.WebClient(config.botToken, { ...options, logger });
    const identity = await identify(client);
    const posts = slackPosts(client, identity.team, host.state);
    const app = new App({
      receiver,
      authorize: async (): Promise<AuthorizeResult> => identity.authorized,
      clientOptions: options,
      convoStore: false,
      logger,
    });
    app.error(async (error: Error) => host.log.error({ err: error }, "slack: a request could not be handled"));
    answerCommands(app, { host, client, team: identity.team, command: config.command ?? "/matter", underWay });
    await receiver.start();
    running = { posts, receiver };
  }

  return {
    name: "slack",
    limits: SLACK_LIMITS,
    start,
    async post(to, card, once) {
      const posts = running?.posts;
      return posts === undefined ? STOPPED : track(underWay, () => posts.post(to, card, once));
    },
    async update(posted, card) {
      const posts = running?.posts;
      return posts === undefined ? STOPPED : track(underWay, () => posts.update(posted, card));
    },
    idle: () => settled(underWay),
    async stop() {
      const stopping = running;
      running = undefined;
      await settled(underWay);
      await stopping?.receiver.stop();
    },
  };
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

function receiverFor(config: SlackConfig, host: ChatHost, apiUrl: string, timeout: number): Receiver {
  if (config.mode === "http") {
    if (!config.signingSecret)
      throw new Error("Slack over HTTP needs the signing secret: Basic Information, App Credentials in the app's settings.");
    return httpReceiver(host, config.signingSecret);
  }
  if (!config.appToken)
    throw new Error("Slack in Socket Mode needs an app-level token with connections:write: Basic Information, App-Level Tokens.");
  return socketReceiver({ appToken: config.appToken, apiUrl, timeout, log: host.log });
}
