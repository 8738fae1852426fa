import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openWeb } from "../../src/app/http.ts";
import { keptLog } from "./kept-log.ts";

async function readWhole(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request) {
  }
  response.end("read");
}

/** A server that reads what it is sent, and somebody who has begun to send it something. */
async function begun(): Promise<{
  readonly web: ReturnType<typeof openWeb>;
  readonly log: ReturnType<typeof keptLog>;
  readonly stranger: Socket;
}> {
  const log = keptLog();
  const web = openWeb(log);
  const reading = Promise.withResolvers<void>();
  web.route("POST", "/read", (request, response) => {
    reading.resolve();
    return readWhole(request, response);
  });
  const { port } = new URL((await web.listen("127.0.0.1", 0))!);
  onTestFinished(() => web.close());
  const stranger = connect(Number(port), "127.0.0.1");
  stranger.on("error", () => undefined);
  stranger.write("POST /read HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nhalf");
  await reading.promise;
  return { web, log, stranger };
}

test("a request that nobody ends does not keep the program from ending", async () => {
  const { web, stranger } = await begun();
  const before = performance.now();
  await web.close();
  expect(performance.now() - before).toBeLessThan(5_000);
  stranger.destroy();
});

test("a request that is broken off is not called a fault of ours, and the next one is answered", async () => {
  const { web, log, stranger } = await begun();
  const closed = once(stranger, "close");
  const { remotePort } = stranger;
  stranger.destroy();
  await closed;
  const response = await fetch(`http://127.0.0.1:${remotePort}/read`, { method: "POST", body: "whole" });
  expect(await response.text()).toBe("read");
  expect(log.lines).toEqual([]);
  await web.close();
});

test("a fault of ours is logged, and answered with 500", async () => {
  const { web, log, stranger } = await begun();
  const { remotePort } = stranger;
  web.route("POST", "/fault", () => Promise.reject(new Error("a bug")));
  const response = await fetch(`http://127.0.0.1:${remotePort}/fault`, { method: "POST", body: "whole" });
  expect([response.status, log.lines]).toEqual([500, [expect.stringContaining("a bug")]]);
  stranger.destroy();
});
