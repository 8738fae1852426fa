import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import type { Fault } from "../fakes/fault-script.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, said, slackScreen } from "./slack-answer-screen.ts";

function answerOf(messages: number): Answer {
  const cards = Array.from({ length: messages }, (_, index) => said(`Message ${index + 1}`).cards[0]!);
  return { cards, audience: "asker" };
}

const WAIT: Fault = { kind: "answer", status: 429, retryAfter: "900" };
const REFUSED: Fault = { kind: "refusal", error: "no_permission" };
const BROKEN: Fault = { kind: "reset", shown: false };

/** What is shown of an answer of so many messages, of which the one behind so many meets the fault, and of what is told of it. */
async function struck(user: string, messages: number, after: number, fault: Fault) {
  const { platform, host, door, idle } = await slackScreen("http");
  host.answerWith(() => answerOf(messages));
  void platform.failNext(fault, { method: "chat.postEphemeral", after });
  const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: user }, channel: { id: CHANNEL } };
  await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list" }] });
  await idle();
  const shown = platform.messages(CHANNEL, user).map(({ text }) => String(text));
  return { told: shown.at(-1)!, shown: shown.slice(0, -1), complaints: host.complaints };
}

describe("an answer of several messages of which one is not shown", () => {
  test.each([
    [3, 1, REFUSED, "The first of the answer's 3 messages was shown, the rest was not. The bot lacks a permission."],
    [5, 2, WAIT, "The first 2 of the answer's 5 messages were shown, the rest was not. Slack asks to wait 15 minutes."],
    [
      3,
      1,
      BROKEN,
      "The first of the answer's 3 messages was shown; it is not certain that the next one was, and the rest was not. The connection",
    ],
    [
      2,
      1,
      BROKEN,
      "The first of the answer's 2 messages was shown; it is not certain that the next one was. The connection to Slack broke",
    ],
    [
      3,
      0,
      BROKEN,
      "It is not certain that the first of the answer's 3 messages was shown; the rest was not. The connection to Slack broke",
    ],
    [3, 0, REFUSED, "The answer could not be shown. The bot lacks a permission."],
    [1, 0, BROKEN, "It is not certain that the answer was shown. The connection to Slack broke"],
  ] as const)("is told of by how much was shown: %d messages, %d before it, %j", async (messages, after, fault, words) => {
    const { told, shown, complaints } = await struck(USER, messages, after, fault);
    expect(told).toContain(words);
    expect(told).toContain("in its log under 1.1.");
    expect(shown).toEqual(Array.from({ length: after }, (_, index) => `Message ${index + 1}`));
    expect(complaints).toContain("slack: a button could not be answered");
  });

  test.each([
    [3, 1, REFUSED, "Le premier des 3 messages de la réponse a été affiché, le reste ne l'a pas été. Il manque une permission"],
    [5, 2, WAIT, "Les 2 premiers des 5 messages de la réponse ont été affichés, le reste ne l'a pas été. Slack n'a pas pris"],
    [
      ...([3, 1, BROKEN] as const),
      "Le premier des 3 messages de la réponse a été affiché ; il n'est pas certain que le suivant l'ait été, et le reste ne l'a pas été.",
    ],
    [3, 0, BROKEN, "Il n'est pas certain que le premier des 3 messages de la réponse ait été affiché ; le reste ne l'a pas été."],
  ] as const)("is told of in French too: %d messages, %d before it, %j", async (messages, after, fault, words) => {
    const { told } = await struck(BEA, messages, after, fault);
    expect(told).toContain(words);
    expect(told).not.toMatch(/\b(answer|shown|rest|first)\b/);
  });

  test("by a response_url is told of in the same words", async () => {
    const { ana, host, platform } = await slackScreen("http");
    host.answerWith(() => answerOf(2));
    void platform.failWith([{ kind: "none" }, { kind: "answer", status: 503 }], { method: "respond" });
    const { messages } = await ana.types("list", { id: "77.part" });
    expect(messages.join("\n")).toContain(
      "The first of the answer's 2 messages was shown; it is not certain that the next one was. Slack answered 503",
    );
    expect(host.complaints).toEqual(["slack: a command could not be answered"]);
  });
});
