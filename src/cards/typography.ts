import type { Language } from "../time/wording.ts";

/**
 * A message as its language is set: French takes a no-break space before : ; ? ! % and inside « », and a curly apostrophe. Done to messages only,
 * before anything is filled in: what a person has typed stays as it was.
 */
export function typeset(language: Language, message: string): string {
  if (language === "en") return message;
  return message
    .replace(/ (?=[:»%])/g, "\u00a0")
    .replace(/ (?=[;?!])/g, "\u202f")
    .replace(/« /g, "«\u00a0")
    .replace(/(?<=\p{L})'(?=[\p{L}{])/gu, "’");
}

/** The label of a fact, behind which every platform sets a colon: French takes a no-break space before that. */
export function factLabel(language: Language, words: string): string {
  return language === "en" ? words : `${words}\u00a0`;
}
