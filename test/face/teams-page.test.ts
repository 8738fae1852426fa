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

const PAGE = textOf("docs/teams.md");
const BLOCKS = [...PAGE.matchAll(/^ *```\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) => block!.trim().split("\n"));
const CODE = [...BLOCKS, ...[...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)];
const SCRIPTS = (JSON.parse(textOf("package.json")) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

/** What is said of a line that somebody types after the mention. */
function misread(line: string): readonly string[] {
  const tokens = tokensOf(line);
  const parsed = "misunderstood" in tokens ? tokens : parse(tokens, COMMANDS);
  // A verb that lacks something opens its form.
  if ("command" in parsed && parsed.command.terminalOnly === true) return [`${line}: in a terminal only`];
  return "misunderstood" in parsed && parsed.misunderstood !== "argument-missing" ? [`${line}: ${parsed.misunderstood}`] : [];
}

describe("docs/teams.md, followed word for word", () => {
  test("types no command that is not there", () => {
    const lines = CODE.flatMap((line) => (line.startsWith("@Curewatch ") ? [line.slice("@Curewatch ".length)] : []));
    expect(lines.length).toBeGreaterThan(8);
    expect([...lines, "mine --off"].flatMap(misread)).toEqual([]);
    expect(["shwo SAN-2023-018", "import a.yaml"].flatMap(misread)).toHaveLength(2);
  });

  test("runs no script that is not there, with no option that it does not have", () => {
    const names = CODE.flatMap((line) => [...line.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name]) => name!));
    expect(names).toEqual(expect.arrayContaining(["curewatch", "manifest", "test:playground"]));
    expect(names.filter((name) => SCRIPTS[name] === undefined)).toEqual([]);
    const options = PAGE.match(/--teams-[a-z-]+/g) ?? [];
    expect(options.length).toBeGreaterThan(1);
    for (const option of options) expect(textOf("scripts/manifest.ts")).toContain(`"${option.slice(2)}"`);
  });

  test("names no file that is not there, but those that it makes", () => {
    const made = new Set([".env", "data/curewatch.db", "manifest/teams/curewatch.zip"]);
    const files = CODE.flatMap((line) => line.match(/(?:^|\s)((?:[a-z-]+\/|\.)[\w./-]+\.[a-z]+)(?=$|\s)/g) ?? []).map((name) =>
      name.trim(),
    );
    expect(files).toEqual(expect.arrayContaining(["examples/kourou.yaml", ".env.example", "manifest/teams/curewatch.zip"]));
    expect(files.filter((name) => !made.has(name) && !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test("sets no variable that is not read, in lines that can be read", () => {
    const names = CODE.flatMap((line) => line.match(/\b(TEAMS|CUREWATCH)_[A-Z_]+/g) ?? []);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
    const settings = BLOCKS.filter((line) => /^[A-Z_]+=/.test(line));
    expect(settings).toHaveLength(5);
    expect(problemsOf(settings.join("\n"))).toEqual([]);
  });

  test("names the address that the adapter serves", () => {
    expect(new Set(PAGE.match(/\/api\/[a-z]+/g))).toEqual(new Set(["/api/messages"]));
    expect(textOf("adapters/chat/teams/teams.ts")).toContain('"/api/messages"');
  });

  test("quotes what the program says", () => {
    const said = [...filesUnder("adapters/chat/teams"), ...filesUnder("src/app")].map(textOf).join("\n");
    for (const sentence of [
      "TEAMS_TENANT_ID: is needed beside TEAMS_APP_ID",
      "TEAMS_APP_PASSWORD: is needed with TEAMS_APP_TYPE=SingleTenant",
      "an activity without a good token was refused",
      "an activity of another tenant",
      "Microsoft refuses a token",
      "Microsoft gave no token for posting",
      "the app id is not registered as a bot",
      "the bot is not, or no longer, in this Teams conversation",
      "the person blocked the bot, or the channel's moderation keeps it out",
      "this conversation takes no messages from the bot",
      "an administrator switched the app off",
      '"connected"',
      '"serving"',
    ]) {
      expect(said, sentence).toContain(sentence);
      expect(PAGE, sentence).toContain(sentence.replaceAll('"', ""));
    }
    const imported = say("en", "import.title", { registered: 1, updated: 0, unchanged: 0 });
    expect(PAGE).toContain(`It answers \`${imported}\``);
    expect(PAGE).toContain(`**${say("en", "manifest.note")}**`);
  });

  test("says that nothing was tried against the real Teams", () => {
    expect(PAGE).toContain("Nothing here was tried against the real Teams");
  });
});
