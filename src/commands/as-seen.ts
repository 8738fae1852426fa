import { withoutAmounts } from "../cards/amounts.ts";
import { discreetly } from "../cards/discreet.ts";
import { forOutsiders } from "../cards/inside.ts";
import { masked } from "../cards/masked-card.ts";
import type { Card } from "../ports/card.ts";
import type { Context } from "./command.ts";
import { restrictedSeen } from "./looks.ts";

/** What is shown, and the restricted matters in it, or that came to be by it. */
export interface Shown {
  readonly cards: readonly Card[];
  readonly restricted?: readonly string[];
}

/**
 * What a piece of work shows, as whoever reads it may see it: without any amount where they may see none, and where a restricted matter is in
 * it, announced in words that name nothing. A terminal announces nothing. What has no cards, such as a form, is only made without amounts.
 */
export async function asSeen<Made extends object>(context: Context, work: () => Promise<Made>): Promise<Made> {
  const { amounts, desk } = await context.sight();
  const making = desk ? work : () => forOutsiders(work);
  const made = amounts ? await making() : await withoutAmounts(making);
  if (!isShown(made)) return made;
  return announced(amounts ? made : withMasked(made, context), context);
}

function isShown<Made extends object>(made: Made): made is Made & Shown {
  return "cards" in made;
}

function withMasked<Made extends Shown>(made: Made, { language }: Context): Made {
  return { ...made, cards: made.cards.map((card) => masked(language, card)) };
}

async function announced<Made extends Shown>(made: Made, context: Context): Promise<Made> {
  if (context.terminal !== null) return made;
  const { restricted: also = [] } = made;
  const restricted = [...new Set([...also, ...(await restrictedSeen(context, also))])];
  if (restricted.length === 0) return made;
  return { ...made, cards: made.cards.map((card) => discreetly(context.language, card)), restricted };
}
