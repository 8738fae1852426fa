import { day } from "../../time/day.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { runAndRoll } from "../time-limit.ts";

/**
 * French civil courts: months first, then days (art. 641); a last day on a Saturday, Sunday or holiday moves to the next working day (art. 642).
 * The months that art. 643 adds for distance are not in it.
 */
export const frCivil: Rule = ruleInForce({
  id: "fr-civil",
  citation: "Code de procédure civile, art. 640–642",
  source: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070716/",
  place: { calendar: "FR", zone: "Europe/Paris" },
  rolls: true,
  versions: [
    {
      from: day("1976-01-01"),
      until: null,
      begins: "force",
      source: "https://www.doctrine.fr/l/texts/codes/LEGITEXT000006070716/articles/LEGIARTI000006411003",
      count: (terms) => runAndRoll(terms, frCivil),
    },
  ],
});
