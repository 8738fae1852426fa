import { afterEach, describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { type BlockForm, blocksOf, CLASSIC, NEWEST } from "../../adapters/chat/slack/blocks.ts";
import { classicMessageOf, messageOf, partsOf } from "../../adapters/chat/slack/message.ts";
import type { Block, Card } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { EMPTY_BLOCKS, FULL, TEXTS_OF_FULL } from "../contracts/chat-cards.ts";
import { refusedBlocks } from "../fakes/slack-platform/blocks/blocks.ts";
import { refusalOf } from "../fakes/slack-platform/check.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { renderBlocks } from "../fakes/slack-platform/render.ts";
import { CHANNEL, seen } from "../fakes/slack-platform/slack-platform.ts";
import { fc } from "../support/seeded.ts";
import { anyCard } from "./any-card.ts";

const FORMS: readonly BlockForm[] = [NEWEST, CLASSIC, { tables: true, charts: ["F0PICTURE01", null] }];
const COSTS: Block = {
  kind: "rows",
  heading: ["What it costs to comply"],
  rows: [
    [[{ bold: "19 Feb 2024" }], ["EUR 150.00"], ["1 day"]],
    [[{ bold: "20 Feb 2024" }], ["EUR 300.00"], ["2 days"], ["cap reached"]],
  ],
};
const SENTENCES: Block = {
  kind: "rows",
  heading: ["Why"],
  rows: [
    [["1"], ["The decision was notified on Monday 18 December 2023."]],
    [["2"], ["Two months later is Sunday 18 February 2024."]],
  ],
};

function cardOf(...blocks: readonly Block[]): Card {
  return { title: "SAN-2023-018", tone: "calm", blocks };
}

function typesOf(card: Card, form: BlockForm): readonly string[] {
  return partsOf(card).flatMap((part) => messageOf(part, form).blocks.map(({ type }) => type));
}

let opened: SlackHarness | undefined;
let posts = 0;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** Posts the card; how many calls it took, and what stands. */
async function post(
  slack: SlackHarness,
  card: Card,
): Promise<{ readonly calls: number; readonly eye: string; readonly types: readonly unknown[] }> {
  const before = slack.platform.calls.length;
  expect(await slack.adapter.post(slack.place, card, `k${++posts}` as DeliveryKey)).toMatchObject({ ok: true });
  const message = slack.platform.messages(CHANNEL).at(-1)!;
  return { calls: slack.platform.calls.length - before, eye: seen(message), types: (message.blocks ?? []).map(({ type }) => type) };
}

describe("a card in Block Kit", () => {
  test("is taken by Slack in every form, whatever stands in it", { timeout: 120_000 }, () => {
    const words = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.lorem({ maxCount: 200 }),
      fc.constant("&<>".repeat(900)),
      fc.constant(" "),
    );
    fc.assert(
      fc.property(anyCard(words), (card) => {
        // Where the title says nothing, no announcement can begin with it: that is no card of ours, and Slack takes it all the same.
        const isUntitled = !/[\p{L}\p{N}]/u.test(card.title);
        for (const part of partsOf(card)) {
          const messages = [...FORMS.map((form) => messageOf(part, form)), classicMessageOf(part)];
          for (const message of messages) {
            const refusal = refusalOf(message as never);
            if (!isUntitled || refusal?.error !== "indiscreet") expect(refusal).toBeUndefined();
          }
        }
        for (const block of blocksOf(card, "view"))
          for (const on of ["modal", "home"] as const) expect(refusedBlocks([block], on, { taken: [] })).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test("of many small blocks is split where its tables and charts make them more than fifty", () => {
    const chart: Block = {
      kind: "chart",
      title: "Total",
      summary: "Rises.",
      unit: "EUR",
      points: [{ label: "a", value: 1, shown: "EUR 1" }],
    };
    const many = Array.from({ length: 45 }, (_, index): Block => ({ kind: "text", text: [`line ${index}`] }));
    const parts = partsOf(cardOf(...many, COSTS, chart, chart));
    expect(parts).toHaveLength(2);
    for (const part of parts) for (const form of FORMS) expect(messageOf(part, form).blocks.length).toBeLessThanOrEqual(50);
  });

  test("of no words at all still is a message", () => {
    for (const part of partsOf({ title: "", tone: "calm", blocks: EMPTY_BLOCKS })) expect(messageOf(part, NEWEST).text).not.toBe("");
  });

  test("shows short cells as a table with as many in every row, and sentences as a list", () => {
    const { blocks } = messageOf(partsOf(cardOf(COSTS, SENTENCES))[0]!, NEWEST);
    expect(blocks.map(({ type }) => type)).toEqual(["header", "rich_text", "table", "rich_text"]);
    const { rows } = blocks[2] as unknown as { readonly rows: readonly (readonly unknown[])[] };
    expect(rows.map((row) => row.length)).toEqual([4, 4]);
    expect(renderBlocks(blocks as never)).toContain("19 Feb 2024 | EUR 150.00 | 1 day |  ");
  });

  test("has one table at most, which is all that Slack takes, and loses nothing of the second", () => {
    const card = cardOf(COSTS, { ...COSTS, heading: ["And otherwise"] });
    expect(typesOf(card, NEWEST).filter((type) => type === "table")).toEqual(["table"]);
    expect(renderBlocks(messageOf(partsOf(card)[0]!, NEWEST).blocks as never)).toContain(
      "• 20 Feb 2024 · EUR 300.00 · 2 days · cap reached",
    );
  });

  test("on a view is of the oldest kinds alone, and whole", () => {
    const blocks = blocksOf(cardOf(COSTS, ...FULL.blocks), "view");
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(["header", "rich_text", "context", "actions"]));
    for (const text of TEXTS_OF_FULL.slice(1)) expect(renderBlocks(blocks as never)).toContain(text);
    expect(JSON.stringify(blocks)).toContain('"value":"acknowledge SAN-2023-018"');
  });
});

describe("a workspace that does not take tables", () => {
  test("is sent a list instead, and every later message is a list at once", async () => {
    opened = await slackHarness("http");
    opened.platform.takes([]);
    expect(await post(opened, cardOf(COSTS))).toMatchObject({ calls: 2, types: ["header", "rich_text"] });
    expect(await post(opened, cardOf(COSTS))).toMatchObject({ calls: 1, types: ["header", "rich_text"] });
  });

  test("is asked again after a week", async () => {
    opened = await slackHarness("http");
    const { state } = opened.host;
    const kept = new Map<string, number | undefined>();
    const set = state.set.bind(state);
    state.set = (key, value, milliseconds) => {
      kept.set(key, milliseconds);
      return set(key, value, milliseconds);
    };
    opened.platform.takes([]);
    await post(opened, cardOf(COSTS));
    expect(kept.get("slack/refuses/T0TEAM/table")).toBe(7 * 86_400_000);
  });

  test("is another one's business: what one refuses is not kept for the other", async () => {
    opened = await slackHarness("http");
    opened.platform.takes([]);
    await post(opened, cardOf(COSTS));
    expect([...opened.host.kept.keys()].filter((key) => key.startsWith("slack/refuses/"))).toEqual(["slack/refuses/T0TEAM/table"]);
  });

  test("keeps its buttons and its bold words", async () => {
    opened = await slackHarness("http");
    opened.platform.takes([]);
    const { eye, types } = await post(opened, cardOf(COSTS, ...FULL.blocks));
    expect(types).toContain("actions");
    for (const text of TEXTS_OF_FULL.slice(1)) expect(eye).toContain(text);
  });
});

test("a refusal that has nothing to do with tables does not take them away", async () => {
  opened = await slackHarness("http");
  void opened.platform.failWith([
    { kind: "refusal", error: "invalid_blocks" },
    { kind: "refusal", error: "invalid_blocks" },
  ]);
  expect(await post(opened, cardOf(COSTS))).toMatchObject({ calls: 3, types: ["section"] });
  expect(await post(opened, cardOf(COSTS))).toMatchObject({ calls: 1, types: ["header", "rich_text", "table"] });
});

test.each(["msg_blocks_too_long", "invalid_blocks_format", "invalid_attachments"])(
  "blocks refused with %s are sent as plain sections",
  async (error) => {
    opened = await slackHarness("http");
    void opened.platform.failWith([{ kind: "refusal", error }]);
    expect(await post(opened, cardOf(SENTENCES))).toMatchObject({ calls: 2, types: ["section"] });
  },
);

test("a message that is changed to more than Slack takes as its text has as much of it as fits, and all of it in its blocks", async () => {
  opened = await slackHarness("http");
  const posted = await opened.adapter.post(opened.place, cardOf(SENTENCES), "k" as DeliveryKey);
  if (!posted.ok) throw new Error(posted.reason);
  const long = cardOf({
    kind: "rows",
    heading: ["All"],
    rows: Array.from({ length: 60 }, (_, row) => [[`line ${row} ${"é".repeat(60)}`]]),
  });
  expect(Buffer.byteLength(plainText(long))).toBeGreaterThan(4_000);
  expect(await opened.adapter.update(posted.posted, long)).toMatchObject({ ok: true });
  const { args } = opened.platform.calls.findLast(({ method }) => method === "chat.update")!;
  const lines = String(args.text).split("\n");
  expect(lines.pop()).toBe("…");
  expect(lines.length).toBeGreaterThan(20);
  expect(plainText(long).split("\n").slice(0, lines.length)).toEqual(lines);
  expect(seen(opened.platform.messages(CHANNEL)[0]!)).toContain(`line 59 ${"é".repeat(60)}`);
});
