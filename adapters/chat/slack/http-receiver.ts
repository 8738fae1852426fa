import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Receiver, ReceiverEvent } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import type { Admission, Inner } from "./admission.ts";
import { seenSignatures } from "./seen.ts";
import { isPlausible, isSigned } from "./signature.ts";

/** Where Slack sends events and buttons, and where slash commands: the same door under two names. */
const PATHS = ["/slack/events", "/slack/commands"];

/** Far above what Slack sends, far below what hurts. */
const BODY_BYTES = 1_048_576;

/**
 * Takes Slack's requests from the program's one HTTP server, so that Bolt opens none of its own. Any of the signing secrets will do: there are two
 * while one is being replaced.
 */
export function httpReceiver(host: ChatHost, secrets: readonly string[], admission: Pick<Admission, "admitted">): Receiver {
  let app: Inner | undefined;
  const seen = seenSignatures(host.clock);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    if (Number(headers["content-length"] ?? 0) > BODY_BYTES) return refuse(request, response, 413);
    // What cannot be Slack's is not even read.
    if (!isPlausible(headers, host.clock.now())) return refuse(request, response, 401);
    const raw = await bodyOf(request);
    if (raw === undefined) return refuse(request, response, 413);
    if (!secrets.some((secret) => isSigned({ secret, headers, body: raw, now: host.clock.now() }))) return refuse(request, response, 401);
    const signature = headers["x-slack-signature"] as string;
    const body = parse(headers["content-type"] ?? "", raw.toString("utf8"));
    if (body === undefined) return refuse(request, response, 400);
    // Slack signs each of its retries anew: the very same request was recorded and sent again, and does nothing.
    if (seen.has(signature) && !isTypedAgain(body, headers, host.clock.now())) return send(response, 200, "");
    seen.add(signature);
    if (body.ssl_check !== undefined) return send(response, 200, "");
    if (body.type === "url_verification") return send(response, 200, { challenge: body.challenge });
    if (app === undefined) {
      seen.forget(signature);
      return refuse(request, response, 503);
    }
    if (!(await process(app, eventOf(request, body, response), response))) seen.forget(signature);
  }

  /** False where it failed. */
  async function process(app: Inner, event: ReceiverEvent, response: ServerResponse): Promise<boolean> {
    try {
      await app.processEvent(event);
      // What nobody listens to is acknowledged all the same: Slack would deliver it again, or tell the reader of a time-out.
      if (!response.headersSent) send(response, 200, "");
      return true;
    } catch (error) {
      host.log.error({ err: error }, "slack: a request could not be handled");
      if (!response.headersSent) send(response, 500, "");
      return false;
    }
  }

  return {
    init(given) {
      app = admission.admitted(given);
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
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= BODY_BYTES) return;
      request.off("data", take);
      resolve(undefined);
    };
    request.on("data", take);
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

/**
 * What somebody types into a select, takes back and types again within a second is the very same request: nothing in it is its own. It asks, and
 * changes nothing.
 */
function isTypedAgain({ type }: Record<string, unknown>, headers: IncomingHttpHeaders, now: Instant): boolean {
  const seconds = millisecondsOf(now) / 1000 - Number(headers["x-slack-request-timestamp"]);
  return type === "block_suggestion" && Math.abs(seconds) <= 5;
}

/** JSON for events; a form for commands; a form with JSON in it for buttons. */
function parse(contentType: string, raw: string): Record<string, unknown> | undefined {
  try {
    const form = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded")
      ? Object.fromEntries(new URLSearchParams(raw))
      : undefined;
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
