import type { Account } from "./activity.ts";

/** A run of text, or somebody who is mentioned there. */
export type Word = string | Account;

export interface RawMention {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly mentioned?: { readonly id?: unknown; readonly name?: unknown; readonly aadObjectId?: unknown };
}

interface RawMessage {
  readonly text?: unknown;
  readonly entities?: readonly (RawMention | null)[];
}

/**
 * With which Teams marks a mention in the text; some clients number it (<at id="0">). None begins within another: a text of nothing but beginnings
 * is read once, not once for each.
 */
const TAG = /<at(?:\s[^<>]*)?>((?:(?!<at[\s>])[\s\S])*?)<\/at>/g;

/**
 * What was typed without the bot's mention, with people in place of theirs. The text is no markup but for the mentions. An entity names its
 * mention by the text alone, so that two people of one first name are told apart by their order.
 */
export function wordsOf({ text, entities }: RawMessage, bot: string): readonly Word[] {
  const typed = typeof text === "string" ? text : "";
  const mentions = mentionsIn(entities);
  const used = new Map<string, number>();

  /** The account behind the next mention of that text: the last one stands for all that follow. */
  function next(name: string): RawMention["mentioned"] | undefined {
    const known = mentions.filter((mention) => mention.name === name);
    const index = used.get(name) ?? 0;
    used.set(name, index + 1);
    return (known[index] ?? known.at(-1))?.mentioned;
  }

  const words: Word[] = [];
  let read = 0;
  for (const found of typed.matchAll(TAG)) {
    const mentioned = next(found[1]!.trim());
    words.push(typed.slice(read, found.index), wordFor(found[1]!, mentioned, bot));
    read = found.index + found[0].length;
  }
  words.push(typed.slice(read));
  return trimmed(words);
}

function wordFor(name: string, mentioned: RawMention["mentioned"], bot: string): Word {
  const id = typeof mentioned?.id === "string" ? mentioned.id : "";
  if (id === bot) return "";
  const called = typeof mentioned?.name === "string" && mentioned.name !== "" ? mentioned.name : name;
  const aadObjectId = typeof mentioned?.aadObjectId === "string" ? mentioned.aadObjectId : "";
  // Other bots, tags, channels and teams can be mentioned too: they are words.
  if (!id.startsWith("29:") && aadObjectId === "") return called;
  return { id: id === "" ? aadObjectId : id, name: called, ...(aadObjectId === "" ? {} : { aadObjectId }) };
}

interface Mention {
  /** What stands between the tags. */
  readonly name: string;
  readonly mentioned: NonNullable<RawMention["mentioned"]>;
}

function mentionsIn(entities: RawMessage["entities"]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const entity of Array.isArray(entities) ? entities : []) {
    if (entity?.type !== "mention" || typeof entity.text !== "string" || typeof entity.mentioned !== "object") continue;
    mentions.push({ name: entity.text.replace(TAG, "$1").trim(), mentioned: entity.mentioned ?? {} });
  }
  return mentions;
}

/** Teams puts no-break spaces behind mentions, and marks of no width between; a slash command may keep its slash. */
function trimmed(words: readonly Word[]): readonly Word[] {
  const plain = words.map((word) =>
    typeof word === "string" ? word.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll(/[\u200b\u2060\ufeff]/g, "") : word,
  );
  const joined: Word[] = [];
  for (const word of plain) {
    const last = joined.at(-1);
    if (typeof word === "string" && typeof last === "string") joined[joined.length - 1] = last + word;
    else if (word !== "") joined.push(word);
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (typeof first === "string") joined[0] = first.trimStart().replace(/^\/(?=\p{L})/u, "");
  if (typeof last === "string") joined[joined.length - 1] = (joined.at(-1) as string).trimEnd();
  return joined.filter((word) => word !== "");
}
