import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { say } from "../src/cards/say.ts";
import type { Command } from "../src/commands/command.ts";
import { COMMANDS } from "../src/commands/index.ts";
import { parse } from "../src/commands/parser.ts";
import { tokensOf } from "../src/commands/tokens.ts";
import { RULES } from "../src/law/rules/index.ts";
import { LANGUAGES } from "../src/time/wording.ts";
import { ALONE } from "../vitest.config.ts";
import { caseFiles, casesOf, lacking } from "./law/rule-cases.ts";
import { importFaults, LONGEST, lengthFaults, mayImport, useFaults } from "./support/house-rules.ts";
import { filesUnder, readSource, type Source, sourcesUnder, textOf } from "./support/source.ts";

const SOURCES = sourcesUnder("src", "adapters");

function faultsIn(path: string, text: string): readonly string[] {
  const source = readSource(path, text);
  return [...importFaults(source), ...useFaults(source)];
}

describe("the rooms", () => {
  test("there is something to judge", () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(SOURCES.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
  });

  test("every import goes the one way, to a room that may be asked", () => {
    expect(SOURCES.flatMap(importFaults)).toEqual([]);
  });

  test("only src/app/config reads the environment, only src/time the clock, only adapters and app the network", () => {
    expect(SOURCES.flatMap(useFaults)).toEqual([]);
  });

  test("no source file is longer than it can be read at once", () => {
    expect(SOURCES.flatMap(lengthFaults)).toEqual([]);
  });

  test.each([
    ["src/law/money.ts", 'import { standingOn } from "../matter/standing.ts";', "law imports matter"],
    ["src/matter/a.ts", 'import type { Card } from "../ports/card.ts";', "matter imports ports"],
    ["src/cards/a.ts", 'export * from "../alerts/plan.ts";', "cards imports alerts"],
    ["src/alerts/a.ts", 'const list = await import("../commands/index.ts");', "alerts imports commands"],
    ["src/alerts/a.ts", 'import { parseMatterFile } from "../exchange/matter-file.ts";', "alerts imports exchange"],
    ["src/exchange/a.ts", 'import { say } from "../cards/say.ts";', "exchange imports cards"],
    ["src/commands/verbs/a.ts", 'import { STORE } from "../../../adapters/index.ts";', "commands imports adapters"],
    ["src/commands/a.ts", 'type Config = import("../app/config.ts").Config;', "commands imports app"],
    ["src/ports/a.ts", 'import { day } from "../time/day.ts";', "ports imports time"],
    ["src/ports/a.ts", 'import type { Step } from "../law/finding.ts";', "ports imports law"],
    ["adapters/chat/slack/a.ts", 'import { say } from "../../../src/cards/say.ts";', "an adapter imports cards"],
    ["adapters/chat/slack/a.ts", 'import { text } from "../teams/activity.ts";', "imports another"],
    ["adapters/store/keyv/a.ts", 'import { openStore } from "../sql/open.ts";', "imports another"],
    ["adapters/chat/slack/a.ts", 'import { fake } from "../../../test/fakes/a.ts";', "imports test/fakes/a.ts"],
    ["src/law/a.ts", 'import { z } from "zod";', "the package zod"],
    ["src/cards/a.ts", 'import { DateTime } from "luxon";', "luxon"],
    ["adapters/chat/slack/a.ts", 'import { CardFactory } from "botbuilder";', "botbuilder"],
    ["adapters/chat/teams/a.ts", 'import type { App } from "@slack/bolt";', "@slack/bolt"],
    ["src/app/a.ts", 'import { DatabaseSync } from "node:sqlite";', "node:sqlite"],
    ["src/alerts/a.ts", 'import { request } from "node:https";', "no network"],
    ["src/alerts/a.ts", 'import { env } from "node:process";', "the machine"],
    ["src/alerts/a.ts", "const plan = await import(name);", "made at run time"],
    ["src/app/http.ts", "const port = process.env.PORT;", "process.env"],
    ["src/app/http.ts", "const { env } = process;", "process.env"],
    ["src/app/http.ts", "const home = globalThis.process.env.HOME;", "process.env"],
    ["src/alerts/a.ts", "const now = Date.now();", "Date.now"],
    ["src/app/a.ts", "const now = new Date();", "new Date()"],
    ["adapters/store/sql/a.ts", "const began = performance.now();", "performance.now"],
    ["src/commands/a.ts", 'await fetch("http://127.0.0.1");', "fetch"],
    ["src/alerts/a.ts", "setTimeout(remind, 60_000);", "setTimeout"],
  ])("in %s, %s is found: %s", (path, text, fault) => {
    expect(faultsIn(path, text).join()).toContain(fault);
  });

  test.each([
    [
      "src/commands/verbs/a.ts",
      'import { tick } from "../../alerts/tick.ts"; import { parseMatterFile } from "../../exchange/matter-file.ts";',
    ],
    ["src/app/a.ts", 'import { STORE } from "../../adapters/index.ts"; import { createServer } from "node:http";'],
    ["src/ports/a.ts", 'import type { Day } from "../time/day.ts"; type Request = import("node:http").IncomingMessage;'],
    ["adapters/store/sql/a.ts", 'import { KeyvStore } from "../keyv/keyv-store.ts"; import { Kysely } from "kysely";'],
    ["adapters/chat/teams/a.ts", 'import { split } from "../shared/split.ts"; await fetch("https://example.org");'],
    ["src/exchange/a.ts", "const stamp = new Date(milliseconds);"],
  ])("in %s, %s is let pass", (path, text) => {
    expect(faultsIn(path, text)).toEqual([]);
  });

  test("a file of one line more than allowed is found", () => {
    const long = { path: "src/law/a.ts", lines: LONGEST + 1 };
    expect(lengthFaults(long)).toEqual([`src/law/a.ts: ${LONGEST + 1} lines`]);
    expect(lengthFaults({ ...long, lines: LONGEST })).toEqual([]);
  });

  test("no two rooms may import each other", () => {
    const rooms = ["time", "law", "matter", "cards", "alerts", "commands", "app", "exchange", "ports"];
    const both = rooms.flatMap((one) =>
      rooms.filter((other) => one < other && mayImport(one, other, false) && mayImport(other, one, false)),
    );
    expect(both).toEqual([]);
    expect(new Set(filesUnder("src").map((path) => path.split("/")[1]))).toEqual(new Set(rooms));
  });
});

