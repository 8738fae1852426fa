import { setTimeout as sleep } from "node:timers/promises";
import { App, type Receiver, webApi } from "@slack/bolt";
import type { Audience, ChatAdapter, ChatHost, PersonKind, PostResult } from "../../../src/ports/chat.ts";
import { neverFailure } from "../shared/failure.ts";
import { type Admission, admissionTo } from "./admission.ts";
import { type Audiences, audiencesOf } from "./audience.ts";
import { type SlackConfig, secretsIn } from "./config.ts";
import { find } from "./find.ts";
import { httpReceiver } from "./http-receiver.ts";
import { type Kinds, kindsOf } from "./kinds.ts";
import { listen } from "./listen.ts";
import { boltLogger } from "./logger.ts";
import { type KnownPeople, peopleOf } from "./mentions.ts";
import { SLACK_LIMITS } from "./message.ts";
import { directPlace, isPerson, mintPerson, mintPlace, readPerson, readPlace, readPost, readTeam } from "./places.ts";
import { slackPosts, type Workspace } from "./post.ts";
import { postTo } from "./response-url.ts";
import { discreet, withoutSecretsIn } from "./secrets.ts";
import { type SocketReceiver, socketReceiver } from "./socket-receiver.ts";
import { NotThere } from "./turned-away.ts";
import { settled, track, type UnderWay } from "./under-way.ts";
import { clientOptions } from "./web-client.ts";
import { desksOf } from "./workspaces.ts";
import { type Opened, openWorkspaces } from "./workspaces-open.ts";

export type { SlackConfig } from "./config.ts";

/** Slack takes about one message a second in a channel (docs.slack.dev, "Rate limits"). */
const PACE = 1_000;

/** Slack through Bolt: one workspace, or those that install the app, each with a desk of its own. */
export interface SlackAdapter extends ChatAdapter {
  /** Resolves when no command is being answered and nothing is being posted. */
  idle(): Promise<void>;
}

