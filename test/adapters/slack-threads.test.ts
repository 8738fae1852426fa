import { expect, test } from "vitest";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { CHANNEL, TEAM } from "../fakes/slack-platform/names.ts";
import { cardOf, formOf, MODES, type Mode, REF, said, slackScreen } from "./slack-answer-screen.ts";

const PLACE = `slack:${TEAM}/${CHANNEL}` as Place;
const BUTTONS = cardOf("Reminder", [
  {
    kind: "actions",
    actions: [
      { label: "Why", command: "why SAN-2023-018" },
      { label: "Show to everybody here", command: "show SAN-2023-018 --here" },
      { label: "Pay", command: "form paid SAN-2023-018" },
    ],
  },
]);

/** A card with its thread, in which a reminder with buttons stands. */
async function reminded(mode: Mode) {
  const screen = await slackScreen(mode);
  const { adapter, host, platform } = screen;
  host.answerWith(({ text }) => ({
    ...said(text, text.endsWith("--here") ? "place" : "asker"),
    ...(text.startsWith("form") ? { form: formOf([REF]) } : {}),
  }));
  host.serve({ submit: async () => said("Recorded") });
  const card = await adapter.post(PLACE, cardOf("SAN-2023-018"), "card" as DeliveryKey);
  if (!card.ok) throw new Error(card.reason);
  await adapter.post(PLACE, BUTTONS, "reminder" as DeliveryKey, card.posted);
  const [root, reminder] = platform.messages(CHANNEL);
  expect(reminder!.thread_ts).toBe(root!.ts);
  return { ...screen, root: root! };
}

test.each(MODES)("a button in a thread is answered there, over %s", async (mode) => {
  const { ana, root } = await reminded(mode);
  for (const button of ["Why", "Show to everybody here"])
    expect((await ana.presses(button)).shown.map(({ thread_ts }) => thread_ts)).toEqual([root.ts]);
});

test("also where the response_url serves no more", async () => {
  const { ana, platform, root } = await reminded("http");
  for (const button of ["Why", "Show to everybody here"]) {
    platform.failNext({ kind: "refusal", error: "used_url" }, { method: "respond" });
    expect((await ana.presses(button)).shown.map(({ thread_ts }) => thread_ts)).toEqual([root.ts]);
  }
});

test("what comes of a form that was opened in a thread is told there", async () => {
  const { ana, root } = await reminded("http");
  await ana.presses("Pay");
  expect((await ana.submits()).shown.map(({ thread_ts }) => thread_ts)).toEqual([root.ts]);
});

test("a button of the message that a thread hangs on is answered in the conversation", async () => {
  const { door, idle, platform, ana } = await reminded("http");
  const ts = platform.messages(CHANNEL)[0]!.ts;
  await ana.presses("Why");
  const { user, channel } = ana.origin;
  await door("interactive", {
    ...{
      type: "block_actions",
      trigger_id: "9.9",
      response_url: platform.responseUrl(CHANNEL, user),
      team: { id: TEAM },
      user: { id: user },
    },
    ...{ channel: { id: channel }, container: { type: "message", message_ts: ts, thread_ts: ts }, message: { ts, thread_ts: ts } },
    actions: [{ type: "button", action_id: "command/0", value: "why SAN-2023-018" }],
  });
  await idle();
  const answers = platform.messages(CHANNEL, user).filter(({ user: to }) => to === user);
  expect(answers.map(({ thread_ts }) => thread_ts)).toEqual([ts, undefined]);
});
