import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test, vi } from "vitest";
import { written } from "../../scripts/manifest.ts";
import { icons, teamsTexts } from "../../scripts/manifest-package.ts";
import { PLACEHOLDER, type TeamsManifest, teamsManifest } from "../../scripts/manifest-teams.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { parse } from "../../src/commands/parser.ts";
import { filesUnder, ROOT, textOf } from "../support/source.ts";

const committed = (name: string) => JSON.parse(textOf(`manifest/teams/${name}`)) as unknown;
const MANIFEST = committed("manifest.json") as TeamsManifest;
const LANGUAGES = ["en", "fr"] as const;

vi.stubGlobal("fetch", () => Promise.reject(new Error("the schema is asked for over the network")));
afterAll(() => vi.unstubAllGlobals());

/** What Microsoft's own package finds wrong, by the schema that it brings. */
function faultsOf(manifest: unknown): Promise<readonly string[]> {
  return AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest);
}

describe("the manifest of the Teams app", () => {
  test.each(Object.entries(teamsTexts(COMMANDS, PLACEHOLDER)))(
    "%s is what the commands make of it now (npm run manifest writes it)",
    (name, text) => {
      expect(textOf(`manifest/teams/${name}`)).toBe(written(text));
    },
  );

  test("lies there with its languages and icons, and nothing else but a package that somebody made", () => {
    const files = readdirSync(join(ROOT, "manifest/teams")).filter((name) => name !== "curewatch.zip");
    expect(files.toSorted()).toEqual(["color.png", "en.json", "fr.json", "manifest.json", "outline.png"]);
  });

  test("fits the newest schema, asked offline", async () => {
    expect(MANIFEST.manifestVersion).toBe("1.30");
    expect(await faultsOf(MANIFEST)).toEqual([]);
  });

  test("offers commands that a chat takes, twelve at most, each as it is typed", () => {
    const lists = MANIFEST.bots![0]!.commandLists!;
    expect(lists.map(({ scopes }) => scopes)).toEqual([["team"], ["groupChat"], ["personal"]]);
    for (const { commands } of lists) {
      expect(commands.length).toBeLessThanOrEqual(12);
      expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
      for (const { title, description } of commands) {
        expect(COMMANDS.find(({ verb }) => verb === title)?.terminalOnly ?? false, title).toBe(false);
        const parsed = parse([title], COMMANDS);
        expect("misunderstood" in parsed ? parsed.misunderstood : "understood", title).toMatch(/^(understood|argument-missing)$/);
        expect(description!.length, title).toBeLessThanOrEqual(128);
      }
    }
  });

  test("offers the slash in teams and group chats, where targeted messages are, and takes them", () => {
    const [bot] = MANIFEST.bots!;
    expect(bot!.supportsTargetedMessages).toBe(true);
    expect(bot!.commandLists!.map(({ triggers }) => triggers)).toEqual([["mention", "slash"], ["mention", "slash"], undefined]);
  });

  test("asks for no permission over a tenant's data", () => {
    expect(MANIFEST).not.toHaveProperty("authorization");
    expect(MANIFEST).not.toHaveProperty("webApplicationInfo");
  });

  test("changes with the commands", () => {
    const { summary } = COMMANDS.find(({ verb }) => verb === "why")!;
    const others = COMMANDS.map((command) => (command.verb === "show" ? { ...command, summary } : command));
    expect(teamsManifest(others, PLACEHOLDER)).not.toEqual(teamsManifest(COMMANDS, PLACEHOLDER));
    expect(() =>
      teamsManifest(
        COMMANDS.filter(({ verb }) => verb !== "show"),
        PLACEHOLDER,
      ),
    ).toThrow("show: no command that a chat takes");
  });

  test("asks for nothing that the adapter does not answer", () => {
    const adapter = filesUnder("adapters/chat/teams").map(textOf).join("\n");
    const [extension] = MANIFEST.composeExtensions!;
    const [search, ...forms] = extension!.commands!;
    expect(adapter).toContain(`"${search!.id}"`);
    expect(forms.filter(({ id }) => COMMANDS.every(({ verb, form }) => verb !== id || form === null))).toEqual([]);
    for (const name of ["query", "selectItem", "fetchTask", "submitAction"]) expect(adapter).toContain(`"composeExtension/${name}"`);
    expect(MANIFEST.bots![0]!.configuration).toEqual({ team: { fetchTask: true }, groupChat: { fetchTask: true } });
    for (const name of ["config/fetch", "config/submit"]) expect(adapter).toContain(`"${name}"`);
  });
});

