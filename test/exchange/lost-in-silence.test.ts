import { describe, expect, test } from "vitest";
import { problemText } from "../../src/cards/findings.ts";
import { parseMatterFile } from "../../src/exchange/matter-file.ts";
import { ORDER } from "../support/given.ts";

/** Line and sentence of each problem of a file. */
function problemsOf(file: string, text: string, language: "en" | "fr" = "en"): readonly (readonly [number | null, string])[] {
  const result = parseMatterFile(file, text);
  return "parsed" in result ? [] : result.problems.map(({ line, problem }) => [line, problemText(language, problem)]);
}

/** The good matter as JSON with one thing changed. */
function spoilt(from: string, to: string): string {
  const good = JSON.stringify({ matters: [ORDER] });
  if (!good.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return good.replace(from, to);
}

describe("a JSON file is refused where a part of it would be dropped or changed without a word", () => {
  test("each key that stands twice at one place is told with its line, however it is spelt", () => {
    const text = '{"matters": [{\n"ref": "A",\n"r\\u0065f": "B",\n"items": [{"id": "a",\n"id": "b"}],\n"events": [1],\n"events": []\n}]}';
    expect(problemsOf("a.json", text)).toEqual([
      [3, "This cannot be read as JSON: the key ref stands twice in one place; each key may stand there once"],
      [5, "This cannot be read as JSON: the key id stands twice in one place; each key may stand there once"],
      [7, "This cannot be read as JSON: the key events stands twice in one place; each key may stand there once"],
    ]);
    expect(problemsOf("a.json", text, "fr")[0]![1]).toMatch(
      /^Ceci ne se lit pas comme du JSON.*: la clé ref figure deux fois au même endroit/,
    );
  });

  test("the same key in two objects, and a text that looks like one, are no key that stands twice", () => {
    const text = spoilt('"respondent":"Exemple SA"', '"respondent":"{\\"ref\\": 1, \\"ref\\\\","links":[]');
    expect(problemsOf("a.json", text)).toEqual([]);
  });

  test.each([
    ["1.00000000000000000001", "1"],
    ["10000000000000000001e-19", "1"],
    ["0.99999999999999999999999", "1"],
  ])("the number %s, which would be read as %s", (number, kept) => {
    const text = spoilt('"rate":"100"', `"rate":"100","cap":{"units":${number}}`);
    expect(problemsOf("a.json", text)).toEqual([
      [1, expect.stringContaining(`the number ${number} would be read as ${kept}; write a whole number`)],
    ]);
  });

  test.each(["60", "60.0", "6e1", "0.6e2", "600E-1"])("the number %s is sixty", (number) => {
    expect(problemsOf("a.json", spoilt('"rate":"100"', `"rate":"100","cap":{"units":${number}}`))).toEqual([]);
  });

  test("a number beyond those that are kept exactly is refused at its field", () => {
    const text = spoilt('"rate":"100"', '"rate":"100","cap":{"units":9007199254740993}');
    expect(problemsOf("a.json", text)).toEqual([[1, expect.stringMatching(/^matters\[0\]\.items\[0\]\.penalty\.cap\.units: /)]]);
  });

  test("half of a character, in a text or a key; a whole one in two halves is taken", () => {
    expect(problemsOf("a.json", spoilt("Exemple SA", "Exemple \\ud83d"))).toEqual([
      [1, expect.stringContaining("one half of a character")],
    ]);
    expect(problemsOf("a.json", spoilt("Exemple SA", "Exemple \\ud83d\\ude00"))).toEqual([]);
  });

  test("ten thousand matters and a list that is nested very deeply are looked through once", () => {
    const many = JSON.stringify({ matters: Array.from({ length: 10_000 }, (_, index) => ({ ...ORDER, ref: `A-${index}` })) });
    expect(problemsOf("a.json", many)).toEqual([]);
    expect(problemsOf("a.json", `{"a": 1,\n"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`)).toHaveLength(1);
  });
});

describe("so is a YAML file", () => {
  test("with a key that stands twice, each told", () => {
    expect(problemsOf("a.yaml", 'matters:\n  - ref: A\n    "ref": B\n    tags: [a]\n    tags: [b]\n')).toEqual([
      [3, "This cannot be read as YAML: the key ref stands twice in one place; each key may stand there once"],
      [5, "This cannot be read as YAML: the key tags stands twice in one place; each key may stand there once"],
    ]);
  });

  test("with an alias as a key, which would take the place of one that is there", () => {
    expect(problemsOf("a.yaml", "matters:\n  - { &k ref: A,\n      *k : B }\n")).toEqual([
      [3, expect.stringContaining("a key cannot be read")],
    ]);
  });

  test("with a number that would be another one, and half of a character", () => {
    const text = 'matters:\n  - ref: A\n    units: 1.00000000000000000001\n    title: "\\ud83d"\n';
    expect(problemsOf("a.yaml", text)).toEqual([
      [3, expect.stringContaining("would be read as 1;")],
      [4, expect.stringContaining("one half of a character")],
    ]);
  });
});

test.each(["a.json", "a.yaml"])("%s: a key that no object can hold is refused where a correction sets it, and not left out", (file) => {
  const set = JSON.parse('{"text": "b", "__proto__": "c"}');
  const events = [
    { on: "2024-03-01", type: "note", text: "a", id: "n" },
    { on: "2024-03-02", type: "corrected", event: "n", because: "typed wrongly", set },
  ];
  const text = JSON.stringify({ matters: [{ ...ORDER, events }] });
  expect(problemsOf(file, text)).toEqual([[1, "matters[0].events[1].set.__proto__: __proto__ is not known here"]]);
});
