import { day } from "../../time/day.ts";
import { countedFromAfar } from "../distance.ts";
import { type Rule, ruleInForce } from "../rule.ts";

/** French administrative courts, for those who live overseas (Guadeloupe, French Guiana, Martinique, Réunion, Mayotte and the other territories that it names) before a court in metropolitan France, or elsewhere than the territory of an overseas court. One month more (R.421-7), else as fr-franc. */
export const frFrancOverseas: Rule = ruleInForce({
  id: "fr-franc-overseas",
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
      count: (terms) => countedFromAfar(terms, frFrancOverseas, 1),
    },
  ],
});
