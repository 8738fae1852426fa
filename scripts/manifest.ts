/**
 * Writes the manifests of the Slack app and the files of the Teams app from the list of commands: `npm run manifest`; with `--teams-app-id ID
 * --teams-domain HOST` also the package that is uploaded to Teams. With `--print` it prints Slack's manifest for Socket Mode, as the Slack CLI asks
 * for it; with `--schema FILE` it checks Slack's manifests against a JSON Schema, such as Slack's own, and changes nothing.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { webApi } from "@slack/bolt";
import { Ajv } from "ajv";
import { say } from "../src/cards/say.ts";
import type { Command } from "../src/commands/command.ts";
import { COMMANDS } from "../src/commands/index.ts";
import { writtenPositionals } from "../src/commands/parser.ts";
import { writeTeams } from "./manifest-write.ts";

/** As Slack's own client declares it: what is misspelt or unknown there does not pass the type check. */
export type Manifest = webApi.AppsManifestCreateArguments["manifest"];
type Scope = NonNullable<NonNullable<NonNullable<Manifest["oauth_config"]>["scopes"]>["bot"]>[number];

/** Without them nothing works. */
const SCOPES: readonly Scope[] = ["commands", "chat:write", "users:read"];
/** Whoever installs the app may leave them out, and it says what is then missing. */
const OPTIONAL_SCOPES: readonly Scope[] = ["chat:write.public", "files:write", "channels:read", "groups:read", "mpim:read"];

/** Replaced by whoever installs it: the address at which a proxy ends TLS. */
const ADDRESS = "https://YOUR-ADDRESS";
const FOLDER = join(import.meta.dirname, "../manifest");

/**
 * The three ways into Slack, by the file that describes each: a workspace by Socket Mode, a workspace by HTTP, many workspaces by OAuth. Tokens
 * rotate in the last alone: where one token stands in the configuration, its successor would have nowhere to go, and Slack has no way back.
 */
export const MANIFESTS: Readonly<Record<string, Manifest>> = {
  "slack.json": manifestOf(COMMANDS, "socket"),
  "slack-http.json": manifestOf(COMMANDS, "http"),
  "slack-oauth.json": manifestOf(COMMANDS, "oauth"),
};

/** The manifest of the app for one way into Slack. */
export function manifestOf(commands: readonly Command[], way: "socket" | "http" | "oauth"): Manifest {
  const isSocket = way === "socket";
  const url = `${ADDRESS}/slack/events`;
  return {
    _metadata: { major_version: 1 },
    display_information: {
      name: "Curewatch",
      description: say("en", "manifest.description"),
      long_description: say("en", "manifest.long"),
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      // Shown as present only while it is: a green dot beside a dead process would say the opposite of what is so.
      bot_user: { display_name: "curewatch", always_online: false },
      shortcuts: [
        {
          type: "global",
          name: say("en", "manifest.register"),
          callback_id: "register_matter",
          description: say("en", "manifest.register-about"),
        },
        { type: "message", name: say("en", "manifest.note"), callback_id: "note_on_matter", description: say("en", "manifest.note-about") },
      ],
      slash_commands: [
        {
          command: "/matter",
          ...(isSocket ? {} : { url: `${ADDRESS}/slack/commands` }),
          description: say("en", "manifest.command"),
          usage_hint: usageHint(commands),
          // Mentions arrive as ids, so that a person is meant and not a name.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(way === "oauth" ? { redirect_urls: [`${ADDRESS}/slack/oauth_redirect`] } : {}),
      // Slack wants an optional scope in both lists (docs.slack.dev/reference/app-manifest, oauth_config).
      scopes: { bot: [...SCOPES, ...OPTIONAL_SCOPES], bot_optional: [...OPTIONAL_SCOPES] },
    },
    settings: {
      event_subscriptions: {
        ...(isSocket ? {} : { request_url: url }),
        bot_events: ["app_home_opened", "app_uninstalled", "tokens_revoked"],
      },
      interactivity: { is_enabled: true, ...(isSocket ? {} : { request_url: url, message_menu_options_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: isSocket,
      token_rotation_enabled: way === "oauth",
    },
  };
}

/** What Slack shows while somebody types the command: every verb that a chat takes, those that ask with what they ask about. */
function usageHint(commands: readonly Command[]): string {
  const taken = commands.filter(({ terminalOnly }) => terminalOnly !== true);
  // What does not fit on a narrow screen is cut: help comes first.
  const ordered = [...taken.filter(({ verb }) => verb === "help"), ...taken.filter(({ verb }) => verb !== "help")];
  return ordered
    .map((command) => (command.group === "ask" ? [command.verb, ...writtenPositionals(command)].join(" ") : command.verb))
    .join(" | ");
}

/** As it lies in its file, in the form that the formatter keeps. */
export function written(manifest: object): string {
  const text = JSON.stringify(manifest, null, 2);
  return `${text.replaceAll(/\[\n\s+("[^[\]{}]*")\n\s+\]/g, (_list, items: string) => `[${items.replaceAll(/,\n\s+/g, ", ")}]`)}\n`;
}

/** What the schema finds wrong, one line for each; none where the manifest fits it. */
export function faultsBy(schema: object, manifest: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const fits = ajv.compile(schema);
  fits(manifest);
  return (fits.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
}

async function main(): Promise<number> {
  const options = {
    print: { type: "boolean" },
    schema: { type: "string" },
    protocol: { type: "string" },
    boundary: { type: "string" },
    "teams-app-id": { type: "string" },
    "teams-domain": { type: "string" },
    "teams-website": { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.schema !== undefined) return checkAgainst(resolve(process.env.INIT_CWD ?? ".", values.schema));
  if (values.print === true) {
    // The Slack CLI tells an answer from what is logged by a boundary of its own on both sides.
    const boundary = values.boundary ?? "";
    console.log(`${boundary}${JSON.stringify(MANIFESTS["slack.json"])}${boundary}`);
    return 0;
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, manifest] of Object.entries(MANIFESTS)) writeFileSync(join(FOLDER, name), written(manifest));
  const made = await writeTeams(join(FOLDER, "teams"), {
    appId: values["teams-app-id"],
    host: values["teams-domain"],
    website: values["teams-website"],
  });
  console[made.status === 0 ? "log" : "error"](made.says);
  return made.status;
}

function checkAgainst(file: string): number {
  const schema = JSON.parse(readFileSync(file, "utf8")) as object;
  const faults = Object.entries(MANIFESTS).flatMap(([name, manifest]) => faultsBy(schema, manifest).map((fault) => `${name}: ${fault}`));
  console.log(faults.length === 0 ? `${Object.keys(MANIFESTS).join(", ")}: fit the schema` : faults.join("\n"));
  return faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
