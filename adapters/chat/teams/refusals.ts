import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";

/** A request that was not, or perhaps not, carried out; the second half of PostResult. */
export type Refusal =
  | { readonly ok: false; readonly retry: "later"; readonly reason: string; readonly afterSeconds?: number }
  | { readonly ok: false; readonly retry: "never"; readonly reason: string }
  | { readonly ok: false; readonly retry: "unknown"; readonly reason: string };

/** What Teams says and what a person can do about it (Teams documentation, "Status code responses for bots"). */
const MEANINGS: Readonly<Record<string, string>> = {
  BotNotInConversationRoster: "the bot was removed from this conversation: add the app there again",
  MessageWritesBlocked: "the person blocked the bot: choose a channel for these messages, or ask the person to unblock it",
  ConversationBlockedByUser: "the person blocked the bot: choose a channel for these messages, or ask the person to unblock it",
  BotDisabledByAdmin: "an administrator switched the app off: ask for it to be allowed in the Teams admin centre",
  ForbiddenOperation: "the bot may not write in this conversation: see whether it is archived, moderated or closed to apps",
  InvalidBotApiHost: "the stored address belongs to another cloud or region: mention the bot there once, so that it learns the new one",
  BotNotRegistered: "the app id is not registered as a bot: check the app id, its secret and the tenant in the configuration",
  ConversationNotFound: "the conversation is gone: choose another place for these messages",
  ActivityNotFoundInConversation: "the message was deleted: it has to be posted anew",
  MessageSizeTooBig: "the message is too large for Teams",
};

/** What an answer that is not 2xx means for the message. */
export function refusalOf(status: number, retryAfter: string | null, body: string, now: Instant): Refusal {
  const code = codeIn(body);
  const said = `Teams answered ${status}${code === "" ? "" : ` ${code}`}`;
  const afterSeconds = secondsIn(retryAfter, now);
  if (status === 429 || status === 412) {
    const reason = `${said}: ${status === 429 ? "too many messages at once" : "another message to this conversation was under way"}`;
    return { ok: false, retry: "later", reason, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  }
  if (status >= 500 || status === 408) return { ok: false, retry: "unknown", reason: `${said}: the message may have been shown` };
  return { ok: false, retry: "never", reason: `${said}: ${MEANINGS[code] ?? meaningOf(status)}` };
}

function meaningOf(status: number): string {
  if (status === 401) return "it does not accept the bot's token: check the app id, its secret and the tenant in the configuration";
  if (status === 403) return "the bot may not write in this conversation: see whether the app is still added there and allowed";
  if (status === 404) return "the conversation or the message is gone";
  if (status === 413) return "the message is too large for Teams";
  return "the message was not accepted";
}

/** What a request that got no answer means for the message. */
export function failureOf(error: unknown): Refusal {
  const codes = codesOf(error);
  if (codes.some((code) => UNSENT.includes(code)))
    return { ok: false, retry: "later", reason: `Teams could not be reached (${codes.join(", ")}): nothing was sent` };
  const what =
    (error as { name?: unknown } | null)?.name === "TimeoutError" ? "Teams did not answer in time" : "the connection to Teams broke";
  return { ok: false, retry: "unknown", reason: `${what}: the message may have been shown` };
}

/** The connection was never made, so no message can have passed. */
const UNSENT: readonly string[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

function codesOf(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return [...(typeof code === "string" ? [code] : []), ...codesOf(cause)];
}

/** The innermost code: for a blocked write the body's own code is missing and its message holds JSON with a subCode. Never the platform's prose. */
function codeIn(body: string): string {
  const error = (jsonOf(body) as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const inner = (jsonOf(String(error?.message ?? "")) as { subCode?: unknown } | null)?.subCode;
  const known = Object.keys(MEANINGS).find((code) => String(error?.message ?? "").includes(code));
  return [inner, known, error?.code].find((code): code is string => typeof code === "string" && /^[A-Za-z]{1,60}$/.test(code)) ?? "";
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** Retry-After in seconds or as a date (RFC 9110, section 10.2.3). */
function secondsIn(retryAfter: string | null, now: Instant): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - millisecondsOf(now)) / 1000));
}
