import type { FormWords } from "../ports/form.ts";
import type { Language } from "../time/wording.ts";
import { say } from "./say.ts";

/** What an adapter says of what was entered into a form and not submitted. */
export function draftWords(language: Language): FormWords {
  return {
    draft: say(language, "form.draft"),
    anew: say(language, "form.anew"),
    working: say(language, "form.working"),
    kept: say(language, "form.kept"),
    keptAtMessage: say(language, "form.kept-at-message"),
    cut: say(language, "form.cut"),
    missing: say(language, "form.missing"),
    later: say(language, "form.later"),
  };
}
