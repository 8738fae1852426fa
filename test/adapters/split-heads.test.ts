import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { split } from "../../adapters/chat/shared/split.ts";
import { partsOf } from "../../adapters/chat/slack/message.ts";
import { bytesOf, LIMITS } from "../../adapters/chat/teams/adaptive-card.ts";
import { burstCard } from "../../src/cards/burst-card.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import type { Block, Card } from "../../src/ports/card.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { reminderOn } from "../cards/said.ts";
import { fc } from "../support/seeded.ts";
import { anyCard } from "./any-card.ts";

const ITEMS = ["i1", "i2", "i3"].map((id) => ({
  ...{ id, order: `Do ${id} and send the evidence of it in full` },
  cure: { period: "P2M", rule: "cure" },
  penalty: { rate: "150", per: "day" },
}));

/** Three items of each matter, each of which says three things. */
function bundle(matters: number, times = 1): readonly Utterance[] {
  return Array.from({ length: matters }, (_, index) => {
    const reminder = reminderOn("2024-02-04", { ref: `SAN-${String(index + 1).padStart(4, "0")}`, items: ITEMS });
    return Array.from({ length: times }, () => reminder.standing.items.map((item) => ({ ...reminder, item }))).flat();
  }).flat();
}

const PLATFORMS: readonly (readonly [string, (card: Card) => readonly Card[]])[] = [
  ["Slack", (card) => partsOf(card)],
  ["Teams", (card) => split(card, LIMITS, bytesOf)],
];

/** What a message says, its title and buttons apart. */
function wordsOf(part: Card): readonly string[] {
  return plainLines({ ...part, blocks: part.blocks.filter(({ kind }) => kind !== "actions") }).slice(1);
}

/** What stands in a message before any matter is named, title and buttons apart. */
function unnamed(part: Card): readonly string[] {
  const lines = wordsOf(part);
  const first = lines.findIndex((line) => line.startsWith("SAN-"));
  return first === -1 ? lines : lines.slice(0, first);
}

describe.each(PLATFORMS)("a bundle on %s", (_, parts) => {
  test.each(LANGUAGES)(
    "names in every message each matter before anything of it, and cuts none that fits: 300 matters in %s",
    (language) => {
      const cards = parts(burstCard(language, bundle(300)));
      expect(cards.length).toBeGreaterThan(5);
      for (const part of cards) expect(unnamed(part).filter((line) => !line.includes("show "))).toEqual([]);
      const titles = cards.flatMap((part) => wordsOf(part).filter((line) => /^SAN-\d{4} · /.test(line)));
      expect(titles).toHaveLength(300);
      expect(new Set(titles).size).toBe(300);
    },
  );

  test("repeats at the head of a message the name of a matter that takes more than one, and of the item that goes on", () => {
    const cards = parts(burstCard("en", bundle(2, 120)));
    expect(cards.length).toBeGreaterThan(2);
    for (const [index, part] of cards.entries()) {
      if (index === 0) continue;
      const said = wordsOf(part);
      if (said.length === 0) continue;
      expect(said[0]).toMatch(/^SAN-000[12] · CNIL v\. Commune de Kourou/);
    }
    const continued = cards.map(wordsOf).filter(([first]) => / \(\d+\)$/.test(first ?? ""));
    expect(continued.length).toBeGreaterThan(0);
    for (const [first, second] of continued) expect(`${first} · ${second}`).toMatch(/ · i[123]/);
  });

  test("says all that it says in one", () => {
    const card = burstCard("en", bundle(40));
    const said = parts(card).flatMap(wordsOf);
    expect(said.filter((line) => !/^SAN-.* \(\d+\)$/.test(line))).toEqual(wordsOf(card));
  });

  test("begins no message with buttons under a matter's name", () => {
    for (const matters of [9, 10, 11, 25]) {
      for (const part of parts(burstCard("en", bundle(matters)))) {
        const buttons = part.blocks.findIndex(({ kind }) => kind === "actions");
        if (buttons === 1) expect(plainLines({ ...part, blocks: part.blocks.slice(0, 1) })[1]).not.toMatch(/\(\d+\)$/);
      }
    }
  });
});

test("a card of any blocks that say what they are of ends, and nothing of it is lost", () => {
  const words = fc.lorem({ maxCount: 60 });
  const headed = fc
    .tuple(anyCard(words), fc.array(fc.option(fc.constantFrom("Matter One", "Matter Two · i1", "x".repeat(400)), { nil: undefined })))
    .map(([card, heads]): Card => {
      const blocks = card.blocks.map((block, index): Block => {
        const name = heads[index];
        if (block.kind !== "text" || name === undefined) return block;
        return index % 2 === 0 ? { kind: "text", text: [{ bold: name }], heads: name } : { ...block, heads: name };
      });
      return { ...card, title: "T", blocks };
    });
  const LOW = { titleCharacters: 40, factsPerBlock: 3, actionsPerBlock: 3, labelCharacters: 40, commandCharacters: 80 };
  const limits = fc.record({ textCharacters: fc.integer({ min: 250, max: 900 }), blocks: fc.integer({ min: 2, max: 6 }) });
  const squeezed = (lines: readonly string[]) => lines.join("").replace(/\s/g, "");
  fc.assert(
    fc.property(headed, limits, (card, sizes) => {
      const bare = {
        ...card,
        blocks: card.blocks.map((block) => (block.kind === "text" ? { kind: "text" as const, text: block.text } : block)),
      };
      const all = { ...LOW, ...sizes, bytes: 4000 };
      for (const part of split(card, all)) expect(part.blocks.length).toBeLessThanOrEqual(sizes.blocks);
      const marked = (cards: readonly Card[]) =>
        squeezed(cards.flatMap((one) => plainLines({ ...one, title: "" }).filter((line) => !/ \(\d+\)$/.test(line))));
      expect(marked(split(card, { ...all, blocks: 50, bytes: 90_000 })).length).toBe(
        marked(split(bare, { ...all, blocks: 50, bytes: 90_000 })).length,
      );
      expect(split(card, all).length).toBeLessThan(card.blocks.length * 40 + 2);
    }),
    { numRuns: 150 },
  );
});
