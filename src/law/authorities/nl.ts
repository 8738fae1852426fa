import { type AuthorityFacts, type PeriodFacts, type PeriodKind, read } from "../authority.ts";

const AWB = "https://wetten.overheid.nl/BWBR0005537";
const ATW = "https://www.debloggendedeurwaarder.nl/atw-nog-eens-bezien/";

/** What the Algemene wet bestuursrecht says for every authority of the Netherlands. */
export const FORFEITED: AuthorityFacts["regime"] = read(
  "forfeited",
  "Algemene wet bestuursrecht, art. 5:33",
  "https://handhavingsrecht.nl/artikel-533-awb/",
);

export const NO_FIGURE: AuthorityFacts["ceiling"] = read(null, "Algemene wet bestuursrecht, art. 5:32–5:35: no figure", AWB);

export const DUTCH_PERIODS: Readonly<Partial<Record<PeriodKind, PeriodFacts>>> = {
  order: {
    rule: read("cure", "Dutch practice: a compliance term under a penalty stands", "https://handhavingsrecht.nl/artikel-533-awb/"),
    note: "The order sets the length. The penalty is forfeited by law as soon as the term has passed.",
  },
  appeal: {
    length: read("P6W", "Algemene wet bestuursrecht, art. 6:7", AWB),
    rule: read("nl-atw", "Algemene termijnenwet, art. 1; Algemene wet bestuursrecht, art. 6:8", ATW),
    note: "Against the decision on the objection. It does not suspend (art. 6:16).",
  },
  objection: {
    length: read("P6W", "Algemene wet bestuursrecht, art. 6:7", AWB),
    rule: read("nl-atw", "Algemene termijnenwet, art. 1; Algemene wet bestuursrecht, art. 6:8", ATW),
    note: "From the day after publication. It does not suspend (art. 6:16).",
  },
  payment: {
    length: read("P6W", "Algemene wet bestuursrecht, art. 5:33", AWB),
    rule: read("nl-atw", "Algemene termijnenwet, art. 1: a term set by statute", ATW),
    note: "From the day on which each sum was forfeited.",
  },
  "time-bar": {
    length: read("P1Y", "Algemene wet bestuursrecht, art. 5:35", AWB),
    rule: read("nl-atw", "Algemene termijnenwet, art. 1: it leaves terms of a year or more where they end", "https://www.vdv-vh.nl/atw/"),
    note: "For each forfeited sum; longer while an objection or appeal is open (art. 5:35(2)).",
  },
};
