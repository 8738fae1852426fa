import { describe, expect, test } from "vitest";
import type { Answer, PersonRef } from "../../src/ports/chat.ts";
import { type Activity, ANNA, BOT, CHANNEL, executed, GROUP, installation, PERSONAL, TENANT } from "../fakes/teams-platform/activities.ts";
import { key, openScene, placeIn, type Scene, seenIn, titled } from "./teams-harness.ts";

/** Teams calls the conversation of two people personal, as it does that of one with the bot. */
const TWO = "19:anna_bob@unq.gbl.spaces";
const DIRECT = `teams:${TENANT}/person:${ANNA.aadObjectId}`;
const CHOSEN = { matter: { value: "M-1", label: "M-1" } };

function invoked({ platform }: Scene, conversation: string, name: string, value: unknown): Activity {
  const activity = executed(platform.serviceUrl, conversation, {}, "1");
  const conversationType = conversation === TWO ? "personal" : activity.conversation!.conversationType!;
  return { ...activity, name, value, conversation: { id: conversation, conversationType, tenantId: TENANT } };
}

async function send(scene: Scene, activity: Activity): Promise<unknown> {
  const { status, body } = await scene.platform.deliver(scene.bot.endpoint, activity);
  await scene.bot.adapter.settled();
  expect(status).toBe(200);
  return body;
}

function press(command: string): object {
  return { action: { type: "Action.Execute", verb: "command", data: { command } }, trigger: "manual" };
}

describe.each([CHANNEL, GROUP, TWO])("a search or a press in %s, where the bot is not", (conversation) => {
  const INVOKES: readonly (readonly [string, unknown])[] = [
    ["composeExtension/query", { commandId: "searchMatters", parameters: [{ name: "query", value: "x" }] }],
    ["composeExtension/selectItem", CHOSEN],
    ["composeExtension/fetchTask", { commandId: "register" }],
    ["adaptiveCard/action", press("show M-1")],
    ["task/fetch", { data: { command: "form paid M-1" } }],
    ["application/search", { dataset: "people", queryText: "a" }],
  ];

  test("keeps no word of that conversation, and posts nothing there, now or later", async () => {
    const scene = await openScene();
    const { platform, bot } = scene;
    for (const [name, value] of INVOKES) await send(scene, invoked(scene, conversation, name, value));
    expect(JSON.stringify([...bot.state])).not.toContain(conversation);
    expect(platform.requests.filter(({ path }) => path.includes(conversation))).toEqual([]);
    expect(await bot.adapter.post(placeIn(conversation), titled("due"), key())).toMatchObject({ ok: false, retry: "never" });
    // What is due to the person goes to the conversation with the bot.
    await bot.adapter.post(bot.adapter.direct(`teams:${ANNA.aadObjectId}` as PersonRef)!, titled("yours"), key());
    expect(seenIn(platform, conversation)).toEqual([]);
  });

  test("is heard as from the person's own conversation", async () => {
    const scene = await openScene();
    await send(scene, invoked(scene, conversation, "composeExtension/selectItem", CHOSEN));
    await send(scene, invoked(scene, conversation, "adaptiveCard/action", press("show M-1")));
    expect(scene.bot.heard.map(({ place, overheard }) => [place, overheard])).toEqual([
      [DIRECT, true],
      [DIRECT, undefined],
    ]);
  });

  test.each(["asker", "place"] as const)(
    "is answered in the person's own conversation where it does not fit in: for the %s",
    async (audience) => {
      const scene = await openScene();
      const { platform, bot, say } = scene;
      await say(installation(platform.serviceUrl, PERSONAL, "add"));
      const answer: Answer = { cards: [titled("first"), titled("second")], audience };
      bot.answerWith(() => answer);
      await send(scene, invoked(scene, conversation, "adaptiveCard/action", press("list")));
      expect([seenIn(platform, PERSONAL), seenIn(platform, conversation)]).toEqual([["first", "second"], []]);
    },
  );
});

describe("an invoke where the bot is", () => {
  test("inserts the matter, and says what else there is to say to whoever chose it alone", async () => {
    const scene = await openScene();
    const { platform, bot, say } = scene;
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    bot.answerWith(() => ({ cards: [titled("the matter"), titled("the first place")], audience: "asker" }));
    const body = await send(scene, invoked(scene, CHANNEL, "composeExtension/selectItem", CHOSEN));
    const [inserted, ...more] = (body as { composeExtension: { attachments: readonly { content: { fallbackText: string } }[] } })
      .composeExtension.attachments;
    expect([inserted!.content.fallbackText, more]).toEqual(["the matter", []]);
    expect(platform.whispered(CHANNEL).map(({ activity }) => activity.summary)).toEqual(["the first place"]);
    expect(seenIn(platform, CHANNEL)).toEqual([]);
  });

  test("by the settings, which are opened nowhere else, is heard and kept as of that place, heard of before or not", async () => {
    const scene = await openScene();
    const { bot } = scene;
    const asked: unknown[] = [];
    bot.serve({
      form: async ({ place }) => {
        asked.push(place);
        return { cards: [titled("settings")], audience: "asker" };
      },
    });
    await send(scene, { ...invoked(scene, GROUP, "config/fetch", {}), recipient: BOT });
    expect(asked).toEqual([placeIn(GROUP)]);
    expect(await bot.adapter.post(placeIn(GROUP), titled("due"), key())).toMatchObject({ ok: true });
  });
});
