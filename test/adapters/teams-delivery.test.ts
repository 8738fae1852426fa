import { readdirSync, readFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ALLOWANCES, pacing } from "../../adapters/chat/teams/pacing.ts";
import { CHANNEL, GROUP, installation, PERSONAL, typed } from "../fakes/teams-platform/activities.ts";
import { INSECURE, key, openScene, placeIn, readMessage, refusedWith, type Scene, seenIn, titled } from "./teams-harness.ts";

const LONG = titled("Digest", [
  { kind: "rows", heading: [], rows: Array.from({ length: 300 }, (_, row) => [[`M-${row} ${"x".repeat(200)}`]]) },
]);

async function joined(overrides = {}): Promise<Scene> {
  const scene = await openScene({ ...INSECURE, overrides: { ...INSECURE.overrides, ...overrides } });
  for (const conversation of [CHANNEL, GROUP]) await scene.say(installation(scene.platform.serviceUrl, conversation, "add"));
  return scene;
}

describe("the pace of Teams", () => {
  test.each(ALLOWANCES)("lets $messages messages pass in $milliseconds ms, and the next one when the first is that old", (allowance) => {
    const { messages, milliseconds } = allowance;
    const pace = pacing([allowance]);
    for (let sent = 0; sent < messages; sent++) expect(pace.wait("one", sent)).toBe(0);
    expect(pace.wait("one", messages)).toBe(milliseconds - messages);
    expect(pace.wait("another", messages)).toBe(0);
    expect(pace.wait("one", milliseconds - 1)).toBe(1);
    expect(pace.wait("one", milliseconds)).toBe(0);
  });

  test("keeps all three at once, over an hour of one message each second", () => {
    const pace = pacing();
    const sent: number[] = [];
    for (let now = 0; now < 3_600_000; now += 1_000) if (pace.wait("one", now) === 0) sent.push(now);
    expect(sent).toHaveLength(1_800);
  });

  test("sends an eighth message of one second after that second, and to another conversation at once", async () => {
    let now = 0;
    const { platform, bot } = await joined({ stopwatch: () => now });
    const posts = Array.from({ length: 8 }, (_, index) => bot.adapter.post(placeIn(CHANNEL), titled(`${index}`), key()));
    await Promise.all(posts.slice(0, 7));
    for (let turns = 0; turns < 300; turns++) await turn();
    expect(seenIn(platform, CHANNEL)).toHaveLength(7);
    expect(await bot.adapter.post(placeIn(GROUP), titled("elsewhere"), key())).toMatchObject({ ok: true });
    now = 1_000;
    expect(await posts[7]).toMatchObject({ ok: true });
    expect(seenIn(platform, CHANNEL)).toHaveLength(8);
  });

  test("puts off what would have to wait long, with when, and sends nothing of it", async () => {
    let now = 0;
    const { platform, bot } = await joined({ stopwatch: () => now });
    for (let sent = 0; sent < 60; sent++) {
      now += 200;
      await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
    }
    const asked = platform.requests.length;
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "later", afterSeconds: 19 });
    expect(platform.requests).toHaveLength(asked);
  });

  test("asks whoever delivers for a second between two messages of one place", async () => {
    expect((await joined()).bot.adapter.pace).toBe(1_000);
  });
});

describe("a card that Teams calls too large", () => {
  test("is said in smaller messages, whole and in order, and what stands already is not said twice", async () => {
    const { platform, bot } = await joined();
    const whole = await bot.adapter.post(placeIn(GROUP), LONG, key());
    const parts = platform.shown(GROUP).length;
    platform.failWith({ kind: "none" }, refusedWith(413, "MessageSizeTooBig"));
    expect([whole, await bot.adapter.post(placeIn(CHANNEL), LONG, key())]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(platform.shown(CHANNEL).length).toBeGreaterThan(parts);
    const rows = seenIn(platform, CHANNEL).join("\n").match(/M-\d+/g);
    expect(rows).toEqual(Array.from({ length: 300 }, (_, row) => `M-${row}`));
  });

  test("is given up where it cannot be divided", async () => {
    const { platform, bot } = await joined();
    platform.failWith(refusedWith(413, "MessageSizeTooBig"));
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "never" });
    expect(platform.requests).toHaveLength(1);
  });
});

