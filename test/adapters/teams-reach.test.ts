import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryKey, PersonRef, Place, PostRef } from "../../src/ports/chat.ts";
import { ANNA, BOT, CHANNEL, GROUP, installation, PERSONAL, TENANT, typed } from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { type Bot, key, NOW, placeIn, refusedWith, seenIn, startBot, titled } from "./teams-harness.ts";

const LONG = titled("Digest", [
  { kind: "rows", heading: [], rows: Array.from({ length: 300 }, (_, row) => [[`M-${row} ${"x".repeat(200)}`]]) },
]);
const ANNA_REF = `teams:${ANNA.aadObjectId}` as PersonRef;
let platform: TeamsPlatform;
let bot: Bot;

beforeEach(async () => {
  platform = await startTeamsPlatform({ now: () => Date.parse(NOW) });
  bot = await startBot();
});
afterEach(async () => {
  await bot.close();
  await platform.stop();
});

async function joined(conversation: string): Promise<void> {
  await platform.deliver(bot.endpoint, installation(platform.serviceUrl, conversation, "add"));
}

function channelOf(id: string): { readonly id: string; readonly conversationType: string; readonly tenantId: string } {
  return { id, conversationType: "channel", tenantId: TENANT };
}

async function posted(to: Place, card = titled("root"), under?: PostRef, once: DeliveryKey = key()): Promise<PostRef> {
  const result = await bot.adapter.post(to, card, once, under);
  if (!result.ok) throw new Error(result.reason);
  return result.posted;
}

describe("a card under a message of Teams", () => {
  test("is a reply in a channel, all its messages to the same root, and is replaced there", async () => {
    await joined(CHANNEL);
    const root = await posted(placeIn(CHANNEL));
    const below = await posted(placeIn(CHANNEL), LONG, root);
    const [first, ...rest] = platform.shown(CHANNEL);
    const thread = `${CHANNEL};messageid=${first!.id}`;
    expect(rest.length).toBeGreaterThan(1);
    expect(new Set(rest.map(({ conversation }) => conversation))).toEqual(new Set([thread]));
    expect(await bot.adapter.update(below, titled("mended"))).toMatchObject({ ok: true });
    expect(platform.requests.filter(({ method }) => method === "PUT").map(({ path }) => path)).toEqual([
      `/v3/conversations/${thread}/activities/${rest[0]!.id}`,
    ]);
    await posted(placeIn(CHANNEL), titled("a reply to a reply"), below);
    expect(platform.shown(CHANNEL).at(-1)!.conversation).toBe(thread);
  });

  test.each(["19:abc@thread.skype", "19:some-newer-form@channel.v3", "channel-of-an-emulator"])(
    "is a reply in %s, since Teams calls it a channel, and goes on being one",
    async (conversation) => {
      const added = { ...installation(platform.serviceUrl, conversation, "add"), conversation: channelOf(conversation) };
      await platform.deliver(bot.endpoint, added);
      const root = await posted(placeIn(conversation));
      // Of an activity that does not tell the kind of its conversation nothing is learnt.
      const { conversationType: _, ...untold } = channelOf(conversation);
      await platform.deliver(bot.endpoint, { ...added, type: "conversationUpdate", id: "another", conversation: untold });
      await posted(placeIn(conversation), titled("below"), root);
      const [first, second] = platform.shown(conversation);
      expect(second!.conversation).toBe(`${conversation};messageid=${first!.id}`);
    },
  );

  test("is a message like any other in a group, whatever its id is like, and a reply where only the id was ever told", async () => {
    for (const conversationType of ["groupChat", undefined]) {
      const id = `19:${conversationType}@thread.tacv2`;
      const { conversationType: _, ...untold } = channelOf(id);
      const conversation = { ...untold, ...(conversationType === undefined ? {} : { conversationType }) };
      await platform.deliver(bot.endpoint, { ...installation(platform.serviceUrl, id, "add"), conversation });
      await posted(placeIn(id), titled("below"), await posted(placeIn(id)));
      expect(platform.shown(id)[1]!.conversation.includes(";messageid=")).toBe(conversationType === undefined);
    }
  });

  test.each([GROUP, PERSONAL])("is a message like any other in %s, which has no threads", async (conversation) => {
    await joined(conversation);
    const root = await posted(placeIn(conversation));
    await posted(placeIn(conversation), titled("below"), root);
    expect(platform.shown(conversation).map((message) => message.conversation)).toEqual([conversation, conversation]);
  });

  test("is a message like any other where the root stands in another place", async () => {
    await joined(CHANNEL);
    await joined(GROUP);
    const root = await posted(placeIn(GROUP));
    await posted(placeIn(CHANNEL), titled("below"), root);
    expect(platform.shown(CHANNEL).map((message) => message.conversation)).toEqual([CHANNEL]);
  });

  test("is not shown a second time where nobody can tell whether the reply was", async () => {
    await joined(CHANNEL);
    const root = await posted(placeIn(CHANNEL));
    platform.failWith({ kind: "answer", status: 502, shown: true });
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("below"), key(), root)).toMatchObject({ ok: false, retry: "unknown" });
    expect(seenIn(platform, CHANNEL)).toEqual(["root", "below"]);
  });
});

