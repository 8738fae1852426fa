import { describe, expect, test } from "vitest";
import { wordsIn } from "../../adapters/chat/teams/asker-words.ts";
import { type KnownCode, refusalOf } from "../../adapters/chat/teams/refusals.ts";
import { undeliveredWhy } from "../../src/cards/undelivered-why.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { NOW } from "./teams-harness.ts";

/** With which status Teams documents each word, and what of its cause is told in each language. */
const CAUSES: Readonly<Record<KnownCode, readonly [number, RegExp, RegExp]>> = {
  BotNotInConversationRoster: [403, /removed there/, /en a été retiré/],
  MessageWritesBlocked: [403, /blocked there, or was removed/, /bloqué, ou en a été retiré/],
  ConversationBlockedByUser: [403, /blocked there\. Unblock it/, /bloqué\. Débloquez-le/],
  BotDisabledByAdmin: [403, /administrator switched the app off/, /administrateur a désactivé/],
  ForbiddenOperation: [403, /archived, moderated or closed to apps/, /archivée, modérée ou fermée/],
  ForbiddenOperationException: [403, /app is not added there/, /application n'y est pas ajoutée/],
  NotEnoughPermissions: [403, /lacks a permission/, /manque une permission au robot/],
  InvalidBotApiHost: [403, /address of another cloud .*Mention the bot there once/, /autre nuage\. Mentionnez-y le robot/],
  BotNotRegistered: [401, /knows no bot/, /ne connaît pas de robot/],
  ConversationNotFound: [404, /^The conversation is gone\.$/, /^La conversation n'existe plus\.$/],
  ActivityNotFoundInConversation: [404, /The message .* is not there any more/, /Le message .* n'est plus là/],
  MessageSizeTooBig: [413, /too large/, /trop grande/],
};

function told(language: "en" | "fr", status: number, code = ""): string {
  return wordsIn(language).reason(refusalOf(status, null, JSON.stringify({ error: { code } }), NOW));
}

describe("why Teams did not show an answer", () => {
  test.each(Object.entries(CAUSES))("is the cause of its own word, whatever the status: %s", (code, [documented, english, french]) => {
    for (const status of [documented, 400, 401, 403, 404, 413]) {
      expect(told("en", status, code)).toMatch(english);
      expect(told("fr", status, code)).toMatch(french);
    }
  });

  test("is the status's where the word is not known, and says no more than the status tells", () => {
    expect(told("en", 403, "Forbidden")).toBe("The bot may not write there: see whether the app is still added there and allowed.");
    expect(told("en", 404, "Surprise")).toBe("The conversation, or the message that was to be answered, is gone.");
    expect(told("en", 413)).toMatch(/too large/);
    expect(told("en", 400, "Surprise")).toBe("Teams refuses the message (400 Surprise).");
    for (const status of [403, 404, 413]) expect(told("fr", status)).not.toBe(told("en", status));
  });

  test("is nothing that every object has", () => {
    for (const language of LANGUAGES) expect(told(language, 400, "constructor")).toMatch(/\(400 constructor\)\.$/);
  });
});

/** What is kept of a delivery that Teams refused with that word. */
function kept(body: object): string {
  return refusalOf(403, null, JSON.stringify(body), NOW).reason;
}

describe("what is kept of a delivery that Teams refused", () => {
  test.each([
    ["MessageWritesBlocked", /: this conversation takes no messages from the bot: see whether it was blocked or removed there, or choose/],
    ["ConversationBlockedByUser", /: the person blocked the bot, or the channel's moderation keeps it out: ask for that to be lifted/],
    ["ForbiddenOperation", /: the bot may not write in this conversation: see whether it is archived, moderated or closed to apps$/],
    ["ForbiddenOperationException", /: the app is not added for this person: add it for them, or choose/],
    ["NotEnoughPermissions", /: the bot lacks a permission in this conversation: see what the app is allowed to do there$/],
  ])("is a sentence of its own, in the reader's language: %s", (code, words) => {
    const reason = kept({ error: { code } });
    expect(reason).toMatch(words);
    expect(reason).toContain(`Teams answered 403 ${code}: `);
    const french = undeliveredWhy("fr", reason, false);
    expect(french).not.toMatch(/\b(bot|see|choose|person)\b/);
    expect(new Set(Object.keys(CAUSES).map((other) => undeliveredWhy("fr", kept({ error: { code: other } }), false))).size).toBe(
      Object.keys(CAUSES).length,
    );
  });

  test.each<[string, object]>([
    ["within the error", { error: { message: JSON.stringify({ subCode: "MessageWritesBlocked" }) } }],
    [
      "as Microsoft documents it",
      { errorCode: 209, message: JSON.stringify({ subCode: "MessageWritesBlocked", errorCode: null }, null, 2) },
    ],
  ])("names a blocked write by its inner word, %s", (_, body) => {
    expect(kept(body)).toContain("Teams answered 403 MessageWritesBlocked: this conversation takes no messages from the bot");
  });

  test("is of the longer of two words of which one holds the other", () => {
    expect(kept({ error: { message: "ForbiddenOperationException: not installed" } })).toContain(
      "403 ForbiddenOperationException: the app",
    );
  });

  test("by an earlier version is told in French as well", () => {
    const earlier = "the person blocked the bot: choose a channel for these messages, or ask the person to unblock it";
    expect(undeliveredWhy("fr", `Teams answered 403 MessageWritesBlocked: ${earlier}`, false)).toContain("a bloqué le robot");
  });
});
