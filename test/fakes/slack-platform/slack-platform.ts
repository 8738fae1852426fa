import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Json, refusalOf } from "./check.ts";
import { render } from "./render.ts";
import { acceptSocket, type SocketPeer } from "./socket-server.ts";

export const TEAM = "T0TEAM";
export const CHANNEL = "C0WATCH";
export const USER = "U0ANA";
export const BOT_TOKEN = "xoxb-fake";
export const APP_TOKEN = "xapp-fake";
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** Befalls the next message: an HTTP status before or after showing it, a broken connection, silence, or one of Slack's error codes. */
export type SlackFault =
  | { readonly status: number; readonly retryAfter?: string; readonly accept?: boolean }
  | { readonly reset: true; readonly accept?: boolean }
  | { readonly silent: true }
  /** A 200 whose body is this, and which then ends, breaks off, or never ends. */
  | { readonly body: string; readonly then: "end" | "break" | "wait" }
  | { readonly error: string };

export interface SlackMessageShown {
  readonly ts: string;
  readonly channel: string;
  /** Who alone sees it, where it is ephemeral. */
  readonly user?: string;
  readonly text?: string;
  readonly blocks?: readonly Json[];
  readonly mrkdwn?: boolean;
}

/** Slack as far as this project uses it, on a loopback port of its own. */
export interface SlackPlatform {
  readonly apiUrl: string;
  /** Every call of the Web API, in order. */
  readonly calls: readonly { readonly method: string; readonly args: Json }[];
  /** What stands in the channel, oldest first; with a user, what that user alone sees too. */
  messages(channel: string, user?: string): readonly SlackMessageShown[];
  /** Befalls one call of a method that begins so (chat. without it), after as many that go well. */
  failNext(fault: SlackFault, at?: { readonly method?: string; readonly after?: number }): void;
  /** Connections over Socket Mode. */
  readonly connections: number;
  /** Closes them all, as Slack does when it recycles a machine. */
  dropConnections(): void;
  /** A response_url that serves five times, for a person in a channel. */
  responseUrl(channel: string, user: string): string;
  /** Sends an envelope over Socket Mode and waits until it is acknowledged; the payload of the acknowledgement. */
  deliver(type: string, payload: object): Promise<unknown>;
  close(): Promise<void>;
}

/** Uses of a response_url (docs.slack.dev: five times within thirty minutes). */
const USES = 5;

