import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type At, type Fault, faultScript } from "../fakes/fault-script.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";

/** Stands before a Slack that others wrote and does what that one cannot: faults, another time of day, and response_urls. */
export interface SlackProxy {
  readonly apiUrl: string;
  failNext(fault: Fault, at: At): Promise<void>;
  /** From now on every call is answered 500, or none any more. */
  trouble(on: boolean): void;
  /** What the Slack behind it answered to each call, in order. */
  readonly answers: readonly { readonly method: string; readonly body: Json }[];
  /** What was said over response_urls, in order. */
  readonly responses: readonly Json[];
  responseUrl(): string;
  /** Every call is made with that token from now on, whichever the adapter sends. */
  use(token: string): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** The Web API behind it. */
  readonly behind: string;
  /** Milliseconds since 1970, for the Date of every answer. */
  readonly now: () => number;
  /** Shows what a response_url says to the whole channel. */
  readonly inChannel: (message: Json) => Promise<void>;
}

export async function slackProxy({ behind, now, inChannel }: ProxyOptions): Promise<SlackProxy> {
  const script = faultScript();
  const responses: Json[] = [];
  const answers: { readonly method: string; readonly body: Json }[] = [];
  let minted = 0;
  let token: string | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("date", new Date(now()).toUTCString());
    const body = await bodyOf(request);
    if (request.url?.startsWith("/respond/") === true) {
      const message = JSON.parse(body.toString("utf8")) as Json;
      if (message.response_type === "in_channel") await inChannel(message);
      else responses.push(message);
      response.end("ok");
      return;
    }
    const method = (request.url ?? "").replace("/api/", "");
    const pass = async () => {
      const headers = token === undefined ? request.headers : { ...request.headers, authorization: `Bearer ${token}` };
      const passed = await forward(`${behind}${method}`, headers, body);
      answers.push({ method, body: JSON.parse(passed.body) as Json });
      return passed;
    };
    const fault = script.next(method);
    if (fault === undefined) return send(response, await pass());
    if (fault.kind === "refusal") return send(response, { status: 200, body: JSON.stringify({ ok: false, error: fault.error }) });
    if ("shown" in fault && fault.shown === true) await pass();
    if (fault.kind === "reset") response.socket?.destroy();
    if (fault.kind === "answer") {
      if (fault.retryAfter !== undefined) response.setHeader("retry-after", fault.retryAfter);
      send(response, { status: fault.status, body: "trouble" });
    }
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${base}/api/`,
    failNext: (fault, at) => script.add([fault], at),
    trouble(on) {
      script.isDown = on;
    },
    answers,
    responses,
    use(next) {
      token = next;
    },
    responseUrl: () => `${base}/respond/${++minted}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Passed {
  readonly status: number;
  readonly body: string;
}

async function forward(url: string, headers: IncomingMessage["headers"], body: Buffer): Promise<Passed> {
  const kept = { authorization: headers.authorization ?? "", "content-type": headers["content-type"] ?? "" };
  const response = await fetch(url, { method: "POST", headers: kept, body });
  return { status: response.status, body: await response.text() };
}

function send(response: ServerResponse, { status, body }: Passed): void {
  if (!response.destroyed) response.writeHead(status, { "content-type": "application/json" }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