describe("the commands", () => {
  const INDEX = SOURCES.find(({ path }) => path === "src/commands/index.ts")!;

  function unlisted(files: readonly string[], index: Pick<Source, "imports">): readonly string[] {
    const listed = new Set(index.imports.map(({ from }) => posix.join("src/commands", from)));
    return files.filter((path) => !listed.has(path));
  }

  test("every file of src/commands/verbs is in the list", () => {
    expect(unlisted(filesUnder("src/commands/verbs"), INDEX)).toEqual([]);
    expect(unlisted(["src/commands/verbs/forgotten.ts"], INDEX)).toEqual(["src/commands/verbs/forgotten.ts"]);
  });

  test("no verb is in the list twice", () => {
    const verbs = COMMANDS.map(({ verb }) => verb);
    expect(verbs.filter((verb, index) => verbs.indexOf(verb) !== index)).toEqual([]);
  });

  /** The examples of a command that do not parse into that command, with the reason. */
  function unreadable({ verb, examples }: Pick<Command, "verb" | "examples">): readonly string[] {
    return examples.flatMap((example) => {
      const tokens = tokensOf(example);
      const parsed = "misunderstood" in tokens ? tokens : parse(tokens, COMMANDS);
      if ("misunderstood" in parsed) return [`${example}: ${parsed.misunderstood}`];
      return parsed.command.verb === verb ? [] : [`${example}: is ${parsed.command.verb}`];
    });
  }

  test("every command has an example, and each of them parses", () => {
    expect(COMMANDS.filter(({ examples }) => examples.length === 0).map(({ verb }) => verb)).toEqual([]);
    expect(COMMANDS.flatMap(unreadable)).toEqual([]);
  });

  test("an example that does not parse is found", () => {
    expect(unreadable({ verb: "show", examples: ["show", "show A-1 --of 2024-01-01", 'show "A-1', "why A-1"] })).toEqual([
      "show: argument-missing",
      "show A-1 --of 2024-01-01: option-unknown",
      'show "A-1: quote-open',
      "why A-1: is why",
    ]);
  });

  test("every verb has a summary in words, in every language", () => {
    for (const language of LANGUAGES) {
      for (const { summary } of COMMANDS) {
        const words = say(language, summary as Parameters<typeof say>[1]);
        expect(words, `${summary} in ${language}`).not.toBe("");
        expect(words).not.toContain(summary);
      }
    }
  });
});

