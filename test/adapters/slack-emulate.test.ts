import { describe, expect, onTestFinished, test } from "vitest";
import { type SlackAdapter, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, Place, PostResult } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { testHost } from "../contracts/chat-host.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { render } from "../fakes/slack-platform/render.ts";
import { BOT, emulated, READER, TEAM } from "./slack-emulated.ts";

describe("a Slack that others wrote (emulate), with the scopes of the manifest and no more", () => {
  test("takes a card, its replacement by a longer one, and by a shorter one", async () => {
    const { adapter, place, history } = await open();
    const posted = reference(await adapter.post(place, card("due <soon> & *now*", 1), "k" as DeliveryKey));
    expect(await history()).toEqual([expect.stringMatching(/^due <soon> & \*now\*\n/)]);
    const longer = reference(await adapter.update(posted, card("extended", 400)));
    expect((await history()).length).toBeGreaterThan(2);
    expect((await history()).join("\n").match(/row \d+ /g)).toHaveLength(400);
    await adapter.update(longer, card("complied", 1));
    expect(await history()).toEqual([expect.stringMatching(/^complied\n• row 0 /)]);
  });

  test("takes a card into the thread of another, and does not let the bot read it back", async () => {
    const { adapter, place, channel, call } = await open();
    const root = reference(await adapter.post(place, card("root", 1), "root" as DeliveryKey));
    const below = reference(await adapter.post(place, card("below", 1), "below" as DeliveryKey, root));
    expect(below.endsWith(root.slice(root.lastIndexOf("/")))).toBe(true);
    const ts = root.slice(root.lastIndexOf("/") + 1);
    const { messages } = (await call("conversations.replies", { channel, ts })) as { messages: readonly { text: string }[] };
    expect(messages.map(({ text }) => text.split("\n")[0])).toEqual(["root", "below"]);
    expect(await adapter.find(place, "below" as DeliveryKey, "2024-01-01T00:00:00.000Z" as Instant)).toBe("cannot-tell");
  });

  test("says that a message is gone which somebody removed", async () => {
    const { adapter, place, channel, call } = await open();
    const posted = reference(await adapter.post(place, card("removed", 1), "k" as DeliveryKey));
    const ts = posted.slice(posted.lastIndexOf("/") + 1);
    await call("chat.delete", { channel, ts }, BOT);
    expect(await adapter.update(posted, card("after", 1))).toMatchObject({ ok: false, retry: "never", gone: true });
  });

  test("refuses a channel that it does not know, and the answer says what to do", async () => {
    const { adapter } = await open();
    const result = await adapter.post(`slack:${TEAM}/C0NOWHERE` as Place, card("lost", 1), "k" as DeliveryKey);
    expect(result).toMatchObject({ ok: false, retry: "never", reason: expect.stringContaining("/invite") });
  });

  test("refuses a bot that lacks a scope, and the answer says what to do", async () => {
    const { adapter, place } = await open(READER);
    const result = await adapter.post(place, card("lost", 1), "k" as DeliveryKey);
    expect(result).toMatchObject({ ok: false, retry: "never", reason: expect.stringContaining("Reinstall the app") });
  });
});

interface Opened {
  readonly adapter: SlackAdapter;
  readonly place: Place;
  readonly channel: string;
  call(method: string, parameters: Readonly<Record<string, string>>, token?: string): Promise<Record<string, unknown>>;
  /** What stands in the channel as a person reads it, oldest first. */
  history(): Promise<readonly string[]>;
}

async function open(token = BOT): Promise<Opened> {
  const slack = await emulated();
  const host = await testHost();
  const adapter = slackAdapter({ mode: "http", botToken: token, signingSecret: "unused", apiUrl: slack.apiUrl, pauseMilliseconds: 0 });
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
    await slack.close();
  });
  const channel = slack.ids.get("watch")!;
  const call: Opened["call"] = (method, parameters, as = READER) => slack.call(method, parameters, as);
  return {
    adapter,
    place: `slack:${TEAM}/${channel}` as Place,
    channel,
    call,
    async history() {
      const { messages } = (await call("conversations.history", { channel, limit: "100" })) as { messages: readonly Json[] };
      return messages.map((message) => render(message)).reverse();
    },
  };
}

function card(title: string, rows: number): Card {
  const lines = Array.from({ length: rows }, (_, row) => [[`row ${row} ${".".repeat(100)}`]]);
  return { title, tone: "calm", blocks: [{ kind: "rows", heading: [], rows: lines }] };
}

function reference(result: PostResult) {
  if (!result.ok) throw new Error(result.reason);
  return result.posted;
}
