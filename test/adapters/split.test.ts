import { describe, expect, test } from "vitest";
import { sizeOfBlock } from "../../adapters/chat/shared/blocks.ts";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { split } from "../../adapters/chat/shared/split.ts";
import { cutText, wordsOf } from "../../adapters/chat/shared/text.ts";
import { isBalanced } from "../../src/matter/turns.ts";
import type { Block, Card, CardLimits, Text } from "../../src/ports/card.ts";
import { fc } from "../support/seeded.ts";
import { anyCard } from "./any-card.ts";

const words = fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.lorem({ maxCount: 60 }), fc.constant("<!channel>\n*x* & 😀"));
const card = anyCard(words);
const limits: fc.Arbitrary<CardLimits> = fc.record({
  titleCharacters: fc.integer({ min: 20, max: 150 }),
  textCharacters: fc.integer({ min: 80, max: 3000 }),
  blocks: fc.integer({ min: 1, max: 50 }),
  factsPerBlock: fc.integer({ min: 1, max: 10 }),
  actionsPerBlock: fc.integer({ min: 1, max: 6 }),
  labelCharacters: fc.integer({ min: 20, max: 75 }),
  commandCharacters: fc.integer({ min: 20, max: 200 }),
});

/** Everything that a reader can read, in order, without what stands between the pieces. */
function contentOf(cards: readonly Card[]): string {
  const [first] = cards;
  return squeezed(
    cards
      .map((card, index) => (index === 0 ? first!.title : "") + card.blocks.map((block) => blockContent(block, index + 1)).join(""))
      .join(""),
  );
}

function blockContent(block: Block, part: number): string {
  switch (block.kind) {
    case "text":
    case "note":
      return content(block.text);
    case "facts":
      return block.facts.map((fact) => fact.label + content(fact.value)).join("");
    case "rows":
      return (block.heading.at(-1) === ` (${part})` ? "" : content(block.heading)) + block.rows.flat().map(content).join("");
    case "chart":
      return block.title + block.summary + block.points.map(({ label, shown }) => label + shown).join("");
    case "actions":
      return block.actions.map((action) => action.label + action.command).join("");
  }
}

/** A link's address is compared apart, since a link that is cut carries it twice. */
function content(text: Text): string {
  return text.map(wordsOf).join("");
}

/** Spaces, and the brackets around an address that is written out, are the only characters that splitting adds. */
function squeezed(text: string): string {
  return text.replaceAll(/\s/g, "");
}

function isWithin(card: Card, limits: CardLimits): boolean {
  return (
    card.title.length <= limits.titleCharacters &&
    card.blocks.length <= limits.blocks &&
    card.blocks.every(
      (block) =>
        sizeOfBlock(block) <= limits.textCharacters &&
        (block.kind !== "facts" || block.facts.length <= limits.factsPerBlock) &&
        (block.kind !== "actions" ||
          (block.actions.length <= limits.actionsPerBlock &&
            block.actions.every(
              (action) => action.label.length <= limits.labelCharacters && action.command.length <= limits.commandCharacters,
            ))),
    )
  );
}

/** A link whose address takes more than half of the room at hand is written out: such links are for the example below. */
function hasOrdinaryLinks(card: Card, limits: CardLimits): boolean {
  return !JSON.stringify(card, (_, value) => (value?.href?.length > limits.textCharacters / 4 - 10 ? "LONG" : value)).includes('"LONG"');
}

