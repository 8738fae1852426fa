import { type Language, wordDay } from "../time/wording.ts";
import type { MovedDay } from "./contents.ts";
import { whatText } from "./findings.ts";
import { capitalise, say } from "./say.ts";

/** A day that moved: which one, what is right now, and what was said. `several` names the item. */
export function movedText(language: Language, { what, item, was, is }: MovedDay, several: boolean): string {
  const words = capitalise(whatText(language, what));
  return say(language, "utterance.clock-moved", {
    what: several ? `${words} (${item})` : words,
    now: is === null ? say(language, "utterance.law-none") : wordDay(language, is),
    was: wordDay(language, was),
  });
}
