import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type At, type Fault, faultScript } from "../fault-script.ts";
import type { Showing } from "../shown-record.ts";
import type { Json } from "./check.ts";
import { BOT, type SlackMessageShown, slackConversations } from "./conversations.ts";
import { render } from "./render.ts";
import { acceptSocket, type SocketPeer } from "./socket-server.ts";

export { CHANNEL, DIRECT, type SlackMessageShown, USER } from "./conversations.ts";
export const TEAM = "T0TEAM";
export const BOT_TOKEN = "xoxb-fake";
export const APP_TOKEN = "xapp-fake";
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** The scopes of the manifest, and those that a user may add so that the bot can read back what it posted. */
export const SCOPES: readonly string[] = ["commands", "chat:write", "users:read"];
export const HISTORY_SCOPES: readonly string[] = ["channels:history", "im:history"];

export interface SlackOptions {
  /** Milliseconds since 1970 by Slack's clock: the messages' timestamps, and the Date of every answer. */
  readonly now?: () => number;
  /** The most messages on a page of history; 999 without it. */
  readonly page?: number;
}

/** Slack as far as this project uses it, on a loopback port of its own. */
export interface SlackPlatform {
  readonly apiUrl: string;
  /** Every call of the Web API, in order. */
  readonly calls: readonly { readonly method: string; readonly args: Json }[];
  /** What stands in the channel, oldest first; with a user, what that user alone sees too. */
  messages(channel: string, user?: string): readonly SlackMessageShown[];
  /** Everything that was shown, changed or removed, in order. */
  readonly record: readonly Showing[];
  /** Befalls one call of a method that begins so (chat. without it), after as many that go well. Resolves when it has. */
  failNext(fault: Fault, at?: At): Promise<void>;
  /** Befalls the next calls of such methods, one fault each. */
  failWith(faults: readonly Fault[], at?: At): Promise<void>;
  /** What the bot token may do from now on; SCOPES at first. */
  grant(scopes: readonly string[]): void;
  /** Somebody removes everything that stands in the channel. */
  wipe(channel: string): void;
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

export async function slackPlatform({ now = Date.now, page = 999 }: SlackOptions = {}): Promise<SlackPlatform> {
  const calls: { method: string; args: Json }[] = [];
  const conversations = slackConversations(now, page);
  const { shown } = conversations;
  const script = faultScript();
  let scopes: ReadonlySet<string> = new Set(SCOPES);
  const uses = new Map<string, number>();
  const acknowledged = new Map<string, (payload: unknown) => void>();
  const peers = new Set<SocketPeer>();
  let minted = 0;
  const mint = () => String(++minted);

  const server = createServer((request, response) => {
    response.setHeader("date", new Date(now()).toUTCString());
    void handle(request, response);
  });
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
      ...(form.metadata === undefined ? {} : { metadata: JSON.parse(form.metadata) }),
      ...(form.mrkdwn === undefined ? {} : { mrkdwn: form.mrkdwn === "true" }),
      ...(form.reply_broadcast === undefined ? {} : { reply_broadcast: form.reply_broadcast === "true" }),
    };
    calls.push({ method, args });
    const token = method === "apps.connections.open" ? APP_TOKEN : BOT_TOKEN;
    if (request.headers.authorization !== `Bearer ${token}`) return answer(response, { ok: false, error: "invalid_auth" });
    const fault = script.next(method);
    if (fault?.kind === "held") await fault.until;
    if (fault === undefined || fault.kind === "held") return answer(response, run(method, args));
    if (fault.kind === "slow") {
      const result = run(method, args);
      setTimeout(() => answer(response, result), fault.milliseconds).unref();
      return;
    }
    if (fault.kind === "refusal") return answer(response, { ok: false, error: fault.error });
    if ("shown" in fault && fault.shown === true) run(method, args);
    if (fault.kind === "half") half(response, fault);
    if (fault.kind === "reset") response.socket?.destroy();
    if (fault.kind === "answer")
      response.writeHead(fault.status, fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter }).end("trouble");
  }

  function run(method: string, args: Json): Json {
    switch (method) {
      case "auth.test":
        return { ok: true, team_id: TEAM, user_id: "U0BOT", bot_id: BOT, url: `http://${address}/` };
      case "apps.connections.open":
        return { ok: true, url: `ws://${address}/socket` };
      case "chat.postMessage":
        return conversations.post(args);
      case "chat.postEphemeral":
        return conversations.post(args, { user: String(args.user) });
      case "chat.update":
        return conversations.change(args);
      case "chat.delete":
        return conversations.remove(args);
      case "conversations.history":
      case "conversations.replies": {
        const needed = String(args.channel).startsWith("D") ? "im:history" : "channels:history";
        if (!scopes.has(needed)) return { ok: false, error: "missing_scope", needed, provided: [...scopes].join(",") };
        return method === "conversations.history" ? conversations.history(args) : conversations.replies(args);
      }
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  function respond(path: string, message: Json, response: ServerResponse): void {
    const used = uses.get(path);
    if (used === undefined || used >= USES) {
      answer(response, { ok: false, error: used === undefined ? "expired_url" : "used_url" }, 404);
      return;
    }
    uses.set(path, used + 1);
    const [channel, user] = path.split("/").slice(2) as [string, string];
    const error = conversations.respond(message, channel, user);
    if (error !== undefined) {
      answer(response, { ok: false, error });
      return;
    }
    response.end("ok");
  }

  return {
    apiUrl: `http://${address}/api/`,
    calls,
    messages: (channel, user) =>
      shown.filter((message) => message.channel === channel && (message.user === undefined || message.user === user)),
    record: conversations.record,
    failNext: (fault, { method = "chat.", after = 0 } = {}) => script.add([fault], { method, after }),
    failWith: (faults, { method = "chat.", after = 0 } = {}) => script.add(faults, { method, after }),
    grant(next) {
      scopes = new Set(next);
    },
    wipe(channel) {
      for (const { ts } of shown.filter((message) => message.channel === channel)) conversations.remove({ channel, ts });
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

function half(response: ServerResponse, { body, then }: Extract<Fault, { kind: "half" }>): void {
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
