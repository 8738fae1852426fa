import { afterEach, describe, expect, test, vi } from "vitest";
import { mintPlace } from "../../adapters/chat/slack/places.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, PersonRef, PostRef } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { BOT_TOKEN, CHANNEL, DIRECT, SCOPES, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";

const ONCE = "digest/2024-02-16" as DeliveryKey;
const SINCE = "2024-02-16T08:00:00.000Z" as Instant;
const SHORT: Card = { title: "due", tone: "calm", blocks: [] };
const rows = Array.from({ length: 400 }, (_, row) => [[`row ${row} ${".".repeat(60)}`]]);
const LONG: Card = { title: "Digest", tone: "calm", blocks: [{ kind: "rows", heading: [], rows }] };
let slack: SlackHarness;

afterEach(() => slack.close());

async function open(mode: "http" | "socket" = "http"): Promise<SlackHarness> {
  slack = await slackHarness(mode);
  return slack;
}

async function posted(card: Card, once: DeliveryKey, under?: PostRef): Promise<PostRef> {
  const result = await slack.adapter.post(slack.place, card, once, under);
  if (!result.ok) throw new Error(result.reason);
  return result.posted;
}

describe("looking for a card in Slack", () => {
  test("asks for messages since a minute before, with their metadata, page after page", async () => {
    const { adapter, place, platform } = await open();
    const reference = await posted(SHORT, ONCE);
    for (let more = 0; more < 12; more++) await posted(SHORT, `other/${more}` as DeliveryKey);
    expect(await adapter.find(place, ONCE, SINCE)).toBe(reference);
    const asked = platform.calls.filter(({ method }) => method === "conversations.history");
    expect(asked.length).toBe(3);
    expect(asked[0]!.args).toMatchObject({ channel: CHANNEL, include_all_metadata: "true", oldest: "1708070340.000000" });
  });

  test("does not look at what stood there before", async () => {
    const { adapter, place, setTime } = await open();
    setTime("2024-02-16T07:58:00.000Z" as Instant);
    await posted(SHORT, ONCE);
    expect(await adapter.find(place, ONCE, SINCE)).toBe(null);
  });

  test.each(["missing_scope", "not_in_channel", "internal_error"])("cannot tell where Slack answers %s", async (error) => {
    const { adapter, place, platform } = await open();
    await posted(SHORT, ONCE);
    void platform.failNext({ kind: "refusal", error }, { method: "conversations." });
    expect(await adapter.find(place, ONCE, SINCE)).toBe("cannot-tell");
    expect(await adapter.find(place, ONCE, SINCE)).not.toBe("cannot-tell");
  });

  test("cannot tell with the scopes that the app asks for by itself", async () => {
    const { adapter, place, platform } = await open();
    platform.grant(SCOPES);
    await posted(SHORT, ONCE);
    expect(await adapter.find(place, ONCE, SINCE)).toBe("cannot-tell");
    expect(await adapter.find(place, "never" as DeliveryKey, SINCE)).toBe("cannot-tell");
  });

  test("does not take another app's message for its own", async () => {
    const { adapter, place, platform } = await open();
    const forged = { event_type: "curewatch_delivery", event_payload: { once: ONCE, part: 0, parts: 1 } };
    const body = new URLSearchParams({ channel: CHANNEL, text: "x", bot_id: "B0OTHER", metadata: JSON.stringify(forged) });
    await fetch(`${platform.apiUrl}chat.postMessage`, { method: "POST", headers: { authorization: `Bearer ${BOT_TOKEN}` }, body });
    expect(await adapter.find(place, ONCE, SINCE)).toBe(null);
  });

  test("finds the messages of a thread that are not seen outside it, and goes on in the thread where some are missing", async () => {
    const { adapter, place, platform, host } = await open();
    const root = await posted(SHORT, "root" as DeliveryKey);
    void platform.failNext({ kind: "reset", shown: true }, { method: "chat.postMessage", after: 1 });
    expect(await adapter.post(place, LONG, ONCE, root)).toMatchObject({ retry: "unknown" });
    // As after a crash that came before anything was noted.
    (host.kept as Map<string, unknown>).clear();
    expect(await adapter.find(place, ONCE, SINCE)).toBe("partly");
    const reference = await posted(LONG, ONCE, root);
    expect(await adapter.find(place, ONCE, SINCE)).toBe(reference);
    const [first, ...rest] = platform.messages(CHANNEL).slice(1);
    const { ts } = platform.messages(CHANNEL)[0]!;
    expect(first).toMatchObject({ thread_ts: ts, reply_broadcast: true });
    expect(rest.length).toBeGreaterThan(1);
    for (const { thread_ts, reply_broadcast = false } of rest) expect([thread_ts, reply_broadcast]).toEqual([ts, false]);
    expect((await slack.shown()).join("\n").match(/row \d+/g)).toEqual(rows.map((_, row) => `row ${row}`));
  });

  test("goes on where a message is missing in the midst of a card", async () => {
    const { adapter, place, platform } = await open();
    const reference = await posted(LONG, ONCE);
    const ids = reference.split("/").at(-1)!.split(",");
    const [, second] = ids;
    const body = new URLSearchParams({ channel: CHANNEL, ts: second! });
    await fetch(`${platform.apiUrl}chat.delete`, { method: "POST", headers: { authorization: `Bearer ${BOT_TOKEN}` }, body });
    expect(await adapter.find(place, ONCE, SINCE)).toBe("partly");
    const again = await posted(LONG, ONCE);
    expect(again.split("/").at(-1)!.split(",")).toHaveLength(ids.length);
    expect(new Set((await slack.shown()).join("\n").match(/row \d+/g)).size).toBe(rows.length);
  });
});

describe("a person's direct messages", () => {
  test("are looked through once Slack has told which conversation they are", async () => {
    const { adapter } = await open();
    const place = adapter.direct(`slack:${TEAM}/${USER}` as PersonRef)!;
    expect(await adapter.find(place, ONCE, SINCE)).toBe("cannot-tell");
    const result = await adapter.post(place, SHORT, ONCE);
    expect(result).toMatchObject({ ok: true, posted: expect.stringMatching(new RegExp(`^slack:${TEAM}/${DIRECT}/`)) });
    expect(await adapter.find(place, ONCE, SINCE)).toBe((result as { posted: PostRef }).posted);
    const below = await adapter.post(place, SHORT, "below" as DeliveryKey, (result as { posted: PostRef }).posted);
    expect(below).toMatchObject({ ok: true, posted: expect.stringMatching(new RegExp(`^slack:${TEAM}/${DIRECT}/[\\d.]+/[\\d.]+$`)) });
  });

  test("of somebody in another workspace cannot be written to", async () => {
    const { adapter } = await open();
    expect(adapter.direct("slack:T9OTHER/U3" as PersonRef)).toBe(null);
    expect(adapter.direct(`slack:${TEAM}/U3` as PersonRef)).toBe(mintPlace(TEAM, "U3"));
  });
});

describe("whether Slack is connected", () => {
  test("is known of the socket: not between its closing and its opening anew", async () => {
    const { adapter, platform } = await open("socket");
    expect(adapter.connected()).toBe(true);
    void platform.failNext({ kind: "answer", status: 500 }, { method: "apps.connections.open" });
    platform.dropConnections();
    await vi.waitFor(() => expect(adapter.connected()).toBe(false), { interval: 1 });
    await vi.waitFor(() => expect(adapter.connected()).toBe(true), { interval: 5, timeout: 2_000 });
  });
});
