import { isRefusal } from "../finding.ts";
import { type Rule, rollForward, runPeriods } from "../time-limit.ts";

/** French civil courts: months first, then days; a last day on a Saturday, Sunday or holiday moves to the next working day. */
export const frCivil: Rule = {
  id: "fr-civil",
  citation: "Code de procédure civile, art. 640–642",
  source: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070716/",
  place: { calendar: "FR", zone: "Europe/Paris" },
  rolls: true,
  limit(terms) {
    const end = runPeriods(terms, frCivil);
    return isRefusal(end) ? end : rollForward(end, terms, frCivil);
  },
};
