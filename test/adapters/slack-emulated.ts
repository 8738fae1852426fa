import { createEmulator, type Emulator } from "emulate";

/** A Slack that others wrote: one workspace with Ana, the app's bot and a channel, and scopes that it insists on. */
export interface Emulated {
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  call(method: string, parameters: Readonly<Record<string, string>>, token: string): Promise<Record<string, unknown>>;
  /** The page on which it shows what stands in it. */
  page(tab: "files" | "views" | "auth"): Promise<string>;
  /** Of everybody and every channel, by name. */
  readonly ids: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export const TEAM = "T000000001";
export const BOT = "xoxb-emulated";
/** The same bot with the scopes of the manifest alone. */
export const POOR = "xoxb-poor";
export const READER = "xoxp-emulated";
export const MANIFEST_SCOPES: readonly string[] = ["chat:write", "commands", "users:read"];

export interface EmulatedOptions {
  /** Of the bot's token; those of the manifest without it. */
  readonly scopes?: readonly string[];
  readonly app?: { readonly client_id: string; readonly client_secret: string; readonly redirect_uris: readonly string[] };
}

export async function emulated({ scopes = MANIFEST_SCOPES, app }: EmulatedOptions = {}): Promise<Emulated> {
  const tokens = [
    { token: BOT, type: "bot", user: "curewatch", scopes },
    { token: POOR, type: "bot", user: "curewatch", scopes: MANIFEST_SCOPES },
    { token: READER, user: "ana", scopes: ["channels:history", "im:history", "channels:read", "im:read", "users:read"] },
  ];
  const users = [{ name: "ana" }, { name: "curewatch" }];
  const oauth = app === undefined ? {} : { oauth_apps: [{ ...app, name: "Curewatch" }] };
  const slack = { strict_scopes: true, team: { name: "Watch", domain: "watch" }, users, tokens, channels: [{ name: "watch" }], ...oauth };
  const emulator: Emulator = await createEmulator({ service: "slack", port: 0, hostname: "127.0.0.1", seed: { slack } });
  const base = `http://127.0.0.1:${new URL(emulator.url).port}`;

  async function call(method: string, parameters: Readonly<Record<string, string>>, token: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${base}/api/${method}`, { method: "POST", headers, body: new URLSearchParams(parameters) });
    return (await response.json()) as Record<string, unknown>;
  }

  const { members } = (await call("users.list", {}, READER)) as { members: readonly { id: string; name: string }[] };
  const { channels } = (await call("conversations.list", {}, READER)) as { channels: readonly { id: string; name: string }[] };
  return {
    apiUrl: `${base}/api/`,
    authorizeUrl: `${base}/oauth/v2/authorize`,
    call,
    page: async (tab) => (await fetch(`${base}/?tab=${tab}`)).text(),
    close: () => emulator.close(),
    ids: new Map([...members, ...channels].map(({ id, name }) => [name, id])),
  };
}
