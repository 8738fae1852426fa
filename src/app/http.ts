import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ChatHost, Log, RouteHandler } from "../ports/chat.ts";

/** The one HTTP server: adapters register their routes on it before it listens. */
export interface Web {
  readonly route: ChatHost["route"];
  /** Listens when anything is registered; returns the address, or null when there is nothing to serve. */
  listen(host: string, port: number): Promise<string | null>;
  close(): Promise<void>;
}

export function openWeb(log: Log): Web {
  const routes = new Map<string, RouteHandler>();
  const server: Server = createServer((request, response) => {
    const path = pathOf(request);
    answer(path, request, response).catch((error: unknown) => {
      log.error({ path, error: error instanceof Error ? error.stack : String(error) }, "a request failed by a fault of ours");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handle = routes.get(`${request.method} ${path}`);
    if (handle !== undefined) return handle(request, response);
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Nothing is served here.\n");
  }

  return {
    route(method, path, handle) {
      const name = `${method} ${path}`;
      if (routes.has(name)) throw new Error(`two adapters claim ${name}`);
      routes.set(name, handle);
    },
    async listen(host, port) {
      if (routes.size === 0) return null;
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
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** What stands before the question mark, as it was sent: a stranger may send what no URL parser takes, such as //. */
function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}
