import { expect, test } from "vitest";
import { calling, OTHER } from "./slack-calls.ts";
import { CHANNEL, DIRECT, seen, USER } from "./slack-platform/slack-platform.ts";

const HELLO = { channel: CHANNEL, text: "hello" };

test("a token reaches its own workspace, and another's channels, messages and people are not there", async () => {
  const { call } = await calling();
  const { ts } = await call("chat.postMessage", HELLO);
  expect(await call("chat.postMessage", HELLO, OTHER)).toMatchObject({ error: "channel_not_found" });
  expect(await call("chat.update", { ...HELLO, ts }, OTHER)).toMatchObject({ error: "channel_not_found" });
  expect(await call("chat.delete", { ...HELLO, ts }, OTHER)).toMatchObject({ error: "channel_not_found" });
  expect(await call("chat.postMessage", { ...HELLO, channel: DIRECT }, OTHER)).toMatchObject({ error: "channel_not_found" });
  expect(await call("users.info", { user: USER }, OTHER)).toMatchObject({ error: "user_not_found" });
  expect(await call("chat.postMessage", { ...HELLO, channel: "C0OTHER" }, OTHER)).toMatchObject({ ok: true });
  expect(await call("auth.test", {}, OTHER)).toMatchObject({ team_id: "T0OTHER", enterprise_id: "E0ORG", is_enterprise_install: false });
});

test("a token that is unknown, revoked, expired or of a removed app is refused by its own word", async () => {
  const { call, platform } = await calling();
  expect(await call("auth.test", {}, "xoxb-unknown")).toMatchObject({ error: "invalid_auth" });
  platform.expire("T0TEAM");
  expect(await call("auth.test")).toMatchObject({ error: "token_expired" });
  expect(platform.revoke("T0TEAM")).toMatchObject({ team_id: "T0TEAM", event: { type: "tokens_revoked" } });
  expect(await call("auth.test")).toMatchObject({ error: "token_revoked" });
  expect(platform.uninstall("T0OTHER")).toMatchObject({ team_id: "T0OTHER", event: { type: "app_uninstalled" } });
  expect(await call("auth.test", {}, OTHER)).toMatchObject({ error: "account_inactive" });
  expect(await call("auth.test", {}, platform.install("T0OTHER"))).toMatchObject({ ok: true, team_id: "T0OTHER" });
});

for (const [method, needed, args] of [
  ["chat.postMessage", "chat:write", HELLO],
  ["chat.postEphemeral", "chat:write", HELLO],
  ["chat.update", "chat:write", HELLO],
  ["chat.delete", "chat:write", HELLO],
  ["users.info", "users:read", { user: USER }],
  ["files.getUploadURLExternal", "files:write", { filename: "a.png", length: "1" }],
  ["files.completeUploadExternal", "files:write", {}],
  ["conversations.history", "channels:history", HELLO],
  ["conversations.replies", "im:history", { channel: DIRECT, ts: "1.1" }],
  ["conversations.info", "channels:read", HELLO],
  ["conversations.members", "channels:read", HELLO],
  ["users.list", "users:read", {}],
  ["conversations.open", "im:write", { users: USER }],
] as const)
  test(`${method} needs ${needed} and says so`, async () => {
    const { call, platform } = await calling();
    platform.grant(["commands"]);
    expect(await call(method, args)).toEqual({ ok: false, error: "missing_scope", needed, provided: "commands" });
    platform.grant([needed]);
    expect((await call(method, args)).error).not.toBe("missing_scope");
  });

test("views and permalinks need no scope", async () => {
  const { call, platform } = await calling();
  const { ts } = await call("chat.postMessage", HELLO);
  platform.grant([]);
  expect(await call("chat.getPermalink", { channel: CHANNEL, message_ts: String(ts) })).toMatchObject({ ok: true });
  expect(await call("views.publish", { user_id: USER, view: { type: "home", blocks: [] } })).toMatchObject({ ok: true });
});

