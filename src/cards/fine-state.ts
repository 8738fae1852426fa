import type { Standing } from "../matter/standing-types.ts";
import type { Language } from "../time/wording.ts";
import { fineOpen } from "./money-line.ts";
import { say } from "./say.ts";

/** Whether there is nothing of it that a deadline or a sum could come from. */
export function nothingEntered({ state, items, fines }: Standing): boolean {
  return state === "pending" && items.length === 0 && fines.length === 0;
}

/** Where a matter without items stands, as a sentence. */
export function fineState(language: Language, standing: Standing): string {
  const { state, fines } = standing;
  if (nothingEntered(standing)) return say(language, "stands.nothing-entered");
  if (state === "pending" && fines.some(fineOpen)) return say(language, "stands.fine-unpaid");
  if (state === "closed" && fines.length > 0 && !fines.some(fineOpen))
    return say(language, fines.some(({ writtenOff }) => writtenOff.minor > 0n) ? "stands.fine-given-up" : "stands.fine-paid");
  return say(language, "card.state", { state: say(language, `state.${state}`) });
}
