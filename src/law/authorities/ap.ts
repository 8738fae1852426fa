import type { AuthorityFacts } from "../authority.ts";
import { DUTCH_PERIODS, FORFEITED, NO_FIGURE } from "./nl.ts";
import { NL } from "./places.ts";

export const ap: AuthorityFacts = {
  code: "AP",
  english: "Dutch Data Protection Authority",
  own: ["Autoriteit Persoonsgegevens"],
  law: "Algemene wet bestuursrecht, art. 5:32–5:35",
  ...NL,
  calendar: "NL",
  regime: FORFEITED,
  ceiling: NO_FIGURE,
  periods: DUTCH_PERIODS,
};
