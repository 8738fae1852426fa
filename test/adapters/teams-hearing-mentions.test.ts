import { describe, expect, test } from "vitest";
import { type Activity, ANNA, BOB, BOT, CHANNEL, PERSONAL, typed } from "../fakes/teams-platform/activities.ts";
import { INSECURE, openScene } from "./teams-harness.ts";

const AT_BOT = { type: "mention", text: "<at>Curewatch</at>", mentioned: BOT };
const ANNA_REF = `teams:${ANNA.aadObjectId}`;
const BOB_REF = `teams:${BOB.aadObjectId}`;

/** As Teams names people in mentions: without the directory's id. */
function at(name: string, { id }: { readonly id: string }, called = name): NonNullable<Activity["entities"]>[number] {
  return { type: "mention", text: `<at>${name}</at>`, mentioned: { id, name: called } };
}

async function heard(text: string, entities: Activity["entities"], conversation = CHANNEL) {
  const { platform, bot, say } = await openScene(INSECURE, { members: [ANNA, BOB] });
  await say(typed(platform.serviceUrl, conversation, "", { text, ...(entities === undefined ? {} : { entities }) }));
  return { text: bot.heard[0]?.text, mentions: bot.heard[0]?.mentions, asked: platform.requests.filter(({ method }) => method === "GET") };
}

describe("the bot's own mention in Teams is taken out", () => {
  test.each<[string, string, Activity["entities"]]>([
    ["in front", "<at>Curewatch</at> list", [AT_BOT]],
    ["behind", "list <at>Curewatch</at>", [AT_BOT]],
    ["with a no-break space", "<at>Curewatch</at>\u00a0list", [AT_BOT]],
    ["with marks of no width", "\u200b<at>Curewatch</at>\ufeff list\u200b", [AT_BOT]],
    ["twice, with one entity", "<at>Curewatch</at> list <at>Curewatch</at>", [AT_BOT]],
    ["numbered by the client", '<at id="0">Curewatch</at> list', [{ ...AT_BOT, text: '<at id="0">Curewatch</at>' }]],
    ["numbered in the text alone", '<at id="0">Curewatch</at> list', [AT_BOT]],
    ["with a line break", "<at>Curewatch</at>\r\nlist\n", [AT_BOT]],
    ["behind a slash", "/list", []],
  ])("%s", async (_, text, entities) => {
    expect((await heard(text, entities)).text).toBe("list");
  });

  test("and what else looks like markup is a word", async () => {
    const { text } = await heard("<at>Curewatch</at> note a<b>c &amp; </at> <i>x</i>", [AT_BOT]);
    expect(text).toBe("note a<b>c &amp; </at> <i>x</i>");
  });

  test("and alone asks for help", async () => {
    expect((await heard("<at>Curewatch</at>", [AT_BOT])).text).toBe("");
  });
});

describe("people who are mentioned in Teams", () => {
  test("are references with the names by which Teams shows them, by the directory's id that the roster tells", async () => {
    const { text, mentions, asked } = await heard("<at>Curewatch</at> assign M-1\u00a0<at>Bob Stone</at>", [AT_BOT, at("Bob Stone", BOB)]);
    expect(text).toBe(`assign M-1 ${BOB_REF}`);
    expect(mentions).toEqual([{ person: BOB_REF, name: "Bob Stone" }]);
    expect(asked.map(({ path }) => path)).toEqual([`/v3/conversations/${CHANNEL}/members/${BOB.id}`]);
  });

  test("are told apart where two are written alike, and named once where one is written twice", async () => {
    const entities = [AT_BOT, at("Sam", ANNA, "Sam Weber"), at("Sam", BOB, "Sam Stone"), at("Ana", ANNA, "Sam Weber")];
    const { text, mentions } = await heard("<at>Curewatch</at> ask <at>Sam</at> <at>Sam</at> <at>Ana</at>", entities);
    expect(text).toBe(`ask ${ANNA_REF} ${BOB_REF} ${ANNA_REF}`);
    expect(mentions).toEqual([
      { person: ANNA_REF, name: "Sam Weber" },
      { person: BOB_REF, name: "Sam Stone" },
    ]);
  });

  test("are looked up once, and not at all where they have written themselves", async () => {
    const { platform, bot, say } = await openScene(INSECURE, { members: [ANNA, BOB] });
    const text = "assign M-1 <at>A</at> <at>B</at>";
    for (let times = 0; times < 3; times++)
      await say(typed(platform.serviceUrl, PERSONAL, "", { text, entities: [at("A", ANNA), at("B", BOB)] }));
    expect(bot.heard.map((command) => command.text)).toEqual(Array(3).fill(`assign M-1 ${ANNA_REF} ${BOB_REF}`));
    expect(platform.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
  });

  test("go by the id of Teams where the roster does not tell, or they are of another directory", async () => {
    const stranger = { id: "29:eve", name: "Eve", aadObjectId: "eeeeeeee-0000-0000-0000-000000000009", tenantId: "another" };
    const { platform, bot, say } = await openScene(INSECURE, { members: [ANNA, stranger] });
    const text = "assign M-1 <at>Eve</at> <at>Gone</at>";
    await say(typed(platform.serviceUrl, PERSONAL, "", { text, entities: [at("Eve", stranger), at("Gone", { id: "29:gone" })] }));
    expect(bot.heard[0]!.text).toBe("assign M-1 teams:29:eve teams:29:gone");
  });

  test("are people only: a tag, a channel and another bot are words", async () => {
    const entities = [AT_BOT, at("Legal", { id: "MTYtag" }), at("General", { id: CHANNEL }), at("Other Bot", { id: "28:other" })];
    const { text, mentions } = await heard(
      "<at>Curewatch</at> <at>Legal</at> <at>General</at> <at>Other Bot</at> <at>nobody</at>",
      entities,
    );
    expect(text).toBe("Legal General Other Bot nobody");
    expect(mentions).toBeUndefined();
  });
});
