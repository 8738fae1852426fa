import { describe, expect, test } from "vitest";
import { seen } from "../fakes/slack-platform/slack-platform.ts";
import { cardOf, channelOf, KEY, ONE, ORGANISATION, OTHER, oauthHarness, SECRET_KEY } from "./slack-oauth-harness.ts";

describe("installing in a workspace", () => {
  test("begins at /slack/install, which sends the browser to Slack with the scopes and a state bound to it", async () => {
    const { platform, begin, host } = await oauthHarness();
    const { location, cookie, state } = await begin();
    expect(location.startsWith(platform.authorizeUrl)).toBe(true);
    const asked = new URL(location).searchParams;
    expect(asked.get("scope")).toBe("commands,chat:write,users:read,chat:write.public,files:write,channels:read,groups:read,mpim:read");
    expect(asked.get("redirect_uri")).toBe(`${host.url}/slack/oauth_redirect`);
    expect(cookie).toBe(`slack-app-oauth-state=${state}`);
    expect([...host.kept]).toEqual([]);
  });

  test("ends with a page that names the workspace, as text, and says what to do", async () => {
    const { install } = await oauthHarness();
    const { status, text } = await install(ONE);
    expect(status).toBe(200);
    expect(text).toContain("One &amp; &lt;Only&gt;");
    expect(text).toContain("/matter help");
    expect(text).not.toMatch(/<script|style=|src=/);
  });

  test("opens its desk, and what is posted and answered there goes by its own token", async () => {
    const { install, adapter, host, platform, type } = await oauthHarness();
    let changes = 0;
    host.serve({ workspacesChanged: async () => void changes++ });
    await install(ONE);
    await install(OTHER);
    expect(changes).toBe(2);
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one", "slack-t0other"]);
    expect(await adapter.post(channelOf(OTHER), cardOf("due"), KEY)).toMatchObject({ ok: true });
    expect(platform.messages("C0OTHER").map(seen)).toEqual(["due"]);
    expect(platform.messages("C0ONE")).toEqual([]);
    await type(OTHER, "list");
    expect(host.heard.map(({ place, person }) => [place, person])).toEqual([["slack:T0OTHER/C0OTHER", "slack:T0OTHER/U0OTHER"]]);
  });

  test("again replaces what was there", async () => {
    const { install, adapter, platform } = await oauthHarness();
    await install(ONE);
    platform.uninstall(ONE);
    expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: false, retry: "later" });
    await install(ONE);
    expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
  });

  test("that the person declines changes nothing", async () => {
    const { platform, begin, get, host } = await oauthHarness();
    platform.consent(null);
    const { location, cookie } = await begin();
    const back = new URL((await fetch(location, { redirect: "manual" })).headers.get("location")!);
    const page = await get(`${back.pathname}${back.search}`, cookie);
    expect(page.status).toBe(403);
    expect(await page.text()).toContain("You did not allow it");
    expect([...host.kept]).toEqual([]);
  });

  test("that Slack does not complete is told in words, and the log says why", async () => {
    const { platform, begin, get, logged } = await oauthHarness();
    const { state, cookie } = await begin();
    void platform.failNext({ kind: "refusal", error: "invalid_client_id" }, { method: "oauth." });
    const page = await get(`/slack/oauth_redirect?code=x&state=${state}`, cookie);
    expect(page.status).toBe(502);
    expect(await page.text()).toContain("Slack does not know the app&#39;s client id");
    expect(logged.join("\n")).toContain("an installation failed");
  });
});

test.each(["invalid_code", "code_expired", "code_already_used"])(
  "a code of which Slack says %s is told as spent, with where to begin again",
  async (error) => {
    const { platform, begin, get } = await oauthHarness();
    const { state, cookie } = await begin();
    void platform.failNext({ kind: "refusal", error }, { method: "oauth." });
    const page = await get(`/slack/oauth_redirect?code=x&state=${state}`, cookie);
    const text = await page.text();
    expect(page.status).toBe(400);
    expect(text).toContain("it has expired, or was used already. Nothing has changed.");
    expect(text).toContain('<a href="/slack/install">Begin again</a>');
    expect(text).not.toContain("refuses the message");
  },
);

