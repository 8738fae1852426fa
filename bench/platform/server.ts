import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A chat platform in a process of its own, on loopback: it answers chat.postMessage as Slack does and keeps each text that it showed.
 * GET /shown answers the texts in the order in which they came; POST /reset forgets them.
 */
const shown: string[] = [];

const server = createServer((request, response) => void answer(request).then((body) => response.end(body)));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));

async function answer(request: IncomingMessage): Promise<string> {
  const body = await bodyOf(request);
  if (request.url === "/shown") return JSON.stringify(shown);
  if (request.url === "/reset") {
    shown.length = 0;
    return "{}";
  }
  const { channel, text } = JSON.parse(body) as { readonly channel: string; readonly text: string };
  shown.push(text);
  return JSON.stringify({ ok: true, channel, ts: `1700000000.${String(shown.length).padStart(6, "0")}` });
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}
