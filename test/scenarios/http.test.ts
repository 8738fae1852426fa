import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { forOperators, openWeb } from "../../src/app/http.ts";
import { SILENT } from "../../src/app/log.ts";
import { watchedDesk } from "../app/desk-of-test.ts";

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

const TOKEN = "0123456789abcdef";

/** What somebody who asks from that address with those headers is answered: 200, or the refusal. */
function answered(token: string | null, remoteAddress: string | undefined, headers: Record<string, string> = {}) {
  const heard = { status: 0, headers: {} as Record<string, string> };
  const response = {
    writeHead(status: number, given: Record<string, string>) {
      Object.assign(heard, { status, headers: given });
      return this;
    },
    end: () => undefined,
  };
  const handle = forOperators(token, (_request, { writeHead }) => void writeHead.call(response, 200, {}));
  void handle({ socket: { remoteAddress }, headers } as unknown as IncomingMessage, response as unknown as ServerResponse);
  return heard;
}

describe("a route for operators", () => {
  test.each(["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])("answers %s, which is this machine, without a token", (address) => {
    expect(answered(null, address).status).toBe(200);
    expect(answered(TOKEN, address).status).toBe(200);
  });

  test.each(["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "::ffff:10.0.0.1", "", undefined])(
    "is not there for %s where no token is set",
    (address) => {
      expect(answered(null, address).status).toBe(404);
      expect(answered(null, address, { authorization: "Bearer " }).status).toBe(404);
      expect(answered(null, address, { authorization: "Bearer null" }).status).toBe(404);
    },
  );

  test("answers from elsewhere whoever bears the token, and nobody else", () => {
    const from = (authorization?: string) => answered(TOKEN, "192.0.2.1", authorization === undefined ? {} : { authorization });
    expect([`Bearer ${TOKEN}`, `bearer  ${TOKEN}`].map((given) => from(given).status)).toEqual([200, 200]);
    const wrong = [undefined, "", "Bearer", TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}0`, `Bearer ${TOKEN.slice(1)}`, `Bearer ${TOKEN} x`];
    expect(wrong.map((given) => from(given).status)).toEqual(wrong.map(() => 401));
    expect(from().headers["www-authenticate"]).toBe("Bearer");
  });

  test.each(["x-forwarded-for", "forwarded", "via", "x-real-ip"])(
    "takes what a proxy on this machine hands on with %s for what it is",
    (name) => {
      expect(answered(null, "127.0.0.1", { [name]: "192.0.2.1" }).status).toBe(404);
      expect(answered(TOKEN, "127.0.0.1", { [name]: "192.0.2.1" }).status).toBe(401);
      expect(answered(TOKEN, "127.0.0.1", { [name]: "192.0.2.1", authorization: `Bearer ${TOKEN}` }).status).toBe(200);
    },
  );

  test.each(["/metrics", "/readyz"])(
    "%s is one: a proxied request is answered with the token alone; /healthz is open to all",
    async (path) => {
      const proxied = { "x-forwarded-for": "192.0.2.1" };
      const shut = (await watchedDesk()).address;
      expect((await fetch(`${shut}${path}`)).status).toBe(200);
      expect((await fetch(`${shut}${path}`, { headers: proxied })).status).toBe(404);
      const guarded = (await watchedDesk({ metricsToken: TOKEN })).address;
      expect((await fetch(`${guarded}${path}`, { headers: proxied })).status).toBe(401);
      expect((await fetch(`${guarded}${path}`, { headers: { ...proxied, authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
      expect((await fetch(`${guarded}/healthz`, { headers: proxied })).status).toBe(200);
    },
  );
});
