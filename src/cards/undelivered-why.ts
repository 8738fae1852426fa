import type { Language } from "../time/wording.ts";
import { type Key, say } from "./say.ts";

/** What is kept as the reason of a delivery is English, for the log as well: what of it is known is told in the reader's language. */
const SENTENCES: readonly (readonly [RegExp, Key])[] = [
  [/^The connection to (?<platform>.+) broke \((?<code>.+)\); the message may have been shown\.$/s, "undelivered-why.broke"],
  [/^(?<platform>\S+) could not be reached \((?<code>.+)\): nothing was sent\.$/s, "undelivered-why.unreached"],
  [/^(?<platform>\S+) did not answer in time; the message may have been shown\.$/, "undelivered-why.late"],
];

const BY_CODE: Readonly<Record<string, Key>> = {
  is_archived: "undelivered-why.is_archived",
  not_in_channel: "undelivered-why.not_in_channel",
  channel_not_found: "undelivered-why.channel_not_found",
};

/** Why it was not delivered; `alone` where it was for a person's own conversation, to which nobody can invite the bot. */
export function undeliveredWhy(language: Language, reason: string, alone: boolean): string {
  const code = /\((\w+)\)$/.exec(reason)?.[1] ?? "";
  const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code]! : null;
  if (known !== null) return say(language, alone ? "undelivered-why.alone" : known, { code });
  for (const [sentence, key] of SENTENCES) {
    const found = sentence.exec(reason)?.groups;
    if (found !== undefined) return say(language, key, found);
  }
  return reason;
}
