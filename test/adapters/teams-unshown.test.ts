import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import { CHANNEL, executed, installation, PERSONAL, slashed, typed } from "../fakes/teams-platform/activities.ts";
import { INSECURE, openScene, readMessage, refusedWith, type Scene, seenIn, titled } from "./teams-harness.ts";

const UNTRUSTED = { ...INSECURE, overrides: { ...INSECURE.overrides, privateAnswers: false } };
const SECRET: Answer = { cards: [titled("the price of waiting")], audience: "asker" };
const OPEN: Answer = { cards: [titled("the state of M-1")], audience: "place" };
const LATE = refusedWith(429, "TooManyRequests", { retryAfter: "600" });

async function asking(answer: Answer, config = INSECURE): Promise<Scene> {
  const scene = await openScene(config);
  await scene.say(installation(scene.platform.serviceUrl, PERSONAL, "add"));
  await scene.say(installation(scene.platform.serviceUrl, CHANNEL, "add"));
  scene.bot.answerWith(() => answer);
  return scene;
}

/** Everything that is seen: by the asker alone in the channel, by all there, and in the asker's own conversation. */
function all({ platform }: Scene) {
  return { alone: platform.whispered(CHANNEL).map(readMessage), there: seenIn(platform, CHANNEL), own: seenIn(platform, PERSONAL) };
}

