import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { slashCommand } from "../fakes/slack-platform/payloads.ts";
import { formOf, MODES, REF, said, slackScreen } from "./slack-answer-screen.ts";

const NOTE = { name: "because", label: "Because", required: false, kind: { type: "text", longest: 3_000, lines: true } } as const;

describe.each(MODES)("a command over %s", (mode) => {
  test("is acknowledged before it is answered", async () => {
    const working = Promise.withResolvers<Answer>();
    const { door, platform, idle } = await slackScreen(mode, () => ({ onCommand: () => working.promise }));
    const { status, body } = await door("slash_commands", slashCommand("list", "1.1", platform.responseUrl(CHANNEL, USER)));
    expect([status, body ?? {}]).toEqual([200, {}]);
    expect(platform.messages(CHANNEL, USER)).toEqual([]);
    working.resolve(said("Answer"));
    await idle();
    expect(JSON.stringify(platform.messages(CHANNEL, USER))).toContain("Answer");
  });

  test("that a bug keeps from being answered is answered in words, with the id under which the log says why", async () => {
    const { ana, host } = await slackScreen(mode, () => ({ onCommand: () => Promise.reject(new Error("a bug")) }));
    const { messages } = await ana.types("list", { id: "77.bug" });
    expect(messages.join()).toContain("77.bug");
    expect(messages.join()).not.toContain("a bug");
    expect(host.complaints).toEqual(["slack: a command could not be answered"]);
  });
});

describe("what cannot be shown", () => {
  test("because Slack lacks a permission says which, and goes to the log where nothing can be shown at all", async () => {
    const { door, platform, host, idle } = await slackScreen("http");
    const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: USER }, channel: { id: CHANNEL } };
    const action = { type: "button", action_id: "command/0", value: "list" };
    void platform.failNext({ kind: "refusal", error: "no_permission" });
    await door("interactive", { ...press, actions: [action] });
    await idle();
    expect(JSON.stringify(platform.messages(CHANNEL, USER))).toContain("lacks a permission");
    void platform.failWith(Array.from({ length: 2 }, () => ({ kind: "refusal", error: "no_permission" })));
    await door("interactive", { ...press, trigger_id: "2.2", actions: [action] });
    await idle();
    expect(host.complaints.slice(1)).toEqual(["slack: a button could not be answered", "slack: an answer could not be shown"]);
  });

  test.each([
    ["asker", "answers 503", { kind: "answer", status: 503 }, "Slack answered 503; the message may have been shown."],
    ["place", "breaks off", { kind: "reset", shown: false }, "the message may have been shown."],
  ] as const)("to the %s by a response_url that %s is told of by the Web API, with the doubt", async (audience, _what, fault, why) => {
    const { ana, platform, host } = await slackScreen("http");
    host.answerWith(() => said("Answer", audience));
    void platform.failWith([fault, fault, fault], { method: "respond" });
    const { messages } = await ana.types("list", { id: "77.doubt" });
    expect(messages.join()).toContain("It is not certain that the answer was shown.");
    expect(messages.join()).toContain(why);
    expect(messages.join()).toContain("77.doubt");
    expect(platform.calls.filter(({ method }) => method.startsWith("chat.")).map(({ method }) => method)).toEqual(["chat.postEphemeral"]);
  });

  test.each(["no address", "ftp://127.0.0.1/x", "https://"])("by a response_url that is %j is shown by the Web API", async (url) => {
    const { door, platform, host, idle } = await slackScreen("http");
    host.answerWith(() => said("Answer"));
    await door("slash_commands", slashCommand("list", "1.1", url));
    await idle();
    expect(JSON.stringify(platform.messages(CHANNEL, USER))).toContain("Answer");
    expect(host.complaints).toEqual([]);
  });

  test("of a form that was recorded is not offered as a draft: it would be recorded again", async () => {
    const { ana, platform, host } = await slackScreen("http");
    host.answerWith(() => ({ ...said("-"), form: formOf([REF, NOTE]) }));
    host.serve({ submit: async () => said("Recorded") });
    await ana.types("paid");
    await ana.fills({ because: "late" });
    void platform.failWith(Array.from({ length: 2 }, () => ({ kind: "refusal", error: "no_permission" })));
    expect((await ana.submits()).view).toBeNull();
    expect(host.complaints).toContain("slack: a form could not be answered");
    expect([...host.kept.keys()].filter((key) => key.startsWith("slack/draft/"))).toEqual([]);
  });

  test("of a form that a bug kept from being recorded is kept as a draft, and it is said", async () => {
    const { ana, host } = await slackScreen("http");
    host.answerWith(() => ({ ...said("-"), form: formOf([REF, NOTE]) }));
    host.serve({ submit: () => Promise.reject(new Error("a bug")) });
    await ana.types("paid");
    await ana.fills({ because: "late" });
    const { view, messages } = await ana.submits();
    expect([view, messages.join()]).toEqual([null, expect.stringContaining("finds it in its log")]);
    await ana.types("paid");
    expect(ana.view()?.state.because).toMatchObject({ "value/0": { value: "late" } });
  });
});

describe("what is meant for everybody, where the bot may not post,", () => {
  test.each([
    ["not_in_channel", "The bot is not in this channel"],
    ["restricted_action_read_only_channel", "The channel is read-only"],
  ])("is shown to its asker alone, and why is told once, however many messages it has: %s", async (error, why) => {
    const { door, platform, host, idle } = await slackScreen("http");
    host.answerWith(() => ({ cards: ["One", "Two", "Three"].map((title) => said(title).cards[0]!), audience: "place" }));
    void platform.failWith(
      Array.from({ length: 3 }, () => ({ kind: "refusal", error })),
      { method: "chat.postMessage" },
    );
    const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: USER }, channel: { id: CHANNEL } };
    await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list --here" }] });
    await idle();
    const shown = platform.messages(CHANNEL, USER);
    expect(shown.map(({ user }) => user)).toEqual([USER, USER, USER, USER]);
    expect(shown.map((message) => ["One", "Two", "Three", why].find((words) => JSON.stringify(message).includes(words)))).toEqual([
      ...["One", "Two", "Three"],
      why,
    ]);
    expect(host.complaints).toEqual([]);
  });
});

describe("a long text", () => {
  test("of a message goes into the note as far as it fits, it is said, and the form is submitted and emptied as any other", async () => {
    const { ana, host } = await slackScreen("http");
    const words = { draft: "Kept", anew: "Begin anew", working: "Working", kept: "It is kept", cut: "The text was cut" };
    const submitted: unknown[] = [];
    host.serve({
      form: async ({ verb, values }) => formOf([REF, { ...NOTE, name: "text", initial: values.text ?? [] }], { verb, words }),
      submit: async ({ values }) => said(String(submitted.push(values.text))),
    });
    const text = "“é” & <b> ".repeat(700);
    const { view } = await ana.usesOn("note_on_matter", { ts: "1.000001", text });
    expect(view).toContain("The text was cut");
    await ana.submits();
    expect(submitted).toEqual([[text.trim().slice(0, 3_000)]]);
  });
});
