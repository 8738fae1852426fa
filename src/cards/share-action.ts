import type { Action } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { say } from "./say.ts";

/** Shows everybody in the place what the asker alone was answered: the same line again, with --here. */
export function shareAction(line: string, language: Language): Action {
  return { label: say(language, "button.share"), command: `${line.trim()} --here` };
}
