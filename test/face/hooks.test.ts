import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { MANIFESTS } from "../../scripts/manifest.ts";
import { VARIABLES } from "../../src/app/config.ts";
import { ROOT, textOf } from "../support/source.ts";

interface Hooks {
  readonly hooks: Readonly<Record<string, string>>;
  readonly config: { readonly watch: { readonly manifest: { readonly paths: readonly string[] } } };
}

const OURS = JSON.parse(textOf(".slack/hooks.json")) as Hooks;
const FOLDER = mkdtempSync(join(tmpdir(), "curewatch-hooks-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** Every variable of ours, empty: no .env of the tester's reaches what a hook starts. */
const BARE = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ""]));

/** Runs a hook as the Slack CLI does: words apart by spaces, without a shell, in the project's folder. */
async function hook(line: string, more: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
  const [command = "", ...words] = line.split(" ");
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...BARE,
    DATABASE_URL: `sqlite:${join(FOLDER, "register.db")}`,
    ...environment,
  };
  const child = spawn(command, [...words, ...more], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [output, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, status };
}

const PROTOCOL = ["--protocol=message-boundaries", "--boundary=b0undary"];

describe("slack run, by .slack/hooks.json", () => {
  test("learns the hooks, of which ours win, and that we open the socket ourselves", async () => {
    const { output, status } = await hook(OURS.hooks["get-hooks"]!);
    expect(status).toBe(0);
    const theirs = JSON.parse(output) as { readonly hooks: Readonly<Record<string, string>>; readonly config: Record<string, unknown> };
    expect(theirs.config).toMatchObject({ "sdk-managed-connection-enabled": true, "protocol-version": ["message-boundaries"] });
    expect(Object.keys({ ...theirs.hooks, ...OURS.hooks })).toEqual(expect.arrayContaining(["doctor", "get-manifest", "start"]));
  });

  test("gets the manifest for Socket Mode, bare and between the boundaries that it names", async () => {
    const bare = await hook(OURS.hooks["get-manifest"]!);
    expect(JSON.parse(bare.output)).toEqual(MANIFESTS["slack.json"]);
    const [before, manifest, after] = (await hook(OURS.hooks["get-manifest"]!, PROTOCOL)).output.split("b0undary");
    expect(JSON.parse(manifest!)).toEqual(MANIFESTS["slack.json"]);
    expect(`${before}${after}`.trim()).toBe("");
  });

  test("looks at the manifest that is committed, and installs the app again when it changes", () => {
    expect(OURS.config.watch.manifest.paths).toEqual(["manifest/slack.json"]);
  });

  test("starts what npm start starts, with the tokens that it hands over", async () => {
    const asked: string[] = [];
    const slack = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ok: false, error: "invalid_auth" }));
    });
    await new Promise<void>((resolve) => slack.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
    const tokens = { SLACK_BOT_TOKEN: "xoxb-of-the-cli", SLACK_APP_TOKEN: "xapp-of-the-cli", SLACK_API_URL: address };
    const { status, errors } = await hook(OURS.hooks.start!, PROTOCOL, tokens);
    slack.close();
    expect(asked).toContain("/api/auth.test Bearer xoxb-of-the-cli");
    expect(errors).toContain("Slack cannot be used: Slack refuses the bot token.");
    expect(errors).not.toContain("of-the-cli");
    expect(status).toBe(1);
  });

  test("leaves what it keeps for itself out of the repository", () => {
    const lines = textOf(".gitignore").split("\n");
    expect(lines.indexOf(".slack/*")).toBeGreaterThanOrEqual(0);
    expect(lines.indexOf("!.slack/hooks.json")).toBeGreaterThan(lines.indexOf(".slack/*"));
    expect(lines).toContain(".env");
  });
});
