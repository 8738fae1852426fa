import { describe, expect, test } from "vitest";
import type { PersonRef, PostResult } from "../../src/ports/chat.ts";
import {
  ANNA,
  BOT,
  CHANNEL,
  GROUP,
  happened,
  installation,
  members,
  OTHER_CHANNEL,
  ofTeam,
  PERSONAL,
  TENANT,
  typed,
} from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { INSECURE, key, openScene, placeIn, type Scene, startBot, titled } from "./teams-harness.ts";

const ANNA_REF = `teams:${ANNA.aadObjectId}` as PersonRef;

function due({ bot }: Scene, conversation = CHANNEL): Promise<PostResult> {
  return bot.adapter.post(placeIn(conversation), titled("due"), key());
}

const never = (reason: string) => ({ ok: false, retry: "never", reason: expect.stringContaining(reason) });

/** A team with the bot, which has been spoken to in two of its channels. */
async function inTeam(type = "standard"): Promise<Scene> {
  const scene = await openScene();
  const { platform, say } = scene;
  await say(ofTeam(installation(platform.serviceUrl, CHANNEL, "add"), type));
  await say(ofTeam(typed(platform.serviceUrl, CHANNEL, "list"), type));
  await say(ofTeam(typed(platform.serviceUrl, OTHER_CHANNEL, "list")));
  return scene;
}

