import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Card } from "../../src/ports/card.ts";
import { ANA, sessionAt } from "../commands/places.ts";

/** Every label of the cards' facts. */
function labelsOf(cards: readonly Card[]): readonly string[] {
  return cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "facts" ? block.facts.map(({ label }) => label) : []));
}

test.each(["settings --lang fr", "watch", "help paid", "mine"])(
  "a French label stands with a no-break space before its colon: %s",
  async (line) => {
    const { type } = await sessionAt("2024-02-22T09:00:00Z");
    const { cards } = await type(line, { ...ANA, language: "fr" });
    expect(labelsOf(cards)).not.toEqual([]);
    expect(labelsOf(cards).filter((label) => !label.endsWith("\u00a0"))).toEqual([]);
    const lines = cards.map(plainText).join("\n");
    expect(lines).not.toMatch(/\p{L}: (?!\/\/)/u);
  },
);

test("an English label has its colon at once", async () => {
  const { type } = await sessionAt("2024-02-22T09:00:00Z");
  const { cards } = await type("watch", ANA);
  expect(labelsOf(cards)).toContain("Digest");
  expect(labelsOf(cards).filter((label) => /\s$/.test(label))).toEqual([]);
});