describe("a card of several messages of which one was removed", () => {
  test("is gone, and what is left of it goes too, for it is posted anew", async () => {
    await joined(CHANNEL);
    const reference = await posted(placeIn(CHANNEL), LONG);
    platform.failWith({ kind: "none" }, refusedWith(404, "ActivityNotFoundInConversation"));
    expect(await bot.adapter.update(reference, { ...LONG, title: "Digest, mended" })).toMatchObject({ retry: "never", gone: true });
    expect(seenIn(platform, CHANNEL)).toEqual([]);
  });

  test("is said again where the same card is posted again after a pause", async () => {
    await joined(CHANNEL);
    const once = key();
    void platform.failNext(refusedWith(429, "TooManyRequests"), { after: 1 });
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({ retry: "later" });
    platform.wipe(CHANNEL);
    await posted(placeIn(CHANNEL), { ...LONG, title: "Digest, again" }, undefined, once);
    const seen = seenIn(platform, CHANNEL).join("\n");
    for (const text of ["Digest, again", "M-0 ", "M-299 "]) expect(seen).toContain(text);
  });
});

describe("a person's own conversation in Teams", () => {
  test("is the one that they talk to the bot in, and nothing is opened", async () => {
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, PERSONAL, "list"));
    await bot.adapter.settled();
    expect(bot.heard[0]!.person).toBe(ANNA_REF);
    expect(await posted(bot.adapter.direct(ANNA_REF)!)).toMatch(new RegExp(`^teams:${TENANT}/${PERSONAL}#\\d+$`));
    expect(platform.requests.map(({ path }) => path)).not.toContain("/v3/conversations");
  });

  test("is opened once where the bot has heard of the person elsewhere only, and kept", async () => {
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, CHANNEL, "list"));
    await bot.adapter.settled();
    const place = bot.adapter.direct(ANNA_REF)!;
    await posted(place, titled("first"));
    await posted(place, titled("second"));
    expect(seenIn(platform, PERSONAL)).toEqual(["first", "second"]);
    expect(platform.requests.filter(({ path }) => path === "/v3/conversations")).toHaveLength(1);
  });

  test("is opened anew after it was left", async () => {
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, PERSONAL, "list"));
    await bot.adapter.settled();
    await platform.deliver(bot.endpoint, installation(platform.serviceUrl, PERSONAL, "remove"));
    platform.failWith(refusedWith(403, "BotNotInConversationRoster"));
    expect(await bot.adapter.post(bot.adapter.direct(ANNA_REF)!, titled("due"), key())).toMatchObject({ retry: "never" });
    expect(platform.requests.at(-1)!.path).toBe("/v3/conversations");
  });

  test("cannot be opened before the bot has heard from anybody: never, with what to do", async () => {
    expect(await bot.adapter.post(bot.adapter.direct(ANNA_REF)!, titled("due"), key())).toMatchObject({
      retry: "never",
      reason: expect.stringContaining("add the app"),
    });
    expect(platform.requests).toEqual([]);
  });

  test("is tried again where nobody can tell whether it was opened, for opening shows nothing", async () => {
    await joined(CHANNEL);
    platform.failWith({ kind: "answer", status: 502 });
    const place = bot.adapter.direct(ANNA_REF)!;
    expect(await bot.adapter.post(place, titled("due"), key())).toMatchObject({ retry: "later" });
    await posted(place, titled("due"));
    expect(seenIn(platform, PERSONAL)).toEqual(["due"]);
  });

  test("is opened as Teams wants it: the bot, one member, the tenant", async () => {
    const opened: unknown[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (url, init) => {
      if (String(url).endsWith("/v3/conversations")) opened.push(JSON.parse(String(init?.body)));
      return fetch(url, init);
    };
    try {
      await joined(CHANNEL);
      await posted(bot.adapter.direct(ANNA_REF)!);
    } finally {
      globalThis.fetch = fetch;
    }
    const tenant = { tenantId: TENANT, channelData: { tenant: { id: TENANT } } };
    expect(opened).toEqual([{ bot: { id: BOT.id }, members: [{ id: ANNA.aadObjectId }], isGroup: false, ...tenant }]);
  });
});

describe("the pretended Teams", () => {
  test("keeps a record of what was shown: when, where and in which thread", async () => {
    await joined(CHANNEL);
    const root = await posted(placeIn(CHANNEL));
    await posted(placeIn(CHANNEL), titled("below"), root);
    expect(platform.record).toEqual([
      expect.objectContaining({ at: Date.parse(NOW), did: "posted", place: CHANNEL, thread: null, text: "root" }),
      expect.objectContaining({ did: "posted", place: CHANNEL, thread: platform.record[0]!.id, text: "below" }),
    ]);
  });
});
