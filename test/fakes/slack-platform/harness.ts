import { mintPlace } from "../../../adapters/chat/slack/places.ts";
import { type SlackAdapter, type SlackConfig, slackAdapter } from "../../../adapters/chat/slack/slack.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../contracts/chat-adapter.ts";
import { type TestHost, testHost } from "../../contracts/chat-host.ts";
import type { Json } from "./check.ts";
import { pressedButton, signedForm, slashCommand } from "./person.ts";
import {
  APP_TOKEN,
  BOT_TOKEN,
  CHANNEL,
  SIGNING_SECRET,
  type SlackFault,
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

const FAULTS: Readonly<Record<Fault, SlackFault>> = {
  throttled: { status: 429, retryAfter: String(THROTTLE_SECONDS) },
  broken: { status: 500 },
  "broken-after-accepting": { status: 503, accept: true },
  "reset-after-accepting": { reset: true, accept: true },
  silent: { silent: true },
  gone: { error: "channel_not_found" },
  forbidden: { error: "is_archived" },
};

/** The Slack adapter, started, with a pretended Slack on the other side. */
export async function slackHarness(mode: SlackConfig["mode"]): Promise<SlackHarness> {
  const platform = await slackPlatform();
  const host = await testHost();
  const secrets = mode === "http" ? { signingSecret: SIGNING_SECRET } : { appToken: APP_TOKEN };
  const adapter = slackAdapter({
    mode,
    botToken: BOT_TOKEN,
    ...secrets,
    apiUrl: platform.apiUrl,
    command: "/matter",
    timeoutMilliseconds: 150,
  });
  await adapter.start(host);
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
  return {
    adapter,
    host,
    platform,
    send,
    place: mintPlace(TEAM, CHANNEL),
    heard: host.heard,
    answerWith: host.answerWith,
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
    shown: async () =>
      platform
        .messages(CHANNEL)
        .filter((message) => message.user === undefined)
        .map(seen),
    failNext: (fault) => platform.failNext(FAULTS[fault]),
    async close() {
      await adapter.stop();
      await host.close();
      await platform.close();
    },
  };
}

/** The buttons of the channel, those of the newest message first. */
function buttons(platform: SlackPlatform): readonly Json[] {
  const blocks = [...platform.messages(CHANNEL)].reverse().flatMap((message) => message.blocks ?? []);
  return blocks.filter((block) => block.type === "actions").flatMap((block) => block.elements as readonly Json[]);
}
