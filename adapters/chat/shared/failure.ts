import type { PostResult } from "../../../src/ports/chat.ts";

/** A message that was not, or perhaps not, shown; the second half of PostResult. */
export type Failure = Exclude<PostResult, { ok: true }>;

/** The connection was never made, so no message can have passed. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  // This process does not let itself out to an address that its configuration does not name (src/app/outgoing.ts).
  "EREFUSEDBYLIST",
]);

/** Neither had the other side proved who it is. */
const NOT_TRUSTED = /^(ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_)/;

/** What a request that got no answer means for the message, in words that begin with the platform's name. */
export function connectionFailure(platform: string, error: unknown): Failure {
  const codes = codesOf(error);
  const [unsent] = codes.filter((code) => NEVER_SENT.has(code) || NOT_TRUSTED.test(code));
  if (unsent !== undefined) return { ok: false, retry: "later", reason: `${platform} could not be reached (${unsent}): nothing was sent.` };
  return unknownFailure(`${whyBroken(platform, error).slice(0, -1)}; the message may have been shown.`);
}

/** The same where no message is at stake: a sentence. */
export function whyBroken(platform: string, error: unknown): string {
  if ((error as { name?: unknown } | null)?.name === "TimeoutError") return `${platform} did not answer in time.`;
  const why = codesOf(error)[0] ?? (error instanceof Error ? error.message : String(error));
  return `The connection to ${platform} broke (${why}).`;
}

export function unknownFailure(reason: string): Failure {
  return { ok: false, retry: "unknown", reason };
}

/** Whatever is to be known before anything is sent could not be read. */
export function unreadFailure(error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, retry: "later", reason: `The register could not be read: nothing was sent. ${why}`, afterSeconds: 1 };
}

/** Another process may have gone on with the card by now. */
export const TAKEN_OVER: Failure = {
  ok: false,
  retry: "later",
  reason: "Another process may have taken the message over: nothing more was sent.",
  afterSeconds: 1,
};

export function neverFailure(reason: string): Extract<Failure, { retry: "never" }> {
  return { ok: false, retry: "never", reason };
}

/** fetch wraps the socket's error as the cause of its own, and several of them (one an address) in an AggregateError. */
function codesOf(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = Array.isArray(errors) ? errors.flatMap(codesOf) : [];
  return [...(typeof code === "string" ? [code] : []), ...codesOf(cause), ...inner];
}
