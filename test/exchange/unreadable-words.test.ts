import { expect, test } from "vitest";
import { problemText } from "../../src/cards/findings.ts";
import { parseMatterFile } from "../../src/exchange/matter-file.ts";

const ENTRY = "matters:\n  - ref: A\n";

/** Files that their readers refuse: a name, the file's ending, its text, the line, what is allowed in English and in French. */
const UNREADABLE: readonly (readonly [string, string, string, number, RegExp, RegExp])[] = [
  ["an entry out of line", "yaml", `${ENTRY}    tags:\n      - a\n     - b\n`, 5, /same column/, /même colonne/],
  ["two documents", "yaml", `${ENTRY}---\n${ENTRY}`, 3, /second document.*a file holds one/, /second document.*un seul/],
  ["a tab", "yaml", "matters:\n\t- ref: A\n", 2, /indent with spaces/, /mettez des espaces/],
  ["a key out of line", "yaml", `${ENTRY}   title: b\n`, 3, /same column/, /même colonne/],
  ["a comma that lacks", "yaml", `${ENTRY}    tags: [a, "b" "c"]\n`, 3, /a comma between/, /une virgule entre/],
  ["an open quotation", "yaml", `${ENTRY}    title: "b\n`, 4, /is not closed/, /n’est pas fermé/],
  ["a bracket too many", "yaml", `${ENTRY}    tags: [a]]\n`, 3, /close each bracket/, /fermez chaque crochet/],
  ["a sign that begins no text", "yaml", `${ENTRY}    title: @b\n`, 3, /in quotation marks/, /entre guillemets droits/],
  ["an escape that is none", "yaml", `${ENTRY}    title: "C:\\q"\n`, 3, /\\\\ for a backslash/, /\\\\ pour une barre/],
  ["an alias of nothing", "yaml", `${ENTRY}    title: *b\n`, 3, /one anchor of that name/, /une ancre de ce nom/],
  ["two keys in a line", "yaml", `${ENTRY}    title: Order: c\n`, 3, /a line of its own/, /sa propre ligne/],
  ["a key without a value", "yaml", `${ENTRY}    title\n    kind: b\n`, 3, /followed by a colon/, /suivi de deux-points/],
  [
    "lines in brackets",
    "yaml",
    `${ENTRY}    tags: [\n      - a ]\n`,
    4,
    /in brackets|close each bracket/,
    /entre crochets|fermez chaque crochet/,
  ],
  ["a tag", "yaml", `${ENTRY}    title: !!str !!str b\n`, 3, /leave it out/, /retirez-la/],
  ["an end too early", "json", '{"matters": [\n{"ref": "A"', 2, /close each text, list and object/, /fermez chaque texte/],
  ["a comment", "json", '{"matters": [\n{"ref": "A", /* b */ "c": 1}]}', 2, /no comment anywhere/, /aucun commentaire/],
  ["a comma too many", "json", '{"matters": [1,\n]}', 2, /no comma.*before a closing bracket/, /aucune virgule/],
  ["a colon that lacks", "json", '{"matters": [\n{"ref" "A"}]}', 2, /a colon after a key/, /deux-points après une clé/],
  ["a line end in a text", "json", '{"matters": [\n{"ref": "A\n"}]}', 2, /\\n for the end of a line/, /\\n pour une fin de ligne/],
  ["two objects", "json", '{"matters": []}\n{"matters": []}', 2, /a file holds one object/, /un seul objet/],
];

/** Words that a reader's own messages are made of: functions, tokens, code. */
const OF_A_LIBRARY =
  /\w\(\)|YAML\.|JSON\.|\btoken\b|implicit|scalar|indicator|directive-end|parse[A-Z]|Unexpected|Expected|Bad |Missing |must /;

test.each(UNREADABLE)(
  "%s in %s is told with its line and with what is allowed, in the reader's language",
  (_name, ending, text, line, en, fr) => {
    const result = parseMatterFile(`a.${ending}`, text);
    if ("parsed" in result) throw new Error("it was taken");
    const [found] = result.problems;
    expect(result.problems).toHaveLength(1);
    const [english, french] = (["en", "fr"] as const).map((language) => problemText(language, found!.problem));
    expect([found!.line, english, french]).toEqual([line, expect.stringMatching(en), expect.stringMatching(fr)]);
    expect(english).not.toMatch(OF_A_LIBRARY);
    expect(french).not.toMatch(OF_A_LIBRARY);
    expect(french).not.toMatch(/\b(the|of|is|here)\b/);
  },
);

test("brackets that are nested too deeply are told in words of ours", () => {
  const result = parseMatterFile("a.yaml", `matters: ${"[".repeat(20_000)}`);
  if ("parsed" in result) throw new Error("it was taken");
  expect(problemText("fr", result.problems[0]!.problem)).toMatch(/^Ceci ne se lit pas comme du YAML/);
  expect(problemText("fr", result.problems[0]!.problem)).not.toMatch(OF_A_LIBRARY);
});