describe("a conversation of Teams", () => {
  test("is kept when the bot is added, with its newest service URL, through an upgrade, and until the bot is taken out", async () => {
    const scene = await openScene();
    const { platform, say } = scene;
    expect(await due(scene)).toMatchObject(never("add the app"));
    const elsewhere = await startTeamsPlatform();
    await elsewhere.stop();
    await say(members(elsewhere.serviceUrl, CHANNEL, { membersAdded: [BOT] }));
    expect(await due(scene)).toMatchObject({ ok: false, retry: "later" });
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    expect(await due(scene)).toMatchObject({ ok: true });
    for (const action of ["remove-upgrade", "add-upgrade"] as const) await say(installation(platform.serviceUrl, CHANNEL, action));
    expect(await due(scene)).toMatchObject({ ok: true });
    await say(members(platform.serviceUrl, CHANNEL, { membersRemoved: [ANNA] }));
    expect(await due(scene)).toMatchObject({ ok: true });
    await say(members(platform.serviceUrl, CHANNEL, { membersRemoved: [BOT] }));
    expect(await due(scene)).toMatchObject(never("add the app"));
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    await say(installation(platform.serviceUrl, CHANNEL, "remove"));
    expect(await due(scene)).toMatchObject(never("add the app"));
  });

  test.each([GROUP, PERSONAL, CHANNEL])("leaves nothing of its address behind in %s when the bot is taken out", async (conversation) => {
    const { platform, bot, say } = await openScene();
    await say(installation(platform.serviceUrl, conversation, "add"));
    await say(typed(platform.serviceUrl, conversation, "list"));
    await say(installation(platform.serviceUrl, conversation, "remove"));
    const kept = [...bot.state].filter(([name]) => !/^(seen|progress)\//.test(name));
    expect(kept.map(([name]) => name).sort()).toEqual([`account/${ANNA.id}`, "last-conversation"]);
    expect(JSON.stringify(kept)).not.toContain(conversation);
  });

  test("a person's own one is opened anew after they took the bot out and put it back", async () => {
    const { platform, bot, say } = await openScene();
    const post = () => bot.adapter.post(bot.adapter.direct(ANNA_REF)!, titled("yours"), key());
    await say(installation(platform.serviceUrl, PERSONAL, "add"));
    expect(await post()).toMatchObject({ ok: true });
    expect(platform.requests.some(({ path }) => path === "/v3/conversations")).toBe(false);
    await say(installation(platform.serviceUrl, PERSONAL, "remove"));
    await post();
    expect(platform.requests.some(({ path }) => path === "/v3/conversations")).toBe(true);
  });
});

describe("a team of Teams", () => {
  test("takes all its channels along when the bot is taken out", async () => {
    const scene = await inTeam();
    const { platform, bot, say } = scene;
    expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([{ ok: true }, { ok: true }]);
    await say(ofTeam(installation(platform.serviceUrl, CHANNEL, "remove")));
    expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([never("add the app"), never("add the app")]);
    expect([...bot.state.keys()].filter((name) => /^(conversation|team|welcomed|private)\//.test(name))).toEqual([]);
  });

  test.each(["private", "shared"])(
    "keeps its other channels when the bot is taken out of a %s one, which has members of its own",
    async (type) => {
      const scene = await inTeam(type);
      await scene.say(ofTeam(members(scene.platform.serviceUrl, CHANNEL, { membersRemoved: [BOT] }), type));
      expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([never("add the app"), { ok: true }]);
    },
  );

  test.each([
    ["teamArchived", "teamUnarchived", "the team is archived"],
    ["teamDeleted", "teamRestored", "the team was deleted"],
  ])("that is gone by %s is told of, in each of its channels, until %s", async (closing, opening, words) => {
    const scene = await inTeam();
    const { platform, say } = scene;
    const asked = platform.requests.length;
    await say(happened(platform.serviceUrl, closing));
    expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([never(words), never(words)]);
    expect(platform.requests, "Teams is not asked").toHaveLength(asked);
    await say(happened(platform.serviceUrl, opening));
    expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test("that is gone for good is told of", async () => {
    const scene = await inTeam();
    await scene.say(happened(scene.platform.serviceUrl, "teamHardDeleted"));
    expect(await due(scene, OTHER_CHANNEL)).toMatchObject(never("the team was deleted"));
  });

  test("loses one channel without the others, and has it back; a name changes nothing", async () => {
    const scene = await inTeam();
    const { platform, say } = scene;
    const channel = OTHER_CHANNEL;
    for (const event of ["teamRenamed", "channelRenamed", "channelShared"]) await say(happened(platform.serviceUrl, event, { channel }));
    expect(await due(scene, channel)).toMatchObject({ ok: true });
    await say(happened(platform.serviceUrl, "channelDeleted", { channel }));
    expect([await due(scene), await due(scene, channel)]).toMatchObject([{ ok: true }, never("the channel was deleted")]);
    await say(happened(platform.serviceUrl, "teamArchived"));
    await say(happened(platform.serviceUrl, "teamUnarchived"));
    expect(await due(scene, channel)).toMatchObject(never("the channel was deleted"));
    await say(happened(platform.serviceUrl, "channelRestored", { channel }));
    expect(await due(scene, channel)).toMatchObject({ ok: true });
  });

  test("is open again where somebody writes there, whatever was told before", async () => {
    const scene = await inTeam();
    await scene.say(happened(scene.platform.serviceUrl, "channelDeleted", { channel: OTHER_CHANNEL }));
    await scene.say(ofTeam(typed(scene.platform.serviceUrl, OTHER_CHANNEL, "list")));
    expect(await due(scene, OTHER_CHANNEL)).toMatchObject({ ok: true });
  });

  test("keeps each of two channels that are heard of at the same time", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    await Promise.all([CHANNEL, OTHER_CHANNEL].map((one) => say(ofTeam(typed(platform.serviceUrl, one, "list")))));
    await bot.adapter.settled();
    await say(happened(platform.serviceUrl, "teamArchived"));
    expect([await due(scene), await due(scene, OTHER_CHANNEL)]).toMatchObject([never("archived"), never("archived")]);
  });
});

describe("the welcome in Teams", () => {
  test.each([
    ["a channel", CHANNEL, placeIn(CHANNEL)],
    ["a group chat", GROUP, placeIn(GROUP)],
    ["a conversation of two", PERSONAL, `teams:${TENANT}/person:${ANNA.aadObjectId}`],
  ])("is said once in %s, with who added the bot, however often Teams tells of it", async (_, conversation, place) => {
    const { platform, bot, say } = await openScene();
    const asked: unknown[] = [];
    bot.welcomeWith((asking) => {
      asked.push({ place: asking.place, by: asking.personName });
      return [titled(`added by ${asking.personName}`)];
    });
    const { name: _name, ...nameless } = ANNA;
    const added = { ...installation(platform.serviceUrl, conversation, "add"), from: nameless };
    await Promise.all([say(added), say({ ...members(platform.serviceUrl, conversation, { membersAdded: [BOT] }), from: nameless })]);
    await say(added);
    await say(installation(platform.serviceUrl, conversation, "add-upgrade"));
    expect(platform.shown(conversation).map(({ activity, conversation: at }) => [activity.summary, at])).toEqual([
      ["added by Anna Weber", conversation],
    ]);
    expect(asked).toEqual([{ place, by: "Anna Weber" }]);
  });

  test("is said again after the bot was taken out and added again, not after a restart", async () => {
    const { platform, bot, say } = await openScene();
    const greeting = () => [titled("welcome")];
    bot.welcomeWith(greeting);
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    const next = await startBot(INSECURE, new Map(bot.state));
    next.welcomeWith(greeting);
    const tell = async (activity: Parameters<typeof platform.deliver>[1]) => {
      await platform.deliver(next.endpoint, activity);
      await next.adapter.settled();
      return platform.shown(CHANNEL).length;
    };
    expect(await tell(members(platform.serviceUrl, CHANNEL, { membersAdded: [BOT] }))).toBe(1);
    await tell(installation(platform.serviceUrl, CHANNEL, "remove"));
    expect(await tell(installation(platform.serviceUrl, CHANNEL, "add"))).toBe(2);
    await next.close();
  });

  test("is said once in a team, in the channel that was chosen when the bot was added", async () => {
    const { platform, bot, say } = await openScene();
    bot.welcomeWith(() => [titled("welcome")]);
    const added = ofTeam(installation(platform.serviceUrl, CHANNEL, "add"));
    const chosen = { ...(added.channelData as object), settings: { selectedChannel: { id: OTHER_CHANNEL } } };
    await say({ ...added, channelData: chosen });
    await say(ofTeam(members(platform.serviceUrl, CHANNEL, { membersAdded: [BOT] })));
    expect([platform.shown(OTHER_CHANNEL).length, platform.shown(CHANNEL).length]).toEqual([1, 0]);
    await say(ofTeam(installation(platform.serviceUrl, CHANNEL, "remove")));
    await say(ofTeam(members(platform.serviceUrl, CHANNEL, { membersAdded: [BOT] })));
    expect(platform.shown(CHANNEL)).toHaveLength(1);
  });

  test("is said without a name where Teams does not tell who it was", async () => {
    const { platform, bot, say } = await openScene();
    bot.welcomeWith((asking) => [titled(`[${asking.personName}]`)]);
    await say({ ...installation(platform.serviceUrl, CHANNEL, "add"), from: { id: "29:unknown" } });
    expect(platform.shown(CHANNEL).map(({ activity }) => activity.summary)).toEqual(["[]"]);
  });
});
