import type { IncomingMessage, ServerResponse } from "node:http";
import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { isSigned } from "./signature.ts";

/** Where Slack sends events and buttons, and where slash commands: the same door under two names. */
const PATHS = ["/slack/events", "/slack/commands"];

/** Far above what Slack sends, far below what hurts. */
const BODY_BYTES = 1_048_576;

/** Takes Slack's requests from the program's one HTTP server, so that Bolt opens none of its own. */
export function httpReceiver(host: ChatHost, signingSecret: string): Receiver {
  let app: App | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    if (raw === undefined) return refuse(request, response, 413);
    if (!isSigned({ secret: signingSecret, headers: request.headers, body: raw, now: host.clock.now() }))
      return refuse(request, response, 401);
    const body = parse(request.headers["content-type"] ?? "", raw.toString("utf8"));
    if (body === undefined) return refuse(request, response, 400);
    if (body.ssl_check !== undefined) return send(response, 200, "");
    if (body.type === "url_verification") return send(response, 200, { challenge: body.challenge });
    if (app === undefined) return refuse(request, response, 503);
    await process(app, eventOf(request, body, response), response);
  }

  async function process(app: App, event: ReceiverEvent, response: ServerResponse): Promise<void> {
    try {
      await app.processEvent(event);
      // What nobody listens to is acknowledged all the same: Slack would deliver it again, or tell the reader of a time-out.
      if (!response.headersSent) send(response, 200, "");
    } catch (error) {
      host.log.error({ err: error }, "slack: a request could not be handled");
      if (!response.headersSent) send(response, 500, "");
    }
  }

  return {
    init(given) {
      app = given;
    },
    async start() {
      for (const path of PATHS) host.route("POST", path, handle);
    },
    async stop() {
      app = undefined;
    },
  };
}

function eventOf(request: IncomingMessage, body: Record<string, unknown>, response: ServerResponse): ReceiverEvent {
  const retryNum = Number(request.headers["x-slack-retry-num"]);
  const retryReason = request.headers["x-slack-retry-reason"];
  return {
    body,
    ack: async (answer) => {
      if (!response.headersSent) send(response, 200, (answer as string | object | undefined) ?? "");
    },
    ...(Number.isInteger(retryNum) ? { retryNum } : {}),
    ...(typeof retryReason === "string" ? { retryReason } : {}),
  };
}

/** The whole body; undefined where it is longer than allowed. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON for events; a form for commands; a form with JSON in it for buttons. */
function parse(contentType: string, raw: string): Record<string, unknown> | undefined {
  try {
    const form = contentType.startsWith("application/x-www-form-urlencoded") ? Object.fromEntries(new URLSearchParams(raw)) : undefined;
    const parsed: unknown = form === undefined ? JSON.parse(raw) : form.payload === undefined ? form : JSON.parse(form.payload);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: string | object): void {
  response.writeHead(status, { "content-type": typeof body === "string" ? "text/plain; charset=utf-8" : "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** Refuses without reading on, and lets the connection go. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.setHeader("connection", "close");
  send(response, status, "");
  request.resume();
}
