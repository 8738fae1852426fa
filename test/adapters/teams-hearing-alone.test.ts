import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import { ANNA, BOB, CHANNEL, executed, GROUP, installation, PERSONAL, slashed, typed } from "../fakes/teams-platform/activities.ts";
import { INSECURE, openScene, readMessage, refusedWith, type Scene, seenIn, titled } from "./teams-harness.ts";

/** A connector that is not Microsoft's, and may show to all what is meant for one. */
const UNTRUSTED = { ...INSECURE, overrides: { ...INSECURE.overrides, privateAnswers: false } };
const SECRET: Answer = { cards: [titled("the price of waiting")], audience: "asker" };

function whispers({ platform }: Scene, conversation = CHANNEL, person = ANNA.id): readonly string[] {
  return platform.whispered(conversation, person).map(readMessage);
}

function overheard({ bot }: Scene): readonly boolean[] {
  return bot.heard.map((command) => command.overheard === true);
}

describe("an answer to the asker in a channel or a group of Teams", () => {
  test.each([CHANNEL, GROUP])("is shown to them alone in %s, and the command is told that nobody overhears it", async (conversation) => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    await say(typed(platform.serviceUrl, conversation, "cost M-1"));
    expect([whispers(scene, conversation), whispers(scene, conversation, BOB.id), seenIn(platform, conversation)]).toEqual([
      ["the price of waiting"],
      [],
      [],
    ]);
    expect(overheard(scene)).toEqual([false]);
    expect(platform.requests.map(({ query }) => query)).toEqual(["isTargetedActivity=true"]);
  });

  test("is shown to all where it was asked for all to see", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => ({ cards: [titled("M-1")], audience: "place" }));
    await say(typed(platform.serviceUrl, CHANNEL, "show M-1 --here"));
    expect([whispers(scene), seenIn(platform, CHANNEL)]).toEqual([[], ["M-1"]]);
  });

  test("goes to their own conversation where Teams refuses it, never to all; from then on the command is told that it is overheard", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    await say(typed(platform.serviceUrl, CHANNEL, "cost M-1"));
    expect([seenIn(platform, PERSONAL), seenIn(platform, CHANNEL)]).toEqual([["the price of waiting"], []]);
    bot.answerWith(({ overheard: all }) => (all === true ? { cards: [titled("ask me alone")], audience: "asker" } : SECRET));
    await say(typed(platform.serviceUrl, CHANNEL, "cost M-1"));
    expect(overheard(scene)).toEqual([false, true]);
    expect(seenIn(platform, CHANNEL)).toEqual(["ask me alone"]);
    await say(typed(platform.serviceUrl, GROUP, "cost M-1"));
    expect(overheard(scene), "another conversation is not judged by this one").toEqual([false, true, false]);
  });

  test("is told of in the channel without a word of it where their own conversation is refused too", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    platform.refuseWhispers({ kind: "answer", status: 403, code: "ForbiddenOperation" });
    void platform.failNext({ kind: "answer", status: 403, subCode: "MessageWritesBlocked" }, { after: 2 });
    await say(typed(platform.serviceUrl, CHANNEL, "cost M-1"));
    const [said] = seenIn(platform, CHANNEL);
    expect(said).toContain("for its asker alone");
    expect(said).not.toMatch(/price|403|MessageWritesBlocked|blocked/);
    expect(bot.warnings.join("\n")).toContain("MessageWritesBlocked");
  });

  test("is not shown a second time where nobody can tell whether it was, nor is privacy given up for it", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    platform.failWith({ kind: "answer", status: 502 });
    await say(typed(platform.serviceUrl, CHANNEL, "cost M-1"));
    const doubt = expect.stringMatching(/^It is not certain that the answer was shown\.(?!.*price)/);
    expect([whispers(scene), seenIn(platform, CHANNEL), seenIn(platform, PERSONAL)]).toEqual([[doubt], [], []]);
    await say(typed(platform.serviceUrl, CHANNEL, "cost M-1"));
    expect([overheard(scene), whispers(scene)]).toEqual([
      [false, false],
      [doubt, "the price of waiting"],
    ]);
  });

  test("is posted for all by a connector that may show to all what is for one, and the command is told so", async () => {
    const scene = await openScene(UNTRUSTED);
    const { platform, say } = scene;
    await say(typed(platform.serviceUrl, CHANNEL, "list"));
    expect([overheard(scene), whispers(scene), seenIn(platform, CHANNEL)]).toEqual([[true], [], ["ok"]]);
    expect(platform.requests.map(({ query }) => query)).toEqual([""]);
  });

  test("is shown to them alone where a press asked for it and it does not fit into the pressed card", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    bot.answerWith(() => ({ cards: [titled("first"), titled("second")], audience: "asker" }));
    await platform.deliver(bot.endpoint, executed(platform.serviceUrl, CHANNEL, { command: "cost M-1" }, "1"));
    await bot.adapter.settled();
    expect([overheard(scene), whispers(scene), seenIn(platform, CHANNEL)]).toEqual([[false], ["first", "second"], []]);
  });
});

describe("a slash command, or a message in targeted mode", () => {
  test("is answered to its sender alone, under what they asked, whatever is known of the connector", async () => {
    const scene = await openScene(UNTRUSTED);
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    const asked = slashed(platform.serviceUrl, CHANNEL, "/cost M-1");
    await say(asked);
    expect(bot.heard).toMatchObject([{ text: "cost M-1" }]);
    expect([overheard(scene), seenIn(platform, CHANNEL)]).toEqual([[false], []]);
    const [shown] = platform.whispered(CHANNEL);
    expect(shown!.activity).toMatchObject({ recipient: { id: ANNA.id }, entities: [{ type: "targetedMessageInfo", messageId: asked.id }] });
  });

  test("proves to the conversation that Teams keeps private what is for one, and a mention is answered so too", async () => {
    const scene = await openScene(UNTRUSTED);
    const { platform, say } = scene;
    await say(slashed(platform.serviceUrl, CHANNEL, "list"));
    await say(typed(platform.serviceUrl, CHANNEL, "list"));
    expect([overheard(scene), whispers(scene), seenIn(platform, CHANNEL)]).toEqual([[false, false], ["ok", "ok"], []]);
  });

  test("never has its answer shown to all, also where Teams refuses to show it to one", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    bot.answerWith(() => SECRET);
    platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    platform.failWith({ kind: "none" }, { kind: "none" }, refusedWith(403, "BotNotInConversationRoster"));
    await say(slashed(platform.serviceUrl, CHANNEL, "cost M-1"));
    await say(slashed(platform.serviceUrl, CHANNEL, "cost M-1"));
    expect(seenIn(platform, CHANNEL).join()).not.toContain("price");
    expect(seenIn(platform, PERSONAL)).toContain("the price of waiting");
  });
});
