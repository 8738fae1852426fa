import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutToBytes, escapeText, readTyped, unescapeText } from "../../adapters/chat/slack/text.ts";

const MORE = "\n…";

describe("a text that Slack takes so many bytes of", () => {
  test("stays as it is where it fits, to the last byte", () => {
    expect(cutToBytes("é".repeat(50), 100)).toBe("é".repeat(50));
    expect(cutToBytes("é".repeat(50), 99)).toBe("é".repeat(47) + MORE);
  });

  test("is cut after a line, else after a word: no figure is cut in two", () => {
    const lines = Array.from({ length: 20 }, (_, line) => `line ${line}: EUR 1,234.50`);
    expect(cutToBytes(lines.join("\n"), 100)).toBe(lines.slice(0, 4).join("\n") + MORE);
    expect(cutToBytes("EUR 1,234.50 ".repeat(20), 28)).toBe(`EUR 1,234.50 EUR${MORE}`);
  });

  test("never breaks a character, nor what stands for an escaped one, whatever it is", () => {
    const pieces = fc.constantFrom("&", "<", ">", "&amp;", "é", "😀", "\n", " ", "€ 1,234", "word");
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 60 }).map((all) => all.join(""));
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 200 }), (bare, bytes) => {
        const text = escapeText(bare.toWellFormed());
        const cut = cutToBytes(text, bytes);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
        const isWhole = Buffer.byteLength(text) <= bytes;
        const kept = isWhole ? cut : cut.slice(0, -MORE.length);
        expect(isWhole ? kept : kept + MORE).toBe(isWhole ? text : cut);
        expect(text.startsWith(kept)).toBe(true);
        expect(kept.isWellFormed()).toBe(true);
        expect(escapeText(unescapeText(kept))).toBe(kept);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what was typed behind the command", () => {
  test.each([
    ["assign A-1 to <@U0BOB|bob>", "assign A-1 to slack:T1/U0BOB"],
    ["escalate --to <#C0ONE|general> --after 4h", "escalate --to slack:T1/C0ONE --after 4h"],
    ['escalate --to "<#C0ONE|general>" --after 4h', 'escalate --to "slack:T1/C0ONE" --after 4h'],
    ['note A-1 --text "told <@U0BOB|bob> in <#C0ONE|general>"', 'note A-1 --text "told slack:T1/U0BOB in #general"'],
    ["note A-1 --text “in <#C0ONE|general> &amp; <#C0TWO|>”", "note A-1 --text “in #general & slack:T1/C0TWO”"],
    [
      'note A-1 --text "told <!subteam^S0LEGAL|@legal>, <!here> and <!channel|channel>"',
      'note A-1 --text "told @legal, @here and @channel"',
    ],
    ["assign A-1 to <!subteam^S0LEGAL|@legal>", "assign A-1 to <!subteam^S0LEGAL|@legal>"],
  ])("%s is read as %s", (typed, read) => {
    expect(readTyped(typed, "T1")).toBe(read);
  });
});