/** The manifest with one place of it changed; undefined takes it out. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(MANIFEST) as unknown;
  const steps = path.split("/");
  const last = steps.pop()!;
  let at = copy as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

describe("a wrong manifest for Teams is found", () => {
  const thirteen = Array.from({ length: 13 }, (_, index) => ({ title: `verb${index}` }));
  test.each([
    ["an id that is none", "id", "curewatch", "/id must match pattern"],
    ["no name", "name", undefined, "required property 'name'"],
    ["a short description that is too long", "description/short", "d".repeat(81), "80 characters"],
    ["thirteen commands in a list", "bots/0/commandLists/0/commands", thirteen, "12 items"],
    ["a fourth list", "bots/0/commandLists", Array(4).fill({ scopes: ["team"], commands: [] }), "3 items"],
    ["a scope that does not exist", "bots/0/scopes/0", "channel", "must be equal to one of the allowed values"],
    ["a trigger that does not exist", "bots/0/commandLists/0/triggers/0", "at", "must be equal to one of the allowed values"],
    ["a field that is misspelt", "bots/0/supportsTargeted", true, "additional properties"],
    ["a search without a title", "composeExtensions/0/commands/0/title", undefined, "required property 'title'"],
    ["no icon", "icons/outline", undefined, "required property 'outline'"],
  ])("%s", async (_what, path, value, fault) => {
    expect((await faultsOf(changed(path, value))).join("\n")).toContain(fault);
  });
});

describe("the words of the Teams app", () => {
  const schema = JSON.parse(
    readFileSync(
      join(ROOT, "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json"),
      "utf8",
    ),
  ) as Record<string, unknown>;
  delete schema.$schema;
  // Some of its patterns are no regular expressions of Unicode.
  const fits = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(schema);

  test.each(LANGUAGES)("%s.json fits the schema of languages", (language) => {
    fits(committed(`${language}.json`));
    expect(fits.errors ?? []).toEqual([]);
    fits({ ...(committed(`${language}.json`) as object), "name.shrt": "Curewatch" });
    expect(fits.errors).toHaveLength(1);
  });

  test("say the same things in both languages, and English what the manifest says", () => {
    const [en, fr] = LANGUAGES.map((language) => committed(`${language}.json`) as Record<string, string>);
    expect(Object.keys(fr!)).toEqual(Object.keys(en!));
    for (const [path, text] of Object.entries(en!)) if (path !== "$schema") expect(wordsAt(path), path).toBe(text);
    const same = Object.keys(en!).filter((path) => en![path] === fr![path]);
    expect(same.filter((path) => !/title$|^name\.short$|^\$schema$/.test(path))).toEqual([]);
  });

  test("keep each command as it is typed, whatever the language", () => {
    const fr = committed("fr.json") as Record<string, string>;
    const titles = Object.keys(fr).filter((path) => path.startsWith("bots") && path.endsWith("title"));
    expect(titles).toHaveLength(36);
    for (const path of titles) expect(fr[path]).toBe(wordsAt(path));
  });
});

function wordsAt(path: string): unknown {
  return path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], MANIFEST);
}

describe("the icons of the Teams app", () => {
  const SIZES = { "color.png": 192, "outline.png": 32 } as const;

  test.each(Object.entries(SIZES))("%s is drawn as it lies there, and is %i pixels wide and high", async (name, size) => {
    const bytes = readFileSync(join(ROOT, "manifest/teams", name));
    expect(Buffer.from((await icons())[name]!).equals(bytes)).toBe(true);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size, size]);
  });
});
