import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWeb } from "../../src/app/http.ts";
import { SILENT } from "../../src/app/log.ts";

async function served(): Promise<{ readonly address: string; raw(request: string): Promise<string> }> {
  const web = openWeb(SILENT);
  onTestFinished(() => web.close());
  web.route("GET", "/healthz", (_request, response) => void response.writeHead(200).end("alive\n"));
  web.route("GET", "/broken", () => {
    throw new Error("a bug");
  });
  const address = (await web.listen("127.0.0.1", 0))!;
  return {
    address,
    async raw(request) {
      const socket = connect(Number(new URL(address).port), "127.0.0.1");
      let heard = "";
      socket.setEncoding("utf8").on("data", (text: string) => {
        heard += text;
      });
      socket.end(request);
      await once(socket, "close");
      return heard;
    },
  };
}

describe("the HTTP server", () => {
  test.each(["//", "//:0", "/%", "/\\", "http://[", "///healthz"])(
    "answers a request for %s, which no URL parser may be asked about, with 404 and goes on",
    async (target) => {
      const { address, raw } = await served();
      expect(await raw(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
      expect(await (await fetch(`${address}/healthz`)).text()).toBe("alive\n");
    },
  );

  test("answers what is no request with 400 and goes on", async () => {
    const { address, raw } = await served();
    expect(await raw("rubbish\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  test("finds a route by what stands before the question mark", async () => {
    const { address } = await served();
    expect((await fetch(`${address}/healthz?probe=//`)).status).toBe(200);
  });

  test("answers 500 where a handler throws before it has awaited anything, and goes on", async () => {
    const { address } = await served();
    expect((await fetch(`${address}/broken`)).status).toBe(500);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });
});
