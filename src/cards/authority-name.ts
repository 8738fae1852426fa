import { authorityOf } from "../law/catalogue.ts";
import type { Language } from "../time/wording.ts";
import { isKey, say } from "./say.ts";

/** An authority by a name or code of the catalogue, as the reader's language calls it; whatever else was given stands as it is. */
export function authorityNamed(language: Language, given: string): string {
  const authority = authorityOf(given);
  if (authority === null) return given;
  const key = `authority-name.${authority.code}`;
  return isKey(key) ? say(language, key) : (authority.names[0] ?? given);
}
