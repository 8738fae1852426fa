import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** That so many restricted matters have nobody who hears of them; it names none. */
export function unheardCard(language: Language, n: number): Card {
  return { title: say(language, "secrecy.unheard-title", { n }), tone: "urgent", blocks: [text(say(language, "secrecy.unheard"))] };
}

/** What did not go on from one place to another, which may not see it or is another desk's; it names no matter. */
export interface Withheld {
  readonly n: number;
  readonly from: string;
  readonly to: string;
  /** Whether the people of all those matters were told in its stead. */
  readonly told: boolean;
  /** It is another desk's by now, whatever may be seen there. */
  readonly elsewhere: boolean;
}

export function withheldCard(language: Language, { n, from, to, told, elsewhere }: Withheld): Card {
  const title = say(language, "secrecy.blocked-title", { n, from, to });
  return {
    title,
    tone: "urgent",
    blocks: [text(say(language, elsewhere ? "secrecy.blocked-elsewhere" : "secrecy.blocked", { from, to, told: told ? "yes" : "no" }))],
  };
}
