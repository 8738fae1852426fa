import { mintPlace } from "../../../adapters/chat/slack/places.ts";
import { type SlackAdapter, type SlackConfig, slackAdapter } from "../../../adapters/chat/slack/slack.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../contracts/chat-adapter.ts";
import { NOW, type TestHost, testHost } from "../../contracts/chat-host.ts";
import type { Fault as PlatformFault } from "../fault-script.ts";
import type { Json } from "./check.ts";
import { pressedButton, signedForm, slashCommand } from "./person.ts";
import {
  APP_TOKEN,
  BOT_TOKEN,
  CHANNEL,
  DIRECT,
  HISTORY_SCOPES,
  SCOPES,
  SIGNING_SECRET,
  type SlackPlatform,
  seen,
  slackPlatform,
  TEAM,
  USER,
} from "./slack-platform.ts";

export interface SlackHarness extends ChatHarness {
  readonly adapter: SlackAdapter;
  readonly host: TestHost;
  readonly platform: SlackPlatform;
  /** Sends a request to the adapter's route as it is. */
  send(request: { readonly headers: Record<string, string>; readonly body: string }, path?: string): Promise<Response>;
}

const FAULTS: Readonly<Record<Fault, PlatformFault>> = {
  throttled: { kind: "answer", status: 429, retryAfter: String(THROTTLE_SECONDS) },
  broken: { kind: "answer", status: 500 },
  "broken-after-accepting": { kind: "answer", status: 503, shown: true },
  "reset-after-accepting": { kind: "reset", shown: true },
  silent: { kind: "silence" },
  gone: { kind: "refusal", error: "channel_not_found" },
  forbidden: { kind: "refusal", error: "is_archived" },
};

/** The Slack adapter, started, with a pretended Slack on the other side that lets it read what it has posted. */
export async function slackHarness(mode: SlackConfig["mode"]): Promise<SlackHarness> {
  let time = millisecondsOf(NOW);
  const platform = await slackPlatform({ now: () => time, page: 5 });
  platform.grant([...SCOPES, ...HISTORY_SCOPES]);
  const first = await testHost();
  let host = first;
  const secrets = mode === "http" ? { signingSecret: SIGNING_SECRET } : { appToken: APP_TOKEN };
  const config: SlackConfig = {
    mode,
    botToken: BOT_TOKEN,
    ...secrets,
    apiUrl: platform.apiUrl,
    command: "/matter",
    timeoutMilliseconds: 500,
    pauseMilliseconds: 0,
  };
  let adapter = slackAdapter(config);
  await adapter.start(host);
  const dead: { readonly adapter: SlackAdapter; readonly host: TestHost }[] = [];
  let triggers = 0;

  function send(
    { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
    path = "/slack/commands",
  ): Promise<Response> {
    return fetch(`${host.url}${path}`, { method: "POST", headers, body });
  }

  /** Delivers, waits until the adapter has answered, and returns what the asker sees of it. */
  async function ask(deliver: (responseUrl: string) => Promise<unknown>): Promise<readonly string[]> {
    const before = platform.messages(CHANNEL, USER);
    await deliver(platform.responseUrl(CHANNEL, USER));
    await adapter.idle();
    return platform
      .messages(CHANNEL, USER)
      .filter((message) => !before.includes(message))
      .map(seen);
  }

  async function overHttp(fields: Record<string, string>): Promise<void> {
    const response = await send(signedForm(fields, { now: host.clock.now() }));
    if (response.status !== 200) throw new Error(`the adapter answered ${response.status}`);
    await response.text();
  }

  const trigger = () => `${++triggers}.trigger`;
  const of = (channel: string) => platform.messages(channel).filter((message) => message.user === undefined);
  return {
    get adapter() {
      return adapter;
    },
    get host() {
      return host;
    },
    platform,
    send,
    place: mintPlace(TEAM, CHANNEL),
    heard: first.heard,
    answerWith: first.answerWith,
    type: (text, options) =>
      ask((responseUrl) => {
        const fields = slashCommand(text, options?.id ?? trigger(), responseUrl);
        return mode === "http" ? overHttp(fields) : platform.deliver("slash_commands", fields);
      }),
    press(label) {
      const [button] = buttons(platform).filter((button) => (button.text as { readonly text: string }).text === label);
      return ask((responseUrl) => {
        const pressed = pressedButton(button as unknown as { action_id: string; value: string }, trigger(), responseUrl);
        return mode === "http" ? overHttp({ payload: JSON.stringify(pressed) }) : platform.deliver("interactive", pressed);
      });
    },
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

/** The buttons of the channel, those of the newest message first. */
function buttons(platform: SlackPlatform): readonly Json[] {
  const blocks = [...platform.messages(CHANNEL)].reverse().flatMap((message) => message.blocks ?? []);
  return blocks.filter((block) => block.type === "actions").flatMap((block) => block.elements as readonly Json[]);
}
