import { readdirSync, readFileSync } from "node:fs";
import { webApi } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { waitOf } from "../../adapters/chat/shared/retry-after.ts";
import { failureOf } from "../../adapters/chat/slack/failure.ts";
import { refusalOf } from "../../adapters/chat/teams/refusals.ts";
import { say } from "../../src/cards/say.ts";
import { undeliveredWhy } from "../../src/cards/undelivered-why.ts";
import type { Instant } from "../../src/time/instant.ts";

const NOW = "2024-02-18T08:00:00.000Z" as Instant;
const CHAT = new URL("../../adapters/chat/", import.meta.url);
const LITERAL = /"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/.source;

/** What answers whoever asks, opens a form or is thrown at start reaches no delivery. */
const NO_DELIVERY = /^(slack\/(modal-open|asker-words|app-form|workspaces-open)|teams\/answering)\.ts$/;

function sourceOf(path: string): string {
  return readFileSync(new URL(path, CHAT), "utf8");
}

/** The words of a table, or of a function, that begins so and ends at the first brace that stands alone. */
function within(path: string, beginning: string): string {
  const source = sourceOf(path);
  const from = source.indexOf(beginning);
  expect(from).toBeGreaterThan(0);
  return source.slice(from, source.indexOf("\n}", from));
}

function literals(text: string, before: string): readonly string[] {
  return [...text.matchAll(new RegExp(`${before}\\s*(?:${LITERAL})`, "g"))].map(([, plain, made]) => plain ?? made!);
}

/** What stands in a sentence at run time. */
function filled(template: string): string {
  return template
    .replace(/\$\{howToInstall\.en\}/, "Install it at https://curewatch.example/slack/install.")
    .replace(/(?<=Slack )\$\{asked\}/, "asks to wait 5 minutes")
    .replace(/\$\{(whyBroken\(.*?\)\.slice\(0, -1\))\}/, "The connection to Slack broke (ECONNRESET)")
    .replace(/\$\{platform\}/g, "Slack")
    .replace(/\$\{[^}]*status[^}]*\}/gi, "503")
    .replace(/\$\{[^}]*\}/g, "x1");
}

