import { isRefusal } from "../finding.ts";
import { type Rule, rollForward, runPeriods } from "../time-limit.ts";

/** French administrative courts: clear periods (délais francs), neither the first day nor the last counts, then the roll to a working day. */
export const frFranc: Rule = {
  id: "fr-franc",
  citation: "Code de justice administrative, art. R.421-1",
  source: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070933/",
  place: { calendar: "FR", zone: "Europe/Paris" },
  rolls: true,
  limit(terms) {
    const end = runPeriods(terms, frFranc, { extraDays: 1 });
    return isRefusal(end) ? end : rollForward(end, terms, frFranc);
  },
};
