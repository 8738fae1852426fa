import type { ChatAdapter } from "../src/ports/chat.ts";
import type { Store } from "../src/ports/store.ts";
import type { ConsoleAdapter, ConsoleConfig } from "./chat/console/console.ts";
import type { SlackConfig } from "./chat/slack/slack.ts";
import type { TeamsConfig } from "./chat/teams/config.ts";
import type { Inspected, StoreOptions } from "./store/sql/open.ts";

/** The chat adapters by name, each loaded only when it is asked for: botbuilder alone brings 115 packages. */
export const CHAT = {
  console: async (config: ConsoleConfig): Promise<ConsoleAdapter> => (await import("./chat/console/console.ts")).consoleAdapter(config),
  slack: async (config: SlackConfig): Promise<ChatAdapter> => (await import("./chat/slack/slack.ts")).slackAdapter(config),
  teams: async (config: TeamsConfig): Promise<ChatAdapter> => (await import("./chat/teams/teams.ts")).teamsAdapter(config),
};

/** The store, by the kind of its address. */
export const STORE = {
  open: async (options: StoreOptions): Promise<Store> => (await import("./store/sql/open.ts")).openStore(options),
  inspect: async (file: string): Promise<Inspected> => (await import("./store/sql/open.ts")).inspect(file),
};
