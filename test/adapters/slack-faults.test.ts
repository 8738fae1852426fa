import { afterEach, describe, expect, test } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Fault } from "../fakes/fault-script.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL, seen, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";

const ONCE = "matter/M-1/due" as DeliveryKey;
const CARD: Card = { title: "due", tone: "calm", blocks: [] };
let opened: SlackHarness | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

function status(status: number, more: Partial<Extract<Fault, { kind: "answer" }>> = {}): Fault {
  return { kind: "answer", status, ...more };
}

describe("what Slack and the network do to a message", () => {
  test.each<[string, Fault, object, number]>([
    ["429 with seconds", status(429, { retryAfter: "30" }), { retry: "later", afterSeconds: 30 }, 0],
    ["429 with a date, by Slack's own clock", status(429, { retryAfter: "Fri, 16 Feb 2024 08:01:30 GMT" }), { afterSeconds: 90 }, 0],
    ["429 with more than a day", status(429, { retryAfter: "172800" }), { afterSeconds: 3600, reason: expect.stringContaining("hour") }, 0],
    ["429 without Retry-After", status(429), { retry: "later" }, 0],
    ["429 with garbage", status(429, { retryAfter: "soon" }), { retry: "later" }, 0],
    ["429 with a negative number", status(429, { retryAfter: "-5" }), { retry: "later" }, 0],
    ["429 with 0", status(429, { retryAfter: "0" }), { retry: "later" }, 0],
    ["500", status(500), { retry: "unknown" }, 0],
    ["502", status(502), { retry: "unknown" }, 0],
    ["503 with Retry-After", status(503, { retryAfter: "1" }), { retry: "unknown" }, 0],
    ["504 after accepting", status(504, { shown: true }), { retry: "unknown" }, 1],
    ["a reset before accepting", { kind: "reset", shown: false }, { retry: "unknown" }, 0],
    ["a reset after accepting", { kind: "reset", shown: true }, { retry: "unknown" }, 1],
    [
      "an answer that comes too late",
      { kind: "slow", milliseconds: 2_000 },
      { retry: "unknown", reason: expect.stringContaining("time") },
      1,
    ],
    ["its own trouble", { kind: "refusal", error: "internal_error" }, { retry: "unknown" }, 0],
    ["a limit of its own words", { kind: "refusal", error: "rate_limited" }, { retry: "later" }, 0],
  ])("%s, and nothing is sent twice", async (_, fault, expected, times) => {
    opened = await slackHarness("http");
    const { adapter, place, platform } = opened;
    const struck = platform.failNext(fault);
    const result = await adapter.post(place, CARD, ONCE);
    await struck;
    expect(result).toMatchObject({ ok: false, ...expected });
    if (!("afterSeconds" in expected)) expect(result).not.toHaveProperty("afterSeconds");
    expect(platform.messages(CHANNEL)).toHaveLength(times);
    expect(platform.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
  });

  test("nobody at the address: later, for nothing was sent", async () => {
    opened = await slackHarness("http");
    const { adapter, place, platform } = opened;
    await platform.close();
    expect(await adapter.post(place, CARD, ONCE)).toMatchObject({ retry: "later", reason: expect.stringContaining("ECONNREFUSED") });
  });

  test("metadata that Slack refuses are left out, and the card is shown", async () => {
    opened = await slackHarness("http");
    const { adapter, place, platform } = opened;
    void platform.failNext({ kind: "refusal", error: "invalid_metadata_format" });
    expect(await adapter.post(place, CARD, ONCE)).toMatchObject({ ok: true });
    expect(platform.messages(CHANNEL).map(seen)).toEqual(["due"]);
  });
});

describe("the pretended Slack", () => {
  test("keeps a record of what it showed: when, where, in which thread and under which key", async () => {
    opened = await slackHarness("http");
    const { adapter, place, platform } = opened;
    const root = await adapter.post(place, CARD, ONCE);
    if (!root.ok) throw new Error(root.reason);
    await adapter.post(place, { ...CARD, title: "overdue" }, "below" as DeliveryKey, root.posted);
    await adapter.update(root.posted, { ...CARD, title: "complied" });
    platform.wipe(CHANNEL);
    const [first, second] = platform.messages(CHANNEL).length === 0 ? platform.record : [];
    const at = Date.parse("2024-02-16T08:00:00Z");
    const named = { place: CHANNEL, id: first!.id, person: null, thread: null, once: ONCE, part: 0 };
    expect(first).toEqual({ at, did: "posted", ...named, text: "due" });
    expect(second).toMatchObject({ did: "posted", thread: first!.id, once: "below", text: "overdue" });
    expect(platform.record.slice(2).map(({ did, text }) => [did, text])).toEqual([
      ["changed", "complied"],
      ["removed", ""],
      ["removed", ""],
    ]);
  });

  test("carries out a list of faults in order, each on one call", async () => {
    const platform = await slackPlatform();
    const call = async () => {
      const response = await fetch(`${platform.apiUrl}chat.postMessage`, { method: "POST", body: "channel=C0WATCH&text=x" });
      return response.status;
    };
    const all = platform.failWith([status(503), { kind: "none" }, status(429)]);
    // Without a token nothing is taken, and the faults wait for a call that would be.
    expect(await call()).toBe(200);
    const signed = { method: "POST", headers: { authorization: "Bearer xoxb-fake" }, body: "channel=C0WATCH&text=x" };
    const statuses: number[] = [];
    for (let times = 0; times < 4; times++) statuses.push((await fetch(`${platform.apiUrl}chat.postMessage`, signed)).status);
    await all;
    expect(statuses).toEqual([503, 200, 429, 200]);
    await platform.close();
  });
});
