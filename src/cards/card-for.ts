import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { withoutAmounts } from "./amounts.ts";
import { discreetly } from "./discreet.ts";
import { forOutsiders } from "./inside.ts";
import { cardWithoutAmounts } from "./masked-card.ts";

/** Who is to read a card, as far as it decides what may stand in it. */
export interface Readers {
  readonly language: Language;
  readonly amounts: boolean;
  /** Whether all of them are of the desk. */
  readonly desk: boolean;
  /** How many restricted matters it is about: then what is announced of it names nothing. */
  readonly restricted: number;
}

/** The card as those readers may have it. */
export function cardFor({ language, amounts, desk, restricted }: Readers, make: () => Card): Card {
  const made = desk ? make : () => forOutsiders(make);
  const card = amounts ? made() : cardWithoutAmounts(language, made);
  return restricted === 0 ? card : discreetly(language, card, restricted > 1);
}

/** A part of such a card, made before it: what is left out of the card is left out of it too. */
export function partFor<Part>({ amounts, desk }: Pick<Readers, "amounts" | "desk">, make: () => Part): Part {
  const made = desk ? make : () => forOutsiders(make);
  return amounts ? made() : withoutAmounts(made);
}
