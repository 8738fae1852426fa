import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf } from "../../adapters/chat/slack/failure.ts";
import { clientOptions } from "../../adapters/chat/slack/web-client.ts";
import { undeliveredWhy } from "../../src/cards/undelivered-why.ts";
import { systemClock } from "../../src/time/clock.ts";

/** What becomes of a post that is answered so. */
async function failed(body: string) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const host = { clock: systemClock, heardTime: () => undefined };
  const client = new webApi.WebClient("xoxb-1", { ...clientOptions({ apiUrl, timeout: 10_000 }, host), logLevel: webApi.LogLevel.ERROR });
  return client.chat.postMessage({ channel: "C1", text: "x" }).then(() => null, failureOf);
}

describe("a post that Slack answers", () => {
  test.each(["null", " null\n", "", "[]", "7", "true", '"ok"'])("with %j was answered by something in between", async (body) => {
    expect(await failed(body)).toEqual({
      ...{ ok: false, retry: "unknown" },
      reason: "Something between here and Slack answered in its stead; the message may have been shown.",
    });
  });

  test.each(["access_denied", "ekm_access_denied", "enterprise_is_restricted", "team_access_not_granted", "not_allowed_token_type"])(
    "with %s is told with what to do, in both languages",
    async (error) => {
      const failure = await failed(JSON.stringify({ ok: false, error }));
      expect(failure).toMatchObject({ ok: false, retry: "never" });
      expect(failure!.reason).toMatch(/[.?] [A-Z][^.]*\. \(\w+\)$/);
      expect(undeliveredWhy("en", failure!.reason, false)).toBe(failure!.reason);
      expect(undeliveredWhy("fr", failure!.reason, false)).not.toBe(failure!.reason);
    },
  );

  test("while its workspace is moved into an organisation is tried again", async () => {
    expect(await failed(JSON.stringify({ ok: false, error: "org_login_required" }))).toMatchObject({ ok: false, retry: "later" });
  });
});
