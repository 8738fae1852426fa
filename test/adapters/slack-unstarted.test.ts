import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import { testHost } from "../contracts/chat-host.ts";
import { acceptSocket } from "../fakes/slack-platform/socket-server.ts";

/** What a method is answered: its body, or a status without one. */
type Answers = Readonly<Record<string, object | number>>;

const TOLD = { "auth.test": { ok: true, team_id: "T1", user_id: "U1", bot_id: "B1" } };
const APP_LEVEL = "Basic Information, App-Level Tokens";

/** Why a start in Socket Mode fails before a Slack that answers so. */
async function why(answers: Answers): Promise<string> {
  const server = createServer((request, response) => {
    const port = request.socket.localPort;
    const answer = { ...TOLD, ...answers }[(request.url ?? "").replace("/api/", "")] ?? 404;
    response.writeHead(typeof answer === "number" ? answer : 200, { "content-type": "application/json" });
    response.end(typeof answer === "number" ? "oops" : JSON.stringify(answer).replace("PORT", String(port)));
  });
  // As Slack does where Socket Mode is off: the socket opens, and is closed.
  server.on("upgrade", (request, socket) =>
    acceptSocket(
      request,
      socket,
      () => undefined,
      () => undefined,
    ).close(),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = await testHost();
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await host.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const adapter = slackAdapter({ mode: "socket", botToken: "xoxb-1", appToken: "xapp-1", apiUrl });
  const failure = await adapter.start(host).catch((error: Error) => error);
  await adapter.stop();
  return (failure as Error).message;
}

describe("a start that fails says which token, and what to do", () => {
  test.each<[string, Answers, string[]]>([
    [
      "an app-level token that is wrong",
      { "apps.connections.open": { ok: false, error: "invalid_auth" } },
      ["Slack's Socket Mode cannot be used: Slack refuses the app-level token.", "xapp-", APP_LEVEL, "(invalid_auth)"],
    ],
    [
      "an app-level token without its scope",
      { "apps.connections.open": { ok: false, error: "missing_scope", needed: "connections:write", provided: "authorizations:read" } },
      ["The app-level token lacks a scope. Generate another with the scope connections:write", APP_LEVEL, "(missing_scope)"],
    ],
    [
      "a bot token in its place",
      { "apps.connections.open": { ok: false, error: "not_allowed_token_type" } },
      ["This is no app-level token.", "xapp-", APP_LEVEL],
    ],
    [
      "an app-level token in the place of the bot's",
      { "auth.test": { ok: false, error: "not_allowed_token_type" } },
      ["Slack cannot be used: This is no bot token.", "xoxb-", "Install App"],
    ],
    ["a bot token that is wrong", { "auth.test": { ok: false, error: "invalid_auth" } }, ["Copy the Bot User OAuth Token again"]],
    ["a word that nobody knows", { "auth.test": { ok: false, error: "team_disabled" } }, ["Slack refuses. (team_disabled)"]],
    ["trouble of Slack's", { "auth.test": 500 }, ["Slack cannot be used: Slack answered 500. Start again in a few minutes."]],
    ["trouble at the socket", { "apps.connections.open": 500 }, ["cannot be used: Slack answered 500. Start again in a few minutes."]],
    ["trouble in a word", { "auth.test": { ok: false, error: "internal_error" } }, ["Slack had trouble of its own (internal_error)."]],
    [
      "a socket that nobody answers",
      { "apps.connections.open": { ok: true, url: "ws://127.0.0.1:1/link?ticket=hush" } },
      ["Slack names 127.0.0.1:1 for the socket, and it does not open."],
    ],
    [
      "a socket that is closed at once",
      { "apps.connections.open": { ok: true, url: "ws://127.0.0.1:PORT/link?ticket=hush" } },
      ["Slack closed the socket at once. Socket Mode must be on in the app's settings, under Socket Mode."],
    ],
  ])("%s", async (_what, answers, parts) => {
    const said = await why(answers);
    for (const part of parts) expect(said).toContain(part);
    for (const never of ["message", "undefined", "Reinstall", "hush"]) expect(said).not.toContain(never);
    if ("apps.connections.open" in answers) expect(said).not.toContain("Bot User");
  });
});
