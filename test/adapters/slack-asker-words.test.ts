import { describe, expect, test } from "vitest";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { pressedButton, slashCommand } from "../fakes/slack-platform/payloads.ts";
import { BEA, formOf, QUIET, REF, said, slackScreen } from "./slack-answer-screen.ts";

/** Béa reads Slack in French. */
const WHO = { user: BEA, userName: "bea" };

async function french() {
  const screen = await slackScreen("http");
  return { ...screen, bea: screen.person(WHO) };
}

describe("what the adapter itself says to somebody who reads Slack in French", () => {
  test("of an answer that a bug kept from being shown is French", async () => {
    const { bea, host } = await french();
    host.answerWith(() => {
      throw new Error("a bug");
    });
    const { messages } = await bea.types("list", { id: "77.bug" });
    expect(messages.join()).toContain("La réponse n'a pas pu être affichée.");
    expect(messages.join()).toContain("journal, sous 77.bug.");
    expect(messages.join()).not.toMatch(/answer|log under/);
  });

  test.each([
    ["chat.postEphemeral", { kind: "refusal", error: "no_permission" }, "Il manque une permission au robot"],
    ["chat.postEphemeral", { kind: "refusal", error: "missing_scope" }, "avec les portées commands et chat:write. (missing_scope)"],
    ["chat.postEphemeral", { kind: "refusal", error: "surprise" }, "Slack refuse le message. (surprise)"],
    [
      "chat.postEphemeral",
      { kind: "answer", status: 429, retryAfter: "900" },
      "Slack n'a pas pris le message : il demande d'attendre 15 minutes.",
    ],
    ["chat.postEphemeral", { kind: "answer", status: 429, retryAfter: "172800" }, "il demande d'attendre 48 heures."],
    ["chat.postEphemeral", { kind: "answer", status: 500 }, "Il n'est pas certain que la réponse ait été affichée."],
  ] as const)("of a call of %s that ends so (%j) is French", async (method, fault, words) => {
    const { platform, door, idle } = await french();
    const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: BEA }, channel: { id: CHANNEL } };
    void platform.failNext(fault, { method });
    await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list" }] });
    await idle();
    const shown = JSON.stringify(platform.messages(CHANNEL, BEA));
    expect(shown).toContain(words);
    expect(shown).not.toMatch(/Slack answered|The answer|permission\. Reinstall|asks to wait/);
  });

  test.each([
    [USER, "ana", "Slack asks to wait 48 hours, more than a day."],
    [BEA, "bea", "48 heures."],
  ] as const)("says how long Slack asks to wait, and no more: nothing is tried again (%s)", async (user, userName, words) => {
    const { platform, host, door, idle, person } = await french();
    void platform.failNext({ kind: "answer", status: 429, retryAfter: "172800" }, { method: "chat.postEphemeral" });
    const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: user }, channel: { id: CHANNEL } };
    await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list" }] });
    await idle();
    host.answerWith(() => ({ ...said("Which matter?"), form: formOf([REF]) }));
    void platform.failNext({ kind: "answer", status: 429, retryAfter: "172800" }, { method: "views.open" });
    const { messages } = await person({ user, userName }).types("paid");
    for (const shown of [JSON.stringify(platform.messages(CHANNEL, user)[0]), messages[0]]) {
      expect(shown).toContain(words);
      expect(shown).not.toMatch(/in an hour|\b1 heure/);
    }
  });

  test("of a channel where the bot is not is French, and so is what its reason tells of", async () => {
    const { platform, host, door, idle } = await french();
    host.answerWith(() => said("Réponse", "place"));
    const press = { type: "block_actions", trigger_id: "1.1", team: { id: TEAM }, user: { id: BEA }, channel: { id: QUIET } };
    await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list --here" }] });
    await idle();
    const told = JSON.stringify(platform.messages(`D${BEA.slice(1)}`));
    expect(told).toContain("Réponse");
    expect(told).toContain("Le robot n'est pas dans ce canal");
  });

  test("of buttons, commands, shortcuts and forms that are none of this app's is French", async () => {
    const { bea, door, platform, idle } = await french();
    const url = () => platform.responseUrl(CHANNEL, BEA);
    const origin = { team: TEAM, ...WHO, channel: CHANNEL, channelName: "watch" };
    await door("slash_commands", slashCommand("list", "1.1", url(), "/other", origin));
    await door("interactive", pressedButton({ action_id: "done", value: "x" }, "1.2", url(), origin));
    await bea.uses("long_gone");
    const view = { id: "V1", type: "modal", callback_id: "other", private_metadata: "", state: { values: {} } };
    await door("interactive", { type: "view_submission", team: { id: TEAM }, user: { id: BEA }, trigger_id: "1.3", view });
    await idle();
    const all = JSON.stringify([platform.messages(CHANNEL, BEA), platform.messages(`D${BEA.slice(1)}`)]);
    for (const words of [
      "répond à /matter",
      "Ce bouton vient d'une autre version",
      "n'a plus ce raccourci",
      "n'est plus de cette application",
    ])
      expect(all).toContain(words);
  });

  test("is English for everybody else, and where the reason of a delivery is kept", async () => {
    const { platform, ana, adapter } = await french();
    expect((await ana.uses("long_gone")).messages.join()).toContain("This app has no such shortcut any more");
    void platform.failNext({ kind: "refusal", error: "not_in_channel" });
    const posted = await adapter.post(`slack:${TEAM}/${CHANNEL}` as never, { title: "x", tone: "calm", blocks: [] }, "k" as never);
    expect(posted).toMatchObject({ reason: expect.stringContaining("The bot is not in this channel") });
  });
});

test.each(["constructor", "__proto__", "toString"])(
  "a refusal by a word that every object has, %s, is told as any other",
  async (error) => {
    const { platform, door, idle } = await french();
    for (const [user, words] of [
      [USER, `Slack refuses the message. (${error})`],
      [BEA, `Slack refuse le message. (${error})`],
    ] as const) {
      void platform.failNext({ kind: "refusal", error }, { method: "chat.postEphemeral" });
      const press = { type: "block_actions", trigger_id: `1.${user}`, team: { id: TEAM }, user: { id: user }, channel: { id: CHANNEL } };
      await door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list" }] });
      await idle();
      expect(JSON.stringify(platform.messages(CHANNEL, user))).toContain(words);
    }
  },
);