test("a channel that is archived, or that the bot is not in, takes no message, unless it is public and the scope says so", async () => {
  const { call, platform } = await calling();
  const channel = platform.channel(CHANNEL);
  channel.isMember = false;
  expect(await call("chat.postMessage", HELLO)).toMatchObject({ error: "not_in_channel" });
  platform.grant(["chat:write", "chat:write.public"]);
  expect(await call("chat.postMessage", HELLO)).toMatchObject({ ok: true });
  channel.isMember = true;
  channel.isArchived = true;
  expect(await call("chat.postMessage", HELLO)).toMatchObject({ error: "is_archived" });
});

test("a private channel that the bot is not in is not there, whatever its scopes, and reading it takes scopes of its own", async () => {
  const channels = [{ id: "C0SECRET", isPrivate: true, isMember: false }];
  const { call, platform } = await calling({ workspaces: [{ team: "T0TEAM", botToken: OTHER, channels }] });
  platform.grant(["chat:write", "chat:write.public", "channels:history"]);
  expect(await call("chat.postMessage", { channel: "C0SECRET", text: "x" }, OTHER)).toMatchObject({ error: "channel_not_found" });
  expect(await call("conversations.history", { channel: "C0SECRET" }, OTHER)).toMatchObject({ needed: "groups:history" });
});

test("a person's name and language are told, the language where it is asked for", async () => {
  const { call } = await calling();
  expect(await call("users.info", { user: USER, include_locale: "true" })).toMatchObject({
    user: { real_name: "Ana Dias", locale: "en-US" },
  });
  expect(await call("users.info", { user: USER })).not.toHaveProperty("user.locale");
});

test("more than about a message a second in a channel is refused until Retry-After has passed, for that workspace and method alone", async () => {
  const { call, fetch, platform, clock } = await calling();
  for (let message = 0; message < 10; message += 1) expect(await call("chat.postMessage", HELLO)).toMatchObject({ ok: true });
  platform.limit(true);
  for (let message = 0; message < 3; message += 1) await call("chat.postMessage", HELLO);
  const refused = await fetch("chat.postMessage", HELLO);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await fetch("chat.postMessage", { ...HELLO, channel: DIRECT })).status).toBe(429);
  expect(await call("chat.postMessage", { ...HELLO, channel: "C0OTHER" }, OTHER)).toMatchObject({ ok: true });
  expect(await call("users.info", { user: USER })).toMatchObject({ ok: true });
  clock.now += 1_000;
  for (let second = 0; second < 20; second += 1) {
    expect(await call("chat.postMessage", HELLO)).toMatchObject({ ok: true });
    clock.now += 1_000;
  }
});

test("a fault befalls the workspace that it names", async () => {
  const { fetch, platform } = await calling();
  const struck = platform.failNext({ kind: "answer", status: 503 }, { method: "auth.", team: "T0OTHER" });
  expect((await fetch("auth.test")).status).toBe(200);
  expect((await fetch("auth.test", {}, OTHER)).status).toBe(503);
  await struck;
  expect((await fetch("auth.test", {}, OTHER)).status).toBe(200);
  expect(platform.calls.map(({ team }) => team)).toEqual(["T0TEAM", "T0OTHER", "T0OTHER"]);
});

