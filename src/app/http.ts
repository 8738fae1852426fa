import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ChatHost, Log, RouteHandler } from "../ports/chat.ts";
import { isLoopback } from "./config.ts";

/** The one HTTP server: adapters register their routes on it before it listens. */
export interface Web {
  readonly route: ChatHost["route"];
  /** Registers all paths that begin so; the handler is told the rest, which may be a secret and is never logged. */
  routeUnder(
    method: "GET",
    prefix: string,
    handle: (request: IncomingMessage, response: ServerResponse, rest: string) => Promise<void>,
  ): void;
  /** Listens when anything is registered; returns the address, or null when there is nothing to serve. */
  listen(host: string, port: number): Promise<string | null>;
  close(): Promise<void>;
}

/** Longer than a platform takes to send a request, in milliseconds: Slack and Teams themselves wait seconds for the answer. */
const SENDING = 30_000;
/** How long an answer that is on its way may take when the server is closed, in milliseconds. */
const PARTING = 1_000;

export function openWeb(log: Log): Web {
  const routes = new Map<string, RouteHandler>();
  const under = new Map<string, Parameters<Web["routeUnder"]>[2]>();
  const server: Server = createServer({ requestTimeout: SENDING, headersTimeout: SENDING }, (request, response) => {
    const path = pathOf(request);
    answer(path, request, response).catch((error: unknown) => {
      // Whoever breaks off in the middle of a request has done so, and no fault of ours.
      if (request.destroyed && !request.complete) return;
      log.error(
        { path: prefixOf(path) ?? path, error: error instanceof Error ? error.stack : String(error) },
        "a request failed by a fault of ours",
      );
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handle = routes.get(`${request.method} ${path}`);
    if (handle !== undefined) return handle(request, response);
    const prefix = prefixOf(path);
    const within = prefix === null ? undefined : under.get(`${request.method} ${prefix}`);
    if (within !== undefined) return within(request, response, path.slice(prefix!.length));
    nothing(response);
  }

  function prefixOf(path: string): string | null {
    const prefixes = [...under.keys()].map((name) => name.slice(name.indexOf(" ") + 1));
    return prefixes.find((prefix) => path.startsWith(prefix)) ?? null;
  }

  return {
    route(method, path, handle) {
      const name = `${method} ${path}`;
      if (routes.has(name)) throw new Error(`two adapters claim ${name}`);
      routes.set(name, handle);
    },
    routeUnder: (method, prefix, handle) => void under.set(`${method} ${prefix}`, handle),
    async listen(host, port) {
      if (routes.size + under.size === 0) return null;
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, resolve);
      });
      const address = server.address();
      return typeof address === "object" && address !== null ? `http://${host}:${address.port}` : null;
    },
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        // What was asked has been answered by now. What is left are requests that nobody ends, and they would keep the program from ending.
        const parting = setTimeout(() => server.closeAllConnections(), PARTING);
        server.close(() => {
          clearTimeout(parting);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** What is not there, and what may not be known to be there. */
export function nothing(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Nothing is served here.\n");
}

/**
 * Keeps a route for those who run the program: asked from this machine it answers; from elsewhere with `Authorization: Bearer TOKEN`, else 401.
 * Without a token it is not there for anybody elsewhere (404).
 */
export function forOperators(token: string | null, handle: RouteHandler): RouteHandler {
  return (request, response) => {
    if (isFromHere(request)) return handle(request, response);
    if (token === null) return nothing(response);
    if (bears(request, token)) return handle(request, response);
    response.writeHead(401, { "content-type": "text/plain; charset=utf-8", "www-authenticate": "Bearer" }).end("A token is needed.\n");
  };
}

/** What a proxy adds when it hands on somebody else's request: it sits on this machine, the one who asks does not. */
const HANDED_ON = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  return isLoopback(address) && !HANDED_ON.some((name) => headers[name] !== undefined);
}

/** Digests are compared, so that how long it takes tells nothing of the token, not even its length. */
function bears({ headers: { authorization = "" } }: IncomingMessage, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** What stands before the question mark, as it was sent: a stranger may send what no URL parser takes, such as //. */
function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}
