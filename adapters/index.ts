import type { ChatAdapter } from "../src/ports/chat.ts";
import type { OwnKeys } from "../src/ports/own-keys.ts";
import type { Store } from "../src/ports/store.ts";
import type { ConsoleAdapter, ConsoleConfig } from "./chat/console/console.ts";
import { ownKeys as slackKeys } from "./chat/slack/own-keys.ts";
import type { SlackConfig } from "./chat/slack/slack.ts";
import type { TeamsConfig } from "./chat/teams/config.ts";
import { ownKeys as teamsKeys } from "./chat/teams/own-keys.ts";
import { nameOf } from "./store/keyv/outside.ts";
import type { Taken } from "./store/sql/copy-register.ts";
import type { MoveOptions } from "./store/sql/move.ts";
import type { Inspected, StoreOptions } from "./store/sql/open.ts";

/** The chat adapters by name, each loaded only when it is asked for: botbuilder alone brings 115 packages. */
export const CHAT = {
  console: async (config: ConsoleConfig): Promise<ConsoleAdapter> => (await import("./chat/console/console.ts")).consoleAdapter(config),
  slack: async (config: SlackConfig): Promise<ChatAdapter> => (await import("./chat/slack/slack.ts")).slackAdapter(config),
  teams: async (config: TeamsConfig): Promise<ChatAdapter> => (await import("./chat/teams/teams.ts")).teamsAdapter(config),
};

/** What the adapters keep of one person alone: read with the store, so it loads nothing of a platform. */
export const OWN_KEYS: readonly OwnKeys[] = [slackKeys, teamsKeys];

/** The store, by the kind of its address. */
export const STORE = {
  open: async (options: StoreOptions): Promise<Store> => (await import("./store/sql/open.ts")).openStore({ ownKeys: OWN_KEYS, ...options }),
  move: async (options: MoveOptions): Promise<Taken> => (await import("./store/sql/move.ts")).moveRegister(options),
  nameOf: (url: string): string => nameOf(url),
  copyFile: async (from: string, file: string): Promise<void> => (await import("./store/sql/backup.ts")).copyFile(from, file),
  inspect: async (file: string): Promise<Inspected> => (await import("./store/sql/open.ts")).inspect(file),
};