describe("a card is split to its platform's limits", () => {
  test("and every character of it survives, in order, whatever the card and the limits", () => {
    fc.assert(
      fc.property(card, limits, (card, limits) => {
        fc.pre(hasOrdinaryLinks(card, limits));
        expect(contentOf(split(card, limits))).toBe(contentOf([card]));
      }),
      { numRuns: 1000 },
    );
  });

  test("and each part is within the limits, with titles marked in order", () => {
    fc.assert(
      fc.property(card, limits, (card, limits) => {
        const parts = split(card, limits);
        expect(parts.filter((part) => !isWithin(part, limits))).toEqual([]);
        for (const [index, part] of parts.entries()) expect(index === 0 || part.title.endsWith(` (${index + 1})`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("and each part is within the bytes where the platform counts bytes", () => {
    const measure = (card: Card) => Buffer.byteLength(JSON.stringify(card));
    fc.assert(
      fc.property(card, limits, (card, limits) => {
        const parts = split(card, { ...limits, blocks: 50, bytes: 6000 }, measure);
        expect(parts.map(measure).filter((bytes) => bytes > 6000)).toEqual([]);
      }),
    );
  });

  test("and a message of rows is as full as its rows allow, with no heading left behind at its end", () => {
    const rows = Array.from({ length: 100 }, (_, row) => [[`M-${String(row).padStart(3, "0")} ${".".repeat(90)}`]]);
    const blocks: readonly Block[] = [
      { kind: "rows", heading: ["First"], rows },
      { kind: "text", text: [{ bold: "What else there is" }] },
      { kind: "rows", heading: ["Second"], rows },
    ];
    const parts = split({ title: "Digest", tone: "calm", blocks }, { ...ROOMY, bytes: 4_000 });
    expect(parts).toHaveLength(Math.ceil(Buffer.byteLength(plainText({ title: "", tone: "calm", blocks })) / 3_900));
    for (const part of parts.slice(0, -1)) expect(Buffer.byteLength(plainText(part))).toBeGreaterThan(3_700);
    for (const part of parts) expect(part.blocks.at(-1)).toMatchObject({ kind: "rows", rows: expect.arrayContaining([expect.anything()]) });
  });

  test("and a heading that finds no room for a line of its own goes with its lines", () => {
    const rows = (name: string, count: number) => Array.from({ length: count }, (_, row) => [[`${name} ${row} ${".".repeat(80)}`]]);
    const blocks: readonly Block[] = [
      { kind: "rows", heading: ["First"], rows: rows("one", 10) },
      { kind: "text", text: [{ bold: "What else there is" }] },
      { kind: "rows", heading: ["Second"], rows: rows("two", 2) },
    ];
    const [first, second] = split({ title: "Digest", tone: "calm", blocks }, { ...ROOMY, bytes: 950 });
    expect(first.blocks).toEqual([blocks[0]]);
    expect(second?.blocks).toEqual([blocks[1], blocks[2]]);
  });

  test("and a card within the limits stays as it is", () => {
    const card: Card = { title: "A matter", tone: "soon", blocks: [{ kind: "text", text: ["Comply by Sunday"] }] };
    expect(split(card, ROOMY)).toEqual([card]);
  });

  test("and a list of 300 rows goes on under its heading in the next message", () => {
    const rows = Array.from({ length: 300 }, (_, row) => [[`M-${row}`], ["EUR 150 for each day of delay"]]);
    const parts = split({ title: "Digest", tone: "calm", blocks: [{ kind: "rows", heading: ["Overdue"], rows }] }, { ...ROOMY, blocks: 3 });
    expect(parts.map((part) => part.title)).toEqual(["Digest", "Digest (2)"]);
    expect(parts[1]!.blocks[0]).toMatchObject({ kind: "rows", heading: ["Overdue", " (2)"] });
    for (const [cell] of rows) expect(parts.map(plainText).join("\n")).toContain(cell![0]);
  });

  test("and a link whose address is longer than a block is written out whole", () => {
    const href = `https://example.org/${"a".repeat(3000)}`;
    const parts = split({ title: "Source", tone: "calm", blocks: [{ kind: "text", text: [{ link: "decision", href }] }] }, ROOMY);
    expect(squeezed(contentOf(parts))).toBe(`Sourcedecision(${href})`);
  });

  test("and words are not broken where a line or a word ends", () => {
    const sentence = "Comply and send the evidence. ".repeat(20);
    const [part] = split({ title: "T", tone: "calm", blocks: [{ kind: "text", text: [sentence] }] }, { ...ROOMY, textCharacters: 100 });
    for (const block of part.blocks) expect(block.kind === "text" && /\s$/.test(content(block.text))).toBe(true);
  });
});

const ROOMY: CardLimits = {
  titleCharacters: 150,
  textCharacters: 2900,
  blocks: 50,
  factsPerBlock: 10,
  actionsPerBlock: 5,
  labelCharacters: 75,
  commandCharacters: 2000,
};

const [FSI, PDI] = ["\u2068", "\u2069"];

describe("what keeps right-to-left letters to themselves", () => {
  const name = "חברת דוגמה בע״מ ".repeat(60).trim();
  const limits = { titleCharacters: 90, textCharacters: 200, blocks: 50, factsPerBlock: 10, actionsPerBlock: 5 } as CardLimits;

  test("is ended where a text is cut and begun again behind it, so that each piece reads as it stands", () => {
    const title = `SAN-2023-018 · ${FSI}${name.slice(0, 130)}${PDI} · 5 days left`;
    const said: Text = [`Note: ${FSI}${name}${PDI} · 900 EUR of 2024-05-01\n`, { bold: `${FSI}${name}${PDI} 7` }];
    const whole: Card = { title, tone: "calm", blocks: [{ kind: "text", text: said }] };
    const parts = split(whole, limits);
    const texts = parts.flatMap(({ title, blocks }) => [
      title,
      ...blocks.flatMap((block) => (block.kind === "text" ? block.text.map(wordsOf) : [])),
    ]);
    expect(texts.length).toBeGreaterThan(8);
    for (const text of texts) expect(isBalanced(text), text).toBe(true);
    for (const text of texts) expect(text, text).not.toContain(`${FSI}${PDI}`);
    for (const part of parts) expect(isWithin(part, { ...limits, labelCharacters: 75, commandCharacters: 2000 })).toBe(true);
    const bare = (text: string) => squeezed(text).replaceAll(/[\u2068\u2069]/g, "");
    expect(bare(contentOf(parts))).toBe(bare(contentOf([whole])));
  });

  test("is cut to an end where there is no room at all", () => {
    for (const size of [-3, 0, 1])
      expect(
        cutText([`${FSI}a😀${PDI}`], size)
          .flat()
          .map(wordsOf)
          .join(""),
      ).toContain("a😀");
  });

  test("is ended in pieces of any size, and no character is lost", () => {
    const piece = fc.oneof(
      fc.constantFrom(`${FSI}חברת דוגמה${PDI}`, `${FSI}א ${FSI}בג${PDI} ד${PDI}`, "900 EUR ", "\n", "😀"),
      fc.lorem({ maxCount: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 12, max: 60 }), (pieces, size) => {
        const text = pieces.join("");
        const cut = cutText([text], size).map((one) => one.map(wordsOf).join(""));
        for (const one of cut) {
          expect(isBalanced(one)).toBe(true);
          expect(one.length).toBeLessThanOrEqual(size);
        }
        expect(cut.join("").replaceAll(/[\u2068\u2069]/g, "")).toBe(text.replaceAll(/[\u2068\u2069]/g, ""));
      }),
    );
  });
});
