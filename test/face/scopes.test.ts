import { describe, expect, test } from "vitest";
import { BOT_SCOPES } from "../../adapters/chat/slack/oauth.ts";
import type { Manifest } from "../../scripts/manifest.ts";
import { filesUnder, textOf } from "../support/source.ts";

const { bot = [], bot_optional: optional = [] } = (JSON.parse(textOf("manifest/slack.json")) as Manifest).oauth_config!.scopes!;

/** The rows of the table in docs/operating.md: scope, who asks for it, why, what is missing without it. */
const ROWS = [
  ...textOf("docs/operating.md").matchAll(/^\| `([a-z.:]+:?[a-z.]*)` +\| (needed|optional|by hand) +\| (.*?) +\| (.*?) +\|$/gm),
].map(([, scope, asked, why, without]) => ({ scope: scope!, asked: asked!, why: why!, without: without! }));
const asked = (how: string) => ROWS.flatMap((row) => (row.asked === how ? [row.scope] : []));

/**
 * The scope that each method of the Web API takes of a bot (docs.slack.dev/reference/methods, the page of each); null where any token will do.
 * conversations.history, .replies, .info and .members take the one of the conversation's kind; im:read is for direct messages, of which the app asks
 * for none.
 */
const TAKES: Readonly<Record<string, readonly string[] | null>> = {
  "apps.connections.open": null,
  "auth.revoke": null,
  "auth.test": null,
  "chat.delete": ["chat:write"],
  "chat.getPermalink": null,
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read", "mpim:read"],
  "conversations.members": ["channels:read", "groups:read", "mpim:read"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "files.completeUploadExternal": ["files:write"],
  "files.delete": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.uploadV2": ["files:write"],
  "oauth.v2.access": null,
  "oauth.v2.exchange": null,
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "views.open": null,
  "views.publish": null,
  "views.push": null,
  "views.update": null,
};

const FAMILIES = "apps|auth|bots|chat|conversations|emoji|files|oauth|reactions|team|usergroups|users|views";
const CALLED = new Set(
  filesUnder("adapters/chat/slack").flatMap((path) =>
    [
      ...textOf(path).matchAll(
        new RegExp(`\\b(?:client|api|slack)\\s*\\.((?:${FAMILIES})(?:\\.[a-zA-Z0-9]+)+)|apiCall\\("([a-zA-Z0-9.]+)"`, "g"),
      ),
    ].map(([, method, named]) => (method ?? named)!),
  ),
);

describe("the scopes of the Slack app", () => {
  test("have each a row with its reason, and no other has one", () => {
    expect(asked("needed")).toEqual(bot.filter((scope) => !optional.includes(scope)));
    expect(asked("optional")).toEqual(optional);
    expect(asked("by hand").filter((scope) => (bot as readonly string[]).includes(scope))).toEqual([]);
    for (const { scope, why, without } of ROWS) expect(`${why}${without}`.length, scope).toBeGreaterThan(20);
  });

  test("are the same in every manifest, and those that an installation by OAuth asks for are among them", () => {
    for (const name of ["slack-http.json", "slack-oauth.json"])
      expect((JSON.parse(textOf(`manifest/${name}`)) as Manifest).oauth_config!.scopes).toEqual({ bot, bot_optional: optional });
    expect(BOT_SCOPES.filter((scope) => !(bot as readonly string[]).includes(scope))).toEqual([]);
    expect(asked("needed").filter((scope) => !BOT_SCOPES.includes(scope))).toEqual([]);
  });

  test("read nobody's messages, e-mail addresses or files, and manage nothing, unless somebody adds one by hand", () => {
    expect(bot.filter((scope) => /history|email|admin|files:read|manage|join|import/.test(scope))).toEqual([]);
  });

  test("cover what the adapter calls", () => {
    expect(CALLED.size).toBeGreaterThan(5);
    expect([...CALLED].filter((method) => TAKES[method] === undefined)).toEqual([]);
    const taken = [...CALLED].flatMap((method) => TAKES[method] ?? []);
    expect(taken.filter((scope) => ROWS.every((row) => row.scope !== scope))).toEqual([]);
  });

  test("are used, each of them", () => {
    const taken = new Set([...CALLED].flatMap((method) => TAKES[method] ?? []));
    // The command is brought by Slack, and a post needs the other only where the bot was not invited: neither is a call of its own.
    const unused = ROWS.map(({ scope }) => scope).filter(
      (scope) => !taken.has(scope) && scope !== "commands" && scope !== "chat:write.public",
    );
    expect(unused).toEqual([]);
  });
});
