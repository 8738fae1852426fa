import { LANGUAGES, type Language } from "../time/wording.ts";
import type { Undelivered } from "./contents.ts";
import { isKey, type Key, type SaidArgs, say, WORDS } from "./say.ts";
import { typeset } from "./typography.ts";

/**
 * What is kept as the reason of a delivery is English, for the log as well: what of it is our own is told in the reader's language. What a platform
 * itself said stands as it said it.
 */
const PREFIX = "undelivered-why.";

/** Slack's words that mean, of somebody's own conversation, no more than that it is not reached. */
const UNREACHED: ReadonlySet<string> = new Set(["is_archived", "not_in_channel", "channel_not_found"]);

interface Kept {
  readonly sentence: RegExp;
  readonly key: Key;
}

/** What a placeholder of a kept sentence holds, where not anything. */
const HELD: ReadonlyMap<string, string> = new Map([
  ...["place", "message", "workspace", "terminal", "scope"].map((name) => [name, String.raw`\S+`] as const),
  ["platform", String.raw`[A-Z]\w*`],
  ["status", String.raw`\d+(?: [A-Za-z]+)?`],
  ["n", String.raw`\d+`],
]);

/** Kept in the house's language. */
const OF_THE_HOUSE: readonly Key[] = ["desk.elsewhere", "desk.untold"];

/** Whatever else is kept is kept in the very words of its English sentence (test/cards/undelivered-reasons.test.ts walks them all). */
const KEPT: readonly Kept[] = [
  { sentence: /^internal fault(?: (?<ref>\w+))?$/, key: "undelivered-why.fault" },
  ...(Object.keys(WORDS.en) as Key[]).filter((key) => key.startsWith(PREFIX)).flatMap((key) => keptAs(key, WORDS.en[key])),
  ...OF_THE_HOUSE.flatMap((key) => LANGUAGES.flatMap((language) => keptAs(key, typeset(language, WORDS[language][key])))),
];

/** None for a sentence with choices in it; a full stop at its end may be kept or not. */
function keptAs(key: Key, words: string): readonly Kept[] {
  if (/\{\w+,/.test(words)) return [];
  const source = words
    .replace(/\.$/, "")
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 1 ? `(?<${part}>${HELD.get(part) ?? ".+?"})` : part.replace(/[()[\]{}.*+?^$|\\/]/g, String.raw`\$&`),
    );
  return [{ sentence: new RegExp(`^${source.join("")}\\.?$`, "s"), key }];
}

/** A reason of ours holds another one, and that perhaps a third; what is longer or deeper is nobody's but the platform's. */
const DEEPEST = 3;
const LONGEST = 2_000;

/** Why it was not delivered; `alone` where it was for a person's own conversation, to which nobody can invite the bot. */
export function undeliveredWhy(language: Language, reason: string, alone: boolean, depth = 0): string {
  if (depth > DEEPEST || reason.length > LONGEST) return reason;
  // Slack's word says all, however an earlier version worded it; no other sentence's name has an underscore.
  const code = /\(([a-z]+_\w+)\)$/.exec(reason)?.[1] ?? "";
  const byCode = `${PREFIX}${code}`;
  if (code !== "" && isKey(byCode)) return say(language, alone && UNREACHED.has(code) ? "undelivered-why.alone" : byCode, { code });
  for (const { sentence, key } of KEPT) {
    const found = sentence.exec(reason);
    if (found !== null) return say(language, key, argsOf(language, found.groups ?? {}, alone, depth));
  }
  return reason;
}

/** A reason within a reason, and how long a platform asks to wait, are told in the reader's language too. */
function argsOf(language: Language, found: Readonly<Record<string, string>>, alone: boolean, depth: number): SaidArgs {
  const { why, wait } = found;
  return {
    ...found,
    ...(why === undefined ? {} : { why: stopped(why, undeliveredWhy(language, why, alone, depth + 1)) }),
    ...(wait === undefined ? {} : { wait: waitText(language, wait) }),
  };
}

/** Ended as it was where another sentence follows. */
function stopped(kept: string, told: string): string {
  return kept.endsWith(".") && !told.endsWith(".") ? `${told}.` : told;
}

function waitText(language: Language, wait: string): string {
  const found = /^(?<n>\d+) (?<unit>second|minute|hour)s?(?<long>, more than a day; it is tried again in an hour)?$/.exec(wait)?.groups;
  if (found === undefined) return wait;
  return say(language, "undelivered-why.wait", { n: Number(found.n), unit: found.unit!, long: found.long === undefined ? "no" : "yes" });
}

/** Whether what is kept says that it may have been shown: what is given up after so many attempts was in doubt at each of them (post-one.ts). */
export function mayBeShown(reason: string): boolean {
  return /\bmay have been shown\b|^internal fault\b| \(\d+ attempts\)$|did not say where it stands\.|could not be noted\./.test(reason);
}

/** Whether it may stand there after all. */
export function isPerhapsShown({ perhapsShown, reason }: Pick<Undelivered, "perhapsShown" | "reason">): boolean {
  return perhapsShown === true || mayBeShown(reason);
}
