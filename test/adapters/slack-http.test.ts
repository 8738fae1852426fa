import { afterEach, describe, expect, test } from "vitest";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { signedForm, signedJson, slashCommand } from "../fakes/slack-platform/person.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";

let opened: SlackHarness | undefined;

async function open(): Promise<SlackHarness> {
  opened = await slackHarness("http");
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe("a request to the adapter over HTTP", () => {
  const fields = slashCommand("list", "1.trigger", "http://127.0.0.1:9/used");
  const CASES: readonly (readonly [string, number, Partial<Parameters<typeof signedForm>[1]>])[] = [
    ["with a signature of another secret", 401, { secret: "another" }],
    ["that was signed more than five minutes ago", 401, { skewSeconds: -301 }],
    ["that was signed for more than five minutes from now", 401, { skewSeconds: 301 }],
    ["that was signed within five minutes", 200, { skewSeconds: -299 }],
  ];
  for (const [what, status, signing] of CASES)
    test(`${what} is answered ${status}`, async () => {
      const { host, send, adapter } = await open();
      expect((await send(signedForm(fields, { now: host.clock.now(), ...signing }))).status).toBe(status);
      await adapter.idle();
      expect(host.heard).toHaveLength(status === 200 ? 1 : 0);
    });

  test("without a signature, or with a damaged one, is answered 401", async () => {
    const { host, send } = await open();
    const { headers, body } = signedForm(fields, { now: host.clock.now() });
    expect((await send({ headers: {}, body })).status).toBe(401);
    expect((await send({ headers: { ...headers, "x-slack-signature": `v0=${"é".repeat(64)}` }, body })).status).toBe(401);
    expect((await send({ headers: { ...headers, "x-slack-request-timestamp": "NaN" }, body })).status).toBe(401);
    expect((await send({ headers, body: `${body}&text=annul` })).status).toBe(401);
  });

  test("that is larger than a megabyte is answered 413", async () => {
    const { host, send } = await open();
    expect((await send(signedForm({ ...fields, text: "x".repeat(1_100_000) }, { now: host.clock.now() }))).status).toBe(413);
  });

  test("that is signed and no JSON is answered 400", async () => {
    const { host, send } = await open();
    expect((await send(signedForm({ payload: "{" }, { now: host.clock.now() }))).status).toBe(400);
    expect((await send(signedForm({ payload: "null" }, { now: host.clock.now() }))).status).toBe(400);
  });

  test("is read whatever the case of its content type", async () => {
    const { host, send, adapter } = await open();
    const { headers, body } = signedForm(fields, { now: host.clock.now() });
    const typed = { ...headers, "content-type": "Application/X-WWW-Form-Urlencoded; Charset=UTF-8" };
    expect((await send({ headers: typed, body })).status).toBe(200);
    await adapter.idle();
    expect(host.heard).toHaveLength(1);
  });

  test("that names a conversation as Slack names none is told so, and nothing is done", async () => {
    const { host, send, adapter, platform } = await open();
    for (const channel_id of ["C0ONE/thread", "C0 ONE", "slack:T1/C1"]) {
      const response = await send(signedForm({ ...fields, channel_id }, { now: host.clock.now() }));
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining("conversation in a way that Curewatch cannot"),
      ]);
    }
    const response_url = platform.responseUrl(CHANNEL, USER);
    const actions = [{ type: "button", action_id: "command/0", block_id: "b", value: "list" }];
    const press = { type: "block_actions", team: { id: TEAM }, user: { id: USER }, channel: { id: "C0ONE/x" }, response_url, actions };
    await send(signedForm({ payload: JSON.stringify(press) }, { now: host.clock.now() }), "/slack/events");
    await adapter.idle();
    expect(JSON.stringify(platform.messages(CHANNEL, USER))).toContain("conversation in a way that Curewatch cannot");
    expect(host.heard).toEqual([]);
  });

  test("that verifies the address gets its challenge back", async () => {
    const { host, send } = await open();
    const response = await send(
      signedJson({ type: "url_verification", challenge: "3eZbrw1a" }, { now: host.clock.now() }),
      "/slack/events",
    );
    expect(await response.json()).toEqual({ challenge: "3eZbrw1a" });
  });

  test("that nobody listens to is acknowledged", async () => {
    const { host, send } = await open();
    const event = { type: "event_callback", team_id: TEAM, event_id: "Ev1", event: { type: "app_home_opened", user: USER } };
    expect((await send(signedJson(event, { now: host.clock.now() }), "/slack/events")).status).toBe(200);
  });
});
