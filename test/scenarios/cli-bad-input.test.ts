import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { LARGEST_FILE } from "../../src/exchange/largest-file.ts";
import { deskIn, folderOfFile } from "../support/cli.ts";

/** Every bad file of a register that holds one matter: in words, with file and line, exit status 1, and nothing recorded. */
const desk = deskIn(folderOfFile());

const GOOD = `matters:
  - ref: A-1
    authority: CNIL
    respondent: Exemple SA
    kind: sanction
    decided: 2024-01-02
    notified: 2024-01-05
    fines:
      - { id: fine, amount: "5000" }
    items:
      - id: a
        cure: { period: P2M, from: notified }
        penalty: { rate: "100", per: day }
    events:
      - { on: 2024-03-15, type: paid, amount: "100", for: fine }
      - { on: 2024-03-16, type: complied, item: a }
`;

/** The good file of another matter with one thing changed. */
function spoilt(from: string | RegExp, to: string): string {
  const other = GOOD.replace("A-1", "B-2");
  const changed = other.replace(from, to);
  if (changed === other) throw new Error(`nothing to replace: ${from}`);
  return changed;
}

const ALIASES = ["a", "b", "c", "d", "e", "f", "g", "h"].map((name, index, all) => {
  const inner = index === 0 ? "x" : `*${all[index - 1]}`;
  return `${name}: &${name} [${Array(10).fill(inner).join(", ")}]`;
});

/** What is wrong, the file, the line (null where none can be named), what is said, and its code. */
const BAD: readonly (readonly [string, string, string, number | null, RegExp, string])[] = [
  [
    "an unknown key",
    "key.yaml",
    spoilt("respondent:", "respondnt: X\n    respondent:"),
    4,
    /respondnt is not known.*respondent/,
    "key-unknown",
  ],
  ["a day that is none", "day.yaml", spoilt("2024-01-02", "2023-02-30"), 6, /calendar.*2024-02-18/, "day"],
  ["a decision in the future", "future.yaml", spoilt("2024-01-02", "2199-01-02"), 6, /2199.*future/, "day-in-future"],
  ["a negative amount", "negative.yaml", spoilt('"5000"', '"-5000"'), 9, /no sign/, "amount-or-unknown"],
  ["a scientific amount", "scientific.yaml", spoilt('"5000"', '"5e3"'), 9, /no exponent/, "amount-or-unknown"],
  ["an unquoted amount", "unquoted.yaml", spoilt('"5000"', "5000.00"), 9, /quotes/, "unquoted-number"],
  ["an amount with separators", "separators.yaml", spoilt('"5000"', '"5,000"'), 9, /separators/, "amount-or-unknown"],
  ["too many decimals", "decimals.yaml", spoilt('"5000"', '"5000.005"'), 9, /decimals.*EUR has 2/, "amount-decimals"],
  ["a currency that does not exist", "currency.yaml", spoilt("kind:", "currency: EUX\n    kind:"), 5, /ISO 4217/, "currency"],
  ["an authority that nobody knows", "authority.yaml", spoilt("CNIL", "CNILL"), 3, /CNILL/, "authority-unknown"],
  ["one matter twice", "twice.yaml", GOOD + GOOD.replace("matters:\n", "").replace("A-1", "a 1"), 17, /twice.*line 2/, "matter-twice"],
  ["a penalty without a unit", "unit.yaml", spoilt(", per: day", ""), 13, /day.*week.*turnover-day/, "required-one-of"],
  ["a unit that is none", "fortnight.yaml", spoilt("per: day", "per: fortnight"), 13, /day.*week.*P2W/, "unit"],
  ["events out of order", "order.yaml", spoilt("2024-03-16", "2024-03-14"), 16, /order.*2024/, "events-out-of-order"],
  ["an event of no known type", "type.yaml", spoilt("type: paid", "type: payed"), 15, /paid/, "event-type"],
  ["an event that makes no sense", "sense.yaml", spoilt("type: complied", "type: rejected"), 16, /claim/i, "no-claim"],
  [
    "a rule that nobody has written",
    "rule.yaml",
    spoilt("from: notified }", "from: notified, rule: cur }"),
    12,
    /cure.*eu-1182-71/,
    "rule-unknown",
  ],
  ["a file that is not YAML", "not.yaml", "matters:\n  - ref: {\n", 3, /YAML/, "file-not-yaml"],
  ["two keys of one name", "keys.yaml", spoilt("kind:", "ref: C-3\n    kind:"), 5, /YAML/, "file-not-yaml"],
  ["a file that is not JSON", "not.json", '{"matters": [\n{"ref": }\n]}', 2, /JSON/, "file-not-json"],
  ["a text instead of matters", "text.yaml", "Dear Sir\n", 1, /matters/, "file-no-matters"],
  ["an empty file", "empty.yaml", "", null, /empty/, "file-empty"],
  ["a file of blanks", "blank.json", " \n\n", null, /empty/, "file-empty"],
  ["a file of another kind", "matters.csv", "a,b\n", null, /\.yaml.*\.json/, "file-kind"],
  ["aliases that multiply", "aliases.yaml", `${ALIASES.join("\n")}\nmatters: *h\n`, null, /aliases.*100/, "file-aliases"],
  ["a __proto__ key in YAML", "proto.yaml", spoilt("kind:", "__proto__: { currency: EUR }\n    kind:"), 5, /__proto__/, "key-unknown"],
  [
    "a __proto__ key in JSON",
    "proto.json",
    '{"matters": [\n{"ref": "B-2", "__proto__": {"kind": "sanction"}}\n]}',
    2,
    /__proto__/,
    "key-unknown",
  ],
];

