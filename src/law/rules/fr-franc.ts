import { day } from "../../time/day.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { runAndRoll } from "../time-limit.ts";

/**
 * French administrative courts: clear periods (délais francs). Neither the first day nor the last counts: the months clamp first, then one day more,
 * then the roll to a working day.
 */
export const frFranc: Rule = ruleInForce({
  id: "fr-franc",
  citation: "Code de justice administrative, art. R.421-1",
  source: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070933/",
  place: { calendar: "FR", zone: "Europe/Paris" },
  rolls: true,
  versions: [
    {
      from: day("2001-01-01"),
      until: null,
      begins: "force",
      source:
        "https://git.tricoteuses.fr/codes/code_de_justice_administrative/commit/3ee98f25857bc68a8ac916df8ff77c6c6e20fc47 (the code's own first day); that the period is clear: Conseil d'État, 5 October 2018, no. 409579, https://actualitesdudroitpublic.fr/droit-public/procedure-administrative/code-de-justice-administrative/delai-de-recours-jour-franc",
      count: (terms) => runAndRoll(terms, frFranc, { extraDays: 1 }),
    },
  ],
});
