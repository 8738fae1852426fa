import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bareEnvironment, call, deskIn, folderOfFile, folderOfTest } from "../support/cli.ts";
import { ROOT } from "../support/source.ts";

const desk = deskIn(folderOfFile());
const KOUROU = join(ROOT, "examples/kourou.yaml");

beforeAll(async () => {
  await desk.ask("import", KOUROU);
});

describe("a line that cannot be understood ends with status 2, and says where and what is allowed", () => {
  test.concurrent.each([
    ["an unknown verb", ["shwo", "SAN-2023-018"], /shwo.*show/, "verb-unknown"],
    ["an unknown option", ["show", "SAN-2023-018", "--onn", "2024-04-04"], /--onn.*--on/, "option-unknown"],
    ["a missing argument", ["show"], /REF/, "argument-missing"],
    ["a missing option", ["deadline", "--from", "2024-01-05", "--rule", "cure"], /--period/, "argument-missing"],
    ["an option without its value", ["show", "SAN-2023-018", "--on"], /--on/, "option-needs-value"],
    ["a malformed day", ["show", "SAN-2023-018", "--on", "04/04/2024"], /04\/04\/2024.*2024-02-18/, "value-invalid"],
    ["a day that is none", ["show", "SAN-2023-018", "--on", "2023-02-30"], /2023-02-30/, "no-such-day"],
    ["a malformed amount", ["paid", "SAN-2023-018", "--on", "2024-05-01", "--amount", "1e3"], /1e3.*5000/, "value-invalid"],
    ["a malformed period", ["deadline", "--from", "2024-01-05", "--period", "2M", "--rule", "cure"], /2M.*P2M/, "value-invalid"],
    ["a rule that is none", ["deadline", "--from", "2024-01-05", "--period", "P2M", "--rule", "curr"], /cure/, "value-invalid"],
    ["a language that is none", ["list", "--lang", "de"], /en.*fr/, "value-invalid"],
    ["a word too many", ["verify", "please"], /please/, "argument-extra"],
  ])("%s", async (_name, words, text, code) => {
    const { status, out, err } = await desk.call(...words, "--json");
    expect({ status, err }).toEqual({ status: 2, err: expect.stringMatching(text) });
    expect(JSON.parse(out)).toEqual({ error: { code, text: expect.stringMatching(text) } });
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("a line that is understood and refused ends with status 1", () => {
  test.concurrent.each([
    ["a matter that is not there", ["show", "SAN-2023-019"], /SAN-2023-019.*SAN-2023-018/, "matter-not-found"],
    ["a day to come", ["show", "SAN-2023-018", "--on", "2199-01-01"], /2199/, "on-in-future"],
    ["an item that is not there", ["why", "SAN-2023-018", "dpx"], /dpx.*dpo/, "item-unknown"],
    ["an event that makes no sense", ["rejected", "SAN-2023-018", "--on", "2024-09-01"], /claim/i, "no-claim"],
    [
      "an authority that nobody knows",
      ["deadline", "--from", "2024-01-05", "--period", "P2M", "--rule", "cure", "--authority", "CNLI"],
      /CNLI/,
      "authority-unknown",
    ],
    [
      "a rule without its calendar",
      ["deadline", "--from", "2024-01-05", "--period", "P2M", "--rule", "eu-1182-71"],
      /holidays/,
      "calendar-needs-authority",
    ],
    [
      "a currency that does not exist",
      ["accrue", "--rate", "1", "--per", "day", "--after", "2024-01-01", "--through", "2024-02-01", "--currency", "EUX"],
      /EUX/,
      "currency-unknown",
    ],
    ["a head that is in no register", ["verify", "--head", "abcdef012345"], /./, undefined],
  ])("%s", async (_name, words, text, code) => {
    const { status, out } = await desk.call(...words, "--json");
    expect(status).toBe(1);
    const document = JSON.parse(out);
    if (code === undefined) expect(document).toMatchObject({ ok: false, fault: { kind: "head-missing" } });
    else expect(document).toEqual({ error: { code, text: expect.stringMatching(text) } });
  });

  test("and records nothing: the register has the rows of its one import", async () => {
    expect(await desk.ask<object>("verify")).toMatchObject({ ok: true, events: 4 });
  });
});

test("an ambiguous name lists those that it could mean", async () => {
  const fresh = deskIn(folderOfTest());
  const one = { authority: "CNIL", ref: "SAN-2020-012", respondent: "Google", kind: "sanction" };
  fresh.write("two.json", JSON.stringify({ matters: [one, { ...one, authority: "AP" }] }));
  await fresh.ask("import", "two.json");
  const { status, err } = await fresh.call("show", "san 2020 012");
  expect([status, err]).toEqual([1, expect.stringMatching(/CNIL:SAN-2020-012[\s\S]*AP:SAN-2020-012/)]);
  expect((await fresh.call("show", "ap:san-2020-012", "--json")).status).toBe(0);
});

describe("names of files and registers are those of the folder in which the user typed", () => {
  test("INIT_CWD, which npm sets", async () => {
    const folder = folderOfTest();
    mkdirSync(join(folder, "files/sub"), { recursive: true });
    const there = deskIn(folder);
    there.write("files/k.json", '{"matters": [{"ref": "K-1", "authority": "CNIL", "respondent": "X", "kind": "notice"}]}');
    const { status, err } = await call(["import", "k.json", "--db", "sqlite:sub/y.db"], join(folder, "files"));
    expect([status, err]).toEqual([0, ""]);
    expect(existsSync(join(folder, "files/sub/y.db"))).toBe(true);
    const variable = { ...bareEnvironment(folder), DATABASE_URL: "sqlite:files/sub/y.db" };
    expect(JSON.parse((await call(["list", "--json"], folder, variable)).out)).toMatchObject({ total: 1 });
  });
});

describe("the language", () => {
  test("of an answer and of a refusal is French where it is asked for", async () => {
    const { out } = await desk.call("show", "SAN-2023-018", "--on", "2024-04-04", "--lang", "fr");
    expect(out).toMatch(/6\s900\s€/);
    expect((await desk.call("shwo", "--lang", "fr")).err).toMatch(/La commande shwo n’existe pas/);
    const asked = await desk.call("show", "SAN-2023-019", "--lang=fr", "--json");
    expect(JSON.parse(asked.out).error.text).not.toBe(JSON.parse((await desk.call("show", "SAN-2023-019", "--json")).out).error.text);
  });

  test("changes no number and no code of a document", async () => {
    const strip = (text: string) => JSON.parse(text, (key, value) => (key === "text" ? "" : value));
    const [english, french] = await Promise.all(
      ["en", "fr"].map((lang) => desk.call("show", "SAN-2023-018", "--on", "2024-04-04", "--json", "--lang", lang)),
    );
    expect(strip(french!.out)).toEqual(strip(english!.out));
  });
});

test("a name is found, and recorded, as it was written where it is copied from an answer that isolates its right-to-left letters", async () => {
  const own = deskIn(folderOfTest());
  const name = "חברת דוגמה";
  const shown = `\u2068${name}\u2069`;
  const facts = ["--kind", "sanction", "--decided", "2023-12-12", "--notified", "2023-12-18", "--item", "dpo", "--period", "P2M"];
  await own.ask("register", "CNIL", "SAN-1", shown, ...facts);
  expect((await own.call("list", `respondent:${shown}`)).out).toContain("SAN-1");
  await own.call("policy", "--notes", "on");
  await own.ask("note", "SAN-1", "--on", "2024-04-01", `--text=of ${shown}`);
  const { out } = await own.call("export", "--format", "json");
  expect(out).toContain(`of ${name}`);
  expect(out).not.toMatch(/[\u2066-\u2069]/);
});
