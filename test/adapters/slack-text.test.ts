import { describe, expect, test } from "vitest";
import { cutToBytes, escapeText, readTyped, unescapeText } from "../../adapters/chat/slack/text.ts";
import { fc } from "../support/seeded.ts";

const MORE = "\n…";

test("what is isolated in a text that is cut to bytes is ended at the cut, within the bytes", () => {
  for (let bytes = 60; bytes < 120; bytes++) {
    const cut = cutToBytes(`Note: \u2068${"אבג דהו ".repeat(20).trim()}\u2069`, bytes);
    expect(cut).toMatch(/^Note: \u2068[^\u2069]+\u2069\n…$/);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
  }
});

test("what is isolated in a text that there is hardly room for leaves the word that more follows", () => {
  for (const bytes of [16, 17, 20]) expect(cutToBytes(`\u2068${"אבג".repeat(20)}\u2069`, bytes)).toBe(MORE);
});

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

describe("a link that Slack has made of what was typed", () => {
  test.each([
    ["a host's name", 'register CNIL A-1 "<http://Booking.com|Booking.com> B.V."', 'register CNIL A-1 "Booking.com B.V."'],
    ["one alone in its quotes", 'register CNIL A-1 "<http://Booking.com|Booking.com>"', 'register CNIL A-1 "Booking.com"'],
    ["one whose letters and slash Slack has made its own", "register <http://booking.com/|Booking.com>", "register Booking.com"],
    ["an address of mail", 'order "mail <mailto:dpo@x.fr|dpo@x.fr>"', 'order "mail dpo@x.fr"'],
    [
      "a telephone number",
      'note "call <tel:+33153732222|+33 (0)1.53>, <tel:0153732222|01 53-73.22 22>"',
      'note "call +33 (0)1.53 (tel:+33153732222), 01 53-73.22 22"',
    ],
    ["an address with its scheme", "evidence --source <https://cnil.fr/a?b=1&amp;c=2>", "evidence --source https://cnil.fr/a?b=1&c=2"],
    ["one without", "evidence --source <http://cnil.fr/a?b=1&amp;c=2|cnil.fr/a?b=1&amp;c=2>", "evidence --source cnil.fr/a?b=1&c=2"],
    ["one with a slash that Slack added", "evidence --source <https://cnil.fr/|https://cnil.fr>", "evidence --source https://cnil.fr"],
    ["letters beyond ASCII", 'note "<http://xn--crdit-csa.fr/%C3%A9|crédit.fr/é>"', 'note "crédit.fr/é"'],
  ])("is read as it was typed: %s", (_what, typed, read) => {
    expect(readTyped(typed, "T1")).toBe(read);
  });

  test("is read the same where the app has links sent as they are typed", () => {
    const typed = 'register CNIL A-1 "Booking.com B.V." --order "mail dpo@x.fr &lt;now&gt;" --source https://cnil.fr/a';
    expect(readTyped(typed, "T1")).toBe('register CNIL A-1 "Booking.com B.V." --order "mail dpo@x.fr <now>" --source https://cnil.fr/a');
  });
});

describe("a link that leads elsewhere than its words say", () => {
  test.each([
    ['note "see <https://evil.example|cnil.fr>"', 'note "see cnil.fr (https://evil.example)"'],
    ['note "see <http://cnil.fr.evil.example|cnil.fr>"', 'note "see cnil.fr (http://cnil.fr.evil.example)"'],
    ['note "see <http://cnil.fr/a|https://cnil.fr/a>"', 'note "see https://cnil.fr/a (http://cnil.fr/a)"'],
    ['note "see <http://cnil.fr/A|cnil.fr/a>"', 'note "see cnil.fr/a (http://cnil.fr/A)"'],
    ['note "see <http://cnil.fr|сnil.fr>"', 'note "see сnil.fr (http://cnil.fr)"'],
    ['note "write to <mailto:a@evil.example|dpo@x.fr>"', 'note "write to dpo@x.fr (mailto:a@evil.example)"'],
    ['note "write to <http://x.fr|mailto:x.fr>"', 'note "write to mailto:x.fr (http://x.fr)"'],
    // A word by itself may be meant for the program, which wants the address.
    ["evidence --source <https://cnil.fr/a|the decision>", "evidence --source https://cnil.fr/a"],
    ['evidence --source "<https://cnil.fr/a|the decision>"', 'evidence --source "https://cnil.fr/a"'],
  ])("%s is read as %s: nothing of it is lost", (typed, read) => {
    expect(readTyped(typed, "T1")).toBe(read);
  });
});
