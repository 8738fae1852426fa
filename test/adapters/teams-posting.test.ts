import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../adapters/chat/teams/adaptive-card.ts";
import type { PostRef, PostResult } from "../../src/ports/chat.ts";
import { CHANNEL, installation } from "../fakes/teams-platform/activities.ts";
import { cardOf, readButtons, readLinks } from "../fakes/teams-platform/card-check.ts";
import { type Fault as PlatformFault, startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { type Bot, INSECURE, key, NOW, placeIn, readCard, refusedWith, seenIn, startBot, titled } from "./teams-harness.ts";

describe("what the Teams adapter posts", () => {
  let platform: TeamsPlatform;
  let bot: Bot;

  beforeEach(async () => {
    platform = await startTeamsPlatform({ now: () => Date.parse(NOW) });
    bot = await startBot();
  });
  afterEach(async () => {
    await bot.close();
    await platform.stop();
  });

  async function say(activity: Parameters<TeamsPlatform["deliver"]>[1]): Promise<number> {
    const { status } = await platform.deliver(bot.endpoint, activity);
    await bot.adapter.settled();
    return status;
  }

  async function joined(conversation = CHANNEL): Promise<void> {
    await say(installation(platform.serviceUrl, conversation, "add"));
  }

  test("asks before a button with a question sends", async () => {
    await joined();
    const actions = [{ label: "Annul", command: "annul M-1", style: "danger" as const, confirm: "Annul the whole matter?" }];
    await bot.adapter.post(placeIn(CHANNEL), titled("M-1", [{ kind: "actions", actions }]), key());
    const card = cardOf(platform.shown(CHANNEL)[0]!.activity) as { body: { type: string; actions?: { type: string }[] }[] };
    expect(card.body.find((element) => element.type === "ActionSet")?.actions?.map((action) => action.type)).toEqual(["Action.ShowCard"]);
    expect(readCard(card)).toContain("Annul the whole matter?");
    expect(readButtons(card)).toMatchObject([{ title: "Annul", style: "destructive", data: { command: "annul M-1" } }]);
  });

  test("sends one message at a time to a conversation, in the order of the posts", async () => {
    await joined();
    const gate = Promise.withResolvers<void>();
    platform.failWith({ kind: "held", until: gate.promise });
    const posts = ["first", "second", "third"].map((title) => bot.adapter.post(placeIn(CHANNEL), titled(title), key()));
    while (platform.requests.length === 0) await turn();
    for (let turns = 0; turns < 300; turns++) await turn();
    expect(platform.requests).toHaveLength(1);
    gate.resolve();
    await Promise.all(posts);
    expect(seenIn(platform, CHANNEL)).toEqual(["first", "second", "third"]);
  });

  test.each<[string, PlatformFault, object]>([
    ["401 BotNotRegistered", refusedWith(401, "BotNotRegistered"), { retry: "never", reason: expect.stringContaining("app id") }],
    ["401 without a code", { kind: "answer", status: 401 }, { retry: "never", reason: expect.stringContaining("secret") }],
    [
      "403 BotNotInConversationRoster",
      refusedWith(403, "BotNotInConversationRoster"),
      { retry: "never", reason: expect.stringContaining("add the app") },
    ],
    [
      "403 MessageWritesBlocked",
      { kind: "answer", status: 403, subCode: "MessageWritesBlocked" },
      { retry: "never", reason: expect.stringContaining("MessageWritesBlocked: this conversation takes no messages from the bot") },
    ],
    [
      "403 ConversationBlockedByUser",
      refusedWith(403, "ConversationBlockedByUser"),
      { retry: "never", reason: expect.stringContaining("the person blocked the bot, or the channel's moderation") },
    ],
    ["403 ForbiddenOperation", refusedWith(403, "ForbiddenOperation"), { retry: "never", reason: expect.stringContaining("archived") }],
    ["403 BotDisabledByAdmin", refusedWith(403, "BotDisabledByAdmin"), { retry: "never", reason: expect.stringContaining("admin centre") }],
    [
      "404 ConversationNotFound",
      refusedWith(404, "ConversationNotFound"),
      { retry: "never", reason: expect.stringContaining("another place") },
    ],
    ["412", refusedWith(412, "PreconditionFailed"), { retry: "later" }],
    ["413", refusedWith(413, "MessageSizeTooBig"), { retry: "never" }],
    ["429 with seconds", refusedWith(429, "TooManyRequests", { retryAfter: "12" }), { retry: "later", afterSeconds: 12 }],
    [
      "429 with a date",
      refusedWith(429, "TooManyRequests", { retryAfter: new Date(Date.parse(NOW) + 90_000).toUTCString() }),
      { retry: "later", afterSeconds: 90 },
    ],
    ["429 without Retry-After", refusedWith(429, "TooManyRequests"), { retry: "later" }],
    ["500", { kind: "answer", status: 500 }, { retry: "unknown" }],
    ["502 with Retry-After", { kind: "answer", status: 502, retryAfter: "1" }, { retry: "unknown" }],
    ["503", { kind: "answer", status: 503 }, { retry: "unknown" }],
    ["504", { kind: "answer", status: 504 }, { retry: "unknown" }],
    ["a redirect", { kind: "answer", status: 307, location: "/v3/conversations/19:elsewhere/activities" }, { retry: "never" }],
    ["a reset before accepting", { kind: "reset", shown: false }, { retry: "unknown" }],
    ["a reset after accepting", { kind: "reset", shown: true }, { retry: "unknown" }],
    ["silence", { kind: "silence" }, { retry: "unknown", reason: expect.stringContaining("in time") }],
  ])("says what %s means and sends nothing twice", async (_, fault, expected) => {
    await joined();
    platform.failWith(fault);
    const result = await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
    expect(result).toMatchObject({ ok: false, ...expected });
    expect(platform.requests).toHaveLength(1);
    expect(platform.shown(CHANNEL).length).toBeLessThanOrEqual(1);
    if (result.ok || result.retry !== "later") return;
    expect("afterSeconds" in result).toBe("afterSeconds" in expected);
  });

  describe("with a card of several messages", () => {
    const rows = Array.from({ length: 300 }, (_, row) => [[`M-${row} ${"x".repeat(200)}`]]);
    const long = titled("Digest", [{ kind: "rows", heading: ["Overdue"], rows }]);
    const pause: readonly PlatformFault[] = [{ kind: "none" }, refusedWith(429, "TooManyRequests", { retryAfter: "3" })];

    test("goes on after a pause where it stopped, and says nothing twice", async () => {
      await joined();
      platform.failWith(...pause);
      const once = key();
      expect(await bot.adapter.post(placeIn(CHANNEL), long, once)).toMatchObject({ ok: false, retry: "later", afterSeconds: 3 });
      expect(seenIn(platform, CHANNEL)).toHaveLength(1);
      expect(await bot.adapter.post(placeIn(CHANNEL), long, once)).toMatchObject({ ok: true });
      expect(seenIn(platform, CHANNEL).join("\n").match(/M-\d+/g)).toEqual(rows.map(([cell]) => cell![0]!.split(" ")[0]));
    });

    test("goes on after a pause with another card where the words have changed meanwhile", async () => {
      await joined();
      platform.failWith(...pause);
      const once = key();
      await bot.adapter.post(placeIn(CHANNEL), long, once);
      expect(await bot.adapter.post(placeIn(CHANNEL), titled("nothing is due"), once)).toMatchObject({ ok: true });
      expect(seenIn(platform, CHANNEL)).toEqual(["nothing is due"]);
    });

    test("goes on after a pause in an update that makes it longer", async () => {
      await joined();
      const short = await bot.adapter.post(placeIn(CHANNEL), titled("short"), key());
      const { posted } = short as Extract<PostResult, { ok: true }>;
      platform.failWith({ kind: "none" }, ...pause);
      expect(await bot.adapter.update(posted, long)).toMatchObject({ ok: false, retry: "later" });
      expect(await bot.adapter.update(posted, long)).toMatchObject({ ok: true });
      expect(seenIn(platform, CHANNEL).join("\n").match(/M-\d+/g)).toHaveLength(300);
    });
  });

  test("keeps every message under 80 KB as Teams counts it, whatever the alphabet", async () => {
    await joined();
    const rows = Array.from({ length: 300 }, (_, row) => [[`M-${row}`], ["é漢😀".repeat(50)], [{ bold: "EUR 1" }], ["fourth"], ["fifth"]]);
    await bot.adapter.post(placeIn(CHANNEL), titled("Digest", [{ kind: "rows", heading: ["Overdue"], rows }]), key());
    expect(platform.shown(CHANNEL).every(({ activity }) => 2 * JSON.stringify(activity).length < 80_000)).toBe(true);
    expect(seenIn(platform, CHANNEL).join("\n").match(/fifth/g)).toHaveLength(300);
    expect(Math.max(...platform.requests.map((request) => request.bytes))).toBeLessThan(LIMITS.bytes!);
  });

  test("tells a screen reader and an old client everything: summary and fallback text", async () => {
    await joined();
    const facts = [{ label: "Rate", value: ["EUR 150 a day"] }];
    await bot.adapter.post(placeIn(CHANNEL), titled("M-1", [{ kind: "facts", facts }]), key());
    const { activity } = platform.shown(CHANNEL)[0]!;
    expect([activity.summary, activity.text]).toEqual(["M-1\nRate: EUR 150 a day", undefined]);
    expect(cardOf(activity).fallbackText).toBe("M-1\nRate: EUR 150 a day");
  });

  test("opens web addresses only", async () => {
    await joined();
    const text = [{ link: "decision", href: "https://example.org/a?b=1" }, " ", { link: "trap", href: "javascript:alert(1)" }];
    await bot.adapter.post(placeIn(CHANNEL), titled("M-1", [{ kind: "text", text }]), key());
    expect(readLinks(cardOf(platform.shown(CHANNEL)[0]!.activity))).toEqual(["https://example.org/a?b=1"]);
  });

  test("says so where a message to be replaced was deleted, and refuses references that it did not mint", async () => {
    await joined();
    const gone = `${placeIn(CHANNEL)}#1` as PostRef;
    expect(await bot.adapter.update(gone, titled("M-1"))).toMatchObject({
      ok: false,
      retry: "never",
      reason: expect.stringContaining("deleted"),
    });
    expect(await bot.adapter.update("teams:nonsense" as PostRef, titled("M-1"))).toMatchObject({ ok: false, retry: "never" });
  });

  test("answers later where it is not started", async () => {
    await bot.adapter.stop();
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "later" });
  });

  test("does not post to an address of tests that an earlier run kept", async () => {
    await joined();
    const kept = new Map(bot.state);
    const secure = await startBot({ ...INSECURE, insecureForTests: false, appId: "app", overrides: { token: async () => "token" } });
    for (const [name, value] of kept) secure.state.set(name, value);
    expect(await secure.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "never" });
    expect(platform.requests).toEqual([]);
    await secure.close();
  });
});
