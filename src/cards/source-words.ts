import { AUTHORITIES } from "../law/catalogue.ts";
import { TWO_WORKING_DAYS } from "../law/rules/eu-1182-71.ts";
import { RULES } from "../law/rules/index.ts";
import type { Language } from "../time/wording.ts";
import { isKey, say, unerased } from "./say.ts";

const KEYS: ReadonlyMap<string, string> = new Map([
  ...AUTHORITIES.flatMap(({ code, orderRuleSource }): [string, string][] =>
    orderRuleSource === null ? [] : [[orderRuleSource.citation, `source.${code}`]],
  ),
  [TWO_WORKING_DAYS, "source.eu-1182-71-two-days"],
  ...RULES.map(({ id, citation }): [string, string] => [citation, `source.${id}`]),
]);

/** What a step rests on, as the reader's language calls it; a text that bears its name in one language alone, as it stands. */
export function sourceText(language: Language, citation: string): string {
  const key = KEYS.get(citation);
  return key !== undefined && isKey(key) ? say(language, key) : unerased(language, citation);
}