export function slackAdapter(config: SlackConfig): SlackAdapter {
  const timeout = config.timeoutMilliseconds ?? 10_000;
  const apiUrl = config.apiUrl ?? "https://slack.com/api/";
  let running: Running | undefined;
  const underWay: UnderWay = new Set();

  async function start(given: ChatHost): Promise<void> {
    const host = { ...given, log: discreet(given.log, secretsIn(config)) };
    const { state, log } = host;
    const options = clientOptions({ apiUrl, timeout }, host);
    const stopping = new AbortController();
    // Whoever stops the program waits for the posts that are under way, and not for their pauses.
    const pause = () => sleep(config.pauseMilliseconds ?? PACE, undefined, { signal: stopping.signal }).catch(() => undefined);
    const workspaces = await openWorkspaces(config, host, { apiUrl, clientOptions: options, pause, underWay });
    const post = postTo(timeout, host);
    const { reached } = workspaces;
    const { people, languageOf } = peopleOf(host);
    const admission = admissionTo({
      ...{ reached, state, log, post, underWay, forget: workspaces.forget, granted: workspaces.granted },
      async languageOf(team, user, token) {
        if (token === undefined) return languageOf(team, user);
        const client = new webApi.WebClient(token, { ...options, logger: boltLogger(log) });
        return (await people({ client, team, userTeam: team }, team, user))?.language ?? null;
      },
    });
    const receiver = receiverFor(config, host, options, admission);
    const app = new App({
      receiver,
      authorize: admission.authorize,
      clientOptions: reached.fetch === undefined ? options : { ...options, fetch: reached.fetch },
      convoStore: false,
      logger: boltLogger(log),
    });
    app.error(async (error: Error) => {
      if (isTurnedAway(error)) log.info({}, `slack: somebody was turned away: ${error.message}`);
      else log.error({ err: error }, "slack: a request could not be handled");
    });
    const kinds = kindsOf(host.clock);
    const audiences = audiencesOf(host, kinds);
    listen(app, { host, command: config.command ?? "/matter", underWay, post, audiences, people });
    running = { workspaces, receiver, stopping, kinds, audiences, languageOf };
    try {
      await receiver.start();
    } catch (error) {
      running = undefined;
      throw error;
    }
  }

  /** Asks Slack in the workspace; `otherwise` where the adapter is not there, or the asking fails. */
  async function asked<Told>(team: string, otherwise: Told, ask: (running: Running, workspace: Workspace) => Promise<Told>): Promise<Told> {
    const now = running;
    if (now === undefined) return otherwise;
    return track(underWay, async () => {
      const workspace = await now.workspaces.reached.workspace(team);
      return "ok" in workspace ? otherwise : ask(now, workspace);
    }).catch(() => otherwise);
  }

  /** Does it in the workspace, where the adapter is there. */
  async function within(team: string, work: (workspace: Workspace) => Promise<PostResult>): Promise<PostResult> {
    const workspaces = running?.workspaces;
    if (workspaces === undefined) return STOPPED;
    return track(underWay, async () => {
      const workspace = await workspaces.reached.workspace(team);
      return "ok" in workspace ? workspace : work(workspace);
    });
  }

  return {
    name: "slack",
    limits: SLACK_LIMITS,
    pace: PACE,
    inPlace: true,
    ...(config.oauth === undefined ? {} : { workspaces: desksOf(async () => (await running?.workspaces.teams()) ?? []) }),
    async start(host) {
      try {
        await start(host);
      } catch (error) {
        // It is read by whoever starts the program, and may be written to a log that is not ours.
        throw withoutSecretsIn(error, secretsIn(config));
      }
    },
    async post(to, card, once, under, mayGoOn) {
      const place = readPlace(to);
      if (place === null) return neverFailure(`${to} is not a place of Slack.`);
      return within(place.team, (workspace) => slackPosts(workspace).post(to, card, once, under, mayGoOn));
    },
    async update(posted, card, mayGoOn) {
      const post = readPost(posted);
      if (post === null) return neverFailure(`${posted} is not a message of Slack.`);
      return within(post.team, (workspace) => slackPosts(workspace).update(posted, card, mayGoOn));
    },
    async find(to, once, since) {
      const [workspaces, place] = [running?.workspaces, readPlace(to)];
      if (workspaces === undefined || place === null) return "cannot-tell";
      return track(underWay, async () => {
        const workspace = await workspaces.reached.workspace(place.team);
        return "ok" in workspace ? "cannot-tell" : find(workspace, to, once, since);
      });
    },
    direct(person) {
      const [place, team] = [directPlace(person), readTeam(person)];
      // A person of another workspace, in a shared channel, cannot be written to.
      return place === null || team === null || running?.workspaces.reached.isOurs(team) === false ? null : place;
    },
    async audience(to) {
      const place = readPlace(to);
      if (place === null || running?.workspaces.reached.isOurs(place.team) === false) return UNTOLD;
      const { team, channel } = place;
      if (isPerson(channel)) return { kind: "person", person: mintPerson(team, channel) };
      return asked<Audience>(team, UNTOLD, ({ audiences }, workspace) => audiences.of(workspace, channel));
    },
    async kindOf(person) {
      const [user, team] = [readPerson(person), readTeam(person)];
      if (user === null || team === null) return "unknown";
      // Every payload names the person's own workspace: whoever is of another one need not be looked up.
      if (running?.workspaces.reached.isOurs(team) === false) return "stranger";
      return asked<PersonKind>(team, "unknown", ({ kinds }, workspace) => kinds.of(workspace, user));
    },
    async languageOf(to) {
      const place = readPlace(to);
      if (place === null || !isPerson(place.channel)) return null;
      return (await running?.languageOf(place.team, place.channel)) ?? null;
    },
    workspaceOf(minted) {
      const team = readTeam(minted);
      return team === null ? null : `slack:${team}`;
    },
    placeOf(posted) {
      const post = readPost(posted);
      return post === null ? null : mintPlace(post.team, post.channel);
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
  readonly workspaces: Opened;
  readonly receiver: Receiver | SocketReceiver;
  readonly stopping: AbortController;
  readonly kinds: Kinds;
  readonly audiences: Audiences;
  readonly languageOf: KnownPeople["languageOf"];
}

const UNTOLD = { kind: "unknown" } as const;

const STOPPED = { ok: false, retry: "later", reason: "The Slack adapter is not running." } as const;

/** Bolt wraps what its authorization threw. */
function isTurnedAway(error: Error & { readonly original?: unknown }): boolean {
  return error.original instanceof NotThere || error.cause instanceof NotThere;
}

function receiverFor(
  config: SlackConfig,
  host: ChatHost,
  options: webApi.WebClientOptions,
  admission: Admission,
): Receiver | SocketReceiver {
  const { mode, signingSecret, signingSecretBefore, appToken } = config;
  if (mode === "http") {
    if (!signingSecret)
      throw new Error("Slack over HTTP needs the signing secret: Basic Information, App Credentials in the app's settings.");
    return httpReceiver(host, [signingSecret, ...(signingSecretBefore ? [signingSecretBefore] : [])], admission);
  }
  if (!appToken)
    throw new Error("Slack in Socket Mode needs an app-level token with connections:write: Basic Information, App-Level Tokens.");
  return socketReceiver({ appToken, clientOptions: options, log: host.log, admission });
}
