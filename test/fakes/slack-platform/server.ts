import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, FaultScript } from "../fault-script.ts";
import type { Json } from "./blocks/shape.ts";
import { argumentsOf } from "./conversations.ts";
import type { RateLimits } from "./limits.ts";
import { APP_TOKEN } from "./names.ts";
import type { Consent, SlackOauth } from "./oauth.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { isToken, type Tokens } from "./tokens.ts";
import { callMethod, type WebApi, workspaceFor } from "./web-api.ts";

/** One call of the Web API, as it came. */
export interface Call {
  readonly method: string;
  readonly args: Json;
  /** The workspace that its token serves; null where the token is none of a workspace. */
  readonly team: string | null;
}

export interface ServerParts {
  readonly now: () => number;
  readonly api: WebApi;
  readonly tokens: Tokens;
  readonly oauth: SlackOauth;
  readonly urls: ResponseUrls;
  readonly limits: RateLimits;
  readonly script: FaultScript;
  readonly calls: Call[];
  /** What the person answers at the page of /oauth/v2/authorize. */
  readonly consent: () => Consent | null;
}

/** Answers every request that comes to Slack. */
export function requestHandler(parts: ServerParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    response.setHeader("date", new Date(parts.now()).toUTCString());
    const body = await bodyOf(request);
    const url = new URL(request.url ?? "/", `http://${parts.api.address()}`);
    if (url.pathname === "/oauth/v2/authorize") return authorize(parts, url.searchParams, response);
    if (url.pathname.startsWith("/respond/")) {
      const say = () => parts.urls.answer(url.pathname, JSON.parse(body.toString("utf8")) as Json);
      const fault = parts.script.next("respond");
      if (fault !== undefined) return befall(fault, () => ({ ok: say().status === 200 }), response);
      const { status, body: said } = say();
      return said === "ok" ? void response.end("ok") : answer(response, said, status);
    }
    if (url.pathname.startsWith("/upload/")) {
      const fault = parts.script.next("upload");
      if (fault !== undefined) return befall(fault, () => ({ ok: true }), response);
      const taken = parts.api.files.upload(url.pathname, request.headers["content-type"] ?? "", body);
      response.writeHead(taken ? 200 : 404).end(taken ? "OK" : "no such upload");
      return;
    }
    await call(parts, url, request, body, response);
  };
}

async function call(parts: ServerParts, url: URL, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const { tokens, oauth, script, calls, limits, api } = parts;
  const method = url.pathname.replace("/api/", "");
  const args = argumentsOf({ ...Object.fromEntries(url.searchParams), ...formOf(request, body) });
  const { authorization } = request.headers;
  const bearer = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? (typeof args.token === "string" ? args.token : undefined);
  const read = bearer === undefined ? { ok: false, error: "not_authed" } : tokens.read(bearer);
  const workspace = isToken(read) ? workspaceFor(read, args) : undefined;
  if (isToken(read)) response.setHeader("x-oauth-scopes", read.scopes.join(","));
  calls.push({ method, args, team: workspace?.team ?? null });

  const run = (): Json => {
    if (method === "oauth.v2.access") return oauth.access(args, authorization);
    if (method === "apps.connections.open")
      return bearer === APP_TOKEN ? { ok: true, url: `ws://${api.address()}/socket` } : { ok: false, error: "invalid_auth" };
    return isToken(read) ? callMethod(api, read, method, args) : read;
  };
  // A token that Slack does not take is told so whatever else befalls the call.
  const isKnown = isToken(read) || method === "oauth.v2.access" || (method === "apps.connections.open" && bearer === APP_TOKEN);
  if (!isKnown) return answer(response, run());
  const fault = script.next(method, workspace?.team);
  if (fault !== undefined) return befall(fault, run, response);
  const wait = workspace === undefined ? 0 : limits.waitFor(workspace.team, method, args.channel);
  if (wait > 0) {
    response.setHeader("retry-after", String(wait));
    return answer(response, { ok: false, error: "ratelimited" }, 429);
  }
  answer(response, run());
}

async function befall(fault: Fault, run: () => Json, response: ServerResponse): Promise<void> {
  if (fault.kind === "held") {
    await fault.until;
    return answer(response, run());
  }
  if (fault.kind === "slow") {
    const result = run();
    setTimeout(() => answer(response, result), fault.milliseconds).unref();
    return;
  }
  if (fault.kind === "refusal") return answer(response, { ok: false, error: fault.error });
  if ("shown" in fault && fault.shown === true) run();
  if (fault.kind === "half") half(response, fault);
  if (fault.kind === "reset") response.socket?.destroy();
  if (fault.kind === "answer")
    response.writeHead(fault.status, fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter }).end("trouble");
}

function authorize({ oauth, consent }: ServerParts, asked: URLSearchParams, response: ServerResponse): void {
  const page = oauth.authorize(asked, consent());
  if ("location" in page) response.writeHead(302, { location: page.location }).end();
  else response.writeHead(400, { "content-type": "text/plain" }).end(page.error);
}

function formOf(request: IncomingMessage, body: Buffer): Json {
  const words = body.toString("utf8");
  if (request.headers["content-type"]?.startsWith("application/json")) return JSON.parse(words || "{}") as Json;
  return Object.fromEntries(new URLSearchParams(words));
}

function half(response: ServerResponse, { body, then }: Extract<Fault, { kind: "half" }>): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.write(body, () => (then === "end" ? response.end() : then === "break" ? response.socket?.destroy() : undefined));
}

function answer(response: ServerResponse, body: Json, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
