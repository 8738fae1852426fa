import { describe, expect, test } from "vitest";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { slashCommand } from "../fakes/slack-platform/payloads.ts";
import { type Screen, slackScreen } from "./slack-answer-screen.ts";

const LIMITED = { token: "x", type: "app_rate_limited", team_id: TEAM, minute_rate_limited: 1_708_070_400, api_app_id: "A1" };
const DROPPED = "slack: a message over the socket held nothing that can be read, and was dropped";
const HELD = "slack: Slack held back events of a minute: there were more than it delivers to an app";

/** That the socket serves on: a command over it is answered. */
async function isAnswered({ ana, host }: Screen): Promise<boolean> {
  const before = host.heard.length;
  await ana.types("list");
  return host.heard.length === before + 1;
}

describe("a message over the socket", () => {
  test.each([
    ["an event without its payload", "events_api", undefined],
    ["an event whose payload is null", "events_api", null],
    ["an event whose payload holds none", "events_api", { type: "event_callback", event_id: "Ev1", team_id: TEAM }],
    ["an event whose payload is a list", "events_api", []],
    ["an event of no kind", "events_api", { type: "event_callback", event: {} }],
    ["a command without its payload", "slash_commands", undefined],
    ["a button without its payload", "interactive", null],
  ])("that is %s is acknowledged, told of and dropped, and the next one is answered", async (_what, type, payload) => {
    const screen = await slackScreen("socket");
    await screen.platform.deliver(type, payload);
    expect(screen.host.complaints).toEqual([DROPPED]);
    expect(await isAnswered(screen)).toBe(true);
  });

  test.each([[null], [[]], [7], ["words"], [{}], [{ type: "zzz" }]])(
    "that is %j is dropped, and the next one is answered",
    async (frame) => {
      const screen = await slackScreen("socket");
      screen.platform.say(frame);
      expect(await isAnswered(screen)).toBe(true);
      expect(screen.host.complaints).toEqual([DROPPED]);
    },
  );

  test("is told of without its contents", async () => {
    const lines: unknown[] = [];
    const screen = await slackScreen("socket", ({ log }) => ({ log: { ...log, warn: (about, text) => lines.push([about, text]) } }));
    await screen.platform.deliver("events_api", { token: "verification", event: { text: "words of somebody" } });
    await screen.platform.deliver("xoxb-1 words", null);
    expect(lines).toEqual([
      [{ type: "events_api" }, DROPPED],
      [{ type: "unknown" }, DROPPED],
    ]);
  });

  test("that cannot be acknowledged because the connection is gone by then does not end the program", async () => {
    const screen = await slackScreen("socket");
    screen.platform.say({ type: "slash_commands", envelope_id: "e1" });
    screen.platform.say({ type: "slash_commands", envelope_id: "e2", payload: slashCommand("list", "1.1", "http://127.0.0.1:9/") });
    screen.platform.dropConnections();
    const opened = () => screen.platform.calls.filter(({ method }) => method === "apps.connections.open").length;
    await expect.poll(opened).toBe(2);
    await expect.poll(() => screen.platform.connections).toBe(1);
    await expect.poll(() => screen.adapter.connected?.()).toBe(true);
    expect(await isAnswered(screen)).toBe(true);
  });
});

test.each(["http", "socket"] as const)("that Slack held events back is acknowledged over %s, and said in the log as that", async (mode) => {
  const lines: unknown[] = [];
  const tell = (about: object, text: string) => lines.push([about, text]);
  const screen = await slackScreen(mode, ({ log }) => ({ log: { ...log, warn: tell, error: tell } }));
  expect((await screen.door("events_api", LIMITED)).status).toBe(200);
  await screen.door("events_api", { ...LIMITED, minute_rate_limited: "x", team_id: `${TEAM} ${CHANNEL} ${USER}` });
  expect(lines).toEqual([
    [{ workspace: TEAM, minute: "2024-02-16T08:00:00.000Z" }, HELD],
    [{ workspace: "unknown", minute: "unknown" }, HELD],
  ]);
  expect(await isAnswered(screen)).toBe(true);
});