test("a file is there once it was uploaded whole and completed, and only in its workspace", async () => {
  const { call, platform } = await calling();
  for (const team of ["T0TEAM", "T0OTHER"]) platform.grant(["chat:write", "files:write"], team);
  const image = (id: unknown) => [{ type: "image", alt_text: "a chart", slack_file: { id } }];
  const upload = async (bytes: string, length: number) => {
    const { upload_url, file_id } = await call("files.getUploadURLExternal", {
      filename: "a.png",
      length: String(length),
      alt_txt: "a chart",
    });
    const { status } = await fetch(String(upload_url), { method: "POST", body: bytes });
    return { status, id: file_id };
  };
  expect((await upload("four", 5)).status).toBe(404);
  const { id } = await upload("four", 4);
  expect(await call("chat.postMessage", { ...HELLO, blocks: image(id) })).toMatchObject({ error: "invalid_blocks" });
  expect(await call("files.completeUploadExternal", { files: [{ id: "F0NONE" }] })).toMatchObject({ error: "file_not_found" });
  expect(await call("files.completeUploadExternal", { files: [{ id }] }, OTHER)).toMatchObject({ error: "file_not_found" });
  expect(await call("files.completeUploadExternal", { files: [{ id, title: "Chart" }] })).toMatchObject({ ok: true });
  expect(await call("chat.postMessage", { ...HELLO, blocks: image(id) })).toMatchObject({ ok: true });
  expect(await call("chat.postMessage", { channel: "C0OTHER", text: "x", blocks: image(id) }, OTHER)).toMatchObject({
    error: "invalid_blocks",
  });
  expect(platform.files).toMatchObject([{ alt: "a chart", title: "Chart", bytes: Buffer.from("four") }]);
});

test("a response_url serves five times and half an hour, and can replace or remove the message of its button", async () => {
  const { call, platform, clock } = await calling();
  const say = async (url: string, message: object) => (await fetch(url, { method: "POST", body: JSON.stringify(message) })).status;
  const { ts } = await call("chat.postMessage", HELLO);
  const url = platform.responseUrl(CHANNEL, USER, String(ts));
  expect(await say(url, { text: "mended", replace_original: true })).toBe(200);
  expect(platform.messages(CHANNEL).map(seen)).toEqual(["mended"]);
  expect(await say(url, { text: "for Ana" })).toBe(200);
  expect(platform.messages(CHANNEL, USER).map(({ user }) => user)).toEqual([undefined, USER]);
  expect(await say(url, { delete_original: true })).toBe(200);
  expect(platform.messages(CHANNEL, USER).map(seen)).toEqual(["for Ana"]);
  for (let use = 3; use < 5; use += 1) expect(await say(url, { text: "x" })).toBe(200);
  expect(await say(url, { text: "x" })).toBe(404);
  const other = platform.responseUrl(CHANNEL, USER);
  clock.now += 1_800_000;
  expect(await say(other, { text: "x" })).toBe(404);
});

test("a call without a token is told so, whatever fault is set", async () => {
  const { platform } = await calling();
  void platform.failNext({ kind: "answer", status: 500 }, { method: "auth." });
  const response = await fetch(`${platform.apiUrl}auth.test`, { method: "POST" });
  expect(await response.json()).toEqual({ ok: false, error: "not_authed" });
});

test("a response_url and an upload fail as a test says, once", async () => {
  const { platform } = await calling();
  const url = platform.responseUrl(CHANNEL, USER);
  const say = async () => (await fetch(url, { method: "POST", body: JSON.stringify({ text: "x" }) })).status;
  void platform.failNext({ kind: "answer", status: 503, shown: true }, { method: "respond" });
  expect([await say(), await say()]).toEqual([503, 200]);
  expect(platform.messages(CHANNEL, USER)).toHaveLength(2);
  void platform.failNext({ kind: "answer", status: 500 }, { method: "upload" });
  expect((await fetch(platform.apiUrl.replace("/api/", "/upload/v1/F0"), { method: "POST", body: "x" })).status).toBe(500);
});

test("an update takes 4,000 bytes of text, and does not reach what only one person sees", async () => {
  const { call } = await calling();
  const { ts } = await call("chat.postMessage", HELLO);
  expect(await call("chat.update", { ...HELLO, ts, text: "é".repeat(2_000) })).toMatchObject({ ok: true });
  expect(await call("chat.update", { ...HELLO, ts, text: "é".repeat(2_001) })).toMatchObject({ error: "msg_too_long" });
  const { message_ts } = await call("chat.postEphemeral", { ...HELLO, user: USER });
  expect(await call("chat.update", { ...HELLO, ts: message_ts })).toMatchObject({ error: "message_not_found" });
});
