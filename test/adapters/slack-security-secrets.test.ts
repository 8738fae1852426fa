import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { discreet, withoutSecrets } from "../../adapters/chat/slack/secrets.ts";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { DeliveryKey, Log } from "../../src/ports/chat.ts";
import { testHost } from "../contracts/chat-host.ts";
import { CLIENT_SECRET, SIGNING_SECRET } from "../fakes/slack-platform/slack-platform.ts";
import { cardOf, channelOf, ONE, oauthHarness, SECRET_KEY } from "./slack-oauth-harness.ts";

const SECRETS = [CLIENT_SECRET, SIGNING_SECRET, SECRET_KEY];
const FORBIDDEN = new RegExp(`xox|xapp-|${SECRETS.join("|")}`);

describe("what is logged, shown and thrown", () => {
  test("holds no token and no secret, whatever fails", async () => {
    const { install, begin, get, platform, adapter, type, event, pass, logged, host } = await oauthHarness({ rotates: true });
    const said: string[] = [];
    await install(ONE);
    host.answerWith(() => {
      throw new Error(`a fault with xoxb-1-in-it and ${CLIENT_SECRET}`);
    });
    said.push(
      await type(ONE, "list"),
      String(await event({ type: "event_callback", event_id: "Ev1", team_id: "T0NOBODY", event: { type: "x" } })),
    );
    const faults = [
      { kind: "refusal", error: "invalid_auth" },
      { kind: "refusal", error: "token_revoked" },
      { kind: "refusal", error: "missing_scope" },
      { kind: "answer", status: 500 },
      { kind: "answer", status: 429, retryAfter: "1" },
      { kind: "reset", shown: false },
      { kind: "answer", status: 503, shown: true },
      { kind: "silence" },
    ] as const;
    for (const [index, fault] of faults.entries()) {
      void platform.failNext(fault, { method: "chat." });
      said.push(JSON.stringify(await adapter.post(channelOf(ONE), cardOf("due"), `${index}` as DeliveryKey)));
      pass(13 * 3600);
      void platform.failNext(fault, { method: "oauth." });
      said.push(JSON.stringify(await adapter.post(channelOf(ONE), cardOf("due"), `${index} again` as DeliveryKey)));
      const { state, cookie } = await begin();
      void platform.failNext(fault, { method: "oauth." });
      said.push(await (await get(`/slack/oauth_redirect?code=1.code&state=${state}`, cookie)).text());
    }
    await adapter.stop();
    expect(logged.length).toBeGreaterThan(5);
    expect(logged.join("\n")).toContain("[secret]");
    expect(logged.filter((line) => FORBIDDEN.test(line))).toEqual([]);
    expect(said.filter((text) => FORBIDDEN.test(text))).toEqual([]);
  });

  test("holds none where the adapter cannot start", async () => {
    const host = await testHost();
    const adapter = slackAdapter({
      mode: "http",
      botToken: "xoxb-1-2-wrong",
      signingSecret: SIGNING_SECRET,
      apiUrl: "http://127.0.0.1:9/api/",
    });
    const failure = await adapter.start(host).catch((error: Error) => error);
    expect(String(failure)).toContain("Slack cannot be used");
    expect(`${(failure as Error).stack}${JSON.stringify((failure as Error).cause)}`).not.toMatch(FORBIDDEN);
    await host.close();
  });

  test("holds none where a token was copied with a line end inside, which an error of the request would show whole", async () => {
    const apiUrl = "http://127.0.0.1:9/api/";
    const hidden = ["xoxb-1-first", "xapp-1-first"].map((first) => `${first}\nsecond`) as [string, string];
    const answers = createServer((_request, response) => response.end(JSON.stringify({ ok: true, team_id: "T1", user_id: "U1" }))).listen(
      0,
      "127.0.0.1",
    );
    await once(answers, "listening");
    const reached = `http://127.0.0.1:${(answers.address() as AddressInfo).port}/api/`;
    for (const config of [
      { mode: "http", botToken: hidden[0], signingSecret: SIGNING_SECRET, apiUrl },
      { mode: "socket", botToken: "xoxb-1", appToken: hidden[1], apiUrl: reached },
    ] as const) {
      const host = await testHost();
      const lines: string[] = [];
      const keep = (about: object, text: string) => void lines.push(`${text} ${JSON.stringify(about)}`);
      const failure = (await slackAdapter(config)
        .start({ ...host, log: { info: keep, warn: keep, error: keep } })
        .catch((error: Error) => error)) as Error;
      expect(failure.message).toContain("Slack");
      expect([failure.message, failure.stack, inspect(failure), ...lines].filter((text) => /first|second/.test(text!))).toEqual([]);
      await host.close();
    }
    answers.close();
  });
});

describe("a discreet log", () => {
  test("cuts tokens and secrets out of texts, names, lists, errors and what they carry, and leaves the rest", () => {
    const lines: unknown[] = [];
    const keep = (about: object, text: string) => void lines.push([about, text]);
    const log: Log = discreet({ info: keep, warn: keep, error: keep }, ["hunter2hunter2"]);
    const inner = Object.assign(new Error("Bearer xoxe.xoxb-1-Mi0yLTk"), {
      data: { refresh_token: "xoxe-1-My0xLWZ", at: 7, deep: [null, "xapp-1-A"] },
    });
    log.error({ err: new Error("hunter2hunter2 failed", { cause: inner }), place: "slack:T1/C2" }, "with xoxp-1 and more");
    const [about, text] = lines[0] as [{ err: Error; place: string }, string];
    expect(text).toBe("with [secret] and more");
    expect(about.place).toBe("slack:T1/C2");
    expect(about.err).toBeInstanceOf(Error);
    expect(about.err.message).toBe("[secret] failed");
    const cause = about.err.cause as Error & { data: unknown };
    expect(cause.message).toBe("Bearer [secret]");
    expect(cause.data).toEqual({ refresh_token: "[secret]", at: 7, deep: [null, "[secret]"] });
    expect(`${about.err.stack}${cause.stack}`).not.toMatch(/hunter2|xox/);
  });

  test("does not end where an error carries itself", () => {
    const lines: object[] = [];
    const keep = (about: object) => void lines.push(about);
    const error = new Error("round");
    Object.assign(error, { self: error });
    discreet({ info: keep, warn: keep, error: keep }, []).warn({ err: error }, "");
    expect(lines).toHaveLength(1);
  });

  test("lets words alone that only look like tokens", () => {
    expect(withoutSecrets("box-office, xo-1, SAN-2023-018 xoxoxo", [])).toBe("box-office, xo-1, SAN-2023-018 xoxoxo");
  });
});
