import { expect, test } from "vitest";
import { SLACK_LIMITS } from "../../adapters/chat/slack/blocks-limits.ts";
import { exactWeightOf, partsOf } from "../../adapters/chat/slack/message.ts";
import { mostWeightOf } from "../../adapters/chat/slack/weight.ts";
import type { Action, Card } from "../../src/ports/card.ts";
import { fc } from "../support/seeded.ts";
import { anyCard } from "./any-card.ts";

const WORDS = fc.oneof(
  fc.string({ maxLength: 120 }),
  fc.array(fc.constantFrom("&", "<", ">", "a", "é", "\n"), { maxLength: 300 }).map((all) => all.join("")),
);
const ACTION: fc.Arbitrary<Action> = fc.record(
  { label: fc.string({ minLength: 1, maxLength: 75 }), command: fc.string({ minLength: 1, maxLength: 200 }), confirm: WORDS },
  { requiredKeys: ["label", "command"] },
);

test("the bound is never below what a card weighs in the form that takes the most", () => {
  let bounded = 0;
  const cards = fc.tuple(anyCard(WORDS), fc.array(ACTION, { maxLength: 25 })).map(([card, actions]): Card => {
    const blocks = card.blocks.filter(({ kind }) => kind !== "rows" && kind !== "chart");
    return { ...card, blocks: [...blocks, { kind: "actions", actions }] };
  });
  fc.assert(
    fc.property(cards, (card) => {
      const most = mostWeightOf(card);
      if (most > SLACK_LIMITS.bytes!) return;
      bounded += 1;
      expect(exactWeightOf(card)).toBeLessThanOrEqual(most);
    }),
    { numRuns: 1_500 },
  );
  expect(bounded).toBeGreaterThan(300);
});

test("nothing is told of rows and charts, whose forms differ", () => {
  const card: Card = { title: "t", tone: "calm", blocks: [{ kind: "rows", heading: ["h"], rows: [[["a"]]] }] };
  expect(mostWeightOf(card)).toBe(Number.POSITIVE_INFINITY);
  expect(mostWeightOf({ ...card, blocks: [{ kind: "chart", title: "", summary: "", unit: "", points: [] }] })).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test("a list of more words than a block takes is not taken for light", () => {
  const card: Card = { title: "", tone: "calm", blocks: [{ kind: "text", text: Array.from({ length: 501 }, () => "a") }] };
  expect(mostWeightOf(card)).toBe(Number.POSITIVE_INFINITY);
  expect(exactWeightOf(card)).toBe(Number.POSITIVE_INFINITY);
  expect(partsOf(card).length).toBeGreaterThan(0);
});
