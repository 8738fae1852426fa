import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** The card of a restricted matter, by its key, with those who are let in on it, above its buttons; null of a matter that is not restricted. */
export function withAdmitted(card: Card, key: string, names: readonly string[] | null, language: Language): Card {
  if (names === null) return card;
  const line = names.length === 0 ? say(language, "access.admitted-nobody", { key }) : say(language, "access.admitted", { names });
  const at = card.blocks.findIndex(({ kind }) => kind === "actions");
  return { ...card, blocks: card.blocks.toSpliced(at < 0 ? card.blocks.length : at, 0, text(line)) };
}
