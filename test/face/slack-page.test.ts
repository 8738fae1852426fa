import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "../../src/app/config.ts";
import { problemsOf } from "../../src/app/dotenv.ts";
import { say } from "../../src/cards/say.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { parse } from "../../src/commands/parser.ts";
import { tokensOf } from "../../src/commands/tokens.ts";
import { filesUnder, ROOT, textOf } from "../support/source.ts";

const PAGE = textOf("docs/slack.md");
const BLOCKS = [...PAGE.matchAll(/^ *```\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) => block!.trim().split("\n"));
const CODE = [...BLOCKS, ...[...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)];
const SCRIPTS = (JSON.parse(textOf("package.json")) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

/** What is said of a line that somebody types after /matter. */
function misread(line: string): readonly string[] {
  const tokens = tokensOf(line);
  const parsed =
    "misunderstood" in tokens
      ? tokens
      : parse(
          tokens.filter((word) => word !== "--here"),
          COMMANDS,
        );
  // A verb that lacks something opens its form.
  if ("command" in parsed && parsed.command.terminalOnly === true) return [`${line}: in a terminal only`];
  return "misunderstood" in parsed && parsed.misunderstood !== "argument-missing" ? [`${line}: ${parsed.misunderstood}`] : [];
}

describe("docs/slack.md, followed word for word", () => {
  test("types no command that is not there", () => {
    const lines = CODE.flatMap((line) => (line.startsWith("/matter ") ? [line.slice("/matter ".length)] : []));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.flatMap(misread)).toEqual([]);
    expect(["regster", "import a.yaml"].flatMap(misread)).toHaveLength(2);
  });

  test("runs no script that is not there", () => {
    const names = CODE.flatMap((line) => [...line.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name]) => name!));
    expect(names).toEqual(expect.arrayContaining(["curewatch", "manifest", "local-slack"]));
    expect(names.filter((name) => SCRIPTS[name] === undefined)).toEqual([]);
  });

  test("names no file that is not there, but those that it makes", () => {
    const made = new Set([".env", "data/curewatch.db", "schemas/manifest.schema.1.0.0.json"]);
    const files = CODE.flatMap((line) => line.match(/(?:^|[\s(])((?:[a-z-]+\/|\.)[\w./-]*\.?[a-z]+)(?=$|[\s)])/g) ?? [])
      .map((name) => name.trim())
      .filter((name) => /^[\w.-]+(\/[\w.-]+)*$/.test(name) && /\.(json|yaml|db|env|example)$|^\.env/.test(name));
    expect(files).toEqual(expect.arrayContaining(["examples/kourou.yaml", "manifest/slack-oauth.json", ".env.example"]));
    expect(files.filter((name) => !made.has(name) && !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test("sets no variable that is not read, in lines that can be read", () => {
    const names = CODE.flatMap((line) => line.match(/\b(SLACK|CUREWATCH)_[A-Z_]+/g) ?? []);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
    const settings = BLOCKS.filter((line) => /^[A-Z_]+=/.test(line));
    expect(settings).toHaveLength(3);
    expect(problemsOf(settings.join("\n"))).toEqual([]);
  });

  test("names the addresses that the adapter serves and the manifests have", () => {
    const paths = new Set(PAGE.match(/\/slack\/(?:[a-z_]+)/g));
    const known = filesUnder("adapters/chat/slack").map(textOf).join("\n");
    expect([...paths].sort()).toEqual(["/slack/commands", "/slack/events", "/slack/install"]);
    for (const path of paths) expect(known).toContain(`"${path}"`);
    for (const path of ["/slack/commands", "/slack/events"]) expect(textOf("manifest/slack-http.json")).toContain(path);
  });

  test("quotes what the program says", () => {
    const said = [...filesUnder("adapters/chat/slack"), ...filesUnder("src/app")].map(textOf).join("\n");
    for (const sentence of [
      "Slack cannot be used: ",
      "Slack's Socket Mode cannot be used",
      "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one of them is needed",
      "The bot is not in this channel",
      "The bot lacks a permission",
      "The bot token has expired",
      "Slack refuses the bot token",
      "Curewatch is installed",
      '"connected"',
      '"serving"',
    ]) {
      expect(said, sentence).toContain(sentence);
      expect(PAGE, sentence).toContain(sentence.replaceAll('"', "").trim());
    }
    const imported = say("en", "import.title", { registered: 1, updated: 0, unchanged: 0 });
    expect(PAGE).toContain(`It answers \`${imported}\``);
  });

  test("says that nothing was tried against the real Slack", () => {
    expect(PAGE).toContain("Nothing here was tried against the real Slack");
  });
});