describe("the state of an installation", () => {
  async function refused(spoil: (state: string) => { readonly state?: string; readonly cookie?: string; readonly seconds?: number }) {
    const { begin, get, pass, host } = await oauthHarness();
    const { state, cookie } = await begin();
    const spoilt = spoil(state);
    pass(spoilt.seconds ?? 0);
    const page = await get(`/slack/oauth_redirect?code=1.code&state=${spoilt.state ?? state}`, spoilt.cookie ?? cookie);
    expect(await page.text()).toContain("was not installed");
    expect([...host.kept.keys()].filter((key) => key.includes("install"))).toEqual([]);
    return page.status;
  }

  test("of another browser is refused", async () => {
    expect(await refused(() => ({ cookie: "" }))).toBe(400);
  });

  test("that somebody made up is refused, whatever cookie comes with it", async () => {
    expect(await refused(() => ({ state: "made.up.now", cookie: "slack-app-oauth-state=made.up.now" }))).toBe(400);
  });

  test("whose time was changed is refused", async () => {
    const later = (state: string) => `${(2e9).toString(36)}.${state.split(".").slice(1).join(".")}`;
    expect(await refused((state) => ({ state: later(state), cookie: `slack-app-oauth-state=${later(state)}` }))).toBe(400);
  });

  test("is refused after ten minutes", async () => {
    expect(await refused(() => ({ seconds: 601 }))).toBe(400);
  });

  test("serves once", async () => {
    const { begin, get, platform } = await oauthHarness();
    platform.consent({ team: ONE });
    const { location, cookie } = await begin();
    const back = new URL((await fetch(location, { redirect: "manual" })).headers.get("location")!);
    const path = `${back.pathname}${back.search}`;
    expect((await get(path, cookie)).status).toBe(200);
    expect((await get(path, cookie)).status).toBe(400);
    expect(platform.calls.filter(({ method }) => method === "oauth.v2.access")).toHaveLength(1);
  });
});

describe("an installation", () => {
  test("is unreadable where it is kept", async () => {
    const { install, host } = await oauthHarness();
    await install(ONE);
    expect([...host.kept.keys()]).toContain("slack/installation/T0ONE");
    expect(JSON.stringify([...host.kept])).not.toMatch(/xox/);
  });

  test("is opened by the key before the present one; without it it counts as absent, and the log names the variable", async () => {
    const harness = await oauthHarness();
    await harness.install(ONE);
    await harness.restart({ secretKey: `another-${SECRET_KEY}`, secretKeyBefore: SECRET_KEY });
    expect(await harness.adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
    expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
    await harness.restart({ secretKey: `a-third-${SECRET_KEY}` });
    expect(await harness.adapter.workspaces!.installed()).toEqual([]);
    expect(harness.logged.join("\n")).toContain("CUREWATCH_SECRET_KEY_BEFORE");
  });

  test("of one workspace cannot be put in the place of another's", async () => {
    const { install, host, adapter } = await oauthHarness();
    await install(ONE);
    await install(OTHER);
    await host.state.set("slack/installation/T0ONE", host.kept.get("slack/installation/T0OTHER"));
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0other"]);
  });

  test("is deleted when the app is uninstalled, once, and the other workspace goes on", async () => {
    const { install, platform, event, adapter, host, type } = await oauthHarness();
    await install(ONE);
    await install(OTHER);
    const removed = platform.uninstall(ONE);
    expect(await event(removed)).toBe(200);
    expect([...host.kept.keys()]).not.toContain("slack/installation/T0ONE");
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0other"]);
    const late = await adapter.post(channelOf(ONE), cardOf("due"), KEY);
    expect(late).toMatchObject({
      ok: false,
      retry: "later",
      reason: expect.stringContaining("The app was removed from the workspace T0ONE"),
    });
    expect(await adapter.post(channelOf(OTHER), cardOf("due"), KEY)).toMatchObject({ ok: true });
    expect(await type(ONE, "list")).toContain("not installed");
    await install(ONE);
    // Slack delivers the event once more: the new installation stays.
    expect(await event(removed)).toBe(200);
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one", "slack-t0other"]);
  });

  test("is deleted when the bot's token is revoked, and stays when a person's is, or another bot's", async () => {
    const { install, platform, event, adapter } = await oauthHarness();
    await install(ONE);
    await event(platform.event(ONE, { type: "tokens_revoked", tokens: { oauth: ["U0ONE"], bot: [] } }));
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
    await event(platform.event(ONE, { type: "tokens_revoked", tokens: { oauth: [], bot: ["U0OTHERBOT"] } }));
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
    await event(platform.revoke(ONE));
    expect(await adapter.workspaces!.installed()).toEqual([]);
  });

  test("in an organisation serves each workspace that speaks, at a desk of its own, until it is removed", async () => {
    const { install, adapter, type, host, event, platform } = await oauthHarness();
    await install(ONE, true);
    expect(host.kept.has(`slack/installation/${ORGANISATION}`)).toBe(true);
    expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: false, retry: "later" });
    const organisation = { enterprise_id: ORGANISATION, is_enterprise_install: "true" };
    await type(ONE, "list", organisation);
    await type(OTHER, "list", organisation);
    expect(host.heard.map(({ place }) => place)).toEqual([channelOf(ONE), channelOf(OTHER)]);
    expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one", "slack-t0other"]);
    expect(await adapter.post(channelOf(OTHER), cardOf("due"), KEY)).toMatchObject({ ok: true });
    const { authorizations: _, ...removed } = platform.event(ONE, { type: "app_uninstalled" });
    await event({ ...removed, team_id: null, enterprise_id: ORGANISATION });
    expect(await adapter.workspaces!.installed()).toEqual([]);
  });
});