describe("the rules of time limits", () => {
  const FILES = filesUnder("src/law/rules").flatMap((path) => /([^/]+)\.ts$/.exec(path)?.[1] ?? []);

  test("each lies in a file of its name, and each such file is in the list", () => {
    expect(RULES.map(({ id }) => id).sort()).toEqual(FILES.filter((name) => name !== "index").sort());
  });

  test("each has a table of cases: a plain one, a weekend, a holiday, a leap day and a month's end", () => {
    expect(caseFiles().filter((about) => about !== "sticky-month-end")).toEqual(RULES.map(({ id }) => id).sort());
    expect(caseFiles().flatMap((about) => lacking(casesOf(about)).map((kind) => `${about}: no ${kind}`))).toEqual([]);
  });

  test("each says what it rests on and since when it holds, in order and without an overlap; only a way of counting has no first day", () => {
    const faults = RULES.flatMap(({ id, citation, source, versions }) => [
      ...(citation === "" || source === "" || versions.length === 0 ? [`${id}: rests on nothing`] : []),
      ...versions.flatMap(({ from, begins, source: read }) =>
        (from === null) !== (begins === "none") || read === "" ? [`${id}: ${from}`] : [],
      ),
      ...versions
        .slice(1)
        .flatMap(({ from }, before) => (from! > (versions[before]!.until ?? "9999") ? [] : [`${id}: overlaps on ${from}`])),
    ]);
    expect(faults).toEqual([]);
    expect(RULES.filter(({ versions }) => versions[0]!.begins === "none").map(({ id }) => id)).toEqual(["cure"]);
  });
});

describe("the adapters", () => {
  const SUITES: Readonly<Record<string, readonly string[]>> = {
    chat: ["chatAdapterContract"],
    "store/sql": ["ledgerContract", "deliveryLogContract"],
    "store/keyv": ["keyvTestSuite|storageTestSuite|keyvApiTests"],
  };

  /** What a test file and the test files that it imports hold together. */
  function reached(path: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(path)) return seen;
    seen.add(path);
    if (!path.startsWith("test/")) return seen;
    for (const { from } of readSource(path, textOf(path)).imports)
      if (from.startsWith(".") && from.endsWith(".ts")) reached(posix.join(posix.dirname(path), from), seen);
    return seen;
  }

  const TESTS = filesUnder("test")
    .filter((path) => path.endsWith(".test.ts") && !path.startsWith("test/contracts/"))
    .map((path) => ({ text: textOf(path), reached: reached(path) }));

  /** The contract suites that no test runs on the adapter. */
  function untested(adapter: string): readonly string[] {
    const suites = SUITES[adapter] ?? SUITES[adapter.split("/")[0]!] ?? ["a suite of its own"];
    const own = TESTS.filter((one) => [...one.reached].some((path) => path.startsWith(`adapters/${adapter}/`)));
    return suites.filter((suite) => !own.some(({ text }) => new RegExp(`(${suite})\\w*\\(`).test(text)));
  }

  test("every adapter has a test that runs the contract suite of its port", () => {
    const folders = new Set(filesUnder("adapters").map((path) => path.split("/").slice(1, 3).join("/")));
    const adapters = [...folders].filter((name) => !name.endsWith(".ts") && name !== "chat/shared");
    expect(adapters).toContain("chat/console");
    expect(adapters.map((adapter) => [adapter, ...untested(adapter)]).filter((found) => found.length > 1)).toEqual([]);
  });

  test("an adapter without a test is found", () => {
    expect(untested("chat/matrix")).toEqual(["chatAdapterContract"]);
    expect(untested("mail/smtp")).toEqual(["a suite of its own"]);
  });
});

describe("simulate", () => {
  const PLAN = "src/alerts/plan.ts";

  test("runs the very tick that serves, and the tick the only plan that there is", () => {
    expect(targetsOf("src/commands/verbs/simulate.ts")).toContain("src/alerts/tick.ts");
    // tick -> round -> telling -> plan: what is due, for each place, by the one plan.
    const chain = ["src/alerts/tick.ts", "src/alerts/round.ts", "src/alerts/telling.ts", PLAN];
    for (const [index, path] of chain.slice(1).entries()) expect(targetsOf(chain[index]!)).toContain(path);
    const others = SOURCES.filter(
      ({ path }) => path !== PLAN && /\bfunction plan\b|\bplan\s*[:=]\s*(async\s*)?(\(|function)/.test(textOf(path)),
    );
    expect(others.map(({ path }) => path)).toEqual([]);
    const importers = SOURCES.filter(({ path }) => path.startsWith("src/commands/") && targetsOf(path).includes(PLAN));
    expect(importers.map(({ path }) => path)).toEqual([]);
  });

  function targetsOf(path: string): readonly string[] {
    return SOURCES.find((source) => source.path === path)!.imports.map(({ from }) => posix.join(posix.dirname(path), from));
  }
});

test("a test file that replaces a module has a process of its own", () => {
  const replacing = filesUnder("test").filter(
    (path) => path.endsWith(".test.ts") && /\bvi\.(?:do)?[mM]ock\(|\bvi\.resetModules\(/.test(textOf(path)),
  );
  expect(replacing.length).toBeGreaterThan(0);
  expect(replacing.filter((path) => !ALONE.includes(path))).toEqual([]);
  expect(ALONE.filter((path) => !filesUnder("test").includes(path))).toEqual([]);
});
