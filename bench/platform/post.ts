import { connect, type Socket } from "node:net";

/** Posts one text to one channel and answers the reference under which the platform shows it. Throws where it was not shown. */
export type Post = (channel: string, text: string) => Promise<string>;

interface Asked {
  readonly request: string;
  resolve(ts: string): void;
  reject(error: Error): void;
}

/**
 * The one HTTP client of every contestant: as many connections as posts may be under way, kept open, with one request at a time on each. Node's
 * own clients take as long for a post as all that is measured here; this one does what the pretended platform needs and no more.
 */
export function openPost(port: number, connections: number): Post {
  const waiting: Asked[] = [];
  const free: ((asked: Asked) => void)[] = [];
  let opened = 0;

  function done(send: (asked: Asked) => void): void {
    const next = waiting.shift();
    if (next === undefined) free.push(send);
    else send(next);
  }

  return (channel, text) =>
    new Promise((resolve, reject) => {
      const asked: Asked = { request: requestOf(JSON.stringify({ channel, text })), resolve, reject };
      const send = free.pop();
      if (send !== undefined) send(asked);
      else if (opened === connections) waiting.push(asked);
      else {
        opened += 1;
        open(port, done)(asked);
      }
    });
}

function requestOf(body: string): string {
  const length = Buffer.byteLength(body);
  return (
    "POST /api/chat.postMessage HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json; charset=utf-8\r\n" +
    `content-length: ${length}\r\n\r\n${body}`
  );
}

/** One connection; what it answers sends the next request on it. A connection that breaks fails its request and every later one. */
function open(port: number, done: (send: (asked: Asked) => void) => void): (asked: Asked) => void {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
  let current: Asked | null = null;
  let heard = "";
  let broken: Error | null = null;

  function send(asked: Asked): void {
    if (broken !== null) {
      asked.reject(broken);
      return;
    }
    current = asked;
    socket.write(asked.request);
  }

  socket.on("data", (part: string) => {
    heard += part;
    const body = bodyIn(heard);
    if (body === null || current === null) return;
    const asked = current;
    [current, heard] = [null, ""];
    const { ok, ts } = JSON.parse(body) as { readonly ok: boolean; readonly ts: string };
    if (ok) asked.resolve(ts);
    else asked.reject(new Error(body));
    done(send);
  });
  socket.on("error", (error) => {
    broken = error;
  });
  socket.on("close", () => {
    broken ??= new Error("the pretended platform closed the connection");
    current?.reject(broken);
  });
  return send;
}

/** The body of an HTTP response with a content-length, all of it ASCII; null while some of it is still to come. */
function bodyIn(heard: string): string | null {
  const start = heard.indexOf("\r\n\r\n") + 4;
  if (start < 4) return null;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(heard.slice(0, start));
  if (length === null) throw new Error(`the pretended platform answered without a length: ${heard}`);
  return heard.length - start < Number(length[1]) ? null : heard.slice(start, start + Number(length[1]));
}