describe("a digest of several messages", () => {
  test("that Teams asks to wait with in its midst goes on with the rest, and no message is said twice", async () => {
    const { platform, bot } = await joined();
    const once = key();
    void platform.failNext(refusedWith(429, "TooManyRequests", { retryAfter: "7" }), { after: 1 });
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({ ok: false, retry: "later", afterSeconds: 7 });
    expect(seenIn(platform, CHANNEL)).toHaveLength(1);
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({ ok: true });
    expect(seenIn(platform, CHANNEL).join("\n").match(/M-\d+/g)).toEqual(Array.from({ length: 300 }, (_, row) => `M-${row}`));
  });

  test("out of whose conversation the bot is taken in its midst ends there, and is whole after it comes back", async () => {
    const { platform, bot, say } = await joined();
    const once = key();
    void platform.failNext(refusedWith(403, "BotNotInConversationRoster"), { after: 1 });
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({
      retry: "never",
      reason: expect.stringContaining("the bot was removed"),
    });
    const asked = platform.requests.length;
    await say(installation(platform.serviceUrl, CHANNEL, "remove"));
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({ retry: "never" });
    expect(platform.requests, "Teams is not asked").toHaveLength(asked);
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    expect(await bot.adapter.post(placeIn(CHANNEL), LONG, once)).toMatchObject({ ok: true });
    expect(seenIn(platform, CHANNEL).join("\n").match(/M-\d+/g)).toHaveLength(300);
  });
});

describe("an answer that Teams does not take at once", () => {
  test.each([
    ["429 with Retry-After", refusedWith(429, "TooManyRequests", { retryAfter: "2" })],
    ["429 without it", refusedWith(429, "TooManyRequests")],
    ["412", refusedWith(412, "PreconditionFailed")],
  ])("%s: is sent again, and shown once", async (_, fault) => {
    const { platform, say } = await joined();
    platform.failWith(fault, fault);
    await say(typed(platform.serviceUrl, PERSONAL, "list"));
    expect(seenIn(platform, PERSONAL)).toEqual(["ok"]);
    expect(platform.requests.filter(({ method }) => method === "POST")).toHaveLength(3);
  });

  test("is given up after four tries, or where Teams asks for longer than anybody waits", async () => {
    const { platform, bot, say } = await joined();
    platform.failWith(...Array.from({ length: 9 }, () => refusedWith(412, "PreconditionFailed")));
    await say(typed(platform.serviceUrl, PERSONAL, "list"));
    expect(platform.requests).toHaveLength(4);
    const other = await joined();
    other.platform.failWith(refusedWith(429, "TooManyRequests", { retryAfter: "600" }));
    await other.say(typed(other.platform.serviceUrl, PERSONAL, "list"));
    expect(other.platform.requests).toHaveLength(1);
    for (const { warnings } of [bot, other.bot]) expect(warnings.join()).toContain("an answer was not shown");
  });

  test("holds up nobody who stops the program", async () => {
    const { platform, bot } = await joined({ pauseMilliseconds: 3_600_000 });
    platform.failWith(refusedWith(412, "PreconditionFailed"), refusedWith(412, "PreconditionFailed"));
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, PERSONAL, "list"));
    while (platform.requests.length === 0) await turn();
    await bot.adapter.stop();
    expect(platform.requests.length).toBeLessThanOrEqual(2);
  });
});

describe("no request is repeated behind our back", () => {
  const FAULTS = [
    ...[401, 403, 404, 408, 412, 413, 425, 429, 500, 502, 503, 504].map((status) => refusedWith(status, "Code", { retryAfter: "0" })),
    { kind: "reset", shown: true } as const,
    { kind: "reset", shown: false } as const,
  ];

  test("whatever Teams answers to a post, one request was made", async () => {
    for (const fault of FAULTS) {
      const { platform, bot } = await joined();
      platform.failWith(fault);
      await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
      expect(platform.requests, JSON.stringify(fault)).toHaveLength(1);
      expect(platform.shown(CHANNEL).map(readMessage).length).toBeLessThanOrEqual(1);
    }
  });

  test("since nothing is sent by the SDK, whose client repeats posts: one file imports it, for authentication alone", () => {
    const folder = new URL("../../adapters/chat/teams/", import.meta.url);
    const importing = readdirSync(folder).filter((file) =>
      /from "botbuilder|from "botframework/.test(readFileSync(new URL(file, folder), "utf8")),
    );
    expect(importing).toEqual(["bot-framework.ts"]);
    expect(readFileSync(new URL("bot-framework.ts", folder), "utf8")).not.toMatch(/continueConversation|sendActivit|createConnectorClient/);
  });
});
