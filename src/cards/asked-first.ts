import type { Action } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { say } from "./say.ts";

/** What a button asks before it does anything, and the words that leave it undone. */
export function askedFirst(language: Language, question: string): Required<Pick<Action, "confirm" | "decline">> {
  return { confirm: question, decline: say(language, "form.cancel") };
}

/** The button that erases for good, once whoever presses it has said so. */
export function erasing(language: Language, command: string): Action {
  return { label: say(language, "erase.button"), command, style: "danger", ...askedFirst(language, say(language, "erase.for-good")) };
}
