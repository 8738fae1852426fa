import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { stopwatch } from "../../src/time/clock.ts";

/** Asks an app as Slack does, and hears what it answers at the command's own address. */
export interface Asking {
  /** Sends `/matter TEXT` signed; the text of the answer, with the milliseconds from sending to its arrival. */
  ask(text: string): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly text: string;
  readonly milliseconds: number;
}

export interface App {
  readonly port: number;
  readonly secret: string;
  readonly team: string;
}

/** No two commands of a bench have the same id: a platform's retry has, and is answered once. */
let ids = 0;

/** How long an answer may take before the bench gives up. */
const PATIENCE = 10_000;

/** So many connections are kept open, with one command at a time on each. */
export async function openAsking({ port, secret, team }: App, connections: number): Promise<Asking> {
  const waiting = new Map<string, (text: string) => void>();
  const answers = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      response.writeHead(200, { "content-length": 2 }).end("ok");
      const { text = "" } = JSON.parse(body) as { readonly text?: string };
      waiting.get(request.url!)?.(text);
    });
  });
  answers.keepAliveTimeout = 60_000;
  answers.listen(0, "127.0.0.1");
  await once(answers, "listening");
  const address = `http://127.0.0.1:${(answers.address() as AddressInfo).port}`;
  const free: Socket[] = [];
  const queue: ((socket: Socket) => void)[] = [];
  for (let index = 0; index < connections; index++) free.push(await opened(port));
  let asked = 0;

  return {
    async ask(text) {
      const socket = free.pop() ?? (await new Promise<Socket>((resolve) => queue.push(resolve)));
      asked += 1;
      ids += 1;
      const path = `/${asked}`;
      const form = new URLSearchParams({
        ...{ command: "/matter", text, response_url: address + path, trigger_id: `${ids}.${team}` },
        ...{ team_id: team, channel_id: "C1", channel_name: "general", user_id: "U1", user_name: "ana", token: "unused" },
        ...{ team_domain: "bench", api_app_id: "A1", is_enterprise_install: "false" },
      });
      const request = requestOf(form.toString(), secret);
      const began = stopwatch();
      const answered = new Promise<string>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`"${text}" was not answered within ${PATIENCE / 1000} s`)), PATIENCE);
        waiting.set(path, (said) => {
          clearTimeout(late);
          resolve(said);
        });
      });
      const acknowledged = once(socket, "data") as Promise<[Buffer]>;
      socket.write(request);
      const [[head], said] = await Promise.all([acknowledged, answered]);
      const milliseconds = stopwatch() - began;
      waiting.delete(path);
      if (!head.toString("latin1", 0, 12).endsWith(" 200")) throw new Error(`"${text}" was answered ${head.toString("utf8", 0, 200)}`);
      const next = queue.shift();
      if (next === undefined) free.push(socket);
      else next(socket);
      return { text: said, milliseconds };
    },
    async close() {
      for (const socket of free) socket.destroy();
      answers.closeAllConnections();
      await new Promise((closed) => answers.close(closed));
    },
  };
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** Signed as docs.slack.dev, "Verifying requests from Slack", has it. */
function requestOf(body: string, secret: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return (
    "POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n" +
    `x-slack-request-timestamp: ${timestamp}\r\nx-slack-signature: ${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}
