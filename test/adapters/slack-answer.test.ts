import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, cardOf, MODES, QUIET, said, slackScreen } from "./slack-answer-screen.ts";

describe.each(MODES)("a slash command over %s", (mode) => {
  test("is answered to the asker alone, and to everybody where it says --here", async () => {
    const { ana, host } = await slackScreen(mode);
    host.answerWith(({ text }) => said("Answer", text.endsWith("--here") ? "place" : "asker"));
    expect((await ana.types("list")).shown.map(({ user }) => user)).toEqual([USER]);
    expect((await ana.types("list --here")).shown.map(({ user }) => user)).toEqual([undefined]);
  });

  test("names the people whom it mentions as the workspace shows them, and is read in the asker's language", async () => {
    const { person, host } = await slackScreen(mode);
    await person({ user: BEA, userName: "b.roux" }).types("assign SAN-2023-018 @ana");
    const ana = `slack:${TEAM}/${USER}`;
    expect(host.heard[0]).toMatchObject({
      text: `assign SAN-2023-018 ${ana}`,
      personName: "bea",
      language: "fr",
      mentions: [{ person: ana, name: "ana" }],
    });
  });

  test("is answered where the bot is not", async () => {
    const { person } = await slackScreen(mode);
    const { shown } = await person({ channel: QUIET, channelName: "quiet" }).types("list");
    expect(shown.map(({ channel, user }) => [channel, user])).toEqual([[QUIET, USER]]);
  });
});

describe("the names of people", () => {
  test("are asked for once a day", async () => {
    const { ana, host, platform, pass } = await slackScreen("http");
    const asked = () => platform.calls.filter(({ method }) => method === "users.info").length;
    await ana.types("list");
    await ana.types("list");
    expect(asked()).toBe(1);
    pass(86_400_000);
    // The host of the tests keeps for ever what it was told to keep a day.
    await host.state.delete(`slack/person/${TEAM}/${USER}`);
    await ana.types("list");
    expect(asked()).toBe(2);
  });

  test("are kept with the language in which they read Slack, which is told again without asking Slack", async () => {
    const { adapter, host, person, platform } = await slackScreen("http");
    const own = (user: string) => adapter.languageOf!(`slack:${TEAM}/${user}` as Place);
    expect(await own(BEA)).toBeNull();
    await person({ user: BEA, userName: "bea" }).types("list");
    const asked = platform.calls.length;
    expect(await own(BEA)).toBe("fr");
    // A process that begins knows what was kept.
    await host.state.set(`slack/person/${TEAM}/U0KEPT`, { name: "kept", language: "fr" });
    expect(await own("U0KEPT")).toBe("fr");
    expect(await adapter.languageOf!(`slack:${TEAM}/${QUIET}` as Place)).toBeNull();
    expect(platform.calls).toHaveLength(asked);
  });

  test("keep their language to themselves where it cannot be read", async () => {
    const { adapter, host } = await slackScreen("http");
    host.state.get = async () => Promise.reject(new Error("the store is away"));
    expect(await adapter.languageOf!(`slack:${TEAM}/${USER}` as Place)).toBeNull();
  });

  test("are the handles where the app may not ask, and the answer comes all the same", async () => {
    const { ana, host, platform } = await slackScreen("http");
    platform.grant(["commands", "chat:write"]);
    expect((await ana.types("list")).messages).toHaveLength(1);
    await ana.types("list");
    expect(host.heard.map(({ personName }) => personName)).toEqual(["ana", "ana"]);
    expect(host.heard[0]!.language).toBeUndefined();
    expect(platform.calls.filter(({ method }) => method === "users.info")).toHaveLength(1);
  });

  test("do not keep an answer waiting for a Slack that is slow", async () => {
    const { ana, host, platform } = await slackScreen("http");
    void platform.failNext({ kind: "slow", milliseconds: 2_000 }, { method: "users.info" });
    const before = performance.now();
    expect((await ana.types("list")).messages).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(1_900);
    expect(host.heard[0]!.personName).toBe("ana");
  });

  test("are asked for twenty at most by one line, which does not use up what Slack lets the bot ask", async () => {
    const { ana, host, platform } = await slackScreen("http");
    await ana.types(`note SAN-2023-018 --text "${Array.from({ length: 200 }, (_, index) => `slack:${TEAM}/U0N${index}`).join(" ")}"`);
    expect(host.heard).toHaveLength(1);
    expect(platform.calls.filter(({ method }) => method === "users.info").length).toBeLessThanOrEqual(21);
  });

  test("of another workspace are not told, whatever reference is typed", async () => {
    const { ana, host, platform } = await slackScreen("http");
    await ana.types("assign SAN-2023-018 slack:T0OTHER/U0BEA");
    expect(host.heard[0]!.mentions).toBeUndefined();
    expect(platform.calls.filter(({ method, args }) => method === "users.info" && args.user === BEA)).toEqual([]);
  });
});

