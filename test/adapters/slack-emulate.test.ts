import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SlackAdapter, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, Place, PostResult } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type TestHost, testHost } from "../contracts/chat-host.ts";

const BOT = "xoxb-emulated";
const READER = "xoxp-emulated";
let emulator: Emulator;
let host: TestHost;
let adapter: SlackAdapter;

beforeAll(async () => {
  const tokens = [
    { token: BOT, type: "bot", user: "curewatch", scopes: ["chat:write", "commands", "users:read"] },
    { token: READER, user: "ana", scopes: ["channels:history", "channels:read"] },
  ];
  const users = [{ name: "ana" }, { name: "curewatch" }];
  const slack = { strict_scopes: true, team: { name: "Watch", domain: "watch" }, users, tokens, channels: [{ name: "watch" }] };
  emulator = await createEmulator({ service: "slack", port: 0, hostname: "127.0.0.1", seed: { slack } });
  host = await testHost();
  adapter = slackAdapter({ mode: "http", botToken: BOT, signingSecret: "unused", apiUrl: apiUrl() });
  await adapter.start(host);
});

afterAll(async () => {
  await adapter.stop();
  await host.close();
  await emulator.close();
});

describe("a Slack that others wrote (emulate), with the scopes of the manifest and no more", () => {
  test("takes a card, its replacement by a longer one, and by a shorter one", async () => {
    const channel = await channelCalled("watch");
    const place = `slack:T000000001/${channel}` as Place;
    const posted = reference(await adapter.post(place, card("due <soon> & *now*", 1), "k" as DeliveryKey));
    expect(await history(channel)).toEqual([expect.stringMatching(/^due &lt;soon&gt; &amp; \*now\*\n/)]);
    const longer = reference(await adapter.update(posted, card("extended", 400)));
    expect((await history(channel)).length).toBeGreaterThan(2);
    expect((await history(channel)).join("\n").match(/row \d+ /g)).toHaveLength(400);
    await adapter.update(longer, card("complied", 1));
    expect(await history(channel)).toEqual([expect.stringMatching(/^complied\n- row 0 /)]);
  });

  test("takes a card into the thread of another, and does not let the bot read it back", async () => {
    const channel = await channelCalled("watch");
    const place = `slack:T000000001/${channel}` as Place;
    const root = reference(await adapter.post(place, card("root", 1), "root" as DeliveryKey));
    const below = reference(await adapter.post(place, card("below", 1), "below" as DeliveryKey, root));
    expect(below.endsWith(root.slice(root.lastIndexOf("/")))).toBe(true);
    const ts = root.slice(root.lastIndexOf("/") + 1);
    const { messages } = (await call("conversations.replies", { channel, ts })) as { messages: readonly { text: string }[] };
    expect(messages.map(({ text }) => text.split("\n")[0])).toEqual(["root", "below"]);
    expect(await adapter.find(place, "below" as DeliveryKey, "2024-01-01T00:00:00.000Z" as Instant)).toBe("cannot-tell");
  });

  test("says that a message is gone which somebody removed", async () => {
    const channel = await channelCalled("watch");
    const posted = reference(await adapter.post(`slack:T000000001/${channel}` as Place, card("removed", 1), "k" as DeliveryKey));
    const ts = posted.slice(posted.lastIndexOf("/") + 1);
    await call("chat.delete", { channel, ts }, BOT);
    expect(await adapter.update(posted, card("after", 1))).toMatchObject({ ok: false, retry: "never", gone: true });
  });

  test("refuses a channel that it does not know, and the answer says what to do", async () => {
    const result = await adapter.post("slack:T000000001/C0NOWHERE" as Place, card("lost", 1), "k" as DeliveryKey);
    expect(result).toMatchObject({ ok: false, retry: "never", reason: expect.stringContaining("/invite") });
  });

  test("refuses a bot that lacks a scope, and the answer says what to do", async () => {
    const poor = slackAdapter({ mode: "http", botToken: READER, signingSecret: "unused", apiUrl: apiUrl() });
    await poor.start(host);
    const result = await poor.post(`slack:T000000001/${await channelCalled("watch")}` as Place, card("lost", 1), "k" as DeliveryKey);
    expect(result).toMatchObject({ ok: false, retry: "never", reason: expect.stringContaining("Reinstall the app") });
    await poor.stop();
  });
});

function apiUrl(): string {
  return `http://127.0.0.1:${new URL(emulator.url).port}/api/`;
}

async function call(method: string, parameters: Record<string, string>, token = READER): Promise<Record<string, unknown>> {
  const response = await fetch(`${apiUrl()}${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(parameters),
  });
  return (await response.json()) as Record<string, unknown>;
}

async function channelCalled(name: string): Promise<string> {
  const { channels } = (await call("conversations.list", {})) as { channels: readonly { id: string; name: string }[] };
  return channels.find((channel) => channel.name === name)!.id;
}

/** The texts that stand in the channel, oldest first. */
async function history(channel: string): Promise<readonly string[]> {
  const { messages } = (await call("conversations.history", { channel, limit: "100" })) as { messages: readonly { text: string }[] };
  return messages.map(({ text }) => text).reverse();
}

function card(title: string, rows: number): Card {
  const lines = Array.from({ length: rows }, (_, row) => [[`row ${row} ${".".repeat(100)}`]]);
  return { title, tone: "calm", blocks: [{ kind: "rows", heading: [], rows: lines }] };
}

function reference(result: PostResult) {
  if (!result.ok) throw new Error(result.reason);
  return result.posted;
}
