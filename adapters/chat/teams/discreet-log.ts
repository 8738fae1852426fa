import type { Log } from "../../../src/ports/chat.ts";
import type { TeamsConfig } from "./config.ts";

/** Three parts of base64url as in every token of Microsoft's (RFC 7519), and what follows the word Bearer. */
const TOKENS = /\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=\bBearer )\S+/g;
const CUT = "[secret]";
/** An error's cause may have a cause; nothing that is worth reading lies deeper. */
const DEEPEST = 6;

/** A log that writes neither the client secret nor a token, wherever they stand: in a sentence, an error, or what an error carries along. */
export function discreet(log: Log, { appPassword = "" }: Pick<TeamsConfig, "appPassword">): Log {
  const secret = appPassword.trim();
  const cut = (text: string) => {
    const left = text.replace(TOKENS, CUT);
    return secret === "" ? left : left.replaceAll(secret, CUT);
  };

  function clean(value: unknown, depth: number): unknown {
    if (typeof value === "string") return cut(value);
    if (typeof value !== "object" || value === null) return value;
    if (depth > DEEPEST) return null;
    if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
    const fields = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, clean(one, depth + 1)]));
    if (!(value instanceof Error)) return fields;
    const { name, stack = "", cause } = value;
    const copy = new Error(cut(value.message));
    return Object.assign(copy, fields, { name, stack: cut(stack) }, cause === undefined ? {} : { cause: clean(cause, depth + 1) });
  }

  const write = (level: keyof Log) => (about: object, text: string) => log[level](clean(about, 0) as object, cut(text));
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
