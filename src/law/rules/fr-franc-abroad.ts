import { day } from "../../time/day.ts";
import { countedFromAfar } from "../distance.ts";
import { type Rule, ruleInForce } from "../rule.ts";

/** French administrative courts, for those who live abroad: four months to appeal for a company without a seat in France. Two months more (R.421-7), else as fr-franc. */
export const frFrancAbroad: Rule = ruleInForce({
  id: "fr-franc-abroad",
  citation: "Code de justice administrative, art. R.421-1, R.421-7",
  source: "http://codes-et-lois.fr/code-de-justice-administrative/article-r421-7",
  place: { calendar: "FR", zone: "Europe/Paris" },
  rolls: true,
  versions: [
    {
      from: day("2012-02-04"),
      until: null,
      // The text read is of that day; the article is older.
      begins: "shown",
      source: "http://codes-et-lois.fr/code-de-justice-administrative/article-r421-7",
      count: (terms) => countedFromAfar(terms, frFrancAbroad, 2),
    },
  ],
});
