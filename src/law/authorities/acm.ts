import type { AuthorityFacts } from "../authority.ts";
import { DUTCH_PERIODS, FORFEITED, NO_FIGURE } from "./nl.ts";
import { NL } from "./places.ts";

export const acm: AuthorityFacts = {
  code: "ACM",
  english: "Authority for Consumers and Markets",
  own: ["Autoriteit Consument & Markt"],
  law: "Algemene wet bestuursrecht, art. 5:32–5:35",
  ...NL,
  calendar: "NL",
  regime: FORFEITED,
  ceiling: NO_FIGURE,
  periods: DUTCH_PERIODS,
};
