import { expect, test } from "vitest";
import { approved, type Calling, CREDENTIALS, calling } from "./slack-calls.ts";
import type { Json } from "./slack-platform/blocks/shape.ts";

async function installed({ call, platform }: Calling): Promise<Json> {
  const code = (await approved(platform)).get("code")!;
  return call("oauth.v2.access", { code, ...CREDENTIALS }, "none");
}

test("whoever agrees comes back with the state and a code, which is good for one token", async () => {
  const { call, platform } = await calling();
  platform.consent({ team: "T0OTHER" });
  const back = await approved(platform);
  expect(back.get("state")).toBe("s1");
  const args = { code: back.get("code")!, ...CREDENTIALS, redirect_uri: "http://127.0.0.1:1/back" };
  expect(await call("oauth.v2.access", { ...args, redirect_uri: "http://127.0.0.1:1/other" }, "none")).toMatchObject({
    error: "bad_redirect_uri",
  });
  const answer = await call("oauth.v2.access", args, "none");
  expect(answer).toMatchObject({ ok: true, scope: "commands,chat:write", team: { id: "T0OTHER" }, is_enterprise_install: false });
  expect(answer).not.toHaveProperty("refresh_token");
  expect(await call("auth.test", {}, String(answer.access_token))).toMatchObject({ team_id: "T0OTHER" });
  expect(await call("oauth.v2.access", args, "none")).toMatchObject({ error: "code_already_used" });
});

test("whoever declines comes back without a code", async () => {
  const { platform } = await calling();
  platform.consent(null);
  const back = await approved(platform);
  expect([back.get("error"), back.get("state"), back.get("code")]).toEqual(["access_denied", "s1", null]);
});

test("the page asks nobody for an app that it does not know, or without a scope", async () => {
  const { platform } = await calling();
  await expect(approved(platform, { client_id: "another" })).rejects.toThrow("invalid_client_id");
  await expect(approved(platform, { scope: "" })).rejects.toThrow("invalid_scope");
});

test("the browser is sent to a redirect URL of the app's settings, the first where none is asked for, and to no other", async () => {
  const { platform } = await calling();
  platform.redirects.push("http://127.0.0.1:1/back", "http://127.0.0.1:1/second");
  const asked = new URLSearchParams({ client_id: CREDENTIALS.client_id, scope: "commands" });
  const { headers } = await fetch(`${platform.authorizeUrl}?${asked}`, { redirect: "manual" });
  expect(headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:1\/back\?code=/);
  await expect(approved(platform, { redirect_uri: "http://127.0.0.1:1/elsewhere" })).rejects.toThrow("bad_redirect_uri");
});

test("the app says who it is by its form or by Basic, and a wrong secret is refused", async () => {
  const { call, platform } = await calling();
  const code = (await approved(platform)).get("code")!;
  expect(await call("oauth.v2.access", { ...CREDENTIALS, code, client_secret: "x" }, "none")).toMatchObject({ error: "bad_client_secret" });
  expect(await call("oauth.v2.access", { ...CREDENTIALS, code, client_id: "x" }, "none")).toMatchObject({ error: "invalid_client_id" });
  const basic = Buffer.from(`${CREDENTIALS.client_id}:${CREDENTIALS.client_secret}`).toString("base64");
  const response = await fetch(`${platform.apiUrl}oauth.v2.access`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ code }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
});

test("a code that nobody got, or that is ten minutes old, is refused", async () => {
  const { call, platform, clock } = await calling();
  expect(await call("oauth.v2.access", { ...CREDENTIALS, code: "x" }, "none")).toMatchObject({ error: "invalid_code" });
  const code = (await approved(platform)).get("code")!;
  clock.now += 600_000;
  expect(await call("oauth.v2.access", { ...CREDENTIALS, code }, "none")).toMatchObject({ error: "invalid_code" });
});

test("tokens that rotate expire after twelve hours, and each refresh token serves once", async () => {
  const slack = await calling({ rotates: true });
  const { call, clock } = slack;
  const { access_token, refresh_token, expires_in } = await installed(slack);
  expect(expires_in).toBe(43_200);
  clock.now += 43_200_000;
  expect(await call("auth.test", {}, String(access_token))).toMatchObject({ error: "token_expired" });
  const renew = (token: unknown) => call("oauth.v2.access", { ...CREDENTIALS, grant_type: "refresh_token", refresh_token: token }, "none");
  const next = await renew(refresh_token);
  expect(await call("auth.test", {}, String(next.access_token))).toMatchObject({ ok: true });
  expect(await renew(refresh_token)).toMatchObject({ error: "invalid_refresh_token" });
  expect(await renew(next.refresh_token)).toMatchObject({ ok: true });
});

test("what was revoked is not renewed", async () => {
  const slack = await calling({ rotates: true });
  const { access_token, refresh_token } = await installed(slack);
  expect(await slack.call("auth.revoke", {}, String(access_token))).toMatchObject({ revoked: true });
  expect(await slack.call("auth.test", {}, String(access_token))).toMatchObject({ error: "token_revoked" });
  const args = { ...CREDENTIALS, grant_type: "refresh_token", refresh_token };
  expect(await slack.call("oauth.v2.access", args, "none")).toMatchObject({ error: "token_revoked" });
});

test("an organisation's token serves all its workspaces, and no other", async () => {
  const workspaces = ["T0ONE", "T0TWO"].map((team) => ({ team, enterprise: "E0ORG" }));
  const slack = await calling({ workspaces: [...workspaces, { team: "T0ALONE" }] });
  slack.platform.consent({ team: "T0ONE", isForOrganisation: true });
  const { access_token, team, enterprise } = await installed(slack);
  expect([team, enterprise]).toEqual([null, { id: "E0ORG", name: "E0ORG" }]);
  const post = (channel: string) => slack.call("chat.postMessage", { channel, text: "x" }, String(access_token));
  expect(await post("C0ONE")).toMatchObject({ ok: true });
  expect(await post("C0TWO")).toMatchObject({ ok: true });
  expect(await post("C0ALONE")).toMatchObject({ error: "channel_not_found" });
  expect(await slack.call("auth.test", {}, String(access_token))).toMatchObject({ enterprise_id: "E0ORG", is_enterprise_install: true });
});
