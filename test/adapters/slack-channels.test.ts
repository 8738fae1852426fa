import { expect, test } from "vitest";
import { blocksOf, NEWEST } from "../../adapters/chat/slack/blocks.ts";
import { BlocksRefused, sendInBlocks } from "../../adapters/chat/slack/blocks-fallback.ts";
import { messageOf, partsOf, type SlackMessage } from "../../adapters/chat/slack/message.ts";
import { cutToBytes } from "../../adapters/chat/slack/text.ts";
import type { Card, Text } from "../../src/ports/card.ts";
import type { Place } from "../../src/ports/chat.ts";
import { refusalOf } from "../fakes/slack-platform/check.ts";
import { effectsOf } from "../fakes/slack-platform/effects.ts";

const OPS = { place: "slack:T1/C2" as Place };
const TYPED = "<#C2> <#C2|ops> slack:T1/C2 &lt;#C2&gt; \uFFFE0\uFFFF";

function cardOf(...text: Text): Card {
  return { title: TYPED, tone: "calm", blocks: [{ kind: "text", text }] };
}

/** What Slack is sent of a card in the workspace T1. */
async function sent(card: Card): Promise<SlackMessage> {
  const [part] = partsOf(card);
  return sendInBlocks(part!, { client: {} as never, team: "T1" }, async (message) => message);
}

const elementsIn = (message: Pick<SlackMessage, "blocks">) =>
  JSON.stringify(message.blocks).match(/\{"type":"(channel|text|user)[^}]*\}/g) ?? [];

test("a channel is shown and read out by its name, and nothing that somebody typed is", async () => {
  const message = await sent(cardOf("To ", OPS, ` ${TYPED}`));
  expect(elementsIn(message)).toEqual([
    '{"type":"text","text":"To "}',
    '{"type":"channel","channel_id":"C2"}',
    JSON.stringify({ type: "text", text: ` ${TYPED}` }),
  ]);
  expect(message.text.match(/<[^>]*>/g)).toEqual(["<#C2>"]);
  expect(message.text).toContain("To <#C2> &lt;#C2&gt;");
  expect(effectsOf(message as never).pings).toEqual([]);
  expect(refusalOf(message as never)).toBeUndefined();
});

test("of a list, a fact, small print and a view it is so as well", () => {
  const blocks: Card["blocks"] = [
    { kind: "rows", heading: [OPS], rows: [[["a"], [OPS]]] },
    { kind: "facts", facts: [{ label: "Escalation", value: ["to ", OPS] }] },
    { kind: "note", text: ["in ", OPS] },
  ];
  const [part] = partsOf({ title: "T", tone: "calm", blocks });
  const message = messageOf(part!, NEWEST);
  expect(elementsIn(message).filter((one) => one.includes("C2"))).toHaveLength(4);
  expect(message.text.match(/<#C2>/g)).toHaveLength(4);
  expect(refusalOf(message as never)).toBeUndefined();
  expect(elementsIn({ blocks: blocksOf({ title: "", tone: "calm", blocks }, "view") }).filter((one) => one.includes("C2"))).toHaveLength(4);
});

test.each([
  ["somebody's own conversation", "slack:T1/D1"],
  ["one by the person's id", "slack:T1/U3"],
  ["a channel of another workspace", "slack:T2/C2"],
  ["a place of another platform", "teams:TENANT/19:x@thread.v2"],
])("%s is its reference", async (_what, place) => {
  const message = await sent(cardOf("To ", { place: place as Place }));
  expect(elementsIn(message)).toEqual(['{"type":"text","text":"To "}', JSON.stringify({ type: "text", text: place })]);
  expect(message.text).toContain(`To ${place}`);
  expect(message.text).not.toMatch(/<[^>]*>/);
});

test("where all blocks are refused, and in a text that is cut, the reference or the id stands", async () => {
  const [part] = partsOf(cardOf("To ", OPS));
  const tries: SlackMessage[] = [];
  const send = async (message: SlackMessage) => {
    tries.push(message);
    if (tries.length < 2) throw new BlocksRefused("invalid_blocks");
    return message;
  };
  const plainest = await sendInBlocks(part!, { client: {} as never, team: "T1" }, send);
  expect(JSON.stringify(plainest.blocks)).toContain("To slack:T1/C2");
  expect(cutToBytes(`To <#C2> ${"&lt;#C3&gt; and ".repeat(9)}`, 60)).toMatch(/^To #C2 &lt;#C3&gt; and /);
});
