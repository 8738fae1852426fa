import { describe, expect, test } from "vitest";
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
  ] as const)("because it %s is told of without a reason that nobody knows", async (_what, fault) => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => ({ ...said("Which matter?"), form: formOf([REF]) }));
    void platform.failNext(fault, { method: "views.open" });
    const { messages } = await ana.types("paid");
    expect(messages[0]!.split("\n")[0]).toMatch(/Slack did not open the form$/);
    expect(messages[0]).not.toContain("three seconds");
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
