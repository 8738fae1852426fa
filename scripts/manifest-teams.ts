import type { TeamsManifestLatest } from "@microsoft/app-manifest";
import { isKey, say } from "../src/cards/say.ts";
import type { Command } from "../src/commands/command.ts";
import type { Language } from "../src/time/wording.ts";

/** As Microsoft's own package declares the newest schema: what is misspelt or unknown there does not pass the type check. */
export type TeamsManifest = TeamsManifestLatest;

/** A file of words: where they stand in the manifest, and the words. */
export type Words = Readonly<Record<string, string>>;

/** What only whoever runs the app knows. */
export interface Own {
  /** The application (client) id of the Azure Bot registration, a GUID; the app has the same one. */
  readonly appId: string;
  /** The host at which Teams reaches the program, without https://. */
  readonly host: string;
  /** The page that Teams shows as the app's, its privacy's and its terms' alike; https://HOST without it. */
  readonly website?: string;
}

/** What stands in the committed manifest: it fits the schema, and Teams knows no such app. */
export const PLACEHOLDER: Own = { appId: "00000000-0000-0000-0000-000000000000", host: "YOUR-ADDRESS" };

const SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.30";
/** Teams wants a higher one for each upload that changes something. */
const VERSION = "1.0.0";
const BLUE = "#1D4E89";

/**
 * Twelve are shown at most, for each kind of conversation, in this order. They are those that somebody types by hand; all others are taken too, and
 * `help` names them.
 */
const OFFERED = {
  together: ["help", "list", "show", "why", "chart", "digest", "watch", "watches", "settings", "ack", "snooze", "register"],
  alone: ["help", "list", "show", "why", "chart", "cost", "history", "digest", "mine", "register", "record", "deadline"],
} as const;

/** The manifest of the Teams app, its words in English. */
export function teamsManifest(commands: readonly Command[], own: Own): TeamsManifest {
  const website = own.website ?? `https://${own.host}`;
  const list = (verbs: readonly string[]) => verbs.map((verb) => ({ title: verb, description: aboutOf(commands, verb, "en") }));
  return {
    $schema: `${SCHEMA}/MicrosoftTeams.schema.json`,
    manifestVersion: "1.30",
    version: VERSION,
    id: own.appId,
    localizationInfo: {
      defaultLanguageTag: "en",
      defaultLanguageFile: "en.json",
      additionalLanguages: [{ languageTag: "fr", file: "fr.json" }],
    },
    developer: { name: "Curewatch", websiteUrl: website, privacyUrl: website, termsOfUseUrl: website },
    name: { short: "Curewatch", full: say("en", "manifest.teams-full") },
    description: { short: say("en", "manifest.teams-short"), full: say("en", "manifest.long") },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: BLUE,
    bots: [
      {
        botId: own.appId,
        scopes: ["team", "groupChat", "personal"],
        isNotificationOnly: false,
        supportsFiles: false,
        supportsTargetedMessages: true,
        // The settings of the place: asked for when the app is added, and under Manage afterwards.
        configuration: { team: { fetchTask: true }, groupChat: { fetchTask: true } },
        commandLists: [
          { scopes: ["team"], triggers: ["mention", "slash"], commands: list(OFFERED.together) },
          { scopes: ["groupChat"], triggers: ["mention", "slash"], commands: list(OFFERED.together) },
          { scopes: ["personal"], commands: list(OFFERED.alone) },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: own.appId,
        commands: [
          {
            id: "searchMatters",
            type: "query",
            context: ["compose", "commandBox"],
            title: say("en", "manifest.teams-search"),
            description: say("en", "manifest.teams-search-about"),
            initialRun: true,
            parameters: [
              {
                name: "search",
                title: say("en", "manifest.teams-search-for"),
                description: say("en", "manifest.teams-search-for-about"),
                inputType: "text",
              },
            ],
          },
          // As Slack's two shortcuts: the dialog of a command, of which the second is found in the menu of a message.
          {
            id: "register",
            type: "action",
            fetchTask: true,
            context: ["compose", "commandBox"],
            title: say("en", "manifest.register"),
            description: say("en", "manifest.register-about"),
          },
          {
            id: "note",
            type: "action",
            fetchTask: true,
            context: ["message"],
            title: say("en", "manifest.note"),
            description: say("en", "manifest.note-about"),
          },
        ],
      },
    ],
    // Nothing is asked of the tenant's data: no resource-specific permission, no single sign-on.
    permissions: ["identity", "messageTeamMembers"],
    validDomains: [own.host],
    // Shared and private channels beside the standard ones.
    supportsChannelFeatures: "tier1",
    defaultInstallScope: "team",
    defaultGroupCapability: { team: "bot", groupchat: "bot" },
  };
}

/** The words of the manifest in a language. A command's title stays as it is: it is what Teams types. */
export function teamsWords(commands: readonly Command[], language: Language): object {
  const extension = "composeExtensions[0].commands";
  const lists = [OFFERED.together, OFFERED.together, OFFERED.alone].flatMap((verbs, index) =>
    verbs.flatMap((verb, at): readonly (readonly [string, string])[] => {
      const command = `bots[0].commandLists[${index}].commands[${at}]`;
      return [
        [`${command}.title`, verb],
        [`${command}.description`, aboutOf(commands, verb, language)],
      ];
    }),
  );
  const words: Words = {
    "name.short": "Curewatch",
    "name.full": say(language, "manifest.teams-full"),
    "description.short": say(language, "manifest.teams-short"),
    "description.full": say(language, "manifest.long"),
    ...Object.fromEntries(lists),
    [`${extension}[0].title`]: say(language, "manifest.teams-search"),
    [`${extension}[0].description`]: say(language, "manifest.teams-search-about"),
    [`${extension}[0].parameters[0].title`]: say(language, "manifest.teams-search-for"),
    [`${extension}[0].parameters[0].description`]: say(language, "manifest.teams-search-for-about"),
    [`${extension}[1].title`]: say(language, "manifest.register"),
    [`${extension}[1].description`]: say(language, "manifest.register-about"),
    [`${extension}[2].title`]: say(language, "manifest.note"),
    [`${extension}[2].description`]: say(language, "manifest.note-about"),
  };
  return { $schema: `${SCHEMA}/MicrosoftTeams.Localization.schema.json`, ...words };
}

function aboutOf(commands: readonly Command[], verb: string, language: Language): string {
  const command = commands.find((one) => one.verb === verb);
  if (command === undefined || command.terminalOnly === true) throw new Error(`${verb}: no command that a chat takes`);
  if (!isKey(command.summary)) throw new Error(`${verb}: no words for ${command.summary}`);
  return say(language, command.summary);
}
