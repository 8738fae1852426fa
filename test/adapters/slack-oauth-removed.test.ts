import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import { seen } from "../fakes/slack-platform/slack-platform.ts";
import { cardOf, channelOf, KEY, type OAuthHarness, ONE, OTHER, oauthHarness } from "./slack-oauth-harness.ts";

describe("an installation that was made again", () => {
  test("stays when Slack tells late that the one before was removed", async () => {
    const { install, platform, event, adapter, type, pass, host } = await oauthHarness();
    await install(ONE);
    pass(60);
    const removals = [platform.revoke(ONE), platform.uninstall(ONE)];
    pass(120);
    await install(ONE);
    // Slack delivers for a day what was not acknowledged, say because the program did not run.
    for (const removal of removals) expect(await event(removal)).toBe(200);
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
    expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    await type(ONE, "list");
    expect(host.heard).toHaveLength(1);
    pass(60);
    await event(platform.uninstall(ONE));
    expect(await adapter.workspaces!.installed()).toEqual([]);
  });

  test("stays so after its token was renewed", async () => {
    const { install, platform, event, adapter, pass } = await oauthHarness({ rotates: true });
    await install(ONE);
    const removal = platform.uninstall(ONE);
    pass(60);
    await install(ONE);
    pass(11 * 3600);
    expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    await event(removal);
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
  });
});

describe("a token that Slack takes no more, and of which it has not told", () => {
  test("leaves what is due for later, and the other workspace goes on; all is said once the app is installed again", async () => {
    const { install, platform, adapter, logged } = await oauthHarness();
    for (const team of [ONE, OTHER]) await install(team);
    for (const [index, end] of [platform.revoke, platform.uninstall].entries()) {
      const key = `due ${index}` as DeliveryKey;
      end(ONE);
      expect(await adapter.post(channelOf(ONE), cardOf(key), key)).toMatchObject({
        ok: false,
        retry: "later",
        reason: expect.stringContaining("Install"),
      });
      expect(await adapter.post(channelOf(OTHER), cardOf(key), key)).toMatchObject({ ok: true });
      await install(ONE);
      expect(await adapter.post(channelOf(ONE), cardOf(key), key)).toMatchObject({ ok: true });
    }
    expect(platform.messages("C0ONE").map(seen)).toEqual(["due 0", "due 1"]);
    expect(logged.filter((line) => line.includes("nothing can be said in a workspace"))).toHaveLength(2);
  });
});

describe("somebody who does something while the token is renewed", () => {
  /** What a command is answered at once, and after how many milliseconds. */
  async function typed({ host, platform }: OAuthHarness): Promise<readonly [string, number]> {
    const fields = { ...slashCommand("list", "1.trigger", platform.responseUrl("C0ONE", "U0ONE")), team_id: ONE, user_id: "U0ONE" };
    const { headers, body } = signedForm({ ...fields, channel_id: "C0ONE" }, { now: host.clock.now() });
    const before = performance.now();
    const response = await fetch(`${host.url}/slack/commands`, { method: "POST", headers, body });
    return [await response.text(), performance.now() - before];
  }

  async function endingIn(hours: number, milliseconds: number): Promise<OAuthHarness> {
    const harness = await oauthHarness({ rotates: true, timeout: 5_000 });
    await harness.install(ONE);
    harness.pass((12 - hours) * 3600);
    void harness.platform.failNext({ kind: "slow", milliseconds }, { method: "oauth." });
    return harness;
  }

  test("is answered by the one before where that serves still, and Slack is slow to give another", async () => {
    const harness = await endingIn(1, 3_000);
    const [, milliseconds] = await typed(harness);
    expect(milliseconds).toBeLessThan(2_500);
    await harness.adapter.idle();
    expect(harness.host.heard).toHaveLength(1);
  });

  test("is told so in time where it has ended", async () => {
    const harness = await endingIn(-1, 4_000);
    const [said, milliseconds] = await typed(harness);
    expect(said).toContain("try again in a minute");
    expect(milliseconds).toBeLessThan(3_000);
    await harness.adapter.idle();
    expect(harness.host.heard).toEqual([]);
  });

  test("is told how long Slack asks to wait with another, and not that it is tried again: what was typed is not", async () => {
    const harness = await oauthHarness({ rotates: true, timeout: 5_000 });
    await harness.install(ONE);
    harness.pass(13 * 3600);
    void harness.platform.failNext({ kind: "answer", status: 429, retryAfter: "172800" }, { method: "oauth." });
    const [said] = await typed(harness);
    expect(said).toContain("Curewatch cannot answer in this workspace now. Slack asks to wait 48 hours, more than a day.");
    expect(said).not.toContain("tried again");
    await harness.adapter.idle();
    expect(harness.host.heard).toEqual([]);
  });

  test("keeps the program from ending until the other token is kept: its refresh token serves once", async () => {
    const harness = await endingIn(1, 1_500);
    await typed(harness);
    await harness.restart();
    harness.pass(2 * 3600);
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    expect(harness.platform.calls.filter(({ args }) => args.grant_type === "refresh_token")).toHaveLength(1);
  });
});
