import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { RespondError } from "@slack/bolt";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf } from "../../adapters/chat/slack/failure.ts";
import { postTo } from "../../adapters/chat/slack/response-url.ts";
import { Withheld } from "../../adapters/chat/slack/web-client.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";

const NOW = "2024-02-16T08:00:00.000Z" as Instant;

/** A response_url that answers so; how many connections it has seen, and what time the host heard. */
async function answering(listener: RequestListener, timeout = 5_000) {
  const server = createServer(listener);
  const seen = { connections: 0 };
  server.on("connection", () => {
    seen.connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const heard: Instant[] = [];
  const post = postTo(timeout, { clock: setClock(NOW), heardTime: (platform) => void heard.push(platform) });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/T1/1`, post, seen, heard };
}

/** What the post threw. */
async function thrown(posting: Promise<string>): Promise<unknown> {
  return posting.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("a post to a response_url", () => {
  test("carries the message as JSON, whatever its letters, and tells what Slack said and what time it is there", async () => {
    const bodies: string[] = [];
    const { url, post, heard } = await answering(async (request, response) => {
      let body = "";
      for await (const part of request.setEncoding("utf8") as AsyncIterable<string>) body += part;
      bodies.push(`${request.method} ${request.headers["content-type"]} ${body}`);
      response.writeHead(200, { date: "Fri, 16 Feb 2024 08:00:05 GMT" }).end('{"ok":true}');
    });
    expect(await post(url, { text: "Délai – 5 €" })).toBe('{"ok":true}');
    expect(bodies).toEqual(['POST application/json {"text":"Délai – 5 €"}']);
    expect(heard).toEqual(["2024-02-16T08:00:05.000Z"]);
  });

  test("is made on a connection that stays open", async () => {
    const { url, post, seen } = await answering((_, response) => response.end("ok"));
    for (let time = 0; time < 5; time++) {
      await post(url, {});
      // The connection is free for the next one a moment after the answer was read.
      await new Promise(setImmediate);
    }
    expect(seen.connections).toBe(1);
  });

  test("that Slack asks to make later says when", async () => {
    const { url, post } = await answering((_, response) => response.writeHead(429, { "retry-after": "30" }).end());
    const error = await thrown(post(url, {}));
    expect(error).toBeInstanceOf(Withheld);
    expect(failureOf(error)).toMatchObject({ retry: "later", afterSeconds: 30 });
  });

  test.each([302, 404, 500])("that is answered %i is refused with it", async (status) => {
    const { url, post } = await answering((_, response) => response.writeHead(status, { location: "http://127.0.0.1:1/" }).end("no"));
    const error = await thrown(post(url, {}));
    expect(error).toBeInstanceOf(RespondError);
    expect((error as RespondError).statusCode).toBe(status);
  });

  test("that is not answered in time, or not to the end, may have been shown", async () => {
    const silent = await answering(() => undefined, 50);
    expect(failureOf(await thrown(silent.post(silent.url, {})))).toMatchObject({
      retry: "unknown",
      reason: expect.stringContaining("did not answer in time"),
    });
    const halting = await answering((_, response) => response.writeHead(200).write("{"), 50);
    expect(failureOf(await thrown(halting.post(halting.url, {})))).toMatchObject({
      retry: "unknown",
      reason: expect.stringContaining("did not answer in time"),
    });
    const breaking = await answering((request, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.write("{", () => request.socket.destroy());
    });
    expect(failureOf(await thrown(breaking.post(breaking.url, {})))).toMatchObject({
      retry: "unknown",
      reason: expect.stringContaining("connection to Slack broke"),
    });
  });

  test("where nobody listens was not sent, and an address that is none is no reason to be silent", async () => {
    const { post } = await answering(() => undefined);
    expect(failureOf(await thrown(post("http://127.0.0.1:1/", {})))).toMatchObject({ retry: "later" });
    expect(await thrown(post("no address", {}))).toBeInstanceOf(TypeError);
  });
});
