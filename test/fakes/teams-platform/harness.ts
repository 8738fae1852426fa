import { instantOf, millisecondsOf } from "../../../src/time/instant.ts";
import {
  type Bot,
  buttonIn,
  INSECURE,
  NOW,
  placeIn,
  readCard,
  readMessage,
  refusedWith,
  seenIn,
  startBot,
} from "../../adapters/teams-harness.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../contracts/chat-harness.ts";
import { ANNA, CHANNEL, executed, installation, PERSONAL, typed } from "./activities.ts";
import { type Fault as PlatformFault, startTeamsPlatform } from "./teams-platform.ts";

const FAULTS: Readonly<Record<Fault, PlatformFault>> = {
  throttled: { kind: "answer", status: 429, retryAfter: String(THROTTLE_SECONDS) },
  broken: { kind: "answer", status: 500 },
  "broken-after-accepting": { kind: "answer", status: 502, shown: true },
  "reset-after-accepting": { kind: "reset", shown: true },
  silent: { kind: "silence", shown: false },
  gone: refusedWith(404, "ConversationNotFound"),
  forbidden: { kind: "answer", status: 403, subCode: "MessageWritesBlocked" },
};

/** The Teams adapter in a channel of a pretended platform. */
export async function teamsHarness(): Promise<ChatHarness> {
  let time = millisecondsOf(NOW);
  const members = [ANNA];
  const platform = await startTeamsPlatform({ now: () => time, members });
  const first = await startBot();
  let bot = first;
  const dead: Bot[] = [];
  await platform.deliver(bot.endpoint, installation(platform.serviceUrl, CHANNEL, "add"));

  async function answerTo(send: () => Promise<{ readonly body: unknown }>): Promise<readonly string[]> {
    const all = () => [...platform.whispered(CHANNEL), ...platform.shown(CHANNEL)];
    const before = new Set(all().map(({ id }) => id));
    const { body } = await send();
    await bot.adapter.settled();
    const inPlace = (body as { type?: unknown; value?: unknown } | undefined)?.type === "application/vnd.microsoft.card.adaptive";
    return [
      ...(inPlace ? [readCard((body as { value: unknown }).value)] : []),
      ...all()
        .filter(({ id }) => !before.has(id))
        .map(readMessage),
    ];
  }

  return {
    get adapter() {
      return bot.adapter;
    },
    place: placeIn(CHANNEL),
    absent: placeIn("19:elsewhere@thread.tacv2"),
    heard: first.heard,
    answerWith: first.answerWith,
    type: (text, options) => answerTo(() => platform.deliver(bot.endpoint, typed(platform.serviceUrl, CHANNEL, text, options ?? {}))),
    press(label) {
      const { message, data } = buttonIn(platform, CHANNEL, label);
      return answerTo(() => platform.deliver(bot.endpoint, executed(platform.serviceUrl, CHANNEL, data, message)));
    },
    shown: async () => seenIn(platform, CHANNEL),
    // A channel shows what is written under a message below it.
    glanced: async () => seenIn(platform, CHANNEL),
    shownToPerson: async () => seenIn(platform, PERSONAL),
    wipe: () => platform.wipe(CHANNEL),
    failNext: (fault, after = 0) => platform.failNext(FAULTS[fault], { after }),
    setTime(at) {
      time = millisecondsOf(at);
    },
    get times() {
      return bot.times;
    },
    blind: async () => {},
    pass: (seconds) => bot.clock.set(instantOf(millisecondsOf(bot.clock.now()) + seconds * 1000)),
    asked: () => platform.requests.length,
    share: () => void members.push({ id: "29:carl", name: "Carl", aadObjectId: "carl", tenantId: "another tenant" }),
    trouble: (on) => platform.trouble(on),
    async restart() {
      dead.push(bot);
      bot = await startBot(INSECURE, new Map(bot.state));
    },
    async close() {
      for (const one of [bot, ...dead]) await one.close();
      await platform.stop();
    },
  };
}
