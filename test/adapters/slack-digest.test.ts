import { describe, expect, test } from "vitest";
import { plainLines, plainText } from "../../adapters/chat/shared/plain.ts";
import { messagesOf, partsOf } from "../../adapters/chat/slack/message.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { refusalOf } from "../fakes/slack-platform/check.ts";
import { slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL, seen } from "../fakes/slack-platform/slack-platform.ts";
import { digestOfMatters } from "./slack-digest-card.ts";

/** What is known of Slack's room: some 12,000 characters and 50 blocks a message. */
const CHARACTERS = 12_000;
const BLOCKS = 50;

describe.each(["en", "fr"] as const)("a digest in %s", (language) => {
  test.each([30, 300, 1_000])("of %d matters takes no more messages than its characters need, give or take one", (count) => {
    const card = digestOfMatters(language, count);
    const messages = messagesOf(card);
    const blocks = messages.reduce((sum, message) => sum + message.blocks.length, 0);
    const least = Math.max(Math.ceil(plainText(card).length / CHARACTERS), Math.ceil(blocks / BLOCKS));
    expect(messages.length).toBeLessThanOrEqual(least + 1);
    expect(messages.map((message) => refusalOf(message as never))).toEqual(messages.map(() => undefined));
  });

  test("says every one of its lines whole, once, and in order", () => {
    const card = digestOfMatters(language, 300);
    const lines = partsOf(card).flatMap((part) => plainLines({ ...part, title: "" }));
    const repeated = / \(\d+\)$/;
    expect(lines.filter((line) => line.startsWith("-") || !repeated.test(line))).toEqual(plainLines({ ...card, title: "" }));
  });

  test("reads well message by message: each bears the title, says what its lines are, and ends with a line", () => {
    const card = digestOfMatters(language, 300);
    const [first, ...others] = partsOf(card);
    expect(first!.title).toBe(card.title);
    expect(others.length).toBeGreaterThan(2);
    for (const [index, part] of others.entries()) {
      expect(part.title).toMatch(new RegExp(`\\(${index + 2}\\)$`));
      const [top] = part.blocks;
      expect(top?.kind === "rows" ? top.heading.length : 1).toBeGreaterThan(0);
    }
    for (const part of [first!, ...others]) {
      const last = part.blocks.at(-1);
      expect(last?.kind === "rows" ? last.rows.length : 0).toBeGreaterThan(0);
    }
  });
});

test("a digest of 300 matters arrives whole in the channel, for the eye and for the ear", async () => {
  const slack = await slackHarness("http");
  try {
    const card = digestOfMatters("en", 300);
    expect(await slack.adapter.post(slack.place, card, "digest/2024-02-19" as DeliveryKey)).toMatchObject({ ok: true });
    const messages = slack.platform.messages(CHANNEL);
    expect(messages).toHaveLength(5);
    const rows = plainLines(card).filter((line) => line.startsWith("- "));
    expect(rows.length).toBeGreaterThanOrEqual(300);
    const eye = messages.map(seen).join("\n");
    const ear = messages.map((message) => seen({ ...message, blocks: [] })).join("\n");
    for (const row of rows) {
      expect(eye).toContain(row.slice(2));
      expect(ear).toContain(row.slice(2));
    }
  } finally {
    await slack.close();
  }
});
