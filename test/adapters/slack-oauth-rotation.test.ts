import { describe, expect, test, vi } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { seen } from "../fakes/slack-platform/slack-platform.ts";
import { cardOf, channelOf, KEY, type OAuthHarness, ONE, OTHER, oauthHarness } from "./slack-oauth-harness.ts";

/** Twelve hours of a token, less the two in which it is renewed. */
const TEN_HOURS = 36_000;

function renewals({ platform }: OAuthHarness): number {
  return platform.calls.filter(({ method, args }) => method === "oauth.v2.access" && args.grant_type === "refresh_token").length;
}

async function rotating(): Promise<OAuthHarness> {
  const harness = await oauthHarness({ rotates: true });
  await harness.install(ONE);
  return harness;
}

describe("a token that rotates", () => {
  test("is renewed two hours before its end, and not before", async () => {
    const harness = await rotating();
    harness.pass(TEN_HOURS - 60);
    await harness.adapter.post(channelOf(ONE), cardOf("early"), KEY);
    expect(renewals(harness)).toBe(0);
    harness.pass(120);
    expect(await harness.adapter.post(channelOf(ONE), cardOf("late"), "late" as DeliveryKey)).toMatchObject({ ok: true });
    expect(renewals(harness)).toBe(1);
  });

  test("is renewed once for posts and commands that come at the same time", async () => {
    const harness = await rotating();
    harness.pass(13 * 3600);
    const posts = [1, 2, 3].map((n) => harness.adapter.post(channelOf(ONE), cardOf(`post ${n}`), `${n}` as DeliveryKey));
    const results = await Promise.all([...posts, harness.type(ONE, "list"), harness.type(ONE, "help")]);
    expect(results.slice(0, 3)).toEqual([1, 2, 3].map(() => expect.objectContaining({ ok: true })));
    expect(harness.host.heard).toHaveLength(2);
    expect(renewals(harness)).toBe(1);
  });

  test("serves after a restart: the new pair was stored", async () => {
    const harness = await rotating();
    for (let day = 0; day < 3; day++) {
      harness.pass(13 * 3600);
      await harness.restart();
      expect(await harness.adapter.post(channelOf(ONE), cardOf(`day ${day}`), `${day}` as DeliveryKey)).toMatchObject({ ok: true });
    }
    expect(renewals(harness)).toBe(3);
  });

  test("that Slack calls expired before its time is renewed, and the message is shown once", async () => {
    const harness = await rotating();
    harness.platform.expire(ONE);
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    expect(harness.platform.messages("C0ONE").map(seen)).toEqual(["due"]);
    expect(renewals(harness)).toBe(1);
  });

  test("that cannot be renewed now leaves the post for later, and nothing is shown", async () => {
    const harness = await rotating();
    harness.pass(13 * 3600);
    void harness.platform.failNext({ kind: "answer", status: 500 }, { method: "oauth." });
    const result = await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY);
    expect(result).toMatchObject({ ok: false, retry: "later", reason: expect.stringContaining("token") });
    expect(harness.platform.messages("C0ONE")).toEqual([]);
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
  });

  test("that has an hour left serves while Slack gives no other", async () => {
    const harness = await rotating();
    harness.pass(11 * 3600);
    void harness.platform.failNext({ kind: "answer", status: 500 }, { method: "oauth." });
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
  });

  test("that Slack renews no more says to install again", async () => {
    const harness = await rotating();
    harness.pass(13 * 3600);
    void harness.platform.failNext({ kind: "refusal", error: "invalid_refresh_token" }, { method: "oauth." });
    const result = await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY);
    expect(result).toMatchObject({ ok: false, retry: "later", reason: expect.stringContaining("Install the app again") });
    expect(harness.logged.join("\n")).toContain("Install the app again");
  });

  test("is stored before it is used: where it cannot be, it is not lost, and nothing is posted by it", async () => {
    const harness = await rotating();
    harness.pass(13 * 3600);
    const { state } = harness.host;
    const { set } = state;
    state.set = async () => Promise.reject(new Error("database or disk is full"));
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: false, retry: "later" });
    expect(harness.platform.messages("C0ONE")).toEqual([]);
    state.set = set;
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    expect(renewals(harness)).toBe(1);
  });
});

describe("a workspace that removes the app while its token is renewed", () => {
  test("stays removed", async () => {
    const harness = await rotating();
    harness.pass(13 * 3600);
    let isRemoved = () => {};
    const until = new Promise<void>((removed) => {
      isRemoved = removed;
    });
    void harness.platform.failNext({ kind: "held", until }, { method: "oauth." });
    const posting = harness.adapter.post(channelOf(ONE), cardOf("due"), KEY);
    await vi.waitFor(() => expect(renewals(harness)).toBe(1));
    await harness.event(harness.platform.event(ONE, { type: "app_uninstalled" }));
    isRemoved();
    expect(await posting).toMatchObject({ ok: false, retry: "later", reason: expect.stringContaining("removed") });
    expect(await harness.adapter.workspaces!.installed()).toEqual([]);
    expect(harness.host.kept.has("slack/installation/T0ONE")).toBe(false);
  });
});

describe("two workspaces", () => {
  test("wait each for itself: a 429 of one does not hold up the other", async () => {
    const { install, platform, adapter } = await oauthHarness();
    await install(ONE);
    await install(OTHER);
    void platform.failNext({ kind: "answer", status: 429, retryAfter: "30" }, { method: "chat.", team: ONE });
    const [one, other] = await Promise.all([ONE, OTHER].map((team) => adapter.post(channelOf(team), cardOf("due"), KEY)));
    expect(one).toMatchObject({ ok: false, retry: "later", afterSeconds: 30 });
    expect(other).toMatchObject({ ok: true });
    expect(platform.messages("C0OTHER").map(seen)).toEqual(["due"]);
  });

  test("do not share the conversation of people with the same id", async () => {
    const same = [{ id: "U0SAME" }];
    const workspaces = [ONE, OTHER].map((team) => ({ team, users: same }));
    const { install, adapter, host } = await oauthHarness({ workspaces });
    await install(ONE);
    await install(OTHER);
    for (const team of [ONE, OTHER])
      expect(await adapter.post(`slack:${team}/U0SAME` as never, cardOf(team), KEY)).toMatchObject({ ok: true });
    expect([...host.kept.keys()].filter((key) => key.startsWith("slack/direct/"))).toEqual([
      "slack/direct/T0ONE/U0SAME",
      "slack/direct/T0OTHER/U0SAME",
    ]);
  });
});
