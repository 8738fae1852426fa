import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { seenSignatures } from "../../adapters/chat/slack/seen.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { pressedButton, signedForm, signedJson, slashCommand } from "../fakes/slack-platform/person.ts";
import { CHANNEL, seen, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";

let opened: SlackHarness | undefined;

async function open(config: Parameters<typeof slackHarness>[1] = {}): Promise<SlackHarness> {
  opened = await slackHarness("http", config);
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe("a request that was recorded and is sent again", () => {
  test("is acknowledged, and does nothing", async () => {
    const { host, send, platform, adapter } = await open();
    const request = signedForm(slashCommand("comply X", "1.trigger", platform.responseUrl(CHANNEL, USER)), { now: host.clock.now() });
    for (let times = 0; times < 3; times++) expect((await send(request)).status).toBe(200);
    await adapter.idle();
    expect(host.heard).toHaveLength(1);
    expect(platform.messages(CHANNEL, USER)).toHaveLength(1);
  });

  test("is known by its signature, wherever it is sent", async () => {
    const { host, send, platform, adapter } = await open();
    const request = signedForm(slashCommand("list", "1.trigger", platform.responseUrl(CHANNEL, USER)), { now: host.clock.now() });
    await send(request, "/slack/commands");
    expect((await send(request, "/slack/events")).status).toBe(200);
    await adapter.idle();
    expect(host.heard).toHaveLength(1);
  });

  test("is answered again where somebody typed the same into a select within seconds, and not later", async () => {
    const { host, send, adapter } = await open();
    host.serve({ lookUp: async () => [{ value: "CNIL", label: "CNIL" }] });
    const [user, team] = [{ id: USER, team_id: TEAM }, { id: TEAM }];
    const view = {
      id: "V1",
      type: "modal",
      callback_id: "form",
      private_metadata: JSON.stringify({ verb: "register", channel: CHANNEL, round: 0 }),
    };
    const asked = { type: "block_suggestion", action_id: "field/0/authority", block_id: "authority", value: "CN", user, team, view };
    const options = async (skewSeconds: number) => {
      const request = signedForm({ payload: JSON.stringify(asked) }, { now: host.clock.now(), skewSeconds });
      const answers = [await send(request), await send(request)].map(async (response) => (await response.text()).includes("CNIL"));
      return Promise.all(answers);
    };
    expect(await options(0)).toEqual([true, true]);
    expect(await options(-60)).toEqual([true, false]);
    await adapter.idle();
  });

  test("is tried again where it failed", async () => {
    const { host, send, adapter } = await open();
    const failing = { ...host.state, get: () => Promise.reject(new Error("the register is locked")) };
    const { get } = host.state;
    host.state.get = failing.get;
    const request = signedJson(
      { type: "event_callback", team_id: TEAM, event_id: "Ev1", event: { type: "other" } },
      { now: host.clock.now() },
    );
    expect((await send(request, "/slack/events")).status).toBe(500);
    host.state.get = get;
    expect((await send(request, "/slack/events")).status).toBe(200);
    await adapter.idle();
  });

  test("is remembered for as long as its signature holds, and not for ever", () => {
    const clock = setClock("2026-11-22T09:00:00.000Z" as Instant);
    const signatures = seenSignatures(clock);
    signatures.add("one");
    clock.set("2026-11-22T09:09:59.000Z" as Instant);
    signatures.add("two");
    clock.set("2026-11-22T09:19:58.000Z" as Instant);
    expect(signatures.has("two")).toBe(true);
    clock.set("2026-11-22T09:40:00.000Z" as Instant);
    expect([signatures.has("one"), signatures.has("two")]).toEqual([false, false]);
  });
});

describe("an event that Slack delivers again, signed anew", () => {
  test("opens Home once", async () => {
    const { host, send, adapter } = await open();
    let homes = 0;
    host.serve({
      home: async () => {
        homes += 1;
        return { cards: [], previous: "", next: "" };
      },
    });
    const event = { type: "event_callback", team_id: TEAM, event_id: "Ev7", event: { type: "app_home_opened", user: USER, tab: "home" } };
    for (const skewSeconds of [0, 60, 120])
      expect((await send(signedJson(event, { now: host.clock.now(), skewSeconds }), "/slack/events")).status).toBe(200);
    await adapter.idle();
    expect(homes).toBe(1);
  });
});

describe("a signing secret that is being replaced", () => {
  test("is taken beside the one before, and no third one is", async () => {
    const { host, send, adapter } = await open({ config: { signingSecret: "newer", signingSecretBefore: "older" } });
    const status = async (secret: string, trigger: string) =>
      (await send(signedForm(slashCommand("list", trigger, "http://127.0.0.1:9/"), { now: host.clock.now(), secret }))).status;
    expect([await status("newer", "1.t"), await status("older", "2.t"), await status("third", "3.t")]).toEqual([200, 200, 401]);
    await adapter.idle();
    expect(host.heard).toHaveLength(2);
  });
});

describe("a request without a signature that could be right", () => {
  test("is refused before its body is read", async () => {
    const { host, send } = await open();
    const { headers } = signedForm({ text: "x" }, { now: host.clock.now() });
    const forged = `v0=${createHmac("sha256", "guess").update("x").digest("hex")}`;
    const tries = [{}, { ...headers, "x-slack-signature": "v0=short" }, { ...headers, "x-slack-signature": forged }];
    for (const tried of tries)
      expect((await send({ headers: tried as Record<string, string>, body: "x".repeat(900_000) })).status).toBe(401);
    expect(host.heard).toEqual([]);
  });
});

describe("people of another workspace than that of the bot token", () => {
  const strange = { team_id: "T0STRANGE", user_id: "U0STRANGE" };

  test("are told so by a command, and nothing is asked on their behalf", async () => {
    const { host, send } = await open();
    const fields = { ...slashCommand("list", "1.t", "http://127.0.0.1:9/"), ...strange };
    const response = await send(signedForm(fields, { now: host.clock.now() }));
    expect(await response.json()).toEqual({ response_type: "ephemeral", text: expect.stringContaining("this is another one") });
    expect(host.heard).toEqual([]);
  });

  test("are told so by a button and a modal", async () => {
    const { host, send, platform, adapter } = await open();
    const pressed = pressedButton({ action_id: "command/0", value: "list" }, "1.t", platform.responseUrl(CHANNEL, USER)) as object;
    const of = { team: { id: "T0STRANGE" }, user: { id: "U0STRANGE", team_id: "T0STRANGE" } };
    await send(signedForm({ payload: JSON.stringify({ ...pressed, ...of }) }, { now: host.clock.now() }));
    await adapter.idle();
    expect(platform.messages(CHANNEL, USER).map(seen)).toEqual([expect.stringContaining("this is another one")]);
    const view = { type: "view_submission", trigger_id: "2.t", view: { type: "modal", callback_id: "form", state: { values: {} } }, ...of };
    const response = await send(signedForm({ payload: JSON.stringify(view) }, { now: host.clock.now() }));
    expect(JSON.stringify(await response.json())).toContain("this is another one");
    expect(host.heard).toEqual([]);
  });
});
