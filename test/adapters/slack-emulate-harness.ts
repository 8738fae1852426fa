import { mintPlace } from "../../adapters/chat/slack/places.ts";
import { type SlackAdapter, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { ChatHarness } from "../contracts/chat-adapter.ts";
import { NOW, type TestHost, testHost } from "../contracts/chat-host.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { FAULTS } from "../fakes/slack-platform/harness.ts";
import { SIGNING_SECRET } from "../fakes/slack-platform/names.ts";
import { type Origin, pressedButton, slashCommand } from "../fakes/slack-platform/payloads.ts";
import { render } from "../fakes/slack-platform/render.ts";
import { slackProxy } from "./slack-emulate-proxy.ts";
import { BOT, emulated, MANIFEST_SCOPES, POOR, READER, TEAM } from "./slack-emulated.ts";

interface Standing extends Json {
  readonly ts: string;
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly reply_broadcast?: boolean;
  readonly thread_ts?: string;
  readonly reply_count?: number;
}

const READING = ["channels:history", "im:history", "channels:read"];

/** The Slack adapter before emulate, with commands and buttons delivered by hand. */
export async function emulateHarness(): Promise<ChatHarness> {
  let time = millisecondsOf(NOW);
  const slack = await emulated({ scopes: [...MANIFEST_SCOPES, ...READING] });
  const channel = slack.ids.get("watch")!;
  const user = slack.ids.get("ana")!;
  const inChannel = async ({ text, blocks }: Json) => {
    await slack.call("chat.postMessage", { channel, text: String(text), blocks: JSON.stringify(blocks ?? []) }, BOT);
  };
  const proxy = await slackProxy({ behind: slack.apiUrl, now: () => time, inChannel });
  const first = await testHost();
  let host = first;
  const config = {
    ...({ mode: "http", botToken: BOT, signingSecret: SIGNING_SECRET, apiUrl: proxy.apiUrl } as const),
    ...{ timeoutMilliseconds: 500, pauseMilliseconds: 0 },
  };
  let adapter: SlackAdapter = slackAdapter(config);
  await adapter.start(host);
  const dead: { readonly adapter: SlackAdapter; readonly host: TestHost }[] = [];
  const door = httpDoor(
    () => host.url,
    () => ({ now: host.clock.now() }),
  );
  const origin: Origin = { team: TEAM, user, userName: "ana", channel, channelName: "watch" };
  let triggers = 0;
  let direct = "";

  /** What stands in the conversation, threads and all, oldest first. */
  async function standing(where: string): Promise<readonly Standing[]> {
    const { messages } = (await slack.call("conversations.history", { channel: where, limit: "1000" }, READER)) as {
      messages: readonly Standing[];
    };
    const replies = await Promise.all(
      messages
        .filter(({ reply_count = 0 }) => reply_count > 0)
        .map(
          async ({ ts }) =>
            (await slack.call("conversations.replies", { channel: where, ts }, READER)) as { messages: readonly Standing[] },
        ),
    );
    const all = new Map([...messages, ...replies.flatMap((thread) => thread.messages)].map((message) => [message.ts, message]));
    return [...all.values()].sort((one, other) => (one.ts > other.ts ? 1 : -1));
  }

  async function ask(deliver: (responseUrl: string) => Promise<{ readonly status: number }>): Promise<readonly string[]> {
    const [before, said] = [await standing(channel), proxy.responses.length];
    const { status } = await deliver(proxy.responseUrl());
    if (status !== 200) throw new Error(`the adapter answered ${status}`);
    await adapter.idle();
    const known = new Set(before.map(({ ts }) => ts));
    const news = (await standing(channel)).filter(({ ts }) => !known.has(ts));
    return [...proxy.responses.slice(said), ...news].map((message) => render(message as Standing));
  }

  const trigger = () => `${++triggers}.trigger`;
  return {
    get adapter() {
      return adapter;
    },
    place: mintPlace(TEAM, channel),
    absent: mintPlace(TEAM, "D0NONE"),
    heard: first.heard,
    answerWith: first.answerWith,
    type: (text, options) =>
      ask((responseUrl) => door("slash_commands", slashCommand(text, options?.id ?? trigger(), responseUrl, "/matter", origin))),
    async press(label) {
      const blocks = (await standing(channel)).toReversed().flatMap((message) => message.blocks ?? []);
      const buttons = blocks.filter(({ type }) => type === "actions").flatMap(({ elements }) => elements as readonly Json[]);
      const button = buttons.find(({ text }) => (text as Json).text === label) as { action_id: string; value: string } | undefined;
      return ask((responseUrl) => door("interactive", pressedButton(button!, trigger(), responseUrl, origin)));
    },
    shown: async () => (await standing(channel)).map((message) => render(message)),
    glanced: async () =>
      (await standing(channel))
        .filter(({ ts, thread_ts = ts, reply_broadcast }) => thread_ts === ts || reply_broadcast === true)
        .map((message) => render(message)),
    async shownToPerson() {
      direct ||= String(
        ((await slack.call("conversations.list", { types: "im" }, READER)) as { channels: readonly Json[] }).channels[0]?.id,
      );
      return (await standing(direct)).map((message) => render(message));
    },
    async wipe() {
      for (const { ts } of await standing(channel)) await slack.call("chat.delete", { channel, ts }, BOT);
    },
    failNext: (fault, after = 0) => proxy.failNext(FAULTS[fault], { method: "chat.", after }),
    setTime(at) {
      time = millisecondsOf(at);
    },
    get times() {
      return host.times;
    },
    blind: async () => proxy.use(POOR),
    pass: (seconds) => host.clock.set(instantOf(millisecondsOf(host.clock.now()) + seconds * 1000)),
    asked: () => proxy.answers.length,
    share() {
      throw new Error("emulate knows no shared channels");
    },
    trouble: (on) => proxy.trouble(on),
    async restart() {
      dead.push({ adapter, host });
      host = await testHost(structuredClone(new Map(host.kept)));
      adapter = slackAdapter(config);
      await adapter.start(host);
    },
    async close() {
      for (const one of [{ adapter, host }, ...dead]) {
        await one.adapter.stop();
        await one.host.close();
      }
      await proxy.close();
      await slack.close();
    },
  };
}
