import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { ownOf, teamsPackage } from "../../scripts/manifest-package.ts";
import type { TeamsManifest } from "../../scripts/manifest-teams.ts";
import { writeTeams } from "../../scripts/manifest-write.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { ROOT } from "../support/source.ts";

const OWN = { appId: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", host: "curewatch.example.org" };
const FOLDER = mkdtempSync(join(tmpdir(), "curewatch-teams-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe("the package that is uploaded to Teams", () => {
  test("holds the manifest, both languages and both icons at its root, as the manifest names them", async () => {
    const files = unzipSync(await teamsPackage(COMMANDS, OWN));
    expect(Object.keys(files).toSorted()).toEqual(["color.png", "en.json", "fr.json", "manifest.json", "outline.png"]);
    const manifest = JSON.parse(strFromU8(files["manifest.json"]!)) as TeamsManifest;
    const { defaultLanguageFile, additionalLanguages } = manifest.localizationInfo!;
    for (const name of [manifest.icons.color, manifest.icons.outline, defaultLanguageFile!, additionalLanguages![0]!.file])
      expect(Object.keys(files)).toContain(name);
    for (const name of ["color.png", "outline.png"])
      expect(Buffer.from(files[name]!).equals(readFileSync(join(ROOT, "manifest/teams", name)))).toBe(true);
  });

  test("is the user's own: the app id of their bot, their host, and no placeholder", async () => {
    const files = unzipSync(await teamsPackage(COMMANDS, { ...OWN, website: "https://example.org/curewatch" }));
    const text = strFromU8(files["manifest.json"]!);
    const manifest = JSON.parse(text) as TeamsManifest;
    expect([manifest.id, manifest.bots![0]!.botId, manifest.composeExtensions![0]!.botId]).toEqual(Array(3).fill(OWN.appId));
    expect(manifest.validDomains).toEqual([OWN.host]);
    expect(manifest.developer.privacyUrl).toBe("https://example.org/curewatch");
    expect(text).not.toMatch(/YOUR-ADDRESS|00000000-0000/);
    expect(await AppManifestUtils.validateAgainstSchema(manifest)).toEqual([]);
  });

  test("is the same, byte for byte, whenever and wherever it is made", async () => {
    const zone = process.env.TZ;
    const made: Buffer[] = [];
    try {
      for (const there of ["UTC", "Pacific/Auckland"]) {
        process.env.TZ = there;
        made.push(Buffer.from(await teamsPackage(COMMANDS, OWN)));
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    expect(made[0]!.equals(made[1]!)).toBe(true);
  });
});

describe("npm run manifest", () => {
  test("writes the package where it is told whose it is", async () => {
    const made = await writeTeams(FOLDER, OWN);
    expect(made).toMatchObject({ status: 0, says: expect.stringContaining("can be uploaded") });
    expect(readFileSync(join(FOLDER, "curewatch.zip")).equals(Buffer.from(await teamsPackage(COMMANDS, OWN)))).toBe(true);
  });

  test("writes no package, and fails, where what it is told is wrong", async () => {
    const folder = join(FOLDER, "wrong");
    const made = await writeTeams(folder, { appId: "curewatch", host: OWN.host });
    expect(made).toMatchObject({ status: 1, says: expect.stringContaining("curewatch is no application id") });
    expect(existsSync(join(folder, "curewatch.zip"))).toBe(false);
    expect(existsSync(join(folder, "manifest.json"))).toBe(true);
  });

  test.each([
    [{ host: OWN.host }, "set TEAMS_APP_ID in .env, or --teams-app-id ID"],
    [{ appId: OWN.appId }, "--teams-domain HOST says under which name"],
    [{ ...OWN, host: "https://curewatch.example.org" }, "without https:// and without a path"],
    [{ ...OWN, host: "localhost" }, "is no host"],
    [{ ...OWN, website: "http://example.org" }, "no address that begins with https://"],
  ])("says what is missing or wrong: %j", (given, sentence) => {
    expect(ownOf(given)).toContain(sentence);
  });
});
