import { mintPlace } from "../../../adapters/chat/slack/places.ts";
import { type SlackAdapter, type SlackConfig, slackAdapter } from "../../../adapters/chat/slack/slack.ts";
import { instantOf, millisecondsOf } from "../../../src/time/instant.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../contracts/chat-adapter.ts";
import { NOW, type TestHost, testHost } from "../../contracts/chat-host.ts";
import type { Fault as PlatformFault } from "../fault-script.ts";
import { type Door, httpDoor, socketDoor } from "./doors.ts";
import { installWithBrowser } from "./install.ts";
import type { Origin } from "./payloads.ts";
import { type Seen, type SlackPerson, slackPerson } from "./person.ts";
import {
  APP_TOKEN,
  BOT_TOKEN,
  CHANNEL,
  CLIENT_ID,
  CLIENT_SECRET,
  DIRECT,
  HISTORY_SCOPES,
  SCOPES,
  SIGNING_SECRET,
  type SlackOptions,
  type SlackPlatform,
  seen,
  slackPlatform,
  TEAM,
} from "./slack-platform.ts";

export interface SlackHarness extends ChatHarness {
  readonly adapter: SlackAdapter;
  readonly host: TestHost;
  readonly platform: SlackPlatform;
  /** Ana, in the channel; whatever she does waits until the adapter has answered. */
  readonly person: SlackPerson;
  /** Somebody else, or somebody elsewhere. */
  personAt(origin: Origin): SlackPerson;
  /** How Slack reaches the adapter. */
  readonly door: Door;
  /** Sends a request to the adapter's route as it is. */
  send(request: { readonly headers: Record<string, string>; readonly body: string }, path?: string): Promise<Response>;
}

/** The contract's faults as Slack has them. */
export const FAULTS: Readonly<Record<Fault, PlatformFault>> = {
  throttled: { kind: "answer", status: 429, retryAfter: String(THROTTLE_SECONDS) },
  broken: { kind: "answer", status: 500 },
  "broken-after-accepting": { kind: "answer", status: 503, shown: true },
  "reset-after-accepting": { kind: "reset", shown: true },
  silent: { kind: "silence" },
  gone: { kind: "refusal", error: "channel_not_found" },
  forbidden: { kind: "refusal", error: "is_archived" },
};

export interface SlackHarnessOptions {
  /** The pretended Slack, but for its clock. */
  readonly slack?: Omit<SlackOptions, "now">;
  /** What is configured otherwise than for one workspace by its bot token. */
  readonly config?: Partial<SlackConfig>;
  /** The workspace has installed the app by its pages, instead of the bot token. */
  readonly isInstalled?: true;
}

/** The Slack adapter, started, with a pretended Slack on the other side that lets it read what it has posted. */
export async function slackHarness(mode: SlackConfig["mode"], options: SlackHarnessOptions = {}): Promise<SlackHarness> {
  let time = millisecondsOf(NOW);
  const platform = await slackPlatform({ page: 5, ...options.slack, now: () => time });
  const first = await testHost();
  let host = first;
  const secrets = mode === "http" ? { signingSecret: SIGNING_SECRET } : { appToken: APP_TOKEN };
  const oauth = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, secretKey: "a-secret-key-of-thirty-two-characters" };
  const config: SlackConfig = {
    mode,
    ...(options.isInstalled === true ? { oauth } : options.config?.oauth === undefined ? { botToken: BOT_TOKEN } : {}),
    ...secrets,
    apiUrl: platform.apiUrl,
    command: "/matter",
    timeoutMilliseconds: 500,
    pauseMilliseconds: 0,
    ...options.config,
  };
  let adapter = slackAdapter(config);
  await adapter.start(host);
  if (options.isInstalled === true) {
    platform.redirects.push(`${host.url}/slack/oauth_redirect`);
    const { status, page } = await installWithBrowser(platform, host.url, { team: TEAM });
    if (status !== 200) throw new Error(page);
  }
  platform.grant([...SCOPES, ...HISTORY_SCOPES]);
  const dead: { readonly adapter: SlackAdapter; readonly host: TestHost }[] = [];
  function send(
    { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
    path = "/slack/commands",
  ): Promise<Response> {
    return fetch(`${host.url}${path}`, { method: "POST", headers, body });
  }

  const door =
    mode === "http"
      ? httpDoor(
          () => host.url,
          () => ({ now: host.clock.now() }),
        )
      : socketDoor(platform);
  const personAt = (origin?: Origin) => slackPerson({ platform, door, settled: () => adapter.idle(), ...(origin && { origin }) });
  const person = personAt();

  /** A person who sees an error instead of an answer is not answered. */
  function answered({ status, messages, view }: Seen): readonly string[] {
    if (status !== 200) throw new Error(`the adapter answered ${status}`);
    return view === null ? messages : [...messages, view];
  }

  const of = (channel: string) => platform.messages(channel).filter((message) => message.user === undefined);
  return {
    get adapter() {
      return adapter;
    },
    get host() {
      return host;
    },
    platform,
    person,
    personAt,
    door,
    send,
    place: mintPlace(TEAM, CHANNEL),
    absent: mintPlace(TEAM, "C0NONE"),
    heard: first.heard,
    answerWith: first.answerWith,
    type: async (text, options) => answered(await person.types(text, options)),
    press: async (label) => answered(await person.presses(label, "message")),
    shown: async () => of(CHANNEL).map(seen),
    glanced: async () =>
      of(CHANNEL)
        .filter(({ thread_ts, reply_broadcast }) => thread_ts === undefined || reply_broadcast === true)
        .map(seen),
    shownToPerson: async () => of(DIRECT).map(seen),
    wipe: () => platform.wipe(CHANNEL),
    failNext: (fault, after = 0) => platform.failNext(FAULTS[fault], { after }),
    setTime(at) {
      time = millisecondsOf(at);
    },
    get times() {
      return host.times;
    },
    blind: async () => platform.grant(SCOPES),
    pass: (seconds) => host.clock.set(instantOf(millisecondsOf(host.clock.now()) + seconds * 1000)),
    asked: () => platform.calls.length,
    share() {
      platform.channel(CHANNEL).sharing = "external";
    },
    trouble: (on) => platform.trouble(on),
    async restart() {
      dead.push({ adapter, host });
      host = await testHost(structuredClone(new Map(host.kept)));
      adapter = slackAdapter(config);
      await adapter.start(host);
    },
    async close() {
      await adapter.stop();
      await host.close();
      for (const one of dead) {
        await one.adapter.stop();
        await one.host.close();
      }
      await platform.close();
    },
  };
}
