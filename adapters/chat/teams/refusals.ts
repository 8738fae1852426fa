import type { Instant } from "../../../src/time/instant.ts";
import { type Failure, neverFailure, unknownFailure } from "../shared/failure.ts";
import { waitOf } from "../shared/retry-after.ts";

/**
 * What Teams says and what a person can do about it (Teams documentation, "Status codes from bot conversational APIs" and, of blocked writes,
 * "Understand who blocked, muted, or uninstalled a bot").
 */
const MEANINGS = {
  BotNotInConversationRoster: "the bot was removed from this conversation: add the app there again",
  MessageWritesBlocked:
    "this conversation takes no messages from the bot: see whether it was blocked or removed there, or choose another place for these messages",
  ConversationBlockedByUser:
    "the person blocked the bot, or the channel's moderation keeps it out: ask for that to be lifted, or choose another place for these messages",
  BotDisabledByAdmin: "an administrator switched the app off: ask for it to be allowed in the Teams admin centre",
  ForbiddenOperation: "the bot may not write in this conversation: see whether it is archived, moderated or closed to apps",
  ForbiddenOperationException: "the app is not added for this person: add it for them, or choose another place for these messages",
  NotEnoughPermissions: "the bot lacks a permission in this conversation: see what the app is allowed to do there",
  InvalidBotApiHost: "the stored address belongs to another cloud or region: mention the bot there once, so that it learns the new one",
  BotNotRegistered: "the app id is not registered as a bot: check the app id, its secret and the tenant in the configuration",
  ConversationNotFound: "the conversation is gone: choose another place for these messages",
  ActivityNotFoundInConversation: "the message was deleted: it has to be posted anew",
  MessageSizeTooBig: "the message is too large for Teams",
};

/** A word of Teams' that says why. */
export type KnownCode = keyof typeof MEANINGS;

/** A failure of which Teams itself told, with its HTTP status where it will never take the message. */
export type Told = Failure & { readonly status?: number };

/** What an answer that is not 2xx means for the message. */
export function refusalOf(status: number, retryAfter: string | null, body: string, now: Instant): Told {
  const code = codeIn(body);
  const said = `Teams answered ${status}${code === "" ? "" : ` ${code}`}`;
  if (status === 429 || status === 412) {
    const why = status === 429 ? "too many messages at once" : "another message to this conversation was under way";
    const { asked, afterSeconds } = waitOf(retryAfter, now);
    return { ok: false, retry: "later", reason: `${said}: ${why}; it ${asked}`, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  }
  if (status >= 500 || status === 408) return unknownFailure(`${said}: the message may have been shown`);
  const refusal = {
    ...neverFailure(`${said}: ${Object.hasOwn(MEANINGS, code) ? MEANINGS[code as KnownCode] : meaningOf(status)}`),
    status,
  };
  return status === 404 && code === GONE ? { ...refusal, gone: true } : refusal;
}

const GONE = "ActivityNotFoundInConversation";

function meaningOf(status: number): string {
  if (status === 401) return "it does not accept the bot's token: check the app id, its secret and the tenant in the configuration";
  if (status === 403) return "the bot may not write in this conversation: see whether the app is still added there and allowed";
  if (status === 404) return "the conversation or the message is gone";
  if (status === 413) return "the message is too large for Teams";
  return "the message was not accepted";
}

/**
 * The innermost code: of a blocked write there is none in the body, whose message, with or without an error around it, holds JSON with a subCode.
 * Never the platform's prose.
 */
function codeIn(body: string): string {
  const read = jsonOf(body) as Refusal | null;
  const { code, message } = read?.error ?? read ?? {};
  const inner = (jsonOf(String(message ?? "")) as { subCode?: unknown } | null)?.subCode;
  const known = Object.keys(MEANINGS).find((word) => new RegExp(`\\b${word}\\b`).test(String(message ?? "")));
  return [inner, known, code].find((word): word is string => typeof word === "string" && /^[A-Za-z]{1,60}$/.test(word)) ?? "";
}

interface Said {
  readonly code?: unknown;
  readonly message?: unknown;
}

type Refusal = Said & { readonly error?: Said | null };

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