/** Every sentence of an adapter's own that is written where a failure is made; those put together of others are walked by themselves. */
function writtenReasons(): readonly string[] {
  const paths = readdirSync(CHAT, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts") && !NO_DELIVERY.test(path));
  return paths.flatMap((path) =>
    literals(sourceOf(path), String.raw`(?:\breason:|neverFailure\(|unknownFailure\(|refused\()`)
      .filter((reason) => !/^\$\{(said|MEND|failure|postponed)/.test(reason))
      .map(filled),
  );
}

function slackSays(error: string, needed?: string): string {
  const data = { ok: false, error, ...(needed === undefined ? {} : { needed }) };
  return failureOf(Object.assign(Object.create(webApi.WebAPIPlatformError.prototype), { data })).reason;
}

function teamsSays(status: number, code = "", retryAfter: string | null = null): string {
  return refusalOf(status, retryAfter, JSON.stringify({ error: { code } }), NOW).reason;
}

const SLACK_CODES = [...within("slack/failure.ts", "const MEND").matchAll(/^ {2}(\w+):/gm)].map(([, code]) => code!);
const TEAMS_CODES = [...within("teams/refusals.ts", "const MEANINGS").matchAll(/^ {2}(\w+):/gm)].map(([, code]) => code!);
const TROUBLE = literals(
  sourceOf("slack/failure.ts")
    .match(/const (?:TROUBLE|THROTTLED)[^;]*;/g)!
    .join(),
  "",
);
const CLOSED = literals(within("teams/places.ts", "const REASONS"), "(?:deleted|archived):");
const WAITS = [null, "1", "90", "120", "3600", "200000"];

const REASONS: readonly string[] = [
  ...writtenReasons(),
  ...SLACK_CODES.map((code) => slackSays(code)),
  ...TROUBLE.map((code) => slackSays(code)),
  ...["msg_too_long", "<html>"].map((code) => slackSays(code)),
  slackSays("missing_scope"),
  slackSays("missing_scope", "chat:write.public"),
  ...TEAMS_CODES.map((code) => teamsSays(403, code)),
  ...[400, 401, 403, 404, 408, 413, 418, 502].map((status) => teamsSays(status)),
  ...[429, 412].flatMap((status) => WAITS.map((wait) => teamsSays(status, "Throttled", wait))),
  ...CLOSED,
  ...WAITS.map((wait) => `Slack ${waitOf(wait, NOW).asked}.`),
  "The register could not be read: nothing was sent. SQLITE_BUSY",
  "its platform is not served by the process that was to post it",
  "the card is not there any more",
  "internal fault",
  "internal fault 1f2e3d4c",
];

/** What French does not write. */
const ENGLISH = /(?<!\p{L})(the|was|were|is|are|not|any more|there|again|message may|nothing|asks?|with|this|could|bot)(?!\p{L})/iu;

describe("every reason of our own that is kept of a delivery", () => {
  test("is found where the adapters write it", () => {
    expect(SLACK_CODES.length).toBeGreaterThan(15);
    expect(TEAMS_CODES.length).toBeGreaterThan(8);
    expect(CLOSED).toHaveLength(4);
    expect(TROUBLE.length).toBeGreaterThan(5);
    expect(writtenReasons().length).toBeGreaterThan(30);
  });

  test.each([...new Set(REASONS)])("is told in French: %s", (reason) => {
    for (const kept of [reason, `${reason} (9 attempts)`, `${reason} What stands of it already could not be noted.`]) {
      const french = undeliveredWhy("fr", kept, false);
      expect(french).not.toBe(kept);
      expect(french.replace(/\(\w+\)|Bot User OAuth Token/g, "")).not.toMatch(ENGLISH);
    }
  });

  test.each([...new Set(REASONS)].filter((reason) => !reason.startsWith("internal fault")))(
    "is told in English as it is kept: %s",
    (reason) => {
      expect(undeliveredWhy("en", reason, false).replace(/\.$/, "")).toBe(reason.replace(/\.$/, ""));
      const tried = `${reason} (9 attempts)`;
      expect(undeliveredWhy("en", tried, false)).toBe(tried);
    },
  );

  test.each(["desk.elsewhere", "desk.untold"] as const)("is told in the reader's language where the house's is another: %s", (key) => {
    const args = { detail: "SQLITE_BUSY" };
    expect(undeliveredWhy("fr", say("en", key, args), false)).toBe(say("fr", key, args));
    expect(undeliveredWhy("en", say("fr", key, args), false)).toBe(say("en", key, args));
  });

  test("keeps what was asked for, by what and where", () => {
    const french = (reason: string) => undeliveredWhy("fr", reason, false).replace(/[\u00a0\u202f]/g, " ");
    expect(french("Slack asks to wait 1 minute.")).toBe("Slack demande d’attendre 1 minute.");
    expect(french(teamsSays(429, "Throttled", "120"))).toBe(
      "Teams a répondu 429 Throttled : trop de messages à la fois ; il demande d’attendre 2 minutes",
    );
    expect(french(slackSays("missing_scope", "chat:write.public"))).toContain("la portée chat:write.public.");
    expect(french("The register could not be read: nothing was sent. SQLITE_BUSY")).toMatch(/rien n’a été envoyé\. SQLITE_BUSY$/);
    expect(french("internal fault 1f2e3d4c (9 attempts)")).toMatch(/1f2e3d4c.* \(9 tentatives\)$/);
  });

  test("by Slack's word is told however an earlier version worded it", () => {
    expect(undeliveredWhy("fr", "The token was taken away. (token_revoked)", false)).toContain("Le jeton du robot a été révoqué.");
  });
});

test("what a platform itself said stands as it said it", () => {
  for (const reason of ["Something else. (odd)", "channel_not_found", "No (such) thing: at all"])
    expect(undeliveredWhy("fr", reason, false)).toBe(reason);
});