async function headOf(): Promise<object> {
  const store = await openStore({ url: `sqlite:${join(desk.folder, "x.db")}` });
  try {
    return await store.ledger.head();
  } finally {
    await store.close();
  }
}

let before: object;
beforeAll(async () => {
  desk.write("good.yaml", GOOD);
  await desk.ask("import", "good.yaml");
  before = await headOf();
});

describe("a bad file is refused in words, and the register is as it was", () => {
  test.concurrent.each(BAD)("%s", async (_name, file, content, line, text, code) => {
    desk.write(file, content);
    const { status, out, err } = await desk.call("import", file, "--json");
    const at = err.split("\n").filter((told) => told.startsWith(line === null ? `${file}: ` : `${file}:${line}: `));
    expect({ status, err }).toEqual({ status: 1, err: expect.stringMatching(text) });
    expect(at.join("\n"), err).toMatch(text);
    expect(err).not.toMatch(/\n\s+at |node:internal/);
    const { error } = JSON.parse(out);
    expect(error.problems).toContainEqual({ file, line, code, text: expect.stringMatching(text) });
    expect(await headOf()).toEqual(before);
  });

  test.concurrent.each([
    ["a folder", "folder.yaml", /folder/, "file-is-directory"],
    ["a file that is not there", "missing.yaml", /no file missing\.yaml/, "file-not-found"],
    ["a file over the limit", "large.yaml", /20,971,521.*20,971,520/, "file-too-large"],
    ["bytes that are no text", "bytes.yaml", /UTF-8/, "file-unreadable"],
  ])("%s", async (_name, file, text, code) => {
    if (file === "folder.yaml") mkdirSync(join(desk.folder, file));
    if (file === "large.yaml") desk.write(file, new Uint8Array(LARGEST_FILE + 1).fill(32));
    if (file === "bytes.yaml") desk.write(file, new Uint8Array([0x6d, 0xff, 0xfe]));
    const { status, out, err } = await desk.call("import", file, "--json");
    expect({ status, err }).toEqual({ status: 1, err: expect.stringMatching(text) });
    expect(JSON.parse(out).error).toMatchObject({ code, file });
    expect(await headOf()).toEqual(before);
  });

  test("and it holds", async () => {
    expect(await desk.ask<object>("verify")).toEqual({ events: 3, erased: 0, head: expect.any(String), ok: true });
  });
});

describe("everything that is wrong is told at once", () => {
  test("in one file", async () => {
    const content = spoilt("respondent:", "respondnt: X\n    respondent:").replace("2024-01-02", "2023-02-30").replace('"5000"', "5000");
    desk.write("several.yaml", content);
    const { status, err } = await desk.call("import", "several.yaml");
    expect(status).toBe(1);
    expect(err.split("\n").map((line) => line.split(": ")[0])).toEqual(["several.yaml:4", "several.yaml:7", "several.yaml:10", ""]);
  });

  test("in several files of one call, and nothing of the good one among them is kept", async () => {
    desk.write("one.yaml", spoilt("respondent:", "respondnt: X\n    respondent:"));
    desk.write("two.yaml", spoilt("B-2", "C-3"));
    desk.write("three.yaml", spoilt("B-2", "D-4").replace("2024-03-16", "2024-03-14"));
    const { status, err } = await desk.call("import", "one.yaml", "two.yaml", "three.yaml", "four.yaml");
    expect(status).toBe(1);
    expect(err.split("\n").map((line) => line.split(": ")[0])).toEqual(["one.yaml:4", "three.yaml:16", "four.yaml", ""]);
    expect(await headOf()).toEqual(before);
  });

  test("in one matter, what its shape says and what its days and sums say", async () => {
    desk.write(
      "both.yaml",
      GOOD.replace("A-1", "B-2").replace('"5000"', '"5000.005"') +
        GOOD.replace("matters:\n", "").replace("A-1", "C-3").replace("2024-01-02", "2023-02-30"),
    );
    const { err } = await desk.call("import", "both.yaml");
    expect(err.split("\n").map((line) => line.split(": ")[0])).toEqual(["both.yaml:9", "both.yaml:21", ""]);
  });
});

test("a file with a byte order mark, JSON as YAML and YAML as JSON's superset are read", async () => {
  const fresh = deskIn(join(desk.folder, "fresh"));
  fresh.write("mark.yaml", `\uFEFF${GOOD}`);
  fresh.write("json.yaml", '{"matters": [{"ref": "J-1", "authority": "CNIL", "respondent": "X", "kind": "notice"}]}');
  fresh.write("json.json", '{"matters": [{"ref": "J-2", "authority": "CNIL", "respondent": "X", "kind": "notice"}]}');
  const answer = await fresh.ask<object>("import", "mark.yaml", "json.yaml", "json.json");
  expect(answer).toMatchObject({ registered: ["A-1", "J-1", "J-2"], updated: [], unchanged: [], drafts: [] });
});
