import { afterEach, describe, expect, test, vi } from "vitest";
import { mintPlace } from "../../adapters/chat/slack/places.ts";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { testHost } from "../contracts/chat-host.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { BOT_TOKEN, CHANNEL, SIGNING_SECRET, seen, slackPlatform, TEAM } from "../fakes/slack-platform/slack-platform.ts";

const ONCE = "digest/2024-02-16" as DeliveryKey;
let opened: SlackHarness | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** A digest that takes several messages; its title says what o'clock it is. */
function digest(time: string, rows = 400): Card {
  const many = Array.from({ length: rows }, (_, row) => [[`row ${row} ${".".repeat(60)}`]]);
  return { title: `Digest, ${time}`, tone: "calm", blocks: [{ kind: "rows", heading: [], rows: many }] };
}

/** The digest of nine o'clock, refused by Slack after its first `after` messages. */
async function cutOff(after: number): Promise<SlackHarness> {
  opened = await slackHarness("http");
  const { adapter, place, platform } = opened;
  platform.failNext({ kind: "answer", status: 429, retryAfter: "30" }, { after });
  expect(await adapter.post(place, digest("09:00"), ONCE)).toMatchObject({ retry: "later" });
  expect(platform.messages(CHANNEL)).toHaveLength(after);
  return opened;
}

function shown({ platform }: SlackHarness): string {
  return platform.messages(CHANNEL).map(seen).join("\n");
}

function rowsOf(text: string): readonly string[] {
  return text.match(/row \d+/g) ?? [];
}

const ALL = Array.from({ length: 400 }, (_, row) => `row ${row}`);

describe("a card of several messages that Slack cut off", () => {
  test("goes on where it stopped, though its title says another hour, and what stands is made to say it too", async () => {
    const slack = await cutOff(2);
    expect(await slack.adapter.post(slack.place, digest("09:01"), ONCE)).toMatchObject({ ok: true });
    expect(rowsOf(shown(slack))).toEqual(ALL);
    expect(shown(slack)).toContain("Digest, 09:01");
    expect(shown(slack)).not.toContain("09:00");
  });

  test("leaves alone the messages that say the same still", async () => {
    const slack = await cutOff(2);
    expect(await slack.adapter.post(slack.place, digest("09:00"), ONCE)).toMatchObject({ ok: true });
    expect(slack.platform.calls.filter(({ method }) => method === "chat.update")).toEqual([]);
    expect(rowsOf(shown(slack))).toEqual(ALL);
  });

  test("takes back the messages that it does not need any more", async () => {
    const slack = await cutOff(2);
    const result = await slack.adapter.post(slack.place, digest("09:01", 3), ONCE);
    expect(result).toMatchObject({ ok: true, posted: expect.not.stringContaining(",") });
    expect(rowsOf(shown(slack))).toEqual(["row 0", "row 1", "row 2"]);
    expect(slack.platform.messages(CHANNEL)).toHaveLength(1);
  });

  test("goes on also where it was cut off a second time, while it replaced what stood", async () => {
    const slack = await cutOff(2);
    slack.platform.failNext({ kind: "answer", status: 429, retryAfter: "30" }, { method: "chat.update", after: 1 });
    expect(await slack.adapter.post(slack.place, digest("09:01"), ONCE)).toMatchObject({ retry: "later" });
    expect(await slack.adapter.post(slack.place, digest("09:01"), ONCE)).toMatchObject({ ok: true });
    expect(rowsOf(shown(slack))).toEqual(ALL);
    expect(shown(slack)).not.toContain("09:00");
  });

  test.each(["edit_window_closed", "cant_update_message"])(
    "says the rest though Slack answers %s to a change of what stands",
    async (error) => {
      const slack = await cutOff(1);
      slack.platform.failNext({ kind: "refusal", error }, { method: "chat.update" });
      expect(await slack.adapter.post(slack.place, digest("09:01"), ONCE)).toMatchObject({ ok: true });
      expect(rowsOf(shown(slack))).toEqual(ALL);
    },
  );

  test("says again what somebody has removed meanwhile, rather than leave it unsaid", async () => {
    const slack = await cutOff(2);
    slack.platform.wipe(CHANNEL);
    expect(await slack.adapter.post(slack.place, digest("09:01"), ONCE)).toMatchObject({ ok: true });
    expect(shown(slack)).toContain("Digest, 09:01");
    expect(rowsOf(shown(slack)).slice(0, 5)).toEqual(ALL.slice(0, 5));
  });

  test("sends nothing more when it is posted again whole, as after a crash before the answer was noted", async () => {
    const slack = await cutOff(2);
    const result = await slack.adapter.post(slack.place, digest("09:00"), ONCE);
    const calls = slack.platform.calls.length;
    await slack.restart();
    expect(await slack.adapter.post(slack.place, digest("09:00"), ONCE)).toEqual(result);
    expect(slack.platform.calls.slice(calls).map(({ method }) => method)).toEqual(["auth.test"]);
  });

  test("waits between its messages as long as Slack asks, and not any more once the program stops", async () => {
    const platform = await slackPlatform();
    const host = await testHost();
    const adapter = slackAdapter({
      mode: "http",
      botToken: BOT_TOKEN,
      signingSecret: SIGNING_SECRET,
      apiUrl: platform.apiUrl,
      pauseMilliseconds: 3_600_000,
    });
    await adapter.start(host);
    const posting = adapter.post(mintPlace(TEAM, CHANNEL), digest("09:00"), ONCE);
    await vi.waitFor(() => expect(platform.messages(CHANNEL)).toHaveLength(1), { interval: 5 });
    await new Promise((turned) => setImmediate(turned));
    expect(platform.messages(CHANNEL)).toHaveLength(1);
    await adapter.stop();
    expect(await posting).toMatchObject({ ok: true });
    expect(rowsOf(platform.messages(CHANNEL).map(seen).join("\n"))).toEqual(ALL);
    await host.close();
    await platform.close();
  });

  test("is another card under another key, and is said from its beginning", async () => {
    const slack = await cutOff(1);
    expect(await slack.adapter.post(slack.place, digest("09:00"), "digest/2024-02-17" as DeliveryKey)).toMatchObject({ ok: true });
    expect(rowsOf(shown(slack)).filter((row) => row === "row 0")).toHaveLength(2);
  });
});
