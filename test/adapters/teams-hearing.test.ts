import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer, PersonRef, Place } from "../../src/ports/chat.ts";
import { ANNA, CHANNEL, executed, GROUP, installation, PERSONAL, submitted, TENANT, typed } from "../fakes/teams-platform/activities.ts";
import { cardOf, readButtons } from "../fakes/teams-platform/card-check.ts";
import { startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { type Bot, buttonIn, key, placeIn, seenIn, startBot, titled } from "./teams-harness.ts";

const ANNA_REF = `teams:${ANNA.aadObjectId}` as PersonRef;
const OWN = `teams:${TENANT}/person:${ANNA.aadObjectId}` as Place;

describe("what the Teams adapter hears", () => {
  let platform: TeamsPlatform;
  let bot: Bot;

  beforeEach(async () => {
    platform = await startTeamsPlatform();
    bot = await startBot();
    // Where everybody reads them: what one person alone is shown is of teams-hearing-alone.
    bot.answerWith(() => ({ cards: [titled("ok")], audience: "place" }));
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
    ["a channel", CHANNEL, placeIn(CHANNEL)],
    ["a group chat", GROUP, placeIn(GROUP)],
    ["a conversation of two", PERSONAL, OWN],
  ])("answers in %s, and can post there afterwards", async (_, conversation, place) => {
    expect(await say(typed(platform.serviceUrl, conversation, "list"))).toBe(200);
    expect(bot.heard).toMatchObject([{ text: "list", place, person: ANNA_REF, personName: "Anna Weber" }]);
    expect(seenIn(platform, conversation)).toEqual(["ok"]);
    expect(await bot.adapter.post(place, titled("due"), key())).toMatchObject({ ok: true });
    expect(seenIn(platform, conversation)).toEqual(["ok", "due"]);
  });

  test("knows a person's own conversation as the place of their direct messages, wherever it was opened", async () => {
    await say(typed(platform.serviceUrl, PERSONAL, "watch"));
    expect(bot.heard[0]!.place).toBe(bot.adapter.direct(ANNA_REF));
  });

  test("answers in the thread of a channel and posts beside it", async () => {
    await say(typed(platform.serviceUrl, `${CHANNEL};messageid=1699999999999`, "list"));
    await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
    expect(platform.shown(CHANNEL).map((message) => message.conversation)).toEqual([`${CHANNEL};messageid=1699999999999`, CHANNEL]);
    expect(platform.shown(CHANNEL).every((message) => message.activity.replyToId === undefined)).toBe(true);
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

  test("answers a message of which each of two processes gets one delivery once, and welcomes a place once", async () => {
    const other = await startBot(undefined, bot.state);
    for (const one of [bot, other]) one.welcomeWith(() => [titled("welcome")]);
    const bothGet = async (activity: Parameters<TeamsPlatform["deliver"]>[1]) => {
      const statuses = await Promise.all([bot, other].map(({ endpoint }) => platform.deliver(endpoint, activity)));
      expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
      for (const { adapter } of [bot, other]) await adapter.settled();
    };
    await bothGet(installation(platform.serviceUrl, CHANNEL, "add"));
    expect(seenIn(platform, CHANNEL)).toEqual(["welcome"]);
    await bothGet(typed(platform.serviceUrl, CHANNEL, "acknowledge M-1"));
    expect(bot.heard.length + other.heard.length).toBe(1);
    await other.close();
  });

  test("has its 200 before the answer is made, and stop waits for the answer", async () => {
    const made = Promise.withResolvers<Answer>();
    bot.answerWith(() => made.promise);
    expect((await platform.deliver(bot.endpoint, typed(platform.serviceUrl, CHANNEL, "list"))).status).toBe(200);
    expect(seenIn(platform, CHANNEL)).toEqual([]);
    const stopped = bot.adapter.stop();
    made.resolve({ cards: [titled("late")], audience: "place" });
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
    bot.answerWith(() => ({ cards: [titled("ok")], audience: "asker" }));
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
    const activity = { ...executed(platform.serviceUrl, CHANNEL, {}, "1"), name: "signin/verifyState" };
    expect(await say(activity)).toBe(501);
    expect(bot.heard).toEqual([]);
  });
});
