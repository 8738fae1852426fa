import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { COMMANDS } from "../src/commands/index.ts";
import { written } from "./manifest.ts";
import { icons, ownOf, teamsPackage, teamsTexts } from "./manifest-package.ts";
import { PLACEHOLDER } from "./manifest-teams.ts";

/** As `npm run manifest` is given them; the application id may stand in the environment or in .env as well. */
export interface Given {
  readonly appId?: string | undefined;
  readonly host?: string | undefined;
  readonly website?: string | undefined;
}

export interface Made {
  readonly status: 0 | 1;
  readonly says: string;
}

const DOTENV = join(import.meta.dirname, "../.env");

/**
 * Writes the Teams app's files, with the placeholder for what is the user's own, and, where that is given, the package to upload. A package that was
 * asked for and could not be made is a failure; one that nobody asked for is mentioned.
 */
export async function writeTeams(folder: string, given: Given): Promise<Made> {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(teamsTexts(COMMANDS, PLACEHOLDER))) writeFileSync(join(folder, name), written(text));
  for (const [name, png] of Object.entries(await icons())) writeFileSync(join(folder, name), png);
  const own = ownOf({ ...given, appId: given.appId ?? process.env.TEAMS_APP_ID ?? inDotenv() });
  const isAsked = given.appId !== undefined || given.host !== undefined || given.website !== undefined;
  if (typeof own === "string") return { status: isAsked ? 1 : 0, says: own };
  const file = join(folder, "curewatch.zip");
  writeFileSync(file, await teamsPackage(COMMANDS, own));
  return { status: 0, says: `Teams: ${file} can be uploaded (app ${own.appId}, ${own.host})` };
}

function inDotenv(): string | undefined {
  return existsSync(DOTENV) ? parseEnv(readFileSync(DOTENV, "utf8")).TEAMS_APP_ID : undefined;
}
