import { text } from "../cards/matter-card.ts";
import { say } from "../cards/say.ts";
import type { Card } from "../ports/card.ts";
import type { Context } from "./command.ts";

/**
 * An answer that tells how many, or that there is nothing, says where everybody in the place reads it and others than the desk's people are among
 * them: whoever asks would take it for all that there is. It is said whatever there is, so that it tells of nothing hidden. Of restricted matters
 * no place is told, and the word would give away who is let in on one.
 */
export async function withLeftOut(card: Card, context: Context): Promise<Card> {
  const [{ sight: own }, seen] = [await context.clearance(), await context.sight()];
  return own.desk && !seen.desk ? leavingOut(card, context) : card;
}

/** The same whoever asks. */
export function leavingOut(card: Card, { language }: Pick<Context, "language">): Card {
  return { ...card, blocks: [...card.blocks, text(say(language, "answer.left-out"))] };
}
