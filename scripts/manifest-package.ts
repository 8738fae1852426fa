import { readFileSync } from "node:fs";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { strToU8, type Zippable, zipSync } from "fflate";
import type { Command } from "../src/commands/command.ts";
import { type Own, type TeamsManifest, teamsManifest, teamsWords } from "./manifest-teams.ts";

/** A page whose time runs: the days that are left beside those that have gone. White on blue, and white on nothing. */
const SHAPES = `<path d="M42 20h76l32 32v120a10 10 0 0 1-10 10H42a10 10 0 0 1-10-10V30a10 10 0 0 1 10-10z"/><path d="M118 20v32h32"/>
<circle cx="91" cy="118" r="34"/><path d="M91 97v21l15 11"/>`;

/** The two icons that Teams wants, as they are drawn. */
export const ICONS: Readonly<Record<"color.png" | "outline.png", { readonly size: number; readonly svg: string }>> = {
  "color.png": {
    size: 192,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192"><rect width="192" height="192" fill="#1D4E89"/>
<g transform="translate(28 26) scale(.72)" fill="none" stroke="#fff" stroke-width="12" stroke-linejoin="round" stroke-linecap="round">${SHAPES}</g></svg>`,
  },
  "outline.png": {
    size: 32,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192"><g transform="translate(5 -5)" fill="none" stroke="#fff" stroke-width="13"
 stroke-linejoin="round" stroke-linecap="round">${SHAPES}</g></svg>`,
  },
};

let ready: Promise<void> | undefined;

/** The icons as PNG, by the file's name. The same drawing gives the same bytes on every machine: no font is in it. */
export async function icons(): Promise<Readonly<Record<string, Uint8Array>>> {
  ready ??= initWasm(readFileSync(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));
  await ready;
  return Object.fromEntries(Object.entries(ICONS).map(([name, { size, svg }]) => [name, drawn(svg, size)]));
}

function drawn(svg: string, size: number): Uint8Array {
  const drawing = new Resvg(svg, { fitTo: { mode: "width", value: size } });
  try {
    const image = drawing.render();
    const png = new Uint8Array(image.asPng());
    image.free();
    return png;
  } finally {
    drawing.free();
  }
}

/** The texts of the package, by the file's name. */
export function teamsTexts(commands: readonly Command[], own: Own): Readonly<Record<"manifest.json" | "en.json" | "fr.json", object>> {
  const manifest: TeamsManifest = teamsManifest(commands, own);
  return { "manifest.json": manifest, "en.json": teamsWords(commands, "en"), "fr.json": teamsWords(commands, "fr") };
}

/** What is uploaded to Teams: every file at the root of a zip. The same content gives the same bytes. */
export async function teamsPackage(commands: readonly Command[], own: Own): Promise<Uint8Array> {
  const texts = Object.entries(teamsTexts(commands, own)).map(([name, text]) => [name, strToU8(JSON.stringify(text, null, 2))] as const);
  const files: Zippable = Object.fromEntries([...texts, ...Object.entries(await icons())]);
  // A zip keeps local time: midnight of the same day, wherever it is made.
  return zipSync(files, { mtime: new Date(2000, 0, 1), level: 9 });
}

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What a package for upload is made with; a sentence that says what is missing or wrong. */
export function ownOf(given: {
  readonly appId?: string | undefined;
  readonly host?: string | undefined;
  readonly website?: string | undefined;
}): Own | string {
  const { appId, host, website } = given;
  if (appId === undefined || appId === "")
    return "Teams: no package to upload was made: set TEAMS_APP_ID in .env, or --teams-app-id ID (the application id of the Azure Bot registration)";
  if (!GUID.test(appId)) return `Teams: ${appId} is no application id: 8-4-4-4-12 hexadecimal digits, as Azure shows it`;
  if (host === undefined || host === "")
    return "Teams: no package to upload was made: --teams-domain HOST says under which name Teams reaches the program, such as curewatch.example.org";
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z]$/i.test(host))
    return `Teams: ${host} is no host: write it without https:// and without a path, such as curewatch.example.org`;
  if (website !== undefined && !(URL.canParse(website) && new URL(website).protocol === "https:"))
    return `Teams: ${website} is no address that begins with https://`;
  return { appId, host, ...(website === undefined ? {} : { website }) };
}
