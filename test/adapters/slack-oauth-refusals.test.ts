import { describe, expect, test } from "vitest";
import { oauthHarness } from "./slack-oauth-harness.ts";

type Fault = Parameters<Awaited<ReturnType<typeof oauthHarness>>["platform"]["failNext"]>[0];

/** The last page of an installation whose code Slack exchanges so. */
async function ending(fault: Fault, timeout?: number) {
  const { platform, begin, get, logged, host } = await oauthHarness(timeout === undefined ? {} : { timeout });
  const { state, cookie } = await begin();
  void platform.failNext(fault, { method: "oauth." });
  const page = await get(`/slack/oauth_redirect?code=1.secret.code&state=${state}`, cookie);
  return { status: page.status, text: await page.text(), logged: logged.join("\n"), kept: [...host.kept.keys()] };
}

/** The last page where Slack sends the browser back with an error instead of a code. */
async function sentBack(query: string) {
  const { begin, get, logged } = await oauthHarness();
  const { state, cookie } = await begin();
  const page = await get(`/slack/oauth_redirect?${query}&state=${state}`, cookie);
  return { status: page.status, text: await page.text(), logged: logged.join("\n") };
}

describe("an installation that Slack refuses is told with what to do, and no message is spoken of", () => {
  test.each([
    ["bad_redirect_uri", "under OAuth &amp; Permissions"],
    ["invalid_client_id", "copies it again from the app&#39;s settings, under Basic Information"],
    ["bad_client_secret", "copies it again from the app&#39;s settings, under Basic Information"],
    ["invalid_grant_type", "newer version"],
    ["oauth_authorization_url_mismatch", "not from a link that was kept"],
    ["preview_feature_not_available", "does not offer"],
    ["org_login_required", "when the move is finished"],
    ["team_added_to_org", "when the move is finished"],
    ["cannot_install_an_org_installed_app", "adds the workspace to it"],
    ["enterprise_is_restricted", "Choose one workspace"],
    ["invalid_team_for_non_distributed_app", "under Manage Distribution"],
    ["ratelimited", "asks to wait"],
    ["access_denied", "admin"],
    ["ekm_access_denied", "admin"],
    ["team_access_not_granted", "admin"],
    ["accesslimited", "network"],
    ["two_factor_setup_required", "two-factor"],
    ["missing_scope", "under OAuth &amp; Permissions"],
    ["invalid_scope", "under OAuth &amp; Permissions"],
    ["no_scopes", "under OAuth &amp; Permissions"],
    ["account_inactive", "removed"],
    ["invalid_auth", "the token that it has just given"],
    ["method_deprecated", "newer version"],
    ["internal_error", "in a few minutes"],
    ["fatal_error", "in a few minutes"],
  ])("%s: %s", async (error, words) => {
    const { status, text, logged, kept } = await ending({ kind: "refusal", error });
    expect(status).toBe(502);
    expect(text).toContain(words);
    expect(text).toContain(`(${error})`);
    expect(text).toContain("Whoever runs Curewatch finds more in its log.");
    expect(text).toContain('<a href="/slack/install">Begin again</a>');
    expect(text).not.toMatch(/message|secret\.code/);
    expect(logged).toContain("an installation failed");
    expect(kept.filter((key) => key.includes("install"))).toEqual([]);
  });

  test("with a word of which nothing is known: that it was not installed, and the word", async () => {
    const { text } = await ending({ kind: "refusal", error: "brand_new_word" });
    expect(text).toContain("Slack did not install the app (brand_new_word). Begin again in a moment");
    expect(text).not.toContain("message");
  });

  test.each(["<script>alert(1)</script>", "xoxb-12-secret", "0123456789abcdef0123456789abcdef"])(
    "with what is no word of Slack's, which is not repeated: %s",
    async (error) => {
      const { status, text } = await ending({ kind: "refusal", error });
      expect(status).toBe(502);
      expect(text).toContain("Something between here and Slack answered in its stead");
      expect(text).not.toMatch(/alert|xoxb|0123456789|message/);
    },
  );

  test.each([
    [{ kind: "answer", status: 429, retryAfter: "120" }, "Slack asks to wait 2 minutes. Begin again after that."],
    [{ kind: "answer", status: 429, retryAfter: "172800" }, "Slack asks to wait 48 hours, more than a day. Begin again after that."],
    [{ kind: "answer", status: 503 }, "Slack answered 503. Begin again in a few minutes."],
    [{ kind: "reset", shown: false }, "The connection to Slack broke (ECONNRESET). Begin again in a few minutes."],
    [{ kind: "silence" }, "Slack did not answer in time. Begin again in a few minutes."],
  ] as const)("or does not answer (%j): %s", async (fault, words) => {
    const { status, text } = await ending(fault as Fault, 200);
    expect(status).toBe(502);
    expect(text).toContain(words);
    expect(text).not.toMatch(/message|tried again/);
  });
});

test("an installation that cannot be kept here is not laid at Slack's door, and its page says nothing of why", async () => {
  const { platform, begin, get, host, logged } = await oauthHarness();
  platform.consent({ team: "T0ONE" });
  const { location, cookie } = await begin();
  const back = new URL((await fetch(location, { redirect: "manual" })).headers.get("location")!);
  const set = host.state.set.bind(host.state);
  Object.assign(host.state, {
    set: (key: string, ...rest: readonly [unknown, number?]) =>
      key.includes("installation") ? Promise.reject(new Error("postgres://bot:hunter2@db is gone")) : set(key, ...rest),
  });
  const page = await get(`${back.pathname}${back.search}`, cookie);
  const text = await page.text();
  expect(page.status).toBe(502);
  expect(text).toContain("Curewatch could not finish the installation. Begin again in a moment.");
  expect(text).not.toMatch(/hunter2|connection to Slack|message/);
  expect(logged.join("\n")).toContain("an installation failed");
});

describe("where Slack sends the browser back without a code", () => {
  test("the page says what Slack said, and not that it was begun in another browser", async () => {
    const { status, text, logged } = await sentBack("error=invalid_scope");
    expect(status).toBe(400);
    expect(text).toContain("under OAuth &amp; Permissions");
    expect(text).not.toContain("another browser");
    expect(logged).toContain("invalid_scope");
  });

  test("the word may be unknown", async () => {
    const { text } = await sentBack("error=brand_new_word");
    expect(text).toContain("Slack did not install the app (brand_new_word).");
  });

  test.each(["%3Cb%3EYour+account+is+locked%3C%2Fb%3E", "call.0800-1234", ""])("what is no word is not repeated: %s", async (error) => {
    const { status, text } = await sentBack(`error=${error}`);
    expect(status).toBe(400);
    expect(text).not.toMatch(/locked|0800/);
  });
});
