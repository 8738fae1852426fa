import { describe, expect, test } from "vitest";
import { wordsIn } from "../../adapters/chat/teams/asker-words.ts";
import { type KnownCode, refusalOf } from "../../adapters/chat/teams/refusals.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { NOW } from "./teams-harness.ts";

/** With which status Teams documents each word, and what of its cause is told in each language. */
const CAUSES: Readonly<Record<KnownCode | "ForbiddenOperationException" | "NotEnoughPermissions", readonly [number, RegExp, RegExp]>> = {
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
