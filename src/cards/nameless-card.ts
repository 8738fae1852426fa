import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { atName } from "./heed-words.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** To the operations place: something was recorded on a restricted matter, and nobody whose it is could be told. It names nothing. */
export function unheardChangeCard(language: Language): Card {
  return { title: say(language, "changed.hidden-title"), tone: "urgent", blocks: [text(say(language, "changed.hidden"))] };
}

/** To the operations place: a matter goes out of its sight. */
export function narrowedCard(language: Language): Card {
  return { title: say(language, "changed.narrowed-title"), tone: "soon", blocks: [text(say(language, "changed.narrowed"))] };
}

/** To whose matter it was, who sees it no more. */
export function narrowedYoursCard(language: Language, name: string): Card {
  const title = say(language, "changed.narrowed-yours-title", { name: atName(name) });
  return { title, tone: "urgent", blocks: [text(say(language, "changed.narrowed-yours"))] };
}

/** To somebody who was sent away from a restricted matter. */
export function dismissedCard(language: Language, name: string): Card {
  const title = say(language, "changed.dismissed-title", { name: atName(name) });
  return { title, tone: "soon", blocks: [text(say(language, "changed.dismissed"))] };
}
