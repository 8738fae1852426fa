import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import { parse, usageOf } from "../../src/commands/parser.ts";
import { tokensOf, typedWord, withoutOption } from "../../src/commands/tokens.ts";
import { ORDER } from "../support/given.ts";
import { fc } from "../support/seeded.ts";
import { sessionOfTest } from "../support/session.ts";

function parsed(line: string) {
  const tokens = tokensOf(line);
  return "misunderstood" in tokens ? tokens : parse(tokens, COMMANDS);
}

test("a command is written with its own words beside what they take", () => {
  const usages = COMMANDS.map((command) => usageOf(command));
  expect(usages).toContain("snooze REF [until DAY] [--off] [--past-expiry]");
  expect(usages).toContain("assign REF to PERSON… [--as assignee|owner]");
  expect(usages).toContain("operations [here] [--here] [--off]");
  expect(usages).toContain("show REF [--on DAY] [--known-at INSTANT]");
});

describe("words", () => {
  test.each([
    ["show  SAN-2023-018   --on 2024-04-04", ["show", "SAN-2023-018", "--on", "2024-04-04"]],
    ['note A-1 --text "two words"', ["note", "A-1", "--text", "two words"]],
    ["note A-1 --text 'it is \"so\"'", ["note", "A-1", "--text", 'it is "so"']],
    ["note A-1 --text “typographic ones”", ["note", "A-1", "--text", "typographic ones"]],
    ["note A-1 --text «à la française»", ["note", "A-1", "--text", "à la française"]],
    ['note A-1 --text="two words"', ["note", "A-1", "--text=two words"]],
    ["note A-1 —text x", ["note", "A-1", "--text", "x"]],
    ['respondent:"Exemple SA"', ["respondent:Exemple SA"]],
    ["l'affaire d'hier", ["l'affaire", "d'hier"]],
    ["   ", []],
  ])("%j", (line, words) => {
    expect(tokensOf(line)).toEqual(words);
  });

  test("a quote that is not closed is shown", () => {
    expect(tokensOf('note A-1 --text "two words')).toMatchObject({ misunderstood: "quote-open", args: { at: '"two words' } });
  });
});

describe("a word that is written into a line", () => {
  test.each([
    ["SAN-2023-018", "SAN-2023-018"],
    ["l'affaire", "l'affaire"],
    ["two words", '"two words"'],
    ['it\'s "so"', '“it\'s "so"”'],
    ["", '""'],
    [`"'”»`, null],
  ])("%j", (word, written) => {
    expect(typedWord(word)).toBe(written);
  });

  test("is read as it was, beside any other", () => {
    const word = fc.string({ unit: fc.constantFrom(..."ab=:-—\"'“”«» \n😀") }).map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const written = words.map(typedWord);
        fc.pre(!written.includes(null));
        expect(tokensOf(written.join(" "))).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("an option that is taken out of a line", () => {
  test.each([
    ["show A-1 --here", "show A-1 "],
    ["--here show A-1", " show A-1"],
    ["show A-1 —here --on 2024-04-04", "show A-1  --on 2024-04-04"],
    ['note A-1 --text "😀 --here" --here', 'note A-1 --text "😀 --here" '],
  ])("%j", (line, rest) => {
    expect(withoutOption(line, "--here")).toBe(rest);
  });

  test.each(['note A-1 --text "say --here now"', 'note A-1 --text "--here"', "show A-1 --hereabouts", 'note A-1 --text "open --here'])(
    "is not in %j",
    (line) => {
      expect(withoutOption(line, "--here")).toBeNull();
    },
  );
});

describe("a line", () => {
  test.each([
    ["a reference of several words is one", "show san 2023 018", { ref: "san 2023 018" }],
    ["an option may stand before its argument", "show --on 2024-04-04 SAN-2023-018", { ref: "SAN-2023-018", on: "2024-04-04" }],
    ["or hold its value by =", "show SAN-2023-018 --on=2024-04-04", { on: "2024-04-04" }],
    ["case of verbs and options counts for nothing", "SHOW SAN-2023-018 --ON 2024-04-04", { on: "2024-04-04" }],
    [
      "options that may be given several times are kept in order",
      "deadline --from 2025-04-30 --period P28D --period P6M --rule cure",
      { period: ["P28D", "P6M"] },
    ],
    [
      "the decision that an event is has a reference of its own",
      "closed SAN-2023-018 --on 2024-11-07 --ref SAN-2024-018",
      { ref: "SAN-2023-018", "option:ref": "SAN-2024-018" },
    ],
  ])("%s", (_name, line, values) => {
    expect(parsed(line)).toMatchObject({ values });
  });

  test.each([
    ["shw A-1", "verb-unknown", { near: "show" }],
    ["show A-1 --onn 2024-01-01", "option-unknown", { near: "--on" }],
    ["show A-1 --on 2023-02-30", "no-such-day", { name: "on", got: "2023-02-30" }],
    ["show A-1 --on 30/02/2023", "value-invalid", { name: "on", got: '"30/02/2023"' }],
    ["show A-1 --on 2024-01-01 --on 2024-01-02", "option-twice", { option: "--on" }],
    ["show A-1 --on", "option-needs-value", { option: "--on" }],
    ["show A-1 --on --known-at 2024-01-01T00:00:00Z", "option-needs-value", { option: "--on" }],
    ["show A-1 --known-at 2024-01-01", "value-invalid", { name: "known-at" }],
    ["show", "argument-missing", { name: "REF" }],
    ["verify now", "argument-extra", { got: "now" }],
    ["register CNIL A-1 X --kind sanktion", "value-invalid", { near: "sanction" }],
  ])("%s is not understood: %s", (line, misunderstood, args) => {
    expect(parsed(line)).toMatchObject({ misunderstood, args });
  });
});

test("whatever is typed is answered, and a question changes nothing", async () => {
  const session = await sessionOfTest();
  await session.bring(ORDER);
  const before = await session.head();
  const asking = COMMANDS.filter(({ access, terminalOnly }) => access === "reads" && terminalOnly !== true).map(({ verb }) => verb);
  const word = fc.oneof(
    fc.constantFrom(
      "SAN-2024-001",
      "a",
      "--on",
      "--json",
      "2024-03-10",
      "--comply",
      "--from",
      "--period",
      "P2M",
      "--rule",
      "cure",
      "state:accruing",
      "due:30d",
    ),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  );
  const line = fc.tuple(fc.oneof(fc.constantFrom(...asking), fc.string({ maxLength: 8 })), fc.array(word, { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(line, async ([verb, words]) => {
      const typed = [verb, ...words].join(" ");
      fc.pre(!COMMANDS.some((command) => command.access === "writes" && command.verb === verb.trim().toLowerCase()));
      const { status, errors, cards } = await session.type(typed);
      expect(status === 0 ? cards.length : errors.length).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
  expect(await session.head()).toBe(before);
});
