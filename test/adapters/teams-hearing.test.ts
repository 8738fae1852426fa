import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import {
  ANNA,
  BOT,
  CHANNEL,
  executed,
  GROUP,
  installation,
  members,
  PERSONAL,
  submitted,
  typed,
} from "../fakes/teams-platform/activities.ts";
import { cardOf, readButtons } from "../fakes/teams-platform/card-check.ts";
import { startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { type Bot, buttonIn, key, placeIn, seenIn, startBot, titled } from "./teams-harness.ts";

describe("what the Teams adapter hears", () => {
  let platform: TeamsPlatform;
  let bot: Bot;

  beforeEach(async () => {
    platform = await startTeamsPlatform();
    bot = await startBot();
  });
  afterEach(async () => {
    await bot.close();
    await platform.stop();
  });

  async function say(activity: Parameters<TeamsPlatform["deliver"]>[1]): Promise<number> {
    const { status } = await platform.deliver(bot.endpoint, activity);
    await bot.adapter.settled();
    return status;
  }

  async function joined(conversation = CHANNEL): Promise<void> {
    await say(installation(platform.serviceUrl, conversation, "add"));
  }

  test.each([
    ["a channel", CHANNEL],
    ["a group chat", GROUP],
    ["a conversation of two", PERSONAL],
  ])("answers in %s, and can post there afterwards", async (_, conversation) => {
    expect(await say(typed(platform.serviceUrl, conversation, "list"))).toBe(200);
    expect(bot.heard).toMatchObject([
      { text: "list", place: placeIn(conversation), person: `teams:${ANNA.aadObjectId}`, personName: "Anna Weber" },
    ]);
    expect(seenIn(platform, conversation)).toEqual(["ok"]);
    expect(await bot.adapter.post(placeIn(conversation), titled("due"), key())).toMatchObject({ ok: true });
    expect(seenIn(platform, conversation)).toEqual(["ok", "due"]);
  });

  test("answers in the thread of a channel and posts beside it", async () => {
    await say(typed(platform.serviceUrl, `${CHANNEL};messageid=1699999999999`, "list"));
    await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
    expect(platform.shown(CHANNEL).map((message) => message.conversation)).toEqual([`${CHANNEL};messageid=1699999999999`, CHANNEL]);
    expect(platform.shown(CHANNEL).every((message) => message.activity.replyToId === undefined)).toBe(true);
  });

  test("takes out its own mention, writes others as names, and takes nothing else for markup", async () => {
    const more = {
      text: "<at>Curewatch</at>\u00a0assign M-1 <at>Anna Weber</at> a<b>c &amp; <at>Curewatch</at>",
      entities: [
        { type: "mention", text: "<at>Curewatch</at>", mentioned: BOT },
        { type: "mention", text: "<at>Anna Weber</at>", mentioned: ANNA },
        { type: "clientInfo" },
      ],
    };
    await say(typed(platform.serviceUrl, CHANNEL, "", more));
    expect(bot.heard.map((command) => command.text)).toEqual(["assign M-1 Anna Weber a<b>c &amp;"]);
  });

  test.each(["hi", "hello", "thanks"])("passes %s on as text", async (text) => {
    await say(typed(platform.serviceUrl, PERSONAL, text));
    expect(bot.heard.map((command) => command.text)).toEqual([text]);
  });

  test("tells the reader's language where Teams tells it", async () => {
    await say(typed(platform.serviceUrl, PERSONAL, "list", { locale: "fr-FR" }));
    await say(typed(platform.serviceUrl, PERSONAL, "list", { locale: "de-DE" }));
    expect(bot.heard.map((command) => command.language)).toEqual(["fr", undefined]);
  });

  test("answers a message that is delivered twice at the same time once", async () => {
    const activity = typed(platform.serviceUrl, CHANNEL, "acknowledge M-1");
    const statuses = await Promise.all([platform.deliver(bot.endpoint, activity), platform.deliver(bot.endpoint, activity)]);
    await bot.adapter.settled();
    expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
    expect(bot.heard).toHaveLength(1);
    expect(seenIn(platform, CHANNEL)).toEqual(["ok"]);
  });

  test("has its 200 before the answer is made, and stop waits for the answer", async () => {
    const made = Promise.withResolvers<Answer>();
    bot.answerWith(() => made.promise);
    expect((await platform.deliver(bot.endpoint, typed(platform.serviceUrl, CHANNEL, "list"))).status).toBe(200);
    expect(seenIn(platform, CHANNEL)).toEqual([]);
    const stopped = bot.adapter.stop();
    made.resolve({ cards: [titled("late")], audience: "asker" });
    await stopped;
    expect(seenIn(platform, CHANNEL)).toEqual(["late"]);
  });

  test("answers a button of an old client, which sends a message with a value", async () => {
    await joined();
    const actions = [{ label: "Why", command: "why M-1" }];
    await bot.adapter.post(placeIn(CHANNEL), titled("M-1", [{ kind: "actions", actions }]), key());
    const { message, data } = buttonIn(platform, CHANNEL, "Why");
    const { fallback } = readButtons(cardOf(platform.shown(CHANNEL)[0]!.activity))[0]!;
    expect(fallback).toMatchObject({ type: "Action.Submit", title: "Why", data });
    await say(submitted(platform.serviceUrl, CHANNEL, data, message));
    expect(bot.heard.map((command) => command.text)).toEqual(["why M-1"]);
    expect(seenIn(platform, CHANNEL).at(-1)).toBe("ok");
  });

  test("answers a press in the response: for the asker with the card, for the place with a message", async () => {
    await joined();
    const press = async () => {
      const { body } = await platform.deliver(bot.endpoint, executed(platform.serviceUrl, CHANNEL, { command: "show M-1" }, "1"));
      await bot.adapter.settled();
      return body;
    };
    expect(await press()).toMatchObject({
      statusCode: 200,
      type: "application/vnd.microsoft.card.adaptive",
      value: { type: "AdaptiveCard" },
    });
    expect(seenIn(platform, CHANNEL)).toEqual([]);
    bot.answerWith(() => ({ cards: [titled("complied with")], audience: "place" }));
    expect(await press()).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "complied with" });
    expect(seenIn(platform, CHANNEL)).toEqual(["complied with"]);
  });

  test("does not answer invokes that are not its own", async () => {
    const activity = { ...executed(platform.serviceUrl, CHANNEL, {}, "1"), name: "task/fetch" };
    expect(await say(activity)).toBe(501);
    expect(bot.heard).toEqual([]);
  });

  test("keeps a conversation when it is added, refreshes its service URL, and forgets it when it is removed", async () => {
    const post = () => bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
    expect(await post()).toMatchObject({ ok: false, retry: "never", reason: expect.stringContaining("add the app") });
    const elsewhere = await startTeamsPlatform();
    await elsewhere.stop();
    await say(members(elsewhere.serviceUrl, CHANNEL, { membersAdded: [BOT] }));
    expect(await post()).toMatchObject({ ok: false, retry: "later" });
    await joined();
    expect(await post()).toMatchObject({ ok: true });
    await say(installation(platform.serviceUrl, CHANNEL, "remove-upgrade"));
    expect(await post()).toMatchObject({ ok: true });
    await say(members(platform.serviceUrl, CHANNEL, { membersRemoved: [ANNA] }));
    expect(await post()).toMatchObject({ ok: true });
    await say(members(platform.serviceUrl, CHANNEL, { membersRemoved: [BOT] }));
    expect(await post()).toMatchObject({ ok: false, retry: "never" });
    await joined();
    await say(installation(platform.serviceUrl, CHANNEL, "remove"));
    expect(await post()).toMatchObject({ ok: false, retry: "never" });
  });

  test.each([
    "https://smba.trafficmanager.net.example.org/",
    "https://evil.trafficmanager.net/",
    "https://user@smba.trafficmanager.net/",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/",
    "file:///etc/passwd",
    "nonsense",
  ])("neither keeps nor answers a service URL that is not Microsoft's: %s", async (serviceUrl) => {
    expect(await say(typed(serviceUrl, CHANNEL, "list"))).toBe(403);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
  });

  test("does not answer another tenant or another channel than Teams", async () => {
    const activity = typed(platform.serviceUrl, CHANNEL, "list");
    expect(await say({ ...activity, conversation: { ...activity.conversation!, tenantId: "another" } })).toBe(403);
    expect(await say({ ...activity, channelId: "webchat" })).toBe(403);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no object", "[]", 400],
    ["no type", "{}", 400],
    ["too much", `{"type":"message","text":"${"x".repeat(5_000_000)}"}`, 413],
  ])("refuses a body that holds %s", async (_, body, status) => {
    expect((await fetch(bot.endpoint, { method: "POST", body })).status).toBe(status);
  });
});
