import { describe, expect, test } from "vitest";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { cardOf, formOf, MODES, QUIET, REF, said, slackScreen } from "./slack-answer-screen.ts";

const BUTTONS = cardOf("SAN-2023-018", [
  {
    kind: "actions",
    actions: [
      { label: "Acknowledge", command: 'ack SAN-2023-018 "A & B <Ltd>"' },
      { label: "Snooze…", command: "form snooze SAN-2023-018" },
      { label: "Show to everybody here", command: "show SAN-2023-018 --here" },
    ],
  },
]);

describe.each(MODES)("a button over %s", (mode) => {
  test("runs its command as it was written, and what the core says is shown to whoever pressed it alone", async () => {
    const { ana, host } = await slackScreen(mode);
    host.answerWith(({ text }) => (text === "show" ? { cards: [BUTTONS], audience: "place" } : said("Closed by Ana on 3 March 09:12")));
    await ana.types("show");
    const { shown } = await ana.presses("Acknowledge");
    expect(host.heard.at(-1)).toMatchObject({
      text: 'ack SAN-2023-018 "A & B <Ltd>"',
      personName: "ana",
      place: `slack:${TEAM}/${CHANNEL}`,
    });
    expect(shown.map(({ user }) => user)).toEqual([USER]);
    expect(JSON.stringify(shown)).toContain("Closed by Ana");
  });

  test("that needs more opens its form", async () => {
    const { ana, host } = await slackScreen(mode);
    host.answerWith(({ text }) =>
      text.startsWith("form") ? { ...said("-"), form: formOf([REF], { title: "Snooze" }) } : { cards: [BUTTONS], audience: "asker" },
    );
    await ana.types("show");
    expect((await ana.presses("Snooze…")).view).toContain("Snooze");
  });

  test("that shows to everybody does so", async () => {
    const { ana, host } = await slackScreen(mode);
    host.answerWith(({ text }) => (text.endsWith("--here") ? said("For everybody", "place") : { cards: [BUTTONS], audience: "asker" }));
    await ana.types("show");
    const { shown } = await ana.presses("Show to everybody here");
    expect(shown.map(({ user, channel }) => [user, channel])).toEqual([[undefined, CHANNEL]]);
  });
});

describe("a button", () => {
  test("that shows to everybody where the bot is not, and cannot, says how to invite it", async () => {
    const { host, door, platform, idle } = await slackScreen("http");
    host.answerWith(() => said("For everybody", "place"));
    const action = { type: "button", action_id: "command/0", block_id: "b", value: "show --here" };
    const pressed = {
      type: "block_actions",
      trigger_id: "1.1",
      team: { id: TEAM },
      user: { id: USER, name: "ana" },
      channel: { id: QUIET },
      actions: [action],
    };
    await door("interactive", pressed);
    await idle();
    const told = JSON.stringify(platform.messages("D0ANA"));
    for (const words of ["For everybody", "/invite"]) expect(told).toContain(words);
    expect(platform.messages(QUIET)).toEqual([]);
  });

  test("of another version of the app is answered in words; one that is only a link is not", async () => {
    const { door, platform, idle } = await slackScreen("http");
    let times = 0;
    const press = async (action: Json) => {
      const response_url = platform.responseUrl(CHANNEL, USER);
      const pressed = {
        type: "block_actions",
        trigger_id: `1.${++times}`,
        response_url,
        team: { id: TEAM },
        user: { id: USER },
        channel: { id: CHANNEL },
      };
      expect((await door("interactive", { ...pressed, actions: [action] })).status).toBe(200);
      await idle();
    };
    await press({ type: "button", action_id: "visit", url: "https://cnil.fr" });
    expect(platform.messages(CHANNEL, USER)).toEqual([]);
    const chosen = { selected_option: { value: "ack SAN-2023-018", text: { type: "plain_text", text: "Acknowledge" } } };
    const old: readonly Json[] = [
      { type: "button", action_id: "done", value: "SAN-2023-018" },
      { type: "button", action_id: "done" },
      { type: "static_select", action_id: "menu", ...chosen },
      { type: "overflow", action_id: "menu", ...chosen },
    ];
    for (const [index, action] of old.entries()) {
      await press(action);
      const answers = platform.messages(CHANNEL, USER);
      expect(answers).toHaveLength(index + 1);
      expect(JSON.stringify(answers.at(-1))).toContain("another version of this app");
    }
  });
});
