import { describe, expect, test } from "vitest";
import { CHANNEL, USER } from "../fakes/slack-platform/names.ts";
import { pressedButton, slashCommand } from "../fakes/slack-platform/payloads.ts";
import { MODES, said, slackScreen } from "./slack-answer-screen.ts";

describe.each(MODES)("what Slack delivers again over %s", (mode) => {
  async function opened() {
    const screen = await slackScreen(mode);
    screen.host.answerWith(() => said("Registered"));
    const url = screen.platform.responseUrl(CHANNEL, USER);
    const shown = () => JSON.stringify(screen.platform.messages(CHANNEL, USER)).split('"text":"Registered"').length - 1;
    return { ...screen, url, shown };
  }

  test("is acknowledged each time and answered once, whether it was answered or is being answered", async () => {
    const { door, url, host, idle, shown, pass } = await opened();
    const command = slashCommand("register", "7.trigger", url);
    const first = await Promise.all([door("slash_commands", command), door("slash_commands", command)]);
    await idle();
    const once = shown();
    // Signed anew, and sent in another envelope.
    pass(61_000);
    const again = await door("slash_commands", command);
    await idle();
    expect([...first, again].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(once).toBeGreaterThan(0);
    expect(shown()).toBe(once);
    expect(host.heard).toHaveLength(1);
  });

  test("is answered after all where nothing could be shown at first", async () => {
    const { door, platform, url, idle, shown, pass } = await opened();
    const fault = { kind: "reset", shown: false } as const;
    void platform.failWith([fault, fault], { method: "respond" });
    void platform.failWith([fault], { method: "chat.postEphemeral" });
    const command = slashCommand("register", "7.trigger", url);
    await door("slash_commands", command);
    await idle();
    const before = shown();
    pass(61_000);
    await door("slash_commands", command);
    await idle();
    expect([before, shown() > 0]).toEqual([0, true]);
  });

  test("is pressed once, and another press is another", async () => {
    const { door, url, host, idle } = await opened();
    const press = (trigger: string) => pressedButton({ action_id: "command/0", value: "list" }, trigger, url);
    for (const trigger of ["8.first", "8.first", "8.second"]) await door("interactive", press(trigger));
    await idle();
    expect(host.heard.map(({ id }) => id)).toEqual(["8.first", "8.second"]);
  });

  test("is not mistaken for a button that was pressed by the same trigger", async () => {
    const { door, url, host, idle } = await opened();
    await door("slash_commands", slashCommand("list", "9.trigger", url));
    await door("interactive", pressedButton({ action_id: "command/0", value: "list" }, "9.trigger", url));
    await idle();
    expect(host.heard).toHaveLength(2);
  });
});
