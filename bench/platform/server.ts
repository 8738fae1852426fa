import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * A chat platform in a process of its own, on loopback: it answers chat.postMessage as Slack does and keeps each text that it showed.
 * GET /shown answers the texts in the order in which they came; POST /reset forgets them. It shares the machine with whoever is measured, so it
 * reads its requests by itself, as `post.ts` writes them: Node's own server costs more than what most contestants do for a message.
 */
const shown: string[] = [];

const server = createServer({ noDelay: true }, serve);
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));

/** One connection: each request is answered as soon as all of it is there, in the order in which they came. */
function serve(socket: Socket): void {
  let heard = "";
  // A byte is one sign, so that lengths are lengths in bytes.
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (part: string) => {
    heard += part;
    for (;;) {
      const start = heard.indexOf("\r\n\r\n") + 4;
      if (start < 4) return;
      const head = heard.slice(0, start);
      const end = start + Number(/\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1] ?? 0);
      if (heard.length < end) return;
      const body = answer(head, heard.slice(start, end));
      heard = heard.slice(end);
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }
  });
}

function answer(head: string, body: string): string {
  if (head.startsWith("GET /shown ")) return JSON.stringify(shown);
  if (head.startsWith("POST /reset ")) {
    shown.length = 0;
    return "{}";
  }
  const { channel, text } = JSON.parse(Buffer.from(body, "latin1").toString()) as { readonly channel: string; readonly text: string };
  shown.push(text);
  return JSON.stringify({ ok: true, channel, ts: `1700000000.${String(shown.length).padStart(6, "0")}` });
}