export async function slackPlatform(): Promise<SlackPlatform> {
  const calls: { method: string; args: Json }[] = [];
  const shown: SlackMessageShown[] = [];
  const uses = new Map<string, number>();
  const acknowledged = new Map<string, (payload: unknown) => void>();
  const peers = new Set<SocketPeer>();
  let next: { readonly fault: SlackFault; readonly method: string; after: number } | undefined;
  let minted = 0;
  const mint = () => `17000000${String(++minted).padStart(2, "0")}.000100`;

  const server = createServer((request, response) => void handle(request, response));
  server.on("upgrade", (request, socket) => {
    const peer = acceptSocket(request, socket, hear, () => peers.delete(peer));
    peers.add(peer);
    peer.send({ type: "hello", num_connections: peers.size });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function hear(message: object): void {
    const { envelope_id, payload } = message as { readonly envelope_id: string; readonly payload?: unknown };
    acknowledged.get(envelope_id)?.(payload);
    acknowledged.delete(envelope_id);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? "/", `http://${address}`);
    if (url.pathname.startsWith("/respond/")) return respond(url.pathname, JSON.parse(body) as Json, response);
    const method = url.pathname.replace("/api/", "");
    const form = Object.fromEntries(new URLSearchParams(body));
    const args: Json = {
      ...form,
      ...(form.blocks === undefined ? {} : { blocks: JSON.parse(form.blocks) }),
      ...(form.mrkdwn === undefined ? {} : { mrkdwn: form.mrkdwn === "true" }),
    };
    calls.push({ method, args });
    const token = method === "apps.connections.open" ? APP_TOKEN : BOT_TOKEN;
    if (request.headers.authorization !== `Bearer ${token}`) return answer(response, { ok: false, error: "invalid_auth" });
    const befalls = faultFor(method);
    if (befalls !== undefined && "error" in befalls) return answer(response, { ok: false, error: befalls.error });
    const isTaken = befalls === undefined || ("accept" in befalls && befalls.accept === true);
    const result = isTaken ? run(method, args) : {};
    if (befalls === undefined) return answer(response, result);
    if ("body" in befalls) return half(response, befalls);
    if ("reset" in befalls) response.socket?.destroy();
    if ("status" in befalls)
      response.writeHead(befalls.status, befalls.retryAfter === undefined ? {} : { "retry-after": befalls.retryAfter }).end("trouble");
  }

  function faultFor(method: string): SlackFault | undefined {
    if (next === undefined || !method.startsWith(next.method)) return undefined;
    if (next.after > 0) {
      next.after -= 1;
      return undefined;
    }
    const { fault } = next;
    next = undefined;
    return fault;
  }

  function run(method: string, args: Json): Json {
    switch (method) {
      case "auth.test":
        return { ok: true, team_id: TEAM, user_id: "U0BOT", bot_id: "B0BOT", url: `http://${address}/` };
      case "apps.connections.open":
        return { ok: true, url: `ws://${address}/socket` };
      case "chat.postMessage":
        return take(args, {});
      case "chat.postEphemeral":
        return take(args, { user: String(args.user) });
      case "chat.update":
      case "chat.delete":
        return change(method, args);
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  function take(args: Json, to: { readonly user?: string }): Json {
    if (args.channel !== CHANNEL && args.channel !== USER) return { ok: false, error: "channel_not_found" };
    const error = refusalOf(args);
    if (error !== undefined) return { ok: false, error };
    // A message to a person stands in the conversation with that person.
    const channel = args.channel === USER ? "D0ANA" : CHANNEL;
    const ts = mint();
    shown.push({ ...args, ...to, ts, channel });
    return { ok: true, channel, ts };
  }

  function change(method: string, args: Json): Json {
    const index = shown.findIndex(({ ts, channel }) => ts === args.ts && channel === args.channel);
    if (index < 0) return { ok: false, error: "message_not_found" };
    if (method === "chat.delete") shown.splice(index, 1);
    else {
      const error = refusalOf(args);
      if (error !== undefined) return { ok: false, error };
      shown[index] = { ...args, ts: String(args.ts), channel: String(args.channel) };
    }
    return { ok: true, channel: args.channel, ts: args.ts };
  }

  function respond(path: string, message: Json, response: ServerResponse): void {
    const used = uses.get(path);
    if (used === undefined || used >= USES) {
      answer(response, { ok: false, error: used === undefined ? "expired_url" : "used_url" }, 404);
      return;
    }
    uses.set(path, used + 1);
    const error = refusalOf(message);
    if (error !== undefined) {
      answer(response, { ok: false, error });
      return;
    }
    const [channel, user] = path.split("/").slice(2) as [string, string];
    shown.push({ ...message, ts: mint(), channel, ...(message.response_type === "in_channel" ? {} : { user }) });
    response.end("ok");
  }

  return {
    apiUrl: `http://${address}/api/`,
    calls,
    messages: (channel, user) =>
      shown.filter((message) => message.channel === channel && (message.user === undefined || message.user === user)),
    failNext(fault, { method = "chat.", after = 0 } = {}) {
      next = { fault, method, after };
    },
    get connections() {
      return peers.size;
    },
    dropConnections() {
      for (const peer of peers) peer.close();
    },
    responseUrl(channel, user) {
      const path = `/respond/${channel}/${user}/${mint()}`;
      uses.set(path, 0);
      return `http://${address}${path}`;
    },
    deliver(type, payload) {
      const [peer] = peers;
      if (peer === undefined) throw new Error("nobody is connected over Socket Mode");
      const envelope_id = mint();
      const done = new Promise<unknown>((resolve) => acknowledged.set(envelope_id, resolve));
      peer.send({ envelope_id, type, payload, accepts_response_payload: true });
      return done;
    },
    async close() {
      for (const peer of peers) peer.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What a person sees of a message. */
export function seen(message: SlackMessageShown): string {
  return render(message);
}

function half(response: ServerResponse, { body, then }: Extract<SlackFault, { body: string }>): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.write(body, () => (then === "end" ? response.end() : then === "break" ? response.socket?.destroy() : undefined));
}

function answer(response: ServerResponse, body: Json, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
