import { describe, expect, test } from "vitest";
import { tokensOf } from "../../src/commands/tokens.ts";
import { BEA, formOf, MODES, REF, said, slackScreen } from "./slack-answer-screen.ts";

const LATE = "Slack did not open the form in time";
const ITEM = { name: "item", label: "Item", required: false, kind: { type: "text", longest: 100 }, initial: ["dpo"] } as const;

describe.each(MODES)("a form that Slack does not open, over %s", (mode) => {
  test("because its three seconds have passed is told of first, with a button that opens it, and then what can be typed", async () => {
    const screen = await slackScreen(mode);
    const { ana, host } = screen;
    let isSlow = true;
    host.answerWith(() => {
      if (isSlow) screen.pass(3_000);
      return { ...said("Which matter?"), form: formOf([REF, ITEM]) };
    });
    const { view, messages } = await ana.types("paid");
    expect(view).toBeNull();
    expect(messages.map((message) => message.split("\n")[0])).toEqual([expect.stringContaining(LATE), expect.stringContaining("Which")]);
    expect(messages.join()).toContain("within three seconds or not at all. Press the button to try again.");
    isSlow = false;
    expect((await ana.presses("Payment")).view).toContain("Payment");
    expect(host.heard.at(-1)).toMatchObject({ text: "form paid SAN-2023-018 --item dpo" });
  });
});

describe("a form that Slack does not open", () => {
  test("because of something else says its word for it", async () => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ ...said("Which matter?", "place"), form: formOf([REF]) }));
    void platform.failNext({ kind: "refusal", error: "invalid_arguments" }, { method: "views.open" });
    const { shown, messages } = await ana.types("paid --here");
    expect(messages.join()).toContain("Slack did not open the form (invalid_arguments)");
    expect(messages.join()).not.toContain("three seconds");
    // What the adapter says is for the asker, whoever reads the answer.
    expect(shown.map(({ user }) => user)).toEqual([expect.any(String), undefined]);
  });

  test.each([
    ["breaks off", { kind: "reset", shown: false }],
    ["answers with a page that is not its own", { kind: "refusal", error: "<html>*busy*" }],
    ["is in trouble", { kind: "answer", status: 500 }],
    ["says that it is in trouble", { kind: "refusal", error: "internal_error" }],
    ["does not answer in time", { kind: "slow", milliseconds: 3_500 }],
  ] as const)("as far as is known, because it %s, may be open all the same, and that is said", async (_what, fault) => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ ...said("Which matter?"), form: formOf([REF]) }));
    void platform.failNext(fault, { method: "views.open" });
    const { messages } = await ana.types("paid");
    expect(messages[0]!.split("\n")[0]).toMatch(/It is not certain that Slack opened the form$/);
    expect(messages[0]).toContain("Slack had trouble or did not answer: the form may be open. Press the button to try again.");
    expect(messages[0]).not.toContain("did not open");
  });

  test.each([
    ["so many seconds", { kind: "answer", status: 429, retryAfter: "30" }, "Slack asks to wait 30 seconds. Press the button to try again."],
    ["and does not say how long", { kind: "answer", status: 429 }, "Slack asks to wait. Press the button to try again."],
    ["by a word", { kind: "refusal", error: "ratelimited" }, "Slack asks to wait (ratelimited). Press the button to try again."],
  ] as const)("because it asks to wait, %s, says so", async (_how, fault, told) => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ ...said("Which matter?"), form: formOf([REF]) }));
    void platform.failNext(fault, { method: "views.open" });
    const { messages } = await ana.types("paid");
    expect(messages[0]).toContain("Slack did not open the form");
    expect(messages[0]).toContain(told);
  });

  test("brings the reference back by its button as the command line reads it", async () => {
    const { ana, host, platform } = await slackScreen("http");
    const spaced = { ...REF, initial: ['CE 474 163 "bis"'] };
    host.answerWith(() => ({ ...said("Which matter?"), form: formOf([spaced, { ...ITEM, initial: ["injonction 2"] }]) }));
    void platform.failNext({ kind: "refusal", error: "invalid_arguments" }, { method: "views.open" });
    await ana.types("paid");
    await ana.presses("Payment");
    const { text } = host.heard.at(-1)!;
    expect(tokensOf(text)).toEqual(["form", "paid", 'CE 474 163 "bis"', "--item", "injonction 2"]);
  });

  test.each([
    [{ kind: "answer", status: 429, retryAfter: "30" }, "Slack n'a pas ouvert le formulaire", "Slack demande d'attendre 30 secondes."],
    [{ kind: "answer", status: 502 }, "Il n'est pas certain que Slack ait ouvert le formulaire", "le formulaire est peut-être ouvert."],
  ] as const)("(%j) is told of in French to whoever reads Slack in it", async (fault, title, text) => {
    const screen = await slackScreen("http");
    screen.host.answerWith(() => ({ ...said("-"), form: formOf([REF]) }));
    void screen.platform.failNext(fault, { method: "views.open" });
    const { messages } = await screen.person({ user: BEA, userName: "bea" }).types("paid");
    expect(messages[0]).toContain(title);
    expect(messages[0]).toContain(text);
  });

  test("is told of in the language of whoever asks", async () => {
    const screen = await slackScreen("http");
    screen.host.answerWith(() => {
      screen.pass(3_000);
      return { ...said("-"), form: formOf([REF]) };
    });
    const { messages } = await screen.person({ user: BEA, userName: "bea" }).types("paid");
    expect(messages.join()).toContain("Slack n'a pas ouvert le formulaire à temps");
    expect(messages.join()).not.toContain(LATE);
  });

  test("because it has more fields than a view holds is not said to be late: the answer says what to type", async () => {
    const { ana, host } = await slackScreen("http");
    const many = Array.from({ length: 120 }, (_, index) => ({ ...ITEM, name: `field${index}` }));
    host.answerWith(() => ({ ...said("Type it"), form: formOf(many) }));
    const { messages } = await ana.types("paid");
    expect(messages).toEqual([expect.stringContaining("Type it")]);
  });
});