describe("an answer that Teams does not show is told of to whoever asked", () => {
  test.each([
    ["429 for longer than anybody waits", LATE, "Teams asks to wait 10 minutes there."],
    ["429 for days", refusedWith(429, "TooManyRequests", { retryAfter: "172800" }), "Teams asks to wait more than a day there."],
    ["403, for the bot was removed", refusedWith(403, "BotNotInConversationRoster"), "The bot was removed there. Add the app again."],
    ["403, for it may not write", refusedWith(403, "ForbiddenOperation"), "The bot may not write there"],
    ["403, for its address is of another cloud", refusedWith(403, "InvalidBotApiHost"), "The bot has an address of another cloud for it."],
    ["403, for a reason that it does not name", refusedWith(403, "Forbidden"), "see whether the app is still added there"],
    ["404, for the conversation is gone", refusedWith(404, "ConversationNotFound"), "The conversation is gone"],
  ])("in their own conversation, where another would not take it: %s", async (_, fault, words) => {
    const scene = await asking(OPEN);
    // A thread, then the channel itself.
    scene.platform.failWith(fault, ...(fault === LATE || fault.kind !== "answer" || fault.status === 429 ? [] : [fault]));
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "show M-1 --here"));
    const { alone, there, own } = all(scene);
    expect([alone, there, own.length]).toEqual([[], [], 1]);
    expect(own[0]).toContain("The answer to what you asked in another conversation could not be shown there.");
    expect(own[0]).toContain(words);
    const reference = /in its log under ([0-9a-f]{8})\./.exec(own[0]!)?.[1];
    expect(scene.bot.logged.join("\n")).toContain(`reference: '${reference}'`);
    expect(own[0]).not.toContain("M-1");
  });

  test("in the same words where they asked for themselves alone, and none of the answer's", async () => {
    const scene = await asking(SECRET);
    scene.platform.failWith(LATE);
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "cost M-1"));
    const { alone, there, own } = all(scene);
    expect([alone, there, own.length]).toEqual([[], [], 1]);
    expect(own[0]).toContain("Teams asks to wait 10 minutes there.");
    expect(own[0]).not.toContain("price");
  });

  test("where it was asked, if it was too large alone", async () => {
    const scene = await asking(OPEN);
    scene.platform.failWith(refusedWith(413, "MessageSizeTooBig"));
    await scene.say(typed(scene.platform.serviceUrl, PERSONAL, "list"));
    expect(all(scene).own).toEqual([expect.stringContaining("It is too large for Teams. Ask for less at once.")]);
  });

  test("to them alone there, if nobody can tell whether it was shown", async () => {
    const scene = await asking(OPEN);
    scene.platform.failWith({ kind: "answer", status: 502 });
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "show M-1 --here"));
    const { alone, there, own } = all(scene);
    expect([there, own]).toEqual([[], []]);
    expect(alone).toEqual([expect.stringContaining("It is not certain that the answer was shown. Teams had trouble, or did not answer.")]);
  });

  test("to them alone there, if it is the message alone that is gone", async () => {
    const scene = await asking(OPEN);
    const fault = refusedWith(404, "ActivityNotFoundInConversation");
    scene.platform.failWith(fault, fault);
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "show M-1 --here"));
    const { alone, there, own } = all(scene);
    expect([there, own]).toEqual([[], []]);
    expect(alone).toEqual([expect.stringMatching(/^The answer could not be shown\. The message .* is not there any more\. Ask again\. /)]);
  });

  test.each([
    ["nobody can tell whether", { kind: "answer", status: 502 }, /^It is not certain that the answer was shown\. Whoever runs/],
    ["not now", refusedWith(429, "TooManyRequests", { retryAfter: "600" }), /^The answer could not be shown\. Whoever runs/],
    [
      "not at all",
      refusedWith(403, "BotNotInConversationRoster"),
      /^The answer is for its asker alone, and Teams lets it be shown neither/,
    ],
  ] as const)("as it is where what is for them alone can be shown to them in no other place, %s", async (_, fault, words) => {
    const scene = await asking(SECRET);
    scene.platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    scene.platform.failNext(fault, { after: 1 });
    await scene.say(slashed(scene.platform.serviceUrl, CHANNEL, "/cost M-1"));
    const { alone, there, own } = all(scene);
    expect([alone, own]).toEqual([[], []]);
    expect(there).toEqual([expect.stringMatching(words)]);
  });

  test("and that it is for them alone in French to whoever reads Teams in French", async () => {
    const scene = await asking(SECRET);
    scene.platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    scene.platform.failNext(refusedWith(403, "BotNotInConversationRoster"), { after: 1 });
    await scene.say({ ...slashed(scene.platform.serviceUrl, CHANNEL, "/cost M-1"), locale: "fr-FR" });
    expect(all(scene).there).toEqual([expect.stringMatching(/^La réponse est pour la seule personne qui l'a demandée/)]);
  });

  test("of a press as well, whose answer comes beside the card", async () => {
    const scene = await asking({ ...OPEN, cards: [titled("first"), titled("second")] });
    scene.platform.failWith({ kind: "reset", shown: false });
    await scene.platform.deliver(scene.bot.endpoint, executed(scene.platform.serviceUrl, CHANNEL, { command: "list" }, "1"));
    await scene.bot.adapter.settled();
    expect(all(scene).there).toEqual(["second"]);
    expect(all(scene).alone).toEqual([expect.stringMatching(/^Of the answer's 2 messages: shown 2; perhaps shown 1\. Teams had trouble/)]);
  });

  test("once, however many cards it has", async () => {
    const scene = await asking({ ...OPEN, cards: ["1", "2", "3"].map((title) => titled(title)) });
    scene.platform.forget(CHANNEL);
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "list --here"));
    expect(all(scene).own).toHaveLength(1);
  });

  test("in French to whoever reads Teams in French", async () => {
    const scene = await asking(OPEN);
    scene.platform.failWith(LATE);
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "show M-1 --here", { locale: "fr-FR" }));
    const [own] = all(scene).own;
    expect(own).toContain("n'a pas pu y être affichée. Teams demande d'y attendre 10 minutes.");
    expect(own).not.toMatch(/answer|log under|asks/);
  });

  test("and not why, where everybody reads it", async () => {
    const scene = await asking(OPEN, UNTRUSTED);
    scene.platform.failWith(refusedWith(413, "MessageSizeTooBig"));
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "list"));
    const { there } = all(scene);
    expect(there).toEqual([
      expect.stringMatching(/^The answer could not be shown\. Whoever runs this app finds it in its log under \w{8}\.$/),
    ]);
  });

  test("in their own conversation, if it cannot be told to them alone there", async () => {
    const scene = await asking(OPEN);
    scene.platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    scene.platform.failWith({ kind: "answer", status: 500 });
    await scene.say(slashed(scene.platform.serviceUrl, CHANNEL, "/list"));
    const { alone, there, own } = all(scene);
    expect([alone, there, own.length]).toEqual([[], [], 1]);
  });
});

const LONG = {
  cards: [
    titled("all", [{ kind: "rows", heading: ["M"], rows: Array.from({ length: 300 }, (_, row) => [[`M-${row} ${"x".repeat(200)}`]]) }]),
  ],
};

