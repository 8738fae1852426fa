import fc from "fast-check";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { isKey, placeholdersOf, say, WORDS } from "../../src/cards/say.ts";
import { typeset } from "../../src/cards/typography.ts";
import { LANGUAGES } from "../../src/time/wording.ts";

/** Words that say shows as they are: no day, no kind of a deadline, nothing that ends a sentence by itself. */
const WORD = fc.string({ maxLength: 8 }).filter((text) => !isKey(`what.${text}`) && !text.endsWith("."));
const VALUE = fc.oneof(WORD, fc.constantFrom("yes", "no", "other", "", "day", "week", "euro"), fc.integer({ min: 0, max: 40 }));

test("every sentence reads as the message format has it, whatever stands in it", () => {
  let compared = 0;
  for (const language of LANGUAGES) {
    for (const [key, words] of Object.entries(WORDS[language])) {
      if (!isKey(key)) continue;
      const format = new IntlMessageFormat(typeset(language, words), language, undefined, { ignoreTag: true });
      const names = [...placeholdersOf(format.getAst())];
      const some = fc.record(Object.fromEntries(names.map((name) => [name, VALUE])));
      for (const args of fc.sample(some, { numRuns: names.length === 0 ? 1 : 6, seed: 4 })) {
        const isGiven = (name: string) => args[name.slice(4)] !== undefined && args[name.slice(4)] !== "";
        const values = Object.fromEntries(
          names.map((name) => [name, name.startsWith("has_") ? (isGiven(name) ? "yes" : "no") : args[name]]),
        );
        expect({ key, said: said(() => say(language, key, args)) }).toEqual({ key, said: said(() => String(format.format(values))) });
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(1_000);
});

test("a day that ends in an abbreviation's point ends the sentence with it, in every sentence", () => {
  for (const language of LANGUAGES) {
    for (const [key, words] of Object.entries(WORDS[language])) {
      if (!isKey(key)) continue;
      const names = [...placeholdersOf(new IntlMessageFormat(words, language, undefined, { ignoreTag: true }).getAst())];
      const isNumber = (name: string) => new RegExp(`\\{${name}, (plural|number)`).test(words);
      const args = Object.fromEntries(names.map((name) => [name, isNumber(name) ? 1 : "ven. 1er janv."]));
      expect(say(language, key, args)).not.toContain("janv..");
    }
  }
});

/** Some sentences count, and take no words for a number: then neither says anything. */
function said(work: () => string): string {
  try {
    return work();
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
}
