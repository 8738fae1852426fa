import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import { openDoor } from "../../src/app/door.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import {
  ANNA,
  BOB,
  BOT,
  CHANNEL,
  executed,
  GROUP,
  installation,
  OTHER_CHANNEL,
  PERSONAL,
  slashed,
  typed,
} from "../fakes/teams-platform/activities.ts";
import { cardOf, readButtons } from "../fakes/teams-platform/card-check.ts";
import type { ShownMessage } from "../fakes/teams-platform/teams-platform.ts";
import { INSECURE, openScene, readMessage } from "./teams-harness.ts";

const KOUROU =
  'register CNIL SAN-2023-018 "Commune de Kourou" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --period P2M --rate 150 --per day';
const FORMS = [
  ["a mention in a channel", (url: string, line: string) => typed(url, CHANNEL, line)],
  ["a mention in a group chat", (url: string, line: string) => typed(url, GROUP, line)],
  ["a conversation of two", (url: string, line: string) => typed(url, PERSONAL, line)],
  ["a slash command in a channel", (url: string, line: string) => slashed(url, CHANNEL, `/${line}`)],
  ["a message in targeted mode in a group chat", (url: string, line: string) => slashed(url, GROUP, line)],
] as const;

/** The Teams adapter before a real desk with one matter. */
async function desk() {
  const scene = await openScene(INSECURE, { members: [ANNA, BOB] });
  const { platform, bot } = scene;
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const log = { info: () => {}, warn: () => {}, error: (about: object) => expect(about).toBe("no fault") };
  const opened = openDesk(store, { clock: setClock("2024-01-19T08:00:00.000Z" as Instant), log, language: "en", zone: "Europe/Paris" });
  opened.running.adapters = [bot.adapter];
  bot.serve(openDoor(opened, null));
  const seen = (conversation = CHANNEL) => ({
    alone: platform.whispered(conversation).map(readMessage).join("\n"),
    all: platform.shown(conversation).map(readMessage).join("\n"),
  });
  const say = async (line: string, conversation = CHANNEL, more = {}) => scene.say(typed(platform.serviceUrl, conversation, line, more));
  // Where somebody speaks first everything is watched: not in any of the conversations that the tests are about.
  await say(KOUROU, OTHER_CHANNEL);
  return { ...scene, store, seen, type: say };
}

/** Presses the button of a message, and answers what came back in the response. */
async function press({ platform, bot }: Awaited<ReturnType<typeof desk>>, message: ShownMessage, title: string): Promise<unknown> {
  const button = readButtons(cardOf(message.activity)).find((one) => one.title === title);
  if (button === undefined) throw new Error(`no button ${title}`);
  const { body } = await platform.deliver(bot.endpoint, executed(platform.serviceUrl, message.conversation, button.data, message.id));
  await bot.adapter.settled();
  return body;
}

describe("the commands in Teams", () => {
  test.each(FORMS)("are the same words in %s: asked, unknown, greeted and thanked", async (_, activity) => {
    const { platform, say } = await desk();
    const answered = async (line: string) => {
      const before = new Set([...platform.record]);
      await say(activity(platform.serviceUrl, line));
      return [...platform.record].filter((one) => !before.has(one)).map(({ text }) => text);
    };
    expect((await answered("show SAN-2023-018")).join()).toContain("Commune de Kourou");
    expect((await answered("shwo SAN-2023-018")).join()).toContain("show");
    const help = await answered("help");
    expect(help.join()).toContain("show");
    expect(await answered("hi")).toEqual(help);
    expect((await answered("thanks!")).join()).toContain("You are welcome");
    expect((await answered("cost SAN-2023-018 --comply 2024-03-01")).join()).toMatch(/EUR [\d,]+/);
  });
});

describe("a form that is asked for by typing in Teams", () => {
  test("is opened by a button of the answer itself, also where the place is new and is told so", async () => {
    const { platform, bot } = await openScene();
    const store = await STORE.open({ url: "sqlite::memory:" });
    onTestFinished(() => store.close());
    const log = { info: () => {}, warn: () => {}, error: (about: object) => expect(about).toBe("no fault") };
    const desk = openDesk(store, { clock: setClock("2024-01-19T08:00:00.000Z" as Instant), log, language: "en", zone: "UTC" });
    desk.running.adapters = [bot.adapter];
    bot.serve(openDoor(desk, null));
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, PERSONAL, "register"));
    await bot.adapter.settled();
    const cards = platform.shown(PERSONAL).map(({ activity }) => cardOf(activity));
    const forms = cards.map((card) => readButtons(card).filter(({ data }) => JSON.stringify(data).includes("form register")).length);
    expect(forms).toEqual([1, 0]);
    expect(readMessage(platform.shown(PERSONAL)[1]!)).toContain("This is the first place");
  });
});

describe("an answer in a channel of Teams", () => {
  test("is the asker's alone until they show it to everybody", async () => {
    const given = await desk();
    const { platform, seen, type } = given;
    await type("show SAN-2023-018");
    expect(seen().alone).toContain("Commune de Kourou");
    expect(seen().all).toBe("");
    await press(given, platform.whispered(CHANNEL)[0]!, "Show to everybody here");
    expect(seen().all).toContain("Commune de Kourou");
  });

  test("with what it costs not to comply is never shown to all: not where Teams refuses the one, nor when it is asked again", async () => {
    const { platform, seen, type } = await desk();
    platform.refuseWhispers({ kind: "answer", status: 400, code: "BadArgument" });
    for (let times = 0; times < 3; times++) await type("cost SAN-2023-018 --comply 2024-03-01");
    expect(seen(PERSONAL).all).toMatch(/EUR [\d,]+/);
    expect(seen().all).not.toMatch(/EUR|1,\d{3}/);
    expect(seen().all).toContain("cost");
  });
});

describe("a person in Teams", () => {
  test("to whom a matter is assigned by a mention is found by it afterwards, by the name that Teams shows", async () => {
    const { seen, type, platform } = await desk();
    const entities = [
      { type: "mention", text: "<at>Curewatch</at>", mentioned: BOT },
      { type: "mention", text: "<at>Bob</at>", mentioned: { id: BOB.id, name: "Bob Stone" } },
    ];
    await type("", CHANNEL, { text: "<at>Curewatch</at> assign SAN-2023-018 to <at>Bob</at>", entities });
    expect(seen().alone).toContain("Bob Stone");
    const url = platform.serviceUrl;
    await type("list mine", PERSONAL, { ...typed(url, "a:one-to-one-with-bob", "list mine"), from: BOB });
    expect(platform.shown("a:one-to-one-with-bob").map(readMessage).join()).toContain("SAN-2023-018");
  });

  test("has one digest of their own, wherever they ask for it, and ends it from anywhere", async () => {
    const { bot, store, type } = await desk();
    await type("mine");
    const own = bot.adapter.direct(`teams:${ANNA.aadObjectId}` as PersonRef)!;
    expect((await store.subscriptions.of(own))?.watches).toHaveLength(1);
    await type("mine --off", PERSONAL);
    expect(await store.subscriptions.of(own)).toBeNull();
  });
});

describe("the welcome", () => {
  test.each([
    ["en-GB", "Anna Weber added Curewatch here"],
    ["fr-FR", "Anna Weber a ajouté Curewatch ici"],
  ])("speaks %s, names who added the bot, and says how to stop its digest", async (locale, title) => {
    const { platform, say, seen } = await desk();
    await say({ ...installation(platform.serviceUrl, CHANNEL, "add"), locale });
    expect(seen().all).toContain(title);
    expect(seen().all).toContain("mine --off");
  });
});