describe("an answer", () => {
  test("of more messages than the response address serves arrives whole", async () => {
    const { ana, host } = await slackScreen("http");
    host.answerWith(() => ({ cards: Array.from({ length: 8 }, (_, index) => cardOf(`Card ${index}`)), audience: "asker" }));
    const { messages, shown } = await ana.types("list");
    for (let index = 0; index < 8; index++) expect(messages.join("\n")).toContain(`Card ${index}`);
    expect(new Set(shown.map(({ user }) => user))).toEqual(new Set([USER]));
  });

  test("of more messages than Slack takes at once waits as long as it asks, and arrives whole", async () => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ cards: Array.from({ length: 9 }, (_, index) => cardOf(`Card ${index}`)), audience: "asker" }));
    void platform.failWith(
      [1, 1].map(() => ({ kind: "answer", status: 429, retryAfter: "1" })),
      { method: "chat.postEphemeral", after: 2 },
    );
    const { messages } = await ana.types("list");
    expect(messages).toEqual(Array.from({ length: 9 }, (_, index) => `Card ${index}`));
  });

  test("that Slack asks to wait for longer than anybody does says so", async () => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ cards: Array.from({ length: 6 }, (_, index) => cardOf(`Card ${index}`)), audience: "asker" }));
    void platform.failNext({ kind: "answer", status: 429, retryAfter: "60" }, { method: "chat.postEphemeral" });
    const { messages } = await ana.types("list");
    expect(messages.at(-1)).toContain("Slack asks to wait 1 minute");
  });

  test("of more messages than that, where the bot is not, goes on by direct message", async () => {
    const { person, host } = await slackScreen("http");
    host.answerWith(() => ({ cards: Array.from({ length: 7 }, (_, index) => cardOf(`Card ${index}`)), audience: "asker" }));
    const { shown } = await person({ channel: QUIET, channelName: "quiet" }).types("list");
    expect(shown.map(({ channel }) => channel)).toEqual([QUIET, QUIET, QUIET, QUIET, QUIET, "D0ANA", "D0ANA"]);
  });
});

/** Payloads that Slack does not send, or not to this version: each part missing, of another kind, or from elsewhere. */
const PERSON = { team: { id: TEAM }, user: { id: USER } };
const UGLY: readonly (readonly [string, object])[] = [
  ["an action without actions", { type: "block_actions", ...PERSON, actions: [] }],
  ["an action that is null", { type: "block_actions", ...PERSON, actions: [null] }],
  ["an action without an id", { type: "block_actions", ...PERSON, actions: [{ type: "button" }] }],
  [
    "a command button without a value",
    { type: "block_actions", ...PERSON, trigger_id: "1.1", actions: [{ type: "button", action_id: "command/0" }] },
  ],
  [
    "a button that turns to no page",
    { type: "block_actions", ...PERSON, actions: [{ type: "button", action_id: "home/page/x", value: "x" }] },
  ],
  [
    "an action of nobody",
    { type: "block_actions", team: { id: TEAM }, actions: [{ type: "button", action_id: "command/0", value: "list" }] },
  ],
  [
    "an action of a workspace that is null",
    { type: "block_actions", team: null, user: { id: USER }, actions: [{ action_id: "command/0", value: "list" }] },
  ],
  ["a submission without a view", { type: "view_submission", ...PERSON }],
  ["a submission of a view without anything", { type: "view_submission", ...PERSON, view: {} }],
  [
    "a submission with a damaged memory",
    { type: "view_submission", ...PERSON, view: { id: "V1", type: "modal", callback_id: "form", private_metadata: "{" } },
  ],
  [
    "a submission with a memory of nothing",
    { type: "view_submission", ...PERSON, view: { id: "V1", type: "modal", callback_id: "form", private_metadata: "null" } },
  ],
  [
    "a submission without values",
    { type: "view_submission", ...PERSON, view: { id: "V1", type: "modal", callback_id: "form", private_metadata: memory() } },
  ],
  [
    "a submission of odd values",
    {
      ...{ type: "view_submission", ...PERSON },
      view: {
        id: "V2",
        type: "modal",
        callback_id: "form",
        private_metadata: memory(),
        state: { values: { on: null, x: { y: null }, z: { a: { value: {} } } } },
      },
    },
  ],
  ["a closed view without anything", { type: "view_closed", ...PERSON, view: {} }],
  [
    "a closed form without values",
    { type: "view_closed", ...PERSON, view: { id: "V1", type: "modal", callback_id: "form", private_metadata: memory() } },
  ],
  ["a shortcut that is unknown", { type: "shortcut", ...PERSON, callback_id: "x", trigger_id: "1.1" }],
  ["a message shortcut without a message", { type: "message_action", ...PERSON, callback_id: "note_on_matter" }],
  ["options without a view", { type: "block_suggestion", ...PERSON, action_id: "value/0/own", block_id: "x", value: "y" }],
  ["options of an unknown list", { type: "block_suggestion", ...PERSON, action_id: "old", block_id: "x", value: 7 }],
];

function memory(): string {
  return JSON.stringify({ verb: "paid", channel: CHANNEL, round: 0 });
}

describe.each(MODES)("a payload over %s", (mode) => {
  test("with anything missing is acknowledged, and the next command is answered", async () => {
    const { door, ana, host, idle } = await slackScreen(mode);
    for (const [what, payload] of UGLY) {
      const { status } = await door("interactive", payload);
      expect([what, status]).toEqual([what, 200]);
      await idle();
    }
    for (const event of [{ type: "app_home_opened" }, { type: "app_home_opened", user: USER, tab: 7 }, { type: "unheard_of", user: USER }])
      expect(
        (await door("events_api", { type: "event_callback", team_id: TEAM, event_id: `Ev${event.type}${event.tab}`, event })).status,
      ).toBe(200);
    await idle();
    expect((await ana.types("list")).messages.join()).toContain("ok");
    expect(host.complaints.filter((line) => line.includes("could not be shown"))).toEqual([]);
  });
});
