import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultsBy, MANIFESTS, type Manifest, manifestOf, written } from "../../scripts/manifest.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { manifestSchema, refusalsOf } from "../support/slack-manifest.ts";
import { filesUnder, ROOT, textOf } from "../support/source.ts";

const SCHEMA = manifestSchema();
const NAMES = Object.keys(MANIFESTS);
const committed = (name: string) => JSON.parse(textOf(`manifest/${name}`)) as Manifest;

describe("the manifests of the Slack app", () => {
  test.each(NAMES)("%s is what the commands make of it now (npm run manifest writes it)", (name) => {
    expect(textOf(`manifest/${name}`)).toBe(written(MANIFESTS[name]!));
  });

  test("are all that lies there for Slack", () => {
    expect(readdirSync(join(ROOT, "manifest")).filter((name) => name.startsWith("slack"))).toEqual(NAMES.toSorted());
  });

  test.each(NAMES)("%s is what Slack declares a manifest to be", (name) => {
    expect(faultsBy(SCHEMA, committed(name))).toEqual([]);
    expect(refusalsOf(committed(name))).toEqual([]);
  });

  test("name every verb that a chat takes, and none of a terminal's", () => {
    const [command] = committed("slack.json").features!.slash_commands!;
    const words = command!.usage_hint!.split(" | ").map((part) => part.split(" ")[0]);
    expect(words.toSorted()).toEqual(COMMANDS.flatMap(({ verb, terminalOnly }) => (terminalOnly === true ? [] : [verb])).toSorted());
    expect(words[0]).toBe("help");
    expect(command).toMatchObject({ command: "/matter", should_escape: true });
  });

  test("change with the commands", () => {
    expect(written(manifestOf(COMMANDS.slice(1), "socket"))).not.toBe(written(MANIFESTS["slack.json"]!));
  });

  test("are alike in all but the way in", () => {
    const [socket, http, oauth] = NAMES.map((name) =>
      textOf(`manifest/${name}`)
        .split("\n")
        .filter((line) => !/YOUR-ADDRESS|_enabled/.test(line)),
    );
    const bare = (lines: readonly string[] | undefined) => lines!.map((line) => line.replace(/,$/, ""));
    expect(bare(http)).toEqual(bare(oauth));
    expect(bare(http).filter((line) => !bare(socket).includes(line))).toEqual([]);
    expect(bare(socket)).not.toContain("YOUR-ADDRESS");
  });

  test("let tokens rotate only where their successors can be kept", () => {
    const rotating = NAMES.filter((name) => committed(name).settings!.token_rotation_enabled);
    expect(rotating).toEqual(["slack-oauth.json"]);
    expect(NAMES.filter((name) => committed(name).oauth_config!.redirect_urls !== undefined)).toEqual(rotating);
  });

  test("open Socket Mode in one, and carry no address of ours", () => {
    expect(NAMES.filter((name) => committed(name).settings!.socket_mode_enabled)).toEqual(["slack.json"]);
    for (const name of NAMES) {
      const addresses = textOf(`manifest/${name}`).match(/https?:[^"]*/g) ?? [];
      expect(addresses.filter((address) => !/^https:\/\/YOUR-ADDRESS\/slack\/(events|commands|oauth_redirect)$/.test(address))).toEqual([]);
    }
  });
});

/** The manifest with one place of it changed; undefined takes it out. */
function changed(path: string, value: unknown, name = "slack.json"): Manifest {
  const copy = committed(name);
  const steps = path.split("/");
  const last = steps.pop()!;
  let at = copy as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

describe("a wrong manifest is found", () => {
  test.each([
    ["a field that is misspelt", "settings/socket_mode", true, "additional properties"],
    ["no name", "display_information/name", undefined, "required property"],
    ["a name that is too long", "display_information/name", "n".repeat(36), "35 characters"],
    ["a description that is too long", "display_information/description", "d".repeat(141), "140 characters"],
    ["a usage hint that is too long", "features/slash_commands/0/usage_hint", "u".repeat(1001), "1000 characters"],
    ["a scope that does not exist", "oauth_config/scopes/bot/0", "command", "must be equal to"],
    ["a user's scope asked for by a bot", "oauth_config/scopes/bot/0", "search:read", "must be equal to"],
    ["an event that does not exist", "settings/event_subscriptions/bot_events/0", "home_opened", "must be equal to"],
    ["a shortcut of no kind", "features/shortcuts/0/type", "channel", "must be equal to"],
    ["a yes that is no boolean", "settings/socket_mode_enabled", "true", "must be boolean"],
    [
      "eleven shortcuts",
      "features/shortcuts",
      Array(11).fill({ type: "global", name: "n", callback_id: "c", description: "d" }),
      "10 items",
    ],
  ])("by what Slack declares: %s", (_what, path, value, fault) => {
    expect(faultsBy(SCHEMA, changed(path, value)).join("\n")).toContain(fault);
  });

  test.each([
    [
      "an optional scope that is not asked for",
      "oauth_config/scopes/bot",
      ["commands", "chat:write", "users:read"],
      "must stand under bot too",
    ],
    ["no scope for the command", "oauth_config/scopes/bot", ["chat:write"], "need the scope commands"],
    ["no bot user", "features/bot_user", undefined, "need a bot user"],
    ["a bot with a capital", "features/bot_user/display_name", "Curewatch", "a-z, 0-9"],
    ["a shortcut with a long name", "features/shortcuts/0/name", "n".repeat(25), "24 characters"],
    ["a command without its slash", "features/slash_commands/0/command", "matter", "is no command"],
    ["a Home tab that nobody draws", "settings/event_subscriptions/bot_events", ["app_uninstalled"], "app_home_opened"],
    ["neither Socket Mode nor addresses", "settings/socket_mode_enabled", false, "interactivity needs an https address"],
  ])("by what Slack says beyond it: %s", (_what, path, value, refusal) => {
    expect(refusalsOf(changed(path, value)).join("\n")).toContain(refusal);
  });

  test("each address that HTTP needs is missed when it is not there", () => {
    for (const path of [
      "settings/interactivity/message_menu_options_url",
      "settings/event_subscriptions/request_url",
      "features/slash_commands/0/url",
    ])
      expect(refusalsOf(changed(path, undefined, "slack-http.json"))).toHaveLength(1);
  });
});

describe("the app's callbacks", () => {
  test("are those that the adapter listens to", () => {
    const adapter = filesUnder("adapters/chat/slack").map(textOf).join("\n");
    for (const { callback_id: id } of committed("slack.json").features!.shortcuts!) expect(adapter).toContain(`"${id}"`);
    for (const event of committed("slack.json").settings!.event_subscriptions!.bot_events!) expect(adapter).toContain(event);
  });
});
