import type { Log } from "../../../src/ports/chat.ts";

/** Every token of Slack begins with such letters (docs.slack.dev, "Tokens"); one that is rotated begins with xoxe, or xoxe. and another. */
const TOKENS = /\b(?:xox[a-z]|xapp)(?:\.xox[a-z])?-[\w.-]+/g;
const CUT = "[secret]";
/** An error's cause may have a cause; nothing that is worth reading lies deeper. */
const DEEPEST = 6;

/** The same text without a token of Slack, nor any of the secrets. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, CUT), text).replace(TOKENS, CUT);
}

/** The same of an error, or of whatever else was thrown, and of what it carries along. */
export function withoutSecretsIn(thrown: unknown, secrets: readonly string[]): unknown {
  return clean(thrown, secrets, 0);
}

/** A log that writes no secret, wherever it stands: in what the SDK says, in an error, or in what an error carries along. */
export function discreet(log: Log, secrets: readonly string[]): Log {
  const write = (level: keyof Log) => (about: object, text: string) =>
    log[level](clean(about, secrets, 0) as object, withoutSecrets(text, secrets));
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

function clean(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === "string") return withoutSecrets(value, secrets);
  if (typeof value !== "object" || value === null || depth > DEEPEST) return typeof value === "object" ? null : value;
  if (Array.isArray(value)) return value.map((one) => clean(one, secrets, depth + 1));
  return value instanceof Error ? cleanError(value, secrets, depth) : cleanFields(value, secrets, depth);
}

function cleanFields(value: object, secrets: readonly string[], depth: number): object {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [withoutSecrets(name, secrets), clean(one, secrets, depth + 1)]));
}

/** An error again, so that it is logged as one. */
function cleanError(error: Error, secrets: readonly string[], depth: number): Error {
  const copy = new Error(withoutSecrets(error.message, secrets));
  const { name, stack = "", cause } = error;
  Object.assign(copy, cleanFields(error, secrets, depth), { name, stack: withoutSecrets(stack, secrets) });
  if (cause !== undefined) Object.assign(copy, { cause: clean(cause, secrets, depth + 1) });
  return copy;
}
