import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** The card of a restricted matter, or of `several`: what is announced of it names nothing. */
export function discreetly(language: Language, card: Card, several = false): Card {
  return { ...card, discreet: say(language, several ? "card.discreet-many" : "card.discreet") };
}

/** What stands where a matter stood that not everybody who reads there may see any more; it names nothing. */
export function hiddenCard(language: Language): Card {
  const title = say(language, "card.hidden-title");
  return { title, tone: "closed", blocks: [text(say(language, "card.hidden"))], discreet: title };
}