describe("an answer of several messages of which a part was shown", () => {
  const MANY: Answer = { cards: ["1", "2", "3"].map((title) => titled(title)), audience: "asker" };

  test.each([
    ["en", refusedWith(413, "MessageSizeTooBig"), "Of the answer's 3 messages: shown 1, 3; not shown 2. It is too large for Teams."],
    [
      "fr",
      refusedWith(413, "MessageSizeTooBig"),
      "Des 3 messages de la réponse : affiché 1, 3; non affiché 2. Elle est trop grande pour Teams.",
    ],
    [
      "en",
      { kind: "answer", status: 502 },
      "Of the answer's 3 messages: shown 1, 3; perhaps shown 2. Teams had trouble, or did not answer.",
    ],
    ["fr", { kind: "answer", status: 502 }, "Des 3 messages de la réponse : affiché 1, 3; peut-être affiché 2. Teams a eu un problème"],
  ] as const)("is told of by which of them were (%s, %j)", async (locale, fault, words) => {
    const scene = await asking(MANY);
    scene.platform.failNext(fault, { after: 1 });
    await scene.say(typed(scene.platform.serviceUrl, PERSONAL, "list", { locale: `${locale}-FR` }));
    const { own } = all(scene);
    expect(own.slice(0, -1)).toEqual(["1", "3"]);
    expect(own.at(-1)).toContain(words);
  });

  test.each([
    [
      "en",
      1,
      /^The first of the answer's (\d+) messages was shown; it is not certain that the next one was, and the rest was not\. Teams had/,
    ],
    ["fr", 1, /^Le premier des (\d+) messages de la réponse a été affiché ; il n'est pas certain que le suivant l'ait été, et le reste ne/],
    [
      "en",
      2,
      /^The first 2 of the answer's (\d+) messages were shown; it is not certain that the next one was, and the rest was not\. Teams/,
    ],
  ] as const)("of one card is told of by how many (%s, %d)", async (locale, after, words) => {
    const scene = await asking({ ...OPEN, ...LONG });
    scene.platform.failNext({ kind: "answer", status: 502 }, { after });
    await scene.say(typed(scene.platform.serviceUrl, PERSONAL, "list", { locale: `${locale}-FR` }));
    const { own } = all(scene);
    expect(own.at(-1)).toMatch(words);
    expect(own).toHaveLength(after + 1);
    expect(Number(words.exec(own.at(-1)!)?.[1])).toBeGreaterThan(after + 1);
  });

  test.each([
    [
      "en",
      /^What you asked in another conversation was not answered whole there\. The first of the answer's \d+ messages was shown, the rest was/,
    ],
    [
      "fr",
      /^Ce que vous avez demandé dans une autre conversation n'y a pas reçu toute sa réponse\. Le premier des \d+ messages .* le reste ne/,
    ],
  ] as const)("is told of elsewhere where the conversation takes no more (%s)", async (locale, words) => {
    const scene = await asking({ ...OPEN, ...LONG });
    scene.platform.failNext(LATE, { after: 1 });
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "list --here", { locale: `${locale}-FR` }));
    expect(all(scene).own).toEqual([expect.stringMatching(words)]);
  });
});

describe("nothing more is sent", () => {
  test.each([
    ["where the one conversation asks to wait", LATE],
    ["where the one conversation is closed to the bot", { kind: "answer", status: 403, subCode: "MessageWritesBlocked" } as const],
    ["where Teams does not take the bot's token", refusedWith(401, "BotNotRegistered")],
  ])("%s", async (_, fault) => {
    const scene = await asking(OPEN);
    const before = scene.platform.requests.length;
    scene.platform.failWith(fault);
    await scene.say(typed(scene.platform.serviceUrl, PERSONAL, "list"));
    expect([scene.platform.requests.length - before, all(scene).own]).toEqual([1, []]);
    expect(scene.bot.warnings.join()).toContain("an answer was not shown");
  });

  test("where Teams is in trouble and takes not even that: it is tried once", async () => {
    const scene = await asking(OPEN);
    const before = scene.platform.requests.length;
    scene.platform.trouble(true);
    await scene.say(typed(scene.platform.serviceUrl, CHANNEL, "list --here"));
    expect(scene.platform.requests.length - before).toBe(2);
  });
});

test("a fault of ours is told of in French to whoever reads Teams in French, in a dialog too", async () => {
  const scene = await asking(OPEN);
  scene.bot.answerWith(() => Promise.reject(new Error("a bug")));
  await scene.say(typed(scene.platform.serviceUrl, PERSONAL, "list", { locale: "fr-FR" }));
  expect(all(scene).own).toEqual([expect.stringMatching(/^La réponse n'a pas pu être affichée\. .* sous \w{8}\.$/)]);
  const press = { ...executed(scene.platform.serviceUrl, CHANNEL, { command: "list" }, "1"), locale: "fr-FR" };
  const { body } = await scene.platform.deliver(scene.bot.endpoint, press);
  await scene.bot.adapter.settled();
  expect(JSON.stringify(body)).toContain("La réponse n'a pas pu être affichée.");
});
