import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { stopwatch } from "../../src/time/clock.ts";

export const TEAM = "T0BENCH";
const BOT = "B0BENCH";

/** A message that somebody in the channel sees. */
export interface Shown {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly metadata: unknown;
  /** By the stopwatch. */
  readonly at: number;
}

/** As much of Slack as serving takes, with any number of channels and the history that a bot with its scope may read. */
export interface PretendedSlack {
  readonly apiUrl: string;
  readonly shown: readonly Shown[];
  /** Called as each message is shown. Where it answers true the poster never hears of it. */
  onShown: (count: number) => boolean;
  close(): Promise<void>;
}

export async function pretendedSlack(): Promise<PretendedSlack> {
  const shown: Shown[] = [];
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const slack = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    shown,
    onShown: (_count: number) => false,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request.setEncoding("utf8") as AsyncIterable<string>) body += part;
    const form = Object.fromEntries(new URLSearchParams(body)) as Readonly<Record<string, string | undefined>>;
    const answered = answer((request.url ?? "").replace("/api/", ""), form);
    if (answered !== null) response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answered));
  }

  /** Null where it says nothing. */
  function answer(method: string, form: Readonly<Record<string, string | undefined>>): object | null {
    switch (method) {
      case "auth.test":
        return { ok: true, team_id: TEAM, user_id: "U0BENCH", bot_id: BOT, url: slack.apiUrl };
      case "chat.postMessage": {
        const ts = `${Math.floor(Date.now() / 1000)}.${String(shown.length + 1).padStart(6, "0")}`;
        const metadata = form.metadata === undefined ? undefined : (JSON.parse(form.metadata) as unknown);
        shown.push({ ts, channel: form.channel!, text: form.text ?? "", metadata, at: stopwatch() });
        return slack.onShown(shown.length) ? null : { ok: true, channel: form.channel, ts };
      }
      case "users.info":
        return { ok: true, user: { id: form.user, team_id: TEAM, name: "ana", locale: "en-GB" } };
      case "conversations.info":
        return { ok: true, channel: { id: form.channel, is_channel: true, is_member: true, context_team_id: TEAM } };
      case "conversations.members":
        return { ok: true, members: ["U0BENCH", "U0ANA"] };
      case "chat.update":
        return { ok: true, channel: form.channel, ts: form.ts };
      case "conversations.history":
      case "conversations.replies": {
        const found = shown.filter(({ channel, ts }) => channel === form.channel && Number(ts) > Number(form.oldest ?? 0)).toReversed();
        const messages = found.map(({ ts, text, metadata }) => ({ type: "message", bot_id: BOT, ts, text, metadata }));
        return { ok: true, messages, has_more: false };
      }
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  return slack;
}
