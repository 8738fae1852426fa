import { describe, expect, test } from "vitest";
import { blocksOf, CLASSIC, NEWEST } from "../../adapters/chat/slack/blocks.ts";
import { messageOf, partsOf } from "../../adapters/chat/slack/message.ts";
import { check, type Question, questions } from "../../scripts/check-blocks.ts";
import { refusedBlocks } from "../fakes/slack-platform/blocks/blocks.ts";
import { refusalOf } from "../fakes/slack-platform/check.ts";
import { answeredCards } from "../support/answered-cards.ts";

const never = async () => undefined;
const asked: readonly Question[] = ["one", "two", "three"].map((text) => ({ about: text, argument: "message", value: { text } }));

function json(body: object, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), init);
}

describe.each(["en", "fr"] as const)("every answer to the commands' examples in %s", (language) => {
  test("is taken by Slack as messages in the newest blocks and the oldest, and on a view", async () => {
    const cards = await answeredCards(language);
    expect(cards.length).toBeGreaterThan(100);
    const drawn = new Set<string>();
    for (const { line, card } of cards) {
      for (const part of partsOf(card)) {
        for (const form of [NEWEST, CLASSIC]) expect(refusalOf(messageOf(part, form) as never), line).toBeUndefined();
        for (const { type } of messageOf(part, NEWEST).blocks) drawn.add(type);
      }
      expect(refusedBlocks(blocksOf(card, "view").slice(0, 100), "home", { taken: [] }), line).toBeUndefined();
      expect(refusedBlocks(blocksOf(card, "view").slice(0, 100), "modal", { taken: [] }), line).toBeUndefined();
    }
    expect([...drawn]).toEqual(expect.arrayContaining(["table", "data_visualization"]));
  });
});

describe("npm run check:blocks", () => {
  test("asks Slack about every card, each once", async () => {
    const all = await questions();
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all.map(({ value }) => JSON.stringify(value))).size).toBe(all.length);
    expect(new Set(all.map(({ argument }) => argument))).toEqual(new Set(["message", "view"]));
  });

  test("names the card that Slack finds wrong, and what Slack says of it", async () => {
    const ask = async (_url: unknown, { body }: RequestInit = {}) =>
      json(String(body).includes("two") ? { ok: false, error: "invalid_message", errors: [{ pointer: "/blocks/0" }] } : { ok: true });
    expect(await check(asked, ask as typeof fetch, never)).toEqual({
      asked: 3,
      wrong: ['two: invalid_message [{"pointer":"/blocks/0"}]'],
      stopped: null,
    });
  });

  test.each([
    [
      "nobody answers",
      () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } })),
      "slack.com cannot be reached (ENOTFOUND)",
    ],
    ["something else answers", async () => json({}, { status: 403 }), "slack.com answered 403"],
    ["Slack does not check", async () => json({ ok: false, error: "unknown_method" }), "slack.com answered unknown_method"],
  ])("proves nothing where %s, and says so", async (_what, ask, stopped) => {
    expect(await check(asked, ask as unknown as typeof fetch, never)).toEqual({ asked: 0, wrong: [], stopped });
  });

  test("waits as long as Slack asks", async () => {
    const waited: number[] = [];
    const answers = [
      json({}, { status: 429, headers: { "retry-after": "7" } }),
      json({ ok: true }),
      json({ ok: true }),
      json({ ok: true }),
    ];
    const ask = async () => answers.shift()!;
    expect(await check(asked, ask as typeof fetch, async (seconds) => waited.push(seconds))).toMatchObject({ asked: 3, stopped: null });
    expect(waited).toEqual([7]);
  });
});
